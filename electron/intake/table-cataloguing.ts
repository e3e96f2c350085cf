import type { PageRow } from '../../shared/contract/model.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { parseFieldDate } from '../../shared/domain/field-date.ts'
import { comparePrintedNumbers, readPrintedNumber } from '../../shared/domain/page-number.ts'
import { CONFIDENT_PROPOSAL, titleMatcher } from '../../shared/domain/title-matcher.ts'
import type { ItemFields } from '../catalogue/index.ts'
import type { CatalogueRow } from './catalogue-rows.ts'

/** A catalogue row with the pages that its range names. */
export interface CataloguedItem {
  readonly fields: ItemFields
  readonly pageIds: readonly string[]
  readonly line: number
}

/** A date as typed, in ISO where it can be read; otherwise as it stands, since the paper's words are kept. */
export function storedDate(typed: string): string {
  const read = parseFieldDate(typed)
  return read.ok ? read.iso : typed.trim()
}

/** Joins rows of a table with the pages of a book by printed number, and finds each title's row of the template. */
export function catalogueByTable(
  rows: readonly CatalogueRow[],
  pages: readonly PageRow[],
  template: CatalogueTemplate | undefined,
  partyNames: readonly string[],
): readonly CataloguedItem[] {
  const match = template === undefined ? undefined : titleMatcher(template)
  let previousRowNumber: number | undefined
  return rows.map((row) => {
    const [best] = match?.(row.title, { partyNames, previousRowNumber }) ?? []
    const matched = best !== undefined && best.confidence >= CONFIDENT_PROPOSAL ? best.row : undefined
    if (matched !== undefined) previousRowNumber = matched.number
    const first = row.firstPage === undefined ? null : readPrintedNumber(String(row.firstPage))
    const last = row.lastPage === undefined ? first : readPrintedNumber(String(row.lastPage))
    const inRange = (page: PageRow) => {
      const printed = readPrintedNumber(page.printedNumber)
      if (printed === null || first === null || last === null) return false
      return comparePrintedNumbers(first, printed) <= 0 && comparePrintedNumbers(printed, last) <= 0
    }
    return {
      line: row.line,
      fields: {
        templateRow: matched?.number ?? null,
        templateRowTitle: matched?.title ?? null,
        title: row.title,
        documentNumber: row.documentNumber,
        responsible: row.responsible,
        date: storedDate(row.date),
        firstPrinted: row.firstPage === undefined ? '' : String(row.firstPage),
        lastPrinted: row.lastPage === undefined ? '' : String(row.lastPage),
        remark: row.remark,
      },
      pageIds: pages.filter(inRange).map((page) => page.id),
    }
  })
}
