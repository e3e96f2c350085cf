import type { ResourceRef } from '../../shared/contract/method.ts'
import type { Book, PageRow } from '../../shared/contract/model.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../access/index.ts'
import { type Catalogue, lentView, type VolumeRecord } from '../catalogue/index.ts'

export type ExportExtent =
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'volume'; readonly id: string }
  | { readonly kind: 'item'; readonly id: string }

/** Who gives out, as far as it decides what may be given out. */
export type Exporter = Pick<Session, 'accountId' | 'grants' | 'compartments'>

/** What one volume contributes. */
export interface ExportedVolume {
  readonly volume: VolumeRecord
  readonly books: readonly Book[]
  /** In image order. */
  readonly pages: readonly PageRow[]
  /** False where the text of these pages may not be taken along. */
  readonly withText: boolean
  /** Loans that allow copies open these pages; null when no loan is needed. */
  readonly loanId: string | null
}

export interface ExportScope {
  readonly caseId: string
  readonly volumes: readonly ExportedVolume[]
  /** Volumes of the extent that this person may not give out. */
  readonly leftOut: number
}

export interface ExportScopeParts {
  readonly catalogue: Catalogue
  readonly exporter: Exporter
  readonly factsOf: (resource: ResourceRef) => CaseFacts | null
  readonly now: Date
}

function volumesOf({ volumes }: Catalogue, extent: ExportExtent): readonly VolumeRecord[] {
  switch (extent.kind) {
    case 'case':
      return volumes.ofCase(extent.id)
    case 'volume':
      return [volumes.require(extent.id)]
    case 'item':
      return [volumes.ofItem(extent.id)]
  }
}

/**
 * Which pages of an extent a person may give out now, and whether with their text. A borrower gives out what a loan
 * with copies names. Throws ACCESS_DENIED when that is nothing.
 */
export function exportScope(parts: ExportScopeParts, extent: ExportExtent): ExportScope {
  const { catalogue, exporter, now } = parts
  const [caseId] = volumesOf(catalogue, extent).map((volume) => volume.caseId)
  if (caseId === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: extent.kind, id: extent.id })
  const view = lentView(catalogue, exporter, caseId, 'page.export', now)
  const at = catalogue.lent.moment(now)
  const copyLoan = (pageId: string) =>
    catalogue.lent.loansOf(exporter.accountId, pageId, at).find(({ mayCopy }) => mayCopy)?.loanId
  let leftOut = 0
  let lentWithoutCopy = false

  const volumes = volumesOf(catalogue, extent).flatMap((volume): ExportedVolume[] => {
    const facts = parts.factsOf({ kind: 'volume', id: volume.id })
    const may = (permission: 'page.export' | 'text.copy') =>
      refusalOf(exporter.grants, permission, facts) === null
    if (!may('page.export') || !exporter.compartments.has(volume.compartment)) {
      leftOut += 1
      return []
    }
    const wanted = catalogue.pages
      .list(volume.id)
      .filter(({ itemId }) => extent.kind !== 'item' || itemId === extent.id)
    const lent = view === null ? wanted : wanted.filter(({ id }) => view.has(id))
    const pages = view === null ? lent : lent.filter(({ id }) => copyLoan(id) !== undefined)
    lentWithoutCopy ||= pages.length < lent.length
    const [first] = pages
    if (first === undefined) return []
    return [
      {
        volume,
        pages,
        books: catalogue.volumes.books(volume.id),
        withText: may('text.copy'),
        loanId: view === null ? null : (copyLoan(first.id) ?? null),
      },
    ]
  })
  if (volumes.length === 0) {
    if (leftOut === 0 && view === null) throw new AppError('EXPORT_NOTHING')
    const reason = lentWithoutCopy ? 'no-copy' : 'out-of-scope'
    throw new AppError('ACCESS_DENIED', { needs: 'page.export', reason })
  }
  return { caseId, volumes, leftOut }
}
