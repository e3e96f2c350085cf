import type { VolumeProof } from '../../../shared/contract/model.ts'
import { type Catalogue, number, type Row, text } from '../../catalogue/index.ts'
import { sideDigests } from './volume-sides.ts'

/** A report that was made, as its row tells. */
export interface ProofRecord {
  readonly id: string
  readonly reconciliationId: string
  readonly volumeId: string
  readonly compartment: 'open' | 'restricted'
  readonly at: string
  readonly by: string
  readonly pagesDigest: string
  readonly catalogueDigest: string
  readonly paperDigest: string
  readonly pageCount: number
  readonly differenceCount: number
  readonly objectName: string
  readonly sha256: string
  readonly sizeBytes: number
}

function proofRecord(row: Row): ProofRecord {
  return {
    id: text(row, 'id'),
    reconciliationId: text(row, 'reconciliation_id'),
    volumeId: text(row, 'volume_id'),
    compartment: text(row, 'compartment') as ProofRecord['compartment'],
    at: text(row, 'at'),
    by: text(row, 'by'),
    pagesDigest: text(row, 'pages_digest'),
    catalogueDigest: text(row, 'catalogue_digest'),
    paperDigest: text(row, 'paper_digest'),
    pageCount: number(row, 'page_count'),
    differenceCount: number(row, 'difference_count'),
    objectName: text(row, 'object_name'),
    sha256: text(row, 'sha256'),
    sizeBytes: number(row, 'size_bytes'),
  }
}

/** Newest first. */
export function proofsOf({ sql }: Catalogue, volumeId: string): readonly ProofRecord[] {
  return sql
    .all('SELECT * FROM volume_proof WHERE volume_id = ? ORDER BY at DESC, id DESC', volumeId)
    .map(proofRecord)
}

export function insertProof({ sql }: Catalogue, proof: ProofRecord): void {
  sql.run(
    `INSERT INTO volume_proof (id, reconciliation_id, volume_id, compartment, at, by, pages_digest, catalogue_digest,
       paper_digest, page_count, difference_count, object_name, sha256, size_bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[proof.id, proof.reconciliationId, proof.volumeId, proof.compartment, proof.at, proof.by],
    ...[proof.pagesDigest, proof.catalogueDigest, proof.paperDigest, proof.pageCount],
    ...[proof.differenceCount, proof.objectName, proof.sha256, proof.sizeBytes],
  )
}

export function fallenSides(catalogue: Catalogue, proof: ProofRecord): VolumeProof['fell'] {
  const now = sideDigests(catalogue, proof.volumeId)
  return [
    ...(now.pages === proof.pagesDigest ? [] : (['pages'] as const)),
    ...(now.catalogue === proof.catalogueDigest ? [] : (['catalogue'] as const)),
    ...(now.paper === proof.paperDigest ? [] : (['paper'] as const)),
  ]
}

/** Since when a volume is proven by its newest report, and what made that fall; null: never proven. */
export function volumeProof(catalogue: Catalogue, volumeId: string): VolumeProof | null {
  const [newest] = proofsOf(catalogue, volumeId)
  if (newest === undefined) return null
  const fell = fallenSides(catalogue, newest)
  const by = catalogue.accounts.find(newest.by)?.displayName ?? newest.by
  return { reportId: newest.id, at: newest.at, by, stands: fell.length === 0, fell }
}

/** As {@link volumeProof}, for the checking that the volume's newest report closed; null for every other. */
export function reconciliationProof(catalogue: Catalogue, reconciliationId: string): VolumeProof | null {
  const row = catalogue.sql.one('SELECT volume_id FROM reconciliation WHERE id = ?', reconciliationId)
  if (row === undefined) return null
  const volumeId = text(row, 'volume_id')
  const [newest] = proofsOf(catalogue, volumeId)
  return newest?.reconciliationId === reconciliationId ? volumeProof(catalogue, volumeId) : null
}
