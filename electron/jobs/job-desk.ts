import type { z } from 'zod'
import type { JobProgress, JobSummary } from '../../shared/contract/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import type { Statements } from '../catalogue/index.ts'
import { systemError } from '../errno.ts'
import { type JobRecord, type JobRecords, jobRecords, type UnitOutcome } from './job-records.ts'

/** One kind of long work. */
export interface JobKind<I> {
  readonly kind: string
  readonly input: z.ZodType<I>
  /** What a person reads in the list of jobs; no party's name. */
  readonly label: (input: I) => string
  readonly caseId?: (input: I) => string | null
  /** Two jobs that name the same resource never run at once. */
  readonly resources: (input: I) => readonly string[]
  readonly run: (work: JobWork<I>) => Promise<void>
}

/** What a running job has in hand. */
export interface JobWork<I> {
  readonly jobId: string
  readonly input: I
  readonly startedBy: string
  readonly signal: AbortSignal
  readonly progress: (change: Partial<JobProgress>) => void
  /** Records one unit's outcome; inside a catalogue transaction it commits with it, and so is the checkpoint. */
  readonly record: (unit: UnitOutcome) => void
  /** What an earlier run of this job recorded for the unit. */
  readonly outcomeOf: (unitKey: string) => UnitOutcome['outcome'] | undefined
  /**
   * Does something short that no other job may run beside: none can start meanwhile. False, with nothing done, when
   * another is running already.
   */
  readonly whileAlone: (work: () => Promise<void>) => Promise<boolean>
}

export interface JobDesk {
  readonly register: <I>(kind: JobKind<I>) => void
  readonly start: (kind: string, input: unknown, startedBy: string) => string
  /** @throws JOB_NOT_FOUND, JOB_RESOURCE_BUSY */
  readonly resume: (jobId: string) => void
  readonly cancel: (jobId: string) => void
  readonly get: (jobId: string) => JobSummary
  readonly list: () => JobSummary[]
  readonly outcomes: JobRecords['outcomes']
  /** Resolves when the job has ended, in whatever state. */
  readonly ended: (jobId: string) => Promise<JobSummary>
  readonly runningCount: () => number
  /** The volume that a job works on, if it names one. */
  readonly volumeOf: (jobId: string) => string | undefined
  /** Stops every running job as `interrupted`, to be resumed later. */
  readonly stop: () => Promise<void>
}

export interface JobDeskParts {
  readonly sql: Statements
  readonly now: () => Date
  readonly newId: () => string
  readonly onChange: (job: JobSummary) => void
  readonly onError?: (jobId: string, error: unknown) => void
}

interface Running {
  record: JobRecord
  readonly abort: AbortController
  readonly resources: readonly string[]
  readonly finished: Promise<void>
}

const EVENT_INTERVAL_MS = 100
const SAVE_INTERVAL_MS = 2000
/** What was recorded stays recorded, so whatever ended early can be taken up again. */
const RESUMABLE: ReadonlySet<string> = new Set(['interrupted', 'failed', 'cancelled'])
const NO_PROGRESS: JobProgress = { done: 0, total: null, bytes: 0, phase: 'waiting' }

/** Not every kind of job is about a volume. */
function volumeIn({ input }: JobRecord): string | undefined {
  if (typeof input !== 'object' || input === null || !('volumeId' in input)) return undefined
  return typeof input.volumeId === 'string' ? input.volumeId : undefined
}

