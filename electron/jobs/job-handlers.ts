import type { Handlers } from '../access/index.ts'
import type { JobDesk } from './job-desk.ts'

type JobMethods = 'jobs.list' | 'jobs.get' | 'jobs.outcomes' | 'jobs.cancel' | 'jobs.resume'

export function jobHandlers(desk: () => JobDesk): Handlers<JobMethods> {
  return {
    'jobs.list': () => desk().list(),
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
