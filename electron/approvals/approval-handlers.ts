import type { ApprovalDetail } from '../../shared/contract/approvals.ts'
import { isMethodName, methodOf } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, CallPath, Handlers, Session } from '../access/index.ts'
import type { ApprovalRecord } from '../catalogue/index.ts'
import { approvalCourse, describedNow } from './approval-course.ts'
import { approvalView } from './approval-view.ts'
import { digestOf } from './describe-change.ts'
import { type RequestParts, requestChange } from './request-change.ts'

/** What the handlers of approvals work with. */
export interface ApprovalDeskParts extends RequestParts {
  /** The one call path, past the lock that 归档 puts on a case. */
  readonly execute: CallPath['execute']
  readonly jobRuns: (jobId: string) => boolean
  readonly changed: () => void
  /** A request is passed or not: what it stands for takes part in the same transaction, and may refuse. */
  readonly onCheck: (
    record: ApprovalRecord,
    check: { readonly by: string; readonly at: string; readonly ok: boolean; readonly note: string },
  ) => void
}

type ApprovalMethod = `approvals.${'request' | 'list' | 'get' | 'decide' | 'execute' | 'check' | 'withdraw'}`

const OPEN_STATES = ['requested', 'approved', 'executing', 'executed'] as const

function requireSession(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

export function approvalHandlers(parts: ApprovalDeskParts): Handlers<ApprovalMethod> {
  const course = approvalCourse(parts)
  const records = () => parts.catalogue().approvals
  const rowOf = (record: ApprovalRecord, call: Call) => approvalView(parts, requireSession(call)).row(record)
  const stateNowOf = async (record: ApprovalRecord) => {
    // What adds something describes another addition once it was made; then only the case itself tells.
    const now = await describedNow(record, parts).catch(() => null)
    return now === null || now.adds ? null : now.changes
  }
  /** After a change was made: digest of how its fields stand now, and for what was added, of what was to be. */
  const digestAfter = async (record: ApprovalRecord) => {
    const now = await stateNowOf(record)
    return now === null ? digestOf(record.changes, 'after') : digestOf(now, 'before')
  }

  return {
    'approvals.request': async (wanted, call) => {
      const record = await requestChange(wanted, requireSession(call), parts)
      records().insert(record)
      parts.changed()
      course.noteOn(call, record)
      call.note({ details: { method: record.method } })
      return rowOf(record, call)
    },
    'approvals.list': ({ view, caseId, limit }, call) => {
      const session = requireSession(call)
      const seen = approvalView(parts, session)
      const open = records().inStates(OPEN_STATES).filter(seen.sees).map(seen.row)
      const waiting = {
        decide: open.filter(({ may }) => may.includes('decide')).length,
        execute: open.filter(({ may }) => may.includes('execute')).length,
        check: open.filter(({ may }) => may.includes('check')).length,
      }
      const found =
        view === 'own'
          ? records().ofRequester(session.accountId, limit).filter(seen.sees).map(seen.row)
          : view === 'all'
            ? records().latest(limit, caseId).filter(seen.sees).map(seen.row)
            : open.filter(({ may }) => may.includes(view))
      const rows = caseId === undefined ? found : found.filter((row) => row.caseId === caseId)
      return { rows: rows.slice(0, limit), waiting }
    },
    'approvals.get': async ({ id }, call): Promise<ApprovalDetail> => {
      const record = records().require(id)
      const seen = approvalView(parts, requireSession(call))
      if (!seen.sees(record))
        throw new AppError('ACCESS_DENIED', { needs: 'change.request', reason: 'out-of-scope' })
      const now = await stateNowOf(record)
      const nowOf = (field: string, subject: string) =>
        now?.find((change) => change.field === field && change.subject === subject)?.before ?? null
      return {
        ...seen.row(record),
        changes: record.changes.map((change) => ({
          ...change,
          now: nowOf(change.field, change.subject),
          differs: change.before !== change.after,
        })),
        nowKnown: now !== null,
        beforeDigest: record.beforeDigest,
        afterDigest: record.afterDigest,
        jobId: record.jobId,
      }
    },
    'approvals.decide': async ({ id, approve, note }, call) => {
      const record = records().require(id)
      course.noteOn(call, record, note)
      call.note({ details: { method: record.method, approve } })
      const { accountId: by } = requireSession(call)
      const decided = course.stepped(record, { step: 'decide', by, at: course.at(), approve })
      if (approve) await course.requireFresh(record)
      return rowOf(course.keep({ ...decided, decidedAt: course.at(), decisionNote: note }), call)
    },
    'approvals.execute': async ({ id }, call) => {
      const record = records().require(id)
      course.noteOn(call, record)
      call.note({ details: { method: record.method } })
      const { accountId: by } = requireSession(call)
      const begun = course.stepped(record, { step: 'begin', by, at: course.at() })
      if (record.state === 'executing' && !(await course.isFresh(record))) {
        // Cut off after the change and before this was written down: whoever made it is known, the check follows.
        return rowOf(course.keep(course.stepped(record, { step: 'finish' })), call)
      }
      if (record.state !== 'executing') await course.requireFresh(record)
      const executing = course.keep({ ...begun, executedAt: course.at() })
      const result = await parts.execute(call.client, record.method, record.input, id)
      if (!result.ok) {
        course.keep({ ...course.stepped(executing, { step: 'fail' }), executedAt: null })
        throw AppError.fromEnvelope(result.error)
      }
      const starts = isMethodName(record.method) && methodOf(record.method).kind === 'job'
      const done = course.keep({
        ...course.stepped(executing, { step: 'finish' }),
        jobId: starts && typeof result.value === 'string' ? result.value : null,
        afterDigest: await digestAfter(record),
      })
      course.noteOn(call, done)
      return rowOf(done, call)
    },
    'approvals.check': ({ id, ok, note }, call) => {
      const record = records().require(id)
      course.noteOn(call, record, note)
      call.note({ details: { method: record.method, ok } })
      const { accountId: by } = requireSession(call)
      const checked = course.stepped(record, { step: 'check', by, ok })
      if (record.jobId !== null && parts.jobRuns(record.jobId))
        throw new AppError('JOB_RESOURCE_BUSY', { jobId: record.jobId }, { retryable: true })
      const at = course.at()
      const kept = parts.catalogue().transaction(() => {
        parts.onCheck(record, { by, at, ok, note })
        return course.keep({ ...checked, checkedAt: at, checkNote: note })
      })
      return rowOf(kept, call)
    },
    'approvals.withdraw': ({ id, note }, call) => {
      const record = records().require(id)
      course.noteOn(call, record, note)
      const { accountId: by } = requireSession(call)
      const withdrawn = course.stepped(record, { step: 'withdraw', by, at: course.at() })
      course.keep({ ...withdrawn, closingNote: note })
      return {}
    },
  }
}
