import { AppError } from '../../shared/errors.ts'
import type { CallPath, Handlers } from '../access/index.ts'
import { approvalHandlers } from '../approvals/index.ts'
import { SEARCHABLE_JOB } from '../lending/index.ts'
import { checkPlan, describePlan } from '../reconcile/index.ts'
import { caseFacts } from './case-facts.ts'
import { unmaskHandlers } from './masking.ts'
import type { FrontDeskParts, OpenDesk } from './open-desk.ts'

type ChangeMethod =
  | `approvals.${'request' | 'list' | 'get' | 'decide' | 'execute' | 'check' | 'withdraw'}`
  | 'fields.unmask'

/** Work that still changes something; what was cut off counts, since it is taken up again. */
const AT_WORK: ReadonlySet<string> = new Set(['queued', 'running'])

/** Whether a job works on the case now. */
export function jobRunsOn(desk: OpenDesk, caseId: string): boolean {
  return desk
    .room()
    .jobs.list()
    .some((job) => job.caseId === caseId && AT_WORK.has(job.state))
}

/** Changes to filed cases, and single values without their mask. */
export function changeHandlers(
  { now, newId }: FrontDeskParts,
  desk: OpenDesk,
  execute: CallPath['execute'],
): Handlers<ChangeMethod> {
  const catalogue = () => desk.room().catalogue
  return {
    ...approvalHandlers({
      catalogue,
      now,
      newId,
      newestTemplate: (id) => desk.room().templates.find(id, null),
      factsOf: (resource, session) =>
        caseFacts(desk.room(), resource, session.accountId, now().toISOString()),
      execute,
      jobRuns: (jobId) => AT_WORK.has(desk.room().jobs.get(jobId).state),
      changed: () => desk.emit({ event: 'changed', what: 'approvals' }),
      describePlan: (plan) => describePlan(catalogue(), desk.room().vault, plan),
      onCheck: ({ method, volumeId, input }, check) => {
        const { planId } = input
        if (method !== 'settlements.apply' || volumeId === null || typeof planId !== 'string') return
        checkPlan(catalogue(), desk.room().vault, { volumeId, planId, ...check })
        desk.emit({ event: 'changed', what: 'reconcile', volumeId })
      },
    }),
    ...unmaskHandlers(catalogue),
  }
}

/**
 * An import that was begun while the case was open may not be taken up again once it is filed; what leaves the room is
 * carried on by whoever began it and gave the purpose.
 */
export function refuseOldJobs(desk: OpenDesk, handlers: Handlers<'jobs.resume'>): Handlers<'jobs.resume'> {
  return {
    'jobs.resume': (input, call) => {
      const { caseId, createdAt, kind, startedBy } = desk.room().jobs.get(input.jobId)
      if (kind === SEARCHABLE_JOB) {
        if (startedBy === call.session?.accountName) return handlers['jobs.resume'](input, call)
        throw new AppError('ACCESS_DENIED', { needs: 'page.export', reason: 'out-of-scope' })
      }
      const filed = caseId === null ? null : desk.room().catalogue.cases.filed(caseId)
      if (filed !== null && createdAt <= filed.at)
        throw new AppError('ACCESS_APPROVAL_NEEDED', { needs: 'job.control' })
      return handlers['jobs.resume'](input, call)
    },
  }
}
