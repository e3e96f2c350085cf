import type { PageRow } from '../../shared/contract/model.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { parseFieldDate } from '../../shared/domain/field-date.ts'
import { isInRange } from '../../shared/domain/page-range.ts'
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
    const first = row.firstPage === undefined ? '' : String(row.firstPage)
    const last = row.lastPage === undefined ? first : String(row.lastPage)
    return {
      line: row.line,
      fields: {
        templateRow: matched?.number ?? null,
        templateRowTitle: matched?.title ?? null,
        title: row.title,
        documentNumber: row.documentNumber,
        responsible: row.responsible,
        date: storedDate(row.date),
        firstPrinted: first,
        lastPrinted: last,
        remark: row.remark,
      },
      pageIds: pages.filter((page) => isInRange(page.printedNumber, { first, last })).map((page) => page.id),
    }
  })
}
