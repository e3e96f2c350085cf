import { z } from 'zod'
import { area, command, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

export const JobState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'])
export type JobState = z.infer<typeof JobState>

export const JobProgress = z.object({
  done: z.number().int(),
  total: z.number().int().nullable(),
  bytes: z.number().int(),
  phase: z.string(),
})
export type JobProgress = z.infer<typeof JobProgress>

export const JobSummary = z.object({
  id: Id,
  kind: z.string(),
  label: z.string(),
  state: JobState,
  progress: JobProgress,
  startedBy: z.string(),
  createdAt: IsoTime,
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  /** Counts by outcome: imported, duplicate, failed … */
  tally: z.record(z.string(), z.number().int()),
  errorCode: z.string().nullable(),
  errorDetails: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
  resumable: z.boolean(),
  caseId: Id.nullable(),
  /** Null where the work is not about one volume. */
  volumeId: Id.nullable(),
})
export type JobSummary = z.infer<typeof JobSummary>

/** One line of outcome for one unit of work: a file, an object. */
export const JobOutcome = z.object({
  sequence: z.number().int(),
  subject: z.string(),
  outcome: z.enum([
    'imported',
    'read',
    'exported',
    /** A page that went out without its text, because it was not read. */
    'unread',
    'duplicate',
    'failed',
    'skipped',
    'sound',
    'damaged',
    'orphan',
    'missing',
  ]),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  pageCount: z.number().int(),
})
export type JobOutcome = z.infer<typeof JobOutcome>

export const jobs = area('jobs', {
  list: query({ input: Empty, output: z.array(JobSummary), needs: 'job.read' }),
  get: query({
    input: z.object({ jobId: Id }),
    output: JobSummary,
    needs: 'job.read',
    resource: ({ jobId }) => ({ kind: 'job', id: jobId }),
  }),
  outcomes: query({
    input: z.object({
      jobId: Id,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(200),
      onlyProblems: z.boolean().default(false),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(JobOutcome) }),
    needs: 'job.read',
    resource: ({ jobId }) => ({ kind: 'job', id: jobId }),
  }),
  cancel: command({
    input: z.object({ jobId: Id }),
    output: Empty,
    needs: 'job.control',
    audit: 'job.cancelled',
  }),
  resume: command({
    input: z.object({ jobId: Id }),
    output: Empty,
    needs: 'job.control',
    audit: 'job.resumed',
  }),
})
