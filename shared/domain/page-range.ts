import {
  comparePrintedNumbers,
  followsDirectly,
  type PrintedNumber,
  printPrintedNumber,
  readPrintedNumber,
} from './page-number.ts'

/** The pages of a catalogue row as printed: 页次 起–止. */
export interface CatalogueRange {
  readonly first: string
  readonly last: string
}

/** What is wrong with a row; `row` counts from 0. Shown as D13 (页次错) and D16 (页数不符). */
export type RangeFinding =
  | { readonly code: 'unreadable'; readonly row: number; readonly text: string }
  | { readonly code: 'reversed'; readonly row: number; readonly first: string; readonly last: string }
  | {
      readonly code: 'does-not-ascend'
      readonly row: number
      readonly first: string
      readonly before: string
    }
  | { readonly code: 'overlap'; readonly row: number; readonly first: string; readonly before: string }
  | { readonly code: 'hole'; readonly row: number; readonly after: string; readonly first: string }
  | { readonly code: 'last-page-differs'; readonly last: string; readonly counted: string }

export interface RangeCheckOptions {
  /** The number that the first row must start at; 1 unless the volume goes on from another book. */
  readonly firstNumber?: number
  /** The printed number of the last page that was counted; not checked when left out. */
  readonly countedLast?: string | number
}

/** Reads 3-7, 3—7, 3至7 or 3 alone. An insertion (12-1) can only stand in a pair of fields, not in one text. */
export function readRange(text: string): CatalogueRange | null {
  const match = /^(\d{1,5})(?:[-‐‑‒–—―−~～至]+(\d{1,5}))?$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  return match === null ? null : { first: match[1] ?? '', last: match[2] ?? match[1] ?? '' }
}

/** Checks that ranges ascend, that none overlap, that no page is left out, and that the last page is the counted one. */
export function checkCatalogueRanges(
  ranges: readonly CatalogueRange[],
  options: RangeCheckOptions = {},
): readonly RangeFinding[] {
  const findings: RangeFinding[] = []
  let start: PrintedNumber | null = null
  let end: PrintedNumber = { main: (options.firstNumber ?? 1) - 1, inserted: null }
  ranges.forEach((range, row) => {
    const first = readPrintedNumber(range.first)
    const last = readPrintedNumber(range.last)
    if (first === null || last === null) {
      findings.push({ code: 'unreadable', row, text: first === null ? range.first : range.last })
      return
    }
    if (comparePrintedNumbers(last, first) < 0) {
      findings.push({ code: 'reversed', row, first: range.first, last: range.last })
      return
    }
    const before = printPrintedNumber(end)
    if (start !== null && comparePrintedNumbers(first, start) < 0)
      findings.push({ code: 'does-not-ascend', row, first: range.first, before: printPrintedNumber(start) })
    else if (comparePrintedNumbers(first, end) <= 0)
      findings.push({ code: 'overlap', row, first: range.first, before })
    else if (!followsDirectly(end, first))
      findings.push({ code: 'hole', row, after: before, first: range.first })
    start = first
    if (comparePrintedNumbers(last, end) > 0) end = last
  })
  const counted = options.countedLast === undefined ? null : readPrintedNumber(String(options.countedLast))
  if (options.countedLast !== undefined && (counted === null || comparePrintedNumbers(counted, end) !== 0))
    findings.push({
      code: 'last-page-differs',
      last: printPrintedNumber(end),
      counted: String(options.countedLast),
    })
  return findings
}

/** How many whole numbers a row spans; null when it is unreadable or reversed. Insertions are not counted. */
export function rangeLength(range: CatalogueRange): number | null {
  const first = readPrintedNumber(range.first)
  const last = readPrintedNumber(range.last)
  if (first === null || last === null || comparePrintedNumbers(last, first) < 0) return null
  return last.main - first.main + 1
}

/** Whether a printed number stands within a catalogue row's range. False when any of the three cannot be read. */
export function isInRange(printed: string, range: CatalogueRange): boolean {
  const [number, first, last] = [printed, range.first, range.last].map(readPrintedNumber)
  if (!number || !first || !last) return false
  return comparePrintedNumbers(first, number) <= 0 && comparePrintedNumbers(number, last) <= 0
}
