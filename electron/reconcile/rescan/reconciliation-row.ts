import type { ReconciliationRow } from '../../../shared/contract/reconcile.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import { reconciliationProof } from '../proving/volume-proof.ts'
import { type ReconciliationRecord, reconciliationRecords } from '../records/reconciliation-records.ts'

/** A checking as lists show it. */
export function reconciliationRow(catalogue: Catalogue, record: ReconciliationRecord): ReconciliationRow {
  const counts = reconciliationRecords(catalogue).counts(record)
  const { id, caseId, volumeId, state, startedAt, endedAt } = record
  return {
    ...{ id, caseId, volumeId, state, startedAt, endedAt },
    startedBy: catalogue.accounts.find(record.startedBy)?.displayName ?? record.startedBy,
    caseNumber: catalogue.cases.require(caseId).number,
    volumeKind: catalogue.volumes.require(volumeId).kind,
    electronicPages: counts.electronicPages,
    paperPages: counts.paperPages,
    differences: { ...counts.differences },
    ways: {
      catalogue: record.catalogueGiven ? 'given' : 'none',
      sheets: { ...counts.sheets, of: counts.electronicPages },
      rescan: { scans: counts.scans, toDecide: counts.toDecide },
    },
    proof: reconciliationProof(catalogue, id),
  }
}
