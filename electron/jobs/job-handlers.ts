import type { Call, Handlers } from '../access/index.ts'
import type { JobDesk } from './job-desk.ts'

type JobMethods = 'jobs.list' | 'jobs.get' | 'jobs.outcomes' | 'jobs.cancel' | 'jobs.resume'

/** `sees` tells whether the caller may know of a case: jobs about others are left out of the list. */
export function jobHandlers(
  desk: () => JobDesk,
  sees: (caseId: string, call: Call) => boolean,
): Handlers<JobMethods> {
  return {
    'jobs.list': (_, call) =>
      desk()
        .list()
        .filter(({ caseId }) => caseId === null || sees(caseId, call)),
    'jobs.get': ({ jobId }) => desk().get(jobId),
    'jobs.outcomes': ({ jobId, offset, limit, onlyProblems }) =>
      desk().outcomes(jobId, { offset, limit, onlyProblems }),
    'jobs.cancel': ({ jobId }) => {
      desk().cancel(jobId)
      return {}
    },
    'jobs.resume': ({ jobId }) => {
      desk().resume(jobId)
      return {}
    },
  }
}
