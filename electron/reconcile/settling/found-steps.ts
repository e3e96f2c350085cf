import type { PlanStep } from '../../../shared/contract/settlements.ts'
import type { UnplannedReason } from '../../../shared/domain/reconcile/plan-words.ts'

/** Steps with their place among the steps that place pages in the order of the paper; or why there is none. */
export type Found = { readonly steps: readonly PlanStep[]; readonly order: number } | UnplannedReason

/** After all that has a place in the paper. */
export const LAST = Number.MAX_SAFE_INTEGER
