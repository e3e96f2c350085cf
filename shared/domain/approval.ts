import type { Permission } from './permission.ts'

/** Whoever has one of these in a case takes part in changes to it after 归档. */
export const CHANGE_PERMISSIONS: readonly Permission[] = [
  'change.request',
  'change.approve',
  'change.execute',
  'change.check',
]

/** Where a request for a change to a filed case stands. */
export const APPROVAL_STATES = [
  'requested',
  'approved',
  'refused',
  'withdrawn',
  'expired',
  'stale',
  'executing',
  'executed',
  'checked',
  'rejected-by-check',
] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** What a request has gone through: state and people, nothing of what it is about. */
export interface ApprovalCourse {
  readonly state: ApprovalState
  readonly requestedBy: string
  /** UTC ISO: from then on it is neither decided nor carried out. */
  readonly expiresAt: string
  readonly decidedBy: string | null
  readonly executedBy: string | null
  readonly checkedBy: string | null
}

export type ApprovalEvent =
  | { readonly step: 'decide'; readonly by: string; readonly at: string; readonly approve: boolean }
  /** The change is about to be made. From `executing` too: an earlier try was cut off and had changed nothing. */
  | { readonly step: 'begin'; readonly by: string; readonly at: string }
  | { readonly step: 'finish' }
  /** The change could not be made and nothing was changed: it may be tried again. */
  | { readonly step: 'fail' }
  | { readonly step: 'check'; readonly by: string; readonly ok: boolean }
  | { readonly step: 'withdraw'; readonly by: string; readonly at: string }
  /** What it was granted for is no longer so. */
  | { readonly step: 'find-stale' }
  | { readonly step: 'expire'; readonly at: string }
  /** What was made is taken back before anybody has passed it. */
  | { readonly step: 'undo' }

export type ApprovalRefusal = 'wrong-state' | 'same-person' | 'not-requester' | 'expired'

export type ApprovalStep =
  | { readonly ok: true; readonly course: ApprovalCourse }
  | { readonly ok: false; readonly refusal: ApprovalRefusal }

/** States that still wait for their first three steps, and end with the day. */
export const PENDING_STATES: readonly ApprovalState[] = ['requested', 'approved']

export function hasExpired(course: Pick<ApprovalCourse, 'state' | 'expiresAt'>, at: string): boolean {
  return PENDING_STATES.includes(course.state) && course.expiresAt <= at
}

/**
 * One step of 申请 → 审批 → 执行 → 另一人复核 (domain.md §8, §10). Requester, approver and checker are three people, and
 * the checker has not carried it out either. Pure: what comes back is the course after the step, or why it is none.
 */
export function advance(course: ApprovalCourse, event: ApprovalEvent): ApprovalStep {
  const refused = (refusal: ApprovalRefusal): ApprovalStep => ({ ok: false, refusal })
  const to = (change: Partial<ApprovalCourse>): ApprovalStep => ({
    ok: true,
    course: { ...course, ...change },
  })
  const stands = (...states: readonly ApprovalState[]) => states.includes(course.state)
  switch (event.step) {
    case 'decide':
      if (!stands('requested')) return refused('wrong-state')
      if (event.by === course.requestedBy) return refused('same-person')
      if (hasExpired(course, event.at)) return refused('expired')
      return to({ state: event.approve ? 'approved' : 'refused', decidedBy: event.by })
    case 'begin':
      if (!stands('approved', 'executing')) return refused('wrong-state')
      if (hasExpired(course, event.at)) return refused('expired')
      return to({ state: 'executing', executedBy: event.by })
    case 'finish':
      return stands('executing') ? to({ state: 'executed' }) : refused('wrong-state')
    case 'fail':
      return stands('executing') ? to({ state: 'approved', executedBy: null }) : refused('wrong-state')
    case 'check':
      if (!stands('executed')) return refused('wrong-state')
      if ([course.requestedBy, course.decidedBy, course.executedBy].includes(event.by))
        return refused('same-person')
      return to({ state: event.ok ? 'checked' : 'rejected-by-check', checkedBy: event.by })
    case 'withdraw':
      if (!stands(...PENDING_STATES)) return refused('wrong-state')
      if (event.by !== course.requestedBy) return refused('not-requester')
      return to({ state: 'withdrawn' })
    case 'find-stale':
      return stands(...PENDING_STATES) ? to({ state: 'stale' }) : refused('wrong-state')
    case 'undo':
      return stands('executing', 'executed') ? to({ state: 'withdrawn' }) : refused('wrong-state')
    case 'expire':
      return hasExpired(course, event.at) ? to({ state: 'expired' }) : refused('wrong-state')
  }
}
