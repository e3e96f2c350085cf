import {
  comparePrintedNumbers,
  type PrintedNumber,
  printPrintedNumber,
  readPrintedNumber,
} from '../page-number.ts'
import { withArabicNumerals } from './written-forms.ts'

/** The pages of a catalogue row; `open` where only the first is written and the last is not known. */
export interface WrittenPages {
  readonly first: PrintedNumber
  readonly last: PrintedNumber
  readonly open: boolean
}

function between(first: string, last: string): WrittenPages | null {
  const from = readPrintedNumber(first)
  const to = readPrintedNumber(last)
  return from === null || to === null ? null : { first: from, last: to, open: false }
}

const ascends = ({ first, last }: WrittenPages): boolean => comparePrintedNumbers(first, last) <= 0

/**
 * Reads 页次 as one text: 3-9, 第3至9页, 12, 12-1 (the page put in after 12), 12-1至13. A pair that does not ascend is an
 * inserted page, since 12-1 is never meant as a range. Null for anything else.
 */
export function readWrittenPages(text: string): WrittenPages | null {
  const bare = withArabicNumerals(text.normalize('NFKC'))
    .replace(/[\s第页頁.。]|pp?(?=\d)/giu, '')
    .replace(/[‐‑‒–—―−─]+/gu, '-')
    .replace(/-{2,}/gu, '-')
    .replace(/[至到~〜]+/gu, '~')
  const halves = bare.split('~')
  if (halves.length === 2) return between(halves[0] ?? '', halves[1] ?? '')
  if (halves.length > 2) return null
  const [a = '', b = '', c = '', d = ''] = bare.split('-')
  switch (bare.split('-').length) {
    case 1:
      return between(a, a)
    case 2: {
      const range = between(a, b)
      return range !== null && ascends(range) ? range : between(bare, bare)
    }
    case 3: {
      const range = between(`${a}-${b}`, c)
      return range !== null && ascends(range) ? range : between(a, `${b}-${c}`)
    }
    case 4:
      return between(`${a}-${b}`, `${c}-${d}`)
    default:
      return null
  }
}

/** As it is written: 3, 3-9, 12-1至13. */
export function printWrittenPages({ first, last }: WrittenPages): string {
  const [from, to] = [printPrintedNumber(first), printPrintedNumber(last)]
  if (from === to) return from
  return first.inserted === null && last.inserted === null ? `${from}-${to}` : `${from}至${to}`
}

/**
 * Many catalogues write the first page only, and a range in the last row. Then a row ends before the next one begins;
 * where nothing follows, its end stays open.
 */
export function withImpliedEnds(rows: readonly (WrittenPages | null)[]): readonly (WrittenPages | null)[] {
  const isSingle = (pages: WrittenPages | null) =>
    pages === null || comparePrintedNumbers(pages.first, pages.last) === 0
  const read = rows.filter((pages) => pages !== null)
  const jumps = read.some(
    (pages, at) => pages.first.main > (read[at - 1]?.first.main ?? pages.first.main) + 1,
  )
  if (!jumps || !rows.slice(0, -1).every(isSingle)) return rows
  return rows.map((pages, at) => {
    if (pages === null || !isSingle(pages)) return pages
    const next = rows[at + 1]
    if (next === undefined || next === null || next.first.main < pages.first.main)
      return { ...pages, open: true }
    const last = Math.max(pages.first.main, next.first.main - 1)
    return last === pages.first.main ? pages : { ...pages, last: { main: last, inserted: null } }
  })
}

/** Whether the electronic pages are those that the paper writes; an open end says nothing of the last page. */
export function pagesAreKept(paper: WrittenPages, electronic: WrittenPages): boolean {
  if (comparePrintedNumbers(paper.first, electronic.first) !== 0) return false
  return paper.open || comparePrintedNumbers(paper.last, electronic.last) === 0
}
