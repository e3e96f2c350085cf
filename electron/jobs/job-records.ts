import type { JobOutcome, JobProgress, JobState } from '../../shared/contract/jobs.ts'
import type { ErrorEnvelope } from '../../shared/errors.ts'
import type { Row, Statements } from '../catalogue/index.ts'

/** A job as it is stored. */
export interface JobRecord {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly input: unknown
  readonly state: JobState
  readonly caseId: string | null
  readonly progress: JobProgress
  readonly error: ErrorEnvelope | null
  readonly startedBy: string
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** What became of one unit of work; `unitKey` is the same when a resumed job meets the unit again. */
export interface UnitOutcome {
  readonly unitKey: string
  readonly subject: string
  readonly outcome: JobOutcome['outcome']
  readonly code?: string | null
  readonly details?: JobOutcome['details']
  readonly pageCount?: number
}

export interface JobRecords {
  readonly insert: (job: JobRecord) => void
  readonly save: (job: JobRecord) => void
  readonly find: (id: string) => JobRecord | undefined
  readonly latest: (limit: number) => readonly JobRecord[]
  readonly inStates: (states: readonly JobState[]) => readonly JobRecord[]
  readonly recordOutcome: (jobId: string, unit: UnitOutcome) => void
  readonly outcomeOf: (jobId: string, unitKey: string) => JobOutcome['outcome'] | undefined
  readonly tally: (jobId: string) => Record<string, number>
  readonly outcomes: (
    jobId: string,
    request: { readonly offset: number; readonly limit: number; readonly onlyProblems: boolean },
  ) => { readonly total: number; readonly rows: JobOutcome[] }
}

const PROBLEMS = `outcome NOT IN ('imported', 'read', 'exported', 'sound', 'skipped')`

function jobRecord(row: Row): JobRecord {
  const nullable = (column: string) => (row[column] === null ? null : String(row[column]))
  const error = nullable('error')
  return {
    id: String(row.id),
    kind: String(row.kind),
    label: String(row.label),
    input: JSON.parse(String(row.input)),
    state: String(row.state) as JobState,
    caseId: nullable('case_id'),
    progress: JSON.parse(String(row.progress)) as JobProgress,
    error: error === null ? null : (JSON.parse(error) as ErrorEnvelope),
    startedBy: String(row.started_by),
    createdAt: String(row.created_at),
    startedAt: nullable('started_at'),
    finishedAt: nullable('finished_at'),
  }
}

export function jobRecords(sql: Statements): JobRecords {
  return {
    insert: (job) => {
      sql.run(
        `INSERT INTO job (id, kind, label, input, state, case_id, progress, started_by, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[job.id, job.kind, job.label, JSON.stringify(job.input), job.state, job.caseId],
        ...[JSON.stringify(job.progress), job.startedBy, job.createdAt],
      )
    },
    save: (job) => {
      sql.run(
        'UPDATE job SET state = ?, progress = ?, error = ?, started_at = ?, finished_at = ? WHERE id = ?',
        ...[job.state, JSON.stringify(job.progress), job.error === null ? null : JSON.stringify(job.error)],
        ...[job.startedAt, job.finishedAt, job.id],
      )
    },
    find: (id) => {
      const row = sql.one('SELECT * FROM job WHERE id = ?', id)
      return row === undefined ? undefined : jobRecord(row)
    },
    latest: (limit) => sql.all('SELECT * FROM job ORDER BY id DESC LIMIT ?', limit).map(jobRecord),
    inStates: (states) =>
      sql
        .all(`SELECT * FROM job WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY id`, ...states)
        .map(jobRecord),
    recordOutcome: (jobId, unit) => {
      sql.run(
        `INSERT INTO job_outcome (job_id, sequence, unit_key, subject, outcome, code, details, page_count)
         VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM job_outcome WHERE job_id = ?), ?, ?, ?, ?, ?, ?)
         ON CONFLICT (job_id, unit_key) DO UPDATE SET outcome = excluded.outcome, code = excluded.code,
           details = excluded.details, page_count = excluded.page_count`,
        ...[jobId, jobId, unit.unitKey, unit.subject, unit.outcome, unit.code ?? null],
        ...[JSON.stringify(unit.details ?? {}), unit.pageCount ?? 0],
      )
    },
    outcomeOf: (jobId, unitKey) => {
      const row = sql.one('SELECT outcome FROM job_outcome WHERE job_id = ? AND unit_key = ?', jobId, unitKey)
      return row === undefined ? undefined : (String(row.outcome) as JobOutcome['outcome'])
    },
    tally: (jobId) =>
      Object.fromEntries(
        sql
          .all('SELECT outcome, count(*) AS n FROM job_outcome WHERE job_id = ? GROUP BY outcome', jobId)
          .map((row) => [String(row.outcome), Number(row.n)]),
      ),
    outcomes: (jobId, { offset, limit, onlyProblems }) => {
      const where = `job_id = ?${onlyProblems ? ` AND ${PROBLEMS}` : ''}`
      const total = Number(sql.one(`SELECT count(*) AS n FROM job_outcome WHERE ${where}`, jobId)?.n ?? 0)
      const rows = sql
        .all(
          `SELECT * FROM job_outcome WHERE ${where} ORDER BY sequence LIMIT ? OFFSET ?`,
          jobId,
          limit,
          offset,
        )
        .map(
          (row): JobOutcome => ({
            sequence: Number(row.sequence),
            subject: String(row.subject),
            outcome: String(row.outcome) as JobOutcome['outcome'],
            code: row.code === null ? null : String(row.code),
            details: JSON.parse(String(row.details)) as JobOutcome['details'],
            pageCount: Number(row.page_count),
          }),
        )
      return { total, rows }
    },
  }
}
