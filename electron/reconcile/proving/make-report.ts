import { AppError } from '../../../shared/errors.ts'
import type { AuditLog } from '../../audit/index.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { reconciliationRecords } from '../records/reconciliation-records.ts'
import { checkImages, pageImagesOf, paperImagesOf } from './check-images.ts'
import { gatherReport, type ReportFacts } from './gather-report.ts'
import { type ProofWork, UNWATCHED } from './proof-work.ts'
import { lackingFor } from './readiness.ts'
import { attachedImagesOf } from './report-attachments.ts'
import { signReport } from './signed-report.ts'
import { insertProof } from './volume-proof.ts'
import { sideDigests } from './volume-sides.ts'

export interface MakingParts {
  readonly catalogue: Catalogue
  readonly vault: OpenVault
  readonly audit: AuditLog
}

export interface MadeReport {
  readonly sha256: string
  readonly pages: number
  readonly differences: number
}

/**
 * Closes a checking with its signed report. Every image is opened and held against its hash first: a proof of hashes
 * that nobody computed would be none. Throws RECONCILE_NOT_OPEN, RECONCILE_NOT_SETTLED `{ count, codes }`,
 * RECONCILE_CHANGED_MEANWHILE, VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_*, and CALL_CANCELLED while the images are held
 * against their hashes: nothing was written until then.
 */
export async function makeReport(
  { catalogue, vault, audit }: MakingParts,
  facts: Omit<ReportFacts, 'auditHead'>,
  work: ProofWork = UNWATCHED,
): Promise<MadeReport> {
  const { volumeId, reconciliationId } = facts
  const records = reconciliationRecords(catalogue)
  const refuseUnsettled = () => {
    records.requireOpen(volumeId, reconciliationId)
    const lacking = lackingFor(catalogue, { volumeId, reconciliationId })
    if (lacking.length === 0) return
    throw new AppError('RECONCILE_NOT_SETTLED', {
      count: lacking.reduce((sum, { count }) => sum + count, 0),
      codes: lacking.map(({ code }) => code).join(','),
    })
  }
  refuseUnsettled()
  const { compartment } = catalogue.volumes.require(volumeId)
  // Every image that the report gives the hash of.
  const images = [
    ...pageImagesOf(catalogue, volumeId),
    ...paperImagesOf(catalogue, reconciliationId),
    ...attachedImagesOf(catalogue, vault, volumeId),
  ]
  const checked = await checkImages(vault, images, work)
  work.goOn()
  const [damaged] = checked.damaged
  if (damaged !== undefined)
    throw new AppError('VAULT_OBJECT_DAMAGED', { object: damaged.place, reason: 'segment' })
  audit.signHead(vault.signer(), 'proof')
  const report = gatherReport(catalogue, vault, { ...facts, auditHead: audit.heads().at(-1) ?? '' })
  const stored = await vault.objects.putBuffer(compartment, signReport(report, vault.signer()))
  catalogue.transaction(() => {
    refuseUnsettled()
    const now = sideDigests(catalogue, volumeId)
    const { digests } = report
    if (now.pages !== digests.pages || now.catalogue !== digests.catalogue || now.paper !== digests.paper)
      throw new AppError('RECONCILE_CHANGED_MEANWHILE', { volumeId })
    insertProof(catalogue, {
      ...{ id: facts.reportId, reconciliationId, volumeId, compartment, at: facts.madeAt, by: facts.madeBy },
      ...{ pagesDigest: digests.pages, catalogueDigest: digests.catalogue, paperDigest: digests.paper },
      ...{ pageCount: report.pages.length, differenceCount: report.differences.length },
      ...{ objectName: stored.name, sha256: stored.sha256, sizeBytes: stored.sizeBytes },
    })
    catalogue.sql.run(
      `UPDATE reconciliation SET state = 'proven', ended_at = ?, ended_by = ? WHERE id = ?`,
      ...[facts.madeAt, facts.madeBy, reconciliationId],
    )
  })
  return { sha256: stored.sha256, pages: report.pages.length, differences: report.differences.length }
}
