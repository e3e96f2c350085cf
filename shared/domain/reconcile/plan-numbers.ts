import { PAGE_KIND_INFO } from '../page-kind.ts'
import {
  assignPrintedNumbers,
  comparePrintedNumbers,
  type PrintedNumber,
  readPrintedNumber,
} from '../page-number.ts'
import { isInRange } from '../page-range.ts'
import type { StateItem, StatePage } from './volume-state.ts'

/**
 * Which numbers the count goes round: those a person confirmed, and those read on the paper of a page that is put in,
 * as far as they go on from what stands before and leave room for the next confirmed one.
 */
function fixedNumbers(
  pages: readonly StatePage[],
  paperNumbers: ReadonlyMap<string, string>,
): (string | null)[] {
  let highest: PrintedNumber = { main: 0, inserted: null }
  const nextConfirmed = (at: number): PrintedNumber | null => {
    const next = pages.slice(at + 1).find(({ confirmed }) => confirmed)
    return next === undefined ? null : readPrintedNumber(next.printedNumber)
  }
  return pages.map((page, at) => {
    if (!PAGE_KIND_INFO[page.kind].numbered) return null
    if (page.confirmed) {
      const own = readPrintedNumber(page.printedNumber)
      if (own !== null) highest = own
      else highest = { main: highest.main + 1, inserted: null }
      return own === null ? null : page.printedNumber
    }
    const read = readPrintedNumber(paperNumbers.get(page.key) ?? '')
    const next = nextConfirmed(at)
    const fits =
      read !== null &&
      comparePrintedNumbers(read, highest) > 0 &&
      (next === null || comparePrintedNumbers(read, next) < 0)
    highest = fits ? read : { main: highest.main + 1, inserted: null }
    return fits ? (paperNumbers.get(page.key) ?? null) : null
  })
}

/**
 * Numbers and rows of one book's pages, counted as everywhere: continuous, round fixed numbers; a row that names its
 * pages by printed number keeps to it, pages that a person assigned stay.
 */
export function countBook(
  pages: readonly StatePage[],
  items: readonly StateItem[],
  paperNumbers: ReadonlyMap<string, string>,
): readonly StatePage[] {
  const fixed = fixedNumbers(pages, paperNumbers)
  const numbers = assignPrintedNumbers(
    pages.map(({ kind }) => kind),
    1,
    fixed,
  )
  const ranges = items.filter(({ firstPrinted }) => firstPrinted !== '')
  return pages.map((page, place) => {
    const printedNumber = numbers[place] ?? ''
    const named =
      ranges.find(({ firstPrinted, lastPrinted }) =>
        isInRange(printedNumber, { first: firstPrinted, last: lastPrinted }),
      )?.key ?? null
    const wasNamed = ranges.some(({ key }) => key === page.itemId)
    return {
      ...page,
      printedNumber,
      itemId: named ?? (wasNamed ? null : page.itemId),
      confirmed: page.confirmed || (paperNumbers.has(page.key) && fixed[place] != null),
    }
  })
}