/** Runs long work: typed input, progress at most ten times a second, cancellation, checkpoints, one job a resource. */
export function jobDesk({ sql, now, newId, onChange, onError }: JobDeskParts): JobDesk {
  const records = jobRecords(sql)
  const kinds = new Map<string, JobKind<unknown>>()
  const running = new Map<string, Running>()
  /** How jobs ended that could not be written down, as on a full disk; after a restart they count as interrupted. */
  const unsaved = new Map<string, JobRecord>()
  let stopping = false
  let closed = false

  for (const left of records.inStates(['running', 'queued'])) {
    records.save({ ...left, state: 'interrupted', finishedAt: now().toISOString() })
  }

  const summary = (job: JobRecord): JobSummary => ({
    id: job.id,
    kind: job.kind,
    label: job.label,
    state: job.state,
    progress: job.progress,
    startedBy: job.startedBy,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    tally: records.tally(job.id),
    errorCode: job.error?.code ?? null,
    errorDetails: job.error?.details ?? null,
    resumable: RESUMABLE.has(job.state) && kinds.has(job.kind),
    caseId: job.caseId,
    volumeId: volumeIn(job) ?? null,
  })

  const current = (jobId: string): JobRecord => {
    const found = running.get(jobId)?.record ?? unsaved.get(jobId) ?? records.find(jobId)
    if (found === undefined) throw new AppError('JOB_NOT_FOUND', { id: jobId })
    return found
  }

  const claim = (resources: readonly string[]) => {
    if (closed) throw new AppError('JOB_RESOURCE_BUSY', {}, { retryable: true })
    for (const other of running.values()) {
      const shared = other.resources.find((resource) => resources.includes(resource))
      if (shared !== undefined)
        throw new AppError('JOB_RESOURCE_BUSY', { jobId: other.record.id }, { retryable: true })
    }
  }

  const outcomeState = (error: unknown, abort: AbortController): Pick<JobRecord, 'state' | 'error'> => {
    if (abort.signal.aborted) return { state: stopping ? 'interrupted' : 'cancelled', error: null }
    const mapped = systemError(error, 'job')
    const envelope =
      mapped instanceof AppError ? mapped.toEnvelope() : new AppError('CALL_INTERNAL').toEnvelope()
    return { state: 'failed', error: envelope }
  }

  const launch = (record: JobRecord) => {
    const kind = kinds.get(record.kind)
    if (kind === undefined) throw new AppError('JOB_NOT_FOUND', { id: record.id })
    const input = kind.input.parse(record.input)
    const resources = kind.resources(input)
    claim(resources)
    const abort = new AbortController()
    let lastEvent = 0
    let lastSave = Date.now()
    const entry: { record: JobRecord } = {
      record: {
        ...record,
        state: 'running',
        error: null,
        finishedAt: null,
        startedAt: now().toISOString(),
        progress: { ...record.progress, phase: 'starting' },
      },
    }
    const work: JobWork<unknown> = {
      jobId: record.id,
      input,
      startedBy: record.startedBy,
      signal: abort.signal,
      progress: (change) => {
        entry.record = { ...entry.record, progress: { ...entry.record.progress, ...change } }
        const moment = Date.now()
        if (moment - lastEvent >= EVENT_INTERVAL_MS) {
          lastEvent = moment
          onChange(summary(entry.record))
        }
        if (moment - lastSave >= SAVE_INTERVAL_MS) {
          lastSave = moment
          records.save(entry.record)
        }
      },
      record: (unit) => records.recordOutcome(record.id, unit),
      outcomeOf: (unitKey) => records.outcomeOf(record.id, unitKey),
      whileAlone: async (alone) => {
        if (running.size > 1) return false
        closed = true
        try {
          await alone()
          return true
        } finally {
          closed = false
        }
      },
    }
    const finish = (change: Pick<JobRecord, 'state' | 'error'>) => {
      entry.record = { ...entry.record, ...change, finishedAt: now().toISOString() }
      running.delete(record.id)
      try {
        records.save(entry.record)
      } catch (error) {
        unsaved.set(record.id, entry.record)
        onError?.(record.id, error)
      }
      onChange(summary(entry.record))
    }
    const run = async () => {
      let end: Pick<JobRecord, 'state' | 'error'>
      try {
        // The caller gets the id before the first event.
        await new Promise((resolve) => setImmediate(resolve))
        await kind.run(work)
        end = abort.signal.aborted ? outcomeState(undefined, abort) : { state: 'succeeded', error: null }
      } catch (error) {
        if (!abort.signal.aborted) onError?.(record.id, error)
        end = outcomeState(error, abort)
      }
      finish(end)
    }
    records.save(entry.record)
    unsaved.delete(record.id)
    const started: Running = {
      get record() {
        return entry.record
      },
      abort,
      resources,
      finished: run(),
    }
    running.set(record.id, started)
    onChange(summary(entry.record))
  }

  return {
    register: (kind) => {
      kinds.set(kind.kind, kind as JobKind<unknown>)
    },
    start: (kindName, given, startedBy) => {
      const kind = kinds.get(kindName)
      if (kind === undefined) throw new AppError('JOB_NOT_FOUND', { kind: kindName })
      const input = kind.input.parse(given)
      claim(kind.resources(input))
      const record: JobRecord = {
        id: newId(),
        kind: kindName,
        label: kind.label(input),
        input,
        state: 'queued',
        caseId: kind.caseId?.(input) ?? null,
        progress: NO_PROGRESS,
        error: null,
        startedBy,
        createdAt: now().toISOString(),
        startedAt: null,
        finishedAt: null,
      }
      records.insert(record)
      launch(record)
      return record.id
    },
    resume: (jobId) => {
      const record = current(jobId)
      if (record.state === 'running' || record.state === 'queued') return
      launch(record)
    },
    cancel: (jobId) => {
      const found = running.get(jobId)
      if (found !== undefined) found.abort.abort()
      else current(jobId)
    },
    get: (jobId) => summary(current(jobId)),
    list: () =>
      records
        .latest(100)
        .map((record) => summary(running.get(record.id)?.record ?? unsaved.get(record.id) ?? record)),
    outcomes: records.outcomes,
    ended: async (jobId) => {
      await running.get(jobId)?.finished
      return summary(current(jobId))
    },
    runningCount: () => running.size,
    volumeOf: (jobId) => volumeIn(current(jobId)),
    stop: async () => {
      stopping = true
      const all = [...running.values()]
      for (const job of all) job.abort.abort()
      await Promise.all(all.map((job) => job.finished))
    },
  }
}
