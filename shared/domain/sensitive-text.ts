/** What must not be read by everybody who reads a title (domain.md §7, §10): 身份证号, 电话, 银行卡号, 住址. */
export type SensitiveKind = 'identity-number' | 'phone' | 'bank-card' | 'address'

export interface SensitiveSpan {
  readonly kind: SensitiveKind
  /** Code units of the text, end excluded. */
  readonly start: number
  readonly end: number
  /** What stars replace; the rest stays, so that a reader can tell two numbers apart. */
  readonly hideFrom: number
  readonly hideTo: number
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** GB 11643: whether eighteen characters are an identity number by their check character. */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return CHECK_CHARACTERS[sum % 11] === text[17]
}

/** The numbers of before 1999: region, two digits of the year, month, day, three digits. */
function isOldIdentityNumber(text: string): boolean {
  const region = Number(text.slice(0, 2))
  const month = Number(text.slice(8, 10))
  const day = Number(text.slice(10, 12))
  return region >= 11 && region <= 82 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** ISO/IEC 7812 check digit. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, character, place) => {
    const digit = Number(character) * (place % 2 === 1 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}

/** Full-width figures and letters to narrow ones, unit by unit, so that places stay what they are. */
function narrow(text: string): string {
  return text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replace(/x/g, 'X')
}

function spans(
  text: string,
  pattern: RegExp,
  kind: SensitiveKind,
  hidden: (found: string) => readonly [number, number] | null,
): SensitiveSpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const range = hidden(match[0])
    if (range === null) return []
    const start = match.index
    return [
      {
        kind,
        start,
        end: start + match[0].length,
        hideFrom: start + range[0],
        hideTo: start + range[1],
      },
    ]
  })
}

const ROAD_AND_NUMBER =
  /(?:大道|大街|小区|路|街|道|巷|弄|胡同|村|镇|乡)[\u4e00-\u9fff]{0,6}?[0-9]{1,5}(?:-[0-9]{1,4})?号(?:院|楼)?(?:[0-9A-Z-]{1,6}(?:号楼|栋|幢|座|单元|层|楼|室|房|户|号))*/g
const DISTRICT = /[省市区县州旗]/

/** An address needs a district, a road and a number at the road: titles of documents and courts have no such row. */
function addresses(text: string): SensitiveSpan[] {
  return [...text.matchAll(ROAD_AND_NUMBER)].flatMap((match) => {
    const before = /[\u4e00-\u9fff]*$/.exec(text.slice(Math.max(0, match.index - 40), match.index))?.[0] ?? ''
    const district = [...before].findLastIndex((character) => DISTRICT.test(character))
    if (district === -1) return []
    const hideFrom = match.index - before.length + district + 1
    const end = match.index + match[0].length
    return [{ kind: 'address' as const, start: hideFrom, end, hideFrom, hideTo: end }]
  })
}

/** Where a text holds something sensitive, left to right; no two overlap. */
export function sensitiveSpans(text: string): readonly SensitiveSpan[] {
  if (!/[0-9\uff10-\uff19]/.test(text)) return []
  const plain = narrow(text)
  const found = [
    ...spans(plain, /(?<!\d)\d{17}[\dX](?![\dA-Z])/g, 'identity-number', (number) =>
      isIdentityNumber(number) ? [6, 14] : null,
    ),
    ...spans(plain, /(?<!\d)\d{15}(?!\d)/g, 'identity-number', (number) =>
      isOldIdentityNumber(number) ? [6, 12] : null,
    ),
    ...spans(plain, /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g, 'phone', ({ length }) => [3, length - 4]),
    ...spans(plain, /(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g, 'phone', ({ length }) => [5, length - 2]),
    ...spans(plain, /(?<!\d)\d(?:[ -]?\d){15,18}(?!\d)/g, 'bank-card', (number) =>
      passesLuhn(number.replace(/\D/g, '')) ? [4, number.length - 4] : null,
    ),
    ...addresses(plain),
  ].sort((a, b) => a.start - b.start)
  const apart: SensitiveSpan[] = []
  for (const span of found) if (span.start >= (apart.at(-1)?.end ?? 0)) apart.push(span)
  return apart
}

/** A sheltered name as everybody sees it: the family name, and no word of how long the rest is. */
export function shelteredName(name: string): string {
  return `${Array.from(name.trim())[0] ?? ''}***`
}

/** The text with stars for what is sensitive, as long as it was: places of a match in it stay right. */
export function maskSensitive(text: string): string {
  let masked = text
  for (const { hideFrom, hideTo } of sensitiveSpans(text)) {
    masked = masked.slice(0, hideFrom) + '*'.repeat(hideTo - hideFrom) + masked.slice(hideTo)
  }
  return masked
}

/**
 * What somebody typed over masked texts, with the hidden parts put back: who may not see a number can still mend the
 * title around it, and never writes stars into the catalogue. `originals` are the texts that were shown masked.
 */
export function restoreMasked(typed: string, originals: readonly string[]): string {
  let restored = typed
  for (const original of originals) {
    for (const { start, end, hideFrom, hideTo } of sensitiveSpans(original)) {
      // An address hides all of itself: what stands before it says which one is meant.
      const from = start === hideFrom ? Math.max(0, start - 2) : start
      const whole = original.slice(from, end)
      const shown =
        original.slice(from, hideFrom) + '*'.repeat(hideTo - hideFrom) + original.slice(hideTo, end)
      restored = restored.replace(shown, () => whole)
    }
  }
  return restored
}
