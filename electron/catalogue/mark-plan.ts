import type { PageRow } from '../../shared/contract/model.ts'
import { assignPrintedNumbers } from '../../shared/domain/page-number.ts'
import { isInRange } from '../../shared/domain/page-range.ts'

/** A row of a book that names its pages by printed number. */
export interface NamedRange {
  readonly itemId: string
  readonly first: string
  readonly last: string
}

/** What marking makes of one page. */
export interface MarkedPage {
  readonly page: PageRow
  readonly kind: PageRow['kind']
  readonly printedNumber: string
  readonly itemId: string | null
}

/**
 * What the pages of a volume become when some are marked: printed numbers are counted anew, book by book, round those
 * that a person confirmed.
 */
export function markPlan(
  pages: readonly PageRow[],
  rangesOf: (bookId: string) => readonly NamedRange[],
  kinds: ReadonlyMap<string, PageRow['kind']>,
  confirmed: ReadonlyMap<string, string> = new Map(),
): readonly MarkedPage[] {
  return [...new Set(pages.map((page) => page.bookId))].flatMap((bookId) => {
    const ofBook = pages.filter((page) => page.bookId === bookId)
    const kindOf = (page: PageRow) => kinds.get(page.id) ?? page.kind
    const fixed = ofBook.map(({ id }) => confirmed.get(id) ?? null)
    const numbers = assignPrintedNumbers(ofBook.map(kindOf), 1, fixed)
    const ranges = rangesOf(bookId)
    return ofBook.map((page, place) => {
      const printedNumber = numbers[place] ?? ''
      // A row that names its pages by printed number keeps to it; pages that a person assigned stay.
      const named = ranges.find((range) => isInRange(printedNumber, range))?.itemId ?? null
      const wasNamed = ranges.some((range) => range.itemId === page.itemId)
      const itemId = named ?? (wasNamed ? null : page.itemId)
      return { page, kind: kindOf(page), printedNumber, itemId }
    })
  })
}
