import { readPrintedNumber } from './page-number.ts'
import { isInRange, readRange } from './page-range.ts'
import { VOLUME_KIND_INFO, type VolumeKind } from './volume-kind.ts'

/** 卷别册次页数 of a request: a volume, a book of it or all, and printed numbers such as "1-30，45" or all. */
export interface LoanExtent {
  readonly volumeKind: VolumeKind
  /** 第几册; null for all. */
  readonly book: number | null
  /** Empty for all pages. */
  readonly pages: string
}

interface PrintedRange {
  readonly first: string
  readonly last: string
}

/** "1-30、45，12-1" as ranges; null when a part cannot be read. A part that names one page may be an insertion. */
export function readPageList(text: string): readonly PrintedRange[] | null {
  const parts = text
    .normalize('NFKC')
    .split(/[,、;\s]+/u)
    .filter((part) => part !== '')
  const ranges: PrintedRange[] = []
  for (const part of parts) {
    const range = readRange(part)
    // 12-1 is a page put in behind 12, not a range that runs backwards.
    const reversed = range !== null && Number(range.last) < Number(range.first)
    if (range !== null && !reversed) ranges.push(range)
    else if (readPrintedNumber(part) !== null) ranges.push({ first: part, last: part })
    else return null
  }
  return ranges
}

/** Whether an extent names a page of its volume. What cannot be read names none. */
export function extentNames(
  extent: Pick<LoanExtent, 'book' | 'pages'>,
  page: { readonly book: number; readonly printedNumber: string },
): boolean {
  if (extent.book !== null && extent.book !== page.book) return false
  const ranges = readPageList(extent.pages)
  if (ranges === null) return false
  return ranges.length === 0 || ranges.some((range) => isInRange(page.printedNumber, range))
}

/** As the register writes it: 正卷第1册第1-30页. */
export function extentWords(extents: readonly LoanExtent[]): string {
  return extents
    .map(({ volumeKind, book, pages }) => {
      const where = book === null ? '' : `第${book}册`
      const which = pages.trim() === '' ? '全部' : `第${pages.trim()}页`
      return `${VOLUME_KIND_INFO[volumeKind].zh}${where}${which}`
    })
    .join('；')
}
