/** One run of Chinese characters, or of letters and digits, as search takes texts apart. */
export interface TextRun {
  readonly han: boolean
  /** In NFKC and lower case. */
  readonly text: string
  /** For each code unit of `text`, where what it came from begins in the text given, and where that ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

type UnitClass = 0 | 1 | 2 | 3
const OTHER = 0
const BLANK = 1
const HAN = 2
const WORD = 3

const classes = new Uint8Array(0x1_0000)
const UNKNOWN = 0
// One more than the class, so that a fresh table means unknown.
function classOf(codePoint: number): UnitClass {
  if (codePoint < 0x1_0000) {
    const known = classes[codePoint] ?? UNKNOWN
    if (known !== UNKNOWN) return (known - 1) as UnitClass
  }
  const character = String.fromCodePoint(codePoint)
  const found: UnitClass =
    character === '〇' || /\p{Script=Han}/u.test(character)
      ? HAN
      : /[\p{L}\p{N}]/u.test(character)
        ? WORD
        : /\s/u.test(character)
          ? BLANK
          : OTHER
  if (codePoint < 0x1_0000) classes[codePoint] = found + 1
  return found
}

/** A text without marks that join what stands before them is normalised character by character. */
const JOINING = /[\p{M}\u1100-\u11ff\uff9e\uff9f]/u

function isPlain(codePoint: number): boolean {
  return (
    (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
    (codePoint >= 0x30 && codePoint <= 0x39) ||
    (codePoint >= 0x61 && codePoint <= 0x7a)
  )
}

const folded = new Map<string, string>()
function fold(piece: string): string {
  const known = folded.get(piece)
  if (known !== undefined) return known
  const made = piece.normalize('NFKC').toLowerCase()
  if (folded.size < 20_000) folded.set(piece, made)
  return made
}

/**
 * The runs of a text, in order. Blanks between Chinese characters are layout and part nothing; NFKC undoes full width
 * and the Kangxi radicals that PDF text brings; whatever is neither letter nor digit only parts runs.
 */
export function textRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = []
  let run: { han: boolean; text: string; starts: number[]; ends: number[] } | undefined
  let blanksAfterHan = false
  const take = (piece: string, start: number, end: number) => {
    for (const character of piece) {
      const kind = classOf(character.codePointAt(0) ?? 0)
      if (kind === BLANK) {
        if (run?.han === true) blanksAfterHan = true
        else run = undefined
        continue
      }
      if (kind === OTHER) {
        run = undefined
        continue
      }
      const han = kind === HAN
      if (run === undefined || run.han !== han || (blanksAfterHan && !han)) {
        run = { han, text: '', starts: [], ends: [] }
        runs.push(run)
      }
      blanksAfterHan = false
      run.text += character
      for (let unit = 0; unit < character.length; unit++) {
        run.starts.push(start)
        run.ends.push(end)
      }
    }
  }
  if (JOINING.test(text)) {
    for (const { segment, index } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text))
      take(fold(segment), index, index + segment.length)
    return runs
  }
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0
    const end = at + (codePoint > 0xffff ? 2 : 1)
    const piece = text.slice(at, end)
    take(isPlain(codePoint) ? piece : fold(piece), at, end)
    at = end
  }
  return runs
}

/** NFKC, lower case, and no blanks between Chinese characters: what a plain substring search compares. */
export function normaliseForSearch(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{Script=Han}])\s+(?=[\p{Script=Han}])/gu, '')
}

/** The pairs of neighbouring characters in a run. */
export function bigrams(run: string): readonly string[] {
  const characters = Array.from(run)
  const pairs: string[] = []
  for (let at = 0; at + 1 < characters.length; at++) pairs.push(`${characters[at]}${characters[at + 1]}`)
  return pairs
}

/** The last character of a run. */
export const lastOf = (run: string): string => Array.from(run).at(-1) ?? ''

/** Tokens of a stored text: pairs of each Chinese run and its last character; runs of letters and digits whole. */
export function indexTokens(text: string): string {
  const tokens: string[] = []
  for (const { han, text: run } of textRuns(text)) {
    if (!han) tokens.push(run)
    else tokens.push(...bigrams(run), lastOf(run))
  }
  return tokens.join(' ')
}
