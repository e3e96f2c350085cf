/** What never makes a difference between two readings: blanks, punctuation, and marks that stand for form fields. */
const QUIET = /[\s\p{P}\p{S}]/u
/** Kept all the same: they change what a number says. */
const LOUD = /[.%+*/¥$￥〇]/u

export interface ComparableCharacter {
  readonly text: string
  /** Its place among the code points of the line it was read in. */
  readonly at: number
}

/** The characters of a line that are compared: NFKC, capitals as small letters, without blanks and punctuation. */
export function comparableCharacters(text: string): readonly ComparableCharacter[] {
  const whole = [...text]
  const out: ComparableCharacter[] = []
  for (const [at, character] of whole.entries()) {
    for (const plain of character.normalize('NFKC').toLowerCase()) {
      if (QUIET.test(plain) && !(LOUD.test(plain) && isInNumber(whole, at))) continue
      out.push({ text: plain, at })
    }
  }
  return out
}

const DIGIT = /\p{Nd}/u

/** A point between figures belongs to the number. */
function isInNumber(characters: readonly string[], at: number): boolean {
  return DIGIT.test(characters[at - 1] ?? '') && DIGIT.test(characters[at + 1] ?? '')
}

export function comparable(text: string): string {
  return comparableCharacters(text)
    .map(({ text: plain }) => plain)
    .join('')
}
