/** How long a case is kept: for ever, or that many years. Codes of DA/T 13-2022. */
export const RETENTION_CODES = ['Y', 'D60', 'D30', 'D20', 'D15', 'D10'] as const
export type RetentionCode = (typeof RETENTION_CODES)[number]

export const RETENTION_LABELS: Readonly<Record<RetentionCode, { readonly zh: string; readonly en: string }>> =
  {
    Y: { zh: '永久', en: 'Permanent' },
    D60: { zh: '60年', en: '60 years' },
    D30: { zh: '30年', en: '30 years' },
    D20: { zh: '20年', en: '20 years' },
    D15: { zh: '15年', en: '15 years' },
    D10: { zh: '10年', en: '10 years' },
  }

/** The words courts use for their own three classes. */
const COURT_WORDS: Readonly<Record<string, RetentionCode>> = { 永久: 'Y', 长期: 'D60', 短期: 'D30' }

/** Years kept; null for ever. */
export function retentionYears(code: RetentionCode): number | null {
  return code === 'Y' ? null : Number(code.slice(1))
}

/** Reads a code, a number of years (30年, 定期30年) or a court's word (长期); null for anything else. */
export function readRetention(text: string): RetentionCode | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const word = COURT_WORDS[plain]
  if (word !== undefined) return word
  const years = /^(?:定期)?(?:长期|短期)?[（(]?(\d{2})年[）)]?$/.exec(plain)?.[1]
  const wanted = years === undefined ? plain.toUpperCase() : `D${years}`
  return RETENTION_CODES.find((code) => code === wanted) ?? null
}

/** Where the years are counted from: the 1 January after filing, or the day of filing itself. */
export type RetentionStart = 'next-january' | 'filing-day'

export interface RetentionPeriod {
  /** ISO date of the first day counted. */
  readonly startsOn: string
  /** ISO date of the first day on which the case may be appraised for disposal; null when it is kept for ever. */
  readonly dueOn: string | null
}

/** The period of a case filed on an ISO date. Throws RangeError when that is not a whole date. */
export function retentionPeriod(
  code: RetentionCode,
  filedOn: string,
  start: RetentionStart = 'next-january',
): RetentionPeriod {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(filedOn)) throw new RangeError('an ISO date')
  const startsOn = start === 'next-january' ? `${Number(filedOn.slice(0, 4)) + 1}-01-01` : filedOn
  const years = retentionYears(code)
  return { startsOn, dueOn: years === null ? null : addYears(startsOn, years) }
}

function addYears(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) + years
  const leap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0)
  // a day that the year does not have: the period is over on the next one
  return iso.endsWith('-02-29') && !leap ? `${year}-03-01` : `${year}${iso.slice(4)}`
}

/** The longest of the classes that the parts of a case, or cases linked to it, yield; null for none. */
export function longestRetention(codes: readonly RetentionCode[]): RetentionCode | null {
  return RETENTION_CODES.find((code) => codes.includes(code)) ?? null
}
