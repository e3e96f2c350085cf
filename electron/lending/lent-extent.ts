import type { PageRow } from '../../shared/contract/model.ts'
import { extentNames, type LoanExtent } from '../../shared/domain/loan-extent.ts'
import type { Compartment } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { Catalogue } from '../catalogue/index.ts'

export interface NamedPages {
  readonly pages: readonly PageRow[]
  readonly compartments: ReadonlySet<Compartment>
}

/**
 * The pages that a request names, in image order. A volume asked for by its kind must be there; that it has no images
 * is no fault, since paper is lent too. Throws LOAN_NOTHING_TO_LEND.
 */
export function namedPages(
  { volumes, pages }: Catalogue,
  caseId: string,
  extent: readonly LoanExtent[],
): NamedPages {
  const found = new Map<string, PageRow>()
  const compartments = new Set<Compartment>()
  const ofCase = volumes.ofCase(caseId)
  for (const wanted of extent) {
    const volume = ofCase.find(({ kind }) => kind === wanted.volumeKind)
    if (volume === undefined) throw new AppError('LOAN_NOTHING_TO_LEND', { reason: 'no-volume' })
    const books = new Map(volumes.books(volume.id).map(({ id, sequence }) => [id, sequence]))
    compartments.add(volume.compartment)
    for (const page of pages.list(volume.id)) {
      const book = books.get(page.bookId) ?? 0
      if (extentNames(wanted, { book, printedNumber: page.printedNumber })) found.set(page.id, page)
    }
  }
  return { pages: [...found.values()], compartments }
}
