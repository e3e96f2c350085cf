import { type ApprovalEvent, advance } from '../../shared/domain/approval.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call } from '../access/index.ts'
import type { ApprovalRecord } from '../catalogue/index.ts'
import type { DescribedMethod } from './describe-change.ts'
import { describeChange, isDescribed, sameChanges } from './describe-change.ts'
import type { ChangeDescription, DescribeParts } from './describe-parts.ts'

/** What a step needs of the room. */
export interface CourseParts extends DescribeParts {
  readonly changed: () => void
}

/** Codes by which describing a change says that what it was granted for is gone. */
const GONE: ReadonlySet<string> = new Set([
  'CATALOGUE_NOT_FOUND',
  'CATALOGUE_CONFLICT',
  'CASE_NUMBER_TAKEN',
  'ARCHIVE_NUMBER_TAKEN',
])

/** Describes the requested change as it would be made now; null when there is nothing left to make it to. */
export async function describedNow(
  record: ApprovalRecord,
  parts: DescribeParts,
): Promise<ChangeDescription | null> {
  if (!isDescribed(record.method)) return null
  try {
    // Parsed by the method's own schema when it was requested.
    return await describeChange<DescribedMethod>(record.method, record.input as never, parts)
  } catch (error) {
    if (error instanceof AppError && GONE.has(error.code)) return null
    throw error
  }
}

/** Moves requests along their course, and writes down what became of them. */
export function approvalCourse(parts: CourseParts) {
  const at = () => parts.now().toISOString()
  const keep = (record: ApprovalRecord): ApprovalRecord => {
    parts.catalogue().approvals.save(record)
    parts.changed()
    return record
  }
  /** The record after a step, not yet kept. @throws APPROVAL_* */
  const stepped = (record: ApprovalRecord, event: ApprovalEvent): ApprovalRecord => {
    const next = advance(record, event)
    if (next.ok) return { ...record, ...next.course }
    switch (next.refusal) {
      case 'same-person':
        throw new AppError('APPROVAL_SAME_PERSON', { step: event.step })
      case 'not-requester':
        throw new AppError('ACCESS_DENIED', { reason: 'not-requester' })
      case 'expired':
        keep(stepped(record, { step: 'expire', at: at() }))
        throw new AppError('APPROVAL_EXPIRED', { expiresAt: record.expiresAt })
      case 'wrong-state':
        throw new AppError('APPROVAL_WRONG_STATE', { state: record.state })
    }
  }
  return {
    at,
    keep,
    stepped,
    /** The change as granted, or APPROVAL_STALE with the request ended: nothing is done to what has changed since. */
    requireFresh: async (record: ApprovalRecord): Promise<void> => {
      const now = await describedNow(record, parts)
      if (now !== null && sameChanges(now.changes, record.changes)) return
      keep(stepped(record, { step: 'find-stale' }))
      throw new AppError('APPROVAL_STALE')
    },
    isFresh: async (record: ApprovalRecord): Promise<boolean> => {
      const now = await describedNow(record, parts)
      return now !== null && sameChanges(now.changes, record.changes)
    },
    /** What the log is to know of every step. */
    noteOn: (call: Call, { id, beforeDigest, afterDigest, reason }: ApprovalRecord, note = '') => {
      call.note({
        subject: `approval:${id}`,
        approvalId: id,
        beforeDigest,
        ...(afterDigest === null ? {} : { afterDigest }),
        reason: note === '' ? reason : note,
      })
    },
  }
}
