/** Changes to filed cases: asked for, decided, made and checked by different people (domain.md §8, §10). */

/**
 * Answers the contract's `approvals.*`. Throws APPROVAL_NOT_NEEDED, APPROVAL_WRONG_STATE, APPROVAL_SAME_PERSON,
 * APPROVAL_EXPIRED, APPROVAL_STALE, and what the requested method itself throws.
 */
export { type ApprovalDeskParts, approvalHandlers } from './approval-handlers.ts'
/** The methods that a request can be made for: all that say `afterFiling: 'approval'`. */
export { DESCRIBED_METHODS } from './describe-change.ts'
