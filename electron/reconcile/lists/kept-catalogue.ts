import { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import { type Catalogue, textOrNull } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

/** The paper's lists as somebody gave them. */
export interface GivenCatalogue {
  readonly catalogue: PaperCatalogue
  readonly by: string
  readonly at: string
}

interface Place {
  readonly reconciliationId: string
  readonly compartment: Compartment
}

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft'>

const draftPlace = ({ reconciliationId, compartment }: Place) => ({
  label: `paper-catalogue|${reconciliationId}`,
  compartment,
})

/** Keeps what the paper says of itself, sealed under the volume's compartment: titles tell of the pages. */
export function keepCatalogue(
  { sql }: Pick<Catalogue, 'sql'>,
  vault: Seals,
  place: Place,
  { catalogue, by, at }: GivenCatalogue,
): void {
  const sealed = vault.sealDraft(draftPlace(place), Buffer.from(JSON.stringify(catalogue), 'utf8'))
  sql.run(
    `UPDATE reconciliation SET catalogue_given_at = ?, catalogue_given_by = ?, catalogue_content = ? WHERE id = ?`,
    ...[at, by, sealed, place.reconciliationId],
  )
}

/** Undefined: not given yet. Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_DAMAGED. */
export function givenCatalogue(
  { sql }: Pick<Catalogue, 'sql'>,
  vault: Seals,
  place: Place,
): GivenCatalogue | undefined {
  const row = sql.one(
    'SELECT catalogue_given_at, catalogue_given_by, catalogue_content FROM reconciliation WHERE id = ?',
    place.reconciliationId,
  )
  if (row === undefined || !(row.catalogue_content instanceof Uint8Array)) return undefined
  const opened = vault.openDraft(draftPlace(place), row.catalogue_content).toString('utf8')
  return {
    catalogue: PaperCatalogue.parse(JSON.parse(opened)),
    by: textOrNull(row, 'catalogue_given_by') ?? '',
    at: textOrNull(row, 'catalogue_given_at') ?? '',
  }
}
