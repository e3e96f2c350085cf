/**
 * Long work. A job has typed input, progress, cancellation and a checkpoint after each unit; after a crash it is
 * found as `interrupted` and can be resumed: units that were recorded are not done again.
 */
export type { JobDesk, JobDeskParts, JobKind, JobWork } from './job-desk.ts'
export { jobDesk } from './job-desk.ts'
export { jobHandlers } from './job-handlers.ts'
export type { UnitOutcome } from './job-records.ts'
