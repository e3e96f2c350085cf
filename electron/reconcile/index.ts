/**
 * 纸电核对: paper against electronic. Three ways of finding (the paper's own lists, sheet by sheet, a fresh scan), one
 * register of differences, plans that settle them with two people, and the signed report that proves a volume.
 */
import type { Handlers } from '../access/index.ts'
import { differenceHandlers } from './difference-handlers.ts'
import { paperCatalogueHandlers } from './paper-catalogue-handlers.ts'
import { proofHandlers } from './proof-handlers.ts'
import { reconcileHandlers } from './reconcile-handlers.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { settlementHandlers } from './settlement-handlers.ts'
import { sheetHandlers } from './sheet-handlers.ts'

/** Which volume and report a report's file, JSON or PDF, names; undefined: there is none in it. Throws SYSTEM_* errors. */
export { reportNames } from './proving/report-names.ts'
/** Since when a volume is proven by its newest report, and what made that fall; null: never proven. */
export { volumeProof } from './proving/volume-proof.ts'
export type { ReconcileParts } from './reconcile-parts.ts'
/** The register, as ways of finding bring differences into it: see {@link DifferenceDesk}. */
export { differenceDesk } from './register/difference-desk.ts'
/** The job that checks a volume against a fresh scan of its paper: import, reading, matching, comparing, differences. */
export { rescanJob } from './rescan/rescan-job.ts'
export type { RescanParts } from './rescan/rescan-parts.ts'
/** What the approvals of filed cases need of plans: how to describe one, and what a checked request means for it. */
export { checkPlan } from './settling/check-plan.ts'
export { describePlan } from './settling/plan-approval.ts'

type ReconcileMethod =
  | keyof ReturnType<typeof reconcileHandlers>
  | keyof ReturnType<typeof paperCatalogueHandlers>
  | keyof ReturnType<typeof sheetHandlers>
  | keyof ReturnType<typeof differenceHandlers>
  | keyof ReturnType<typeof settlementHandlers>
  | keyof ReturnType<typeof proofHandlers>

/** Answers every method of the contract areas reconcile, paperCatalogue, sheets, differences, settlements and proofs. */
export function reconcileDesk(parts: ReconcileParts): Handlers<ReconcileMethod> {
  return {
    ...reconcileHandlers(parts),
    ...paperCatalogueHandlers(parts),
    ...sheetHandlers(parts),
    ...differenceHandlers(parts),
    ...settlementHandlers(parts),
    ...proofHandlers(parts),
  }
}
