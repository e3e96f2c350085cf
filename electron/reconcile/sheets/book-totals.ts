import type { PageRow } from '../../../shared/contract/model.ts'
import { countNumbered } from '../../../shared/domain/page-kind.ts'
import { readPrintedNumber } from '../../../shared/domain/page-number.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { givenCatalogue } from '../lists/kept-catalogue.ts'

export interface BookTotal {
  readonly bookId: string
  /** The number of the last page, as the paper says; null: it says nothing. */
  readonly printed: number | null
  /** Images that carry a number. */
  readonly images: number
}

const mainOf = (printed: string) => readPrintedNumber(printed)?.main ?? 0
const known = (number: number) => (number === 0 ? null : number)

/**
 * How far the numbers of each book go: by the closing note or the cover of the paper where the volume is one book, else
 * by the last row of the book's catalogue.
 */
export function bookTotals(
  catalogue: Catalogue,
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  { volumeId, reconciliationId }: { readonly volumeId: string; readonly reconciliationId: string },
  pages: readonly PageRow[],
): BookTotal[] {
  const { compartment } = catalogue.volumes.require(volumeId)
  const books = catalogue.volumes.books(volumeId)
  const given = givenCatalogue(catalogue, vault, { reconciliationId, compartment })?.catalogue
  const said = books.length === 1 ? (given?.note.pageCount ?? given?.cover.pageCount ?? null) : null
  return books.map(({ id, items }) => {
    const rows = Math.max(0, ...items.map(({ lastPrinted }) => mainOf(lastPrinted)))
    const kinds = pages.filter(({ bookId }) => bookId === id).map(({ kind }) => kind)
    return { bookId: id, printed: said ?? known(rows), images: countNumbered(kinds) }
  })
}
