import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { monotonicFactory } from 'ulid'
import { type AuditEntry, alarmDesk, auditLog } from '../../electron/audit/index.ts'
import { openCatalogue } from '../../electron/catalogue/index.ts'
import { projectRoot } from './project-root.ts'
import type { BenchOptions, BenchResult, Goal } from './report.ts'
import { median, quantile, rounded } from './spread.ts'

const APPENDS = 2000
const RECORDS = 1_000_000
const PER_TRANSACTION = 2000
const UNCHAINED = 'INSERT INTO unchained (at, line) VALUES (?, ?)'

interface Times {
  readonly append: number[]
  readonly insert: number[]
  readonly file: number[]
}

const GOALS: readonly Goal[] = [
  { figure: 'appendMedianMs', under: 1 },
  { figure: 'longAppendMedianMs', under: 1 },
  { figure: 'verifyMillionSeconds', under: 60 },
  { figure: 'verifyMemoryGrowthMB', under: 10 },
]

const entry = (n: number): AuditEntry => ({
  action: n % 3 === 0 ? 'page.read' : 'item.updated',
  accountId: `01HZX5QXJ8000000000000000${n % 10}`,
  sessionId: '01HZX5QXJ80000000000000000',
  subject: `page:01HZX5QXJ8${String(n).padStart(16, '0')}`,
  result: 'done',
  code: null,
  details: {},
  role: 'archivist',
  caseNumber: `（2026）云0199民初${n % 500}号`,
})

const timed = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

const residentMegabytes = (): number => process.memoryUsage().rss / 1024 ** 2

/** What is held at the end beyond what was held after the first quarter, when the collector has found its pace. */
function growth(memory: readonly number[]): number {
  const quarter = Math.floor(memory.length / 4)
  return median(memory.slice(-quarter)) - median(memory.slice(quarter, 2 * quarter))
}

/** Appending one record at a time beside what one would do without a chain, and proving a long log. */
export async function auditBench({ scale, say }: BenchOptions): Promise<BenchResult> {
  const scratch = path.join(projectRoot, '.cache', 'bench')
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(path.join(scratch, 'audit-'))
  const catalogue = openCatalogue(path.join(folder, 'catalogue.db'), randomBytes(32))
  try {
    const { sql } = catalogue
    // The clock is moved so that a million records are of a year's office hours, not of one second.
    let clock = Date.UTC(2026, 0, 5, 2)
    const now = () => new Date(clock)
    const log = auditLog(sql, now, { machine: 'bench', osUser: 'bench' })
    let alarms = 0
    alarmDesk({
      ...{ sql, log, now, newId: monotonicFactory() },
      onAlarm: () => {
        alarms += 1
      },
    })
    sql.run('CREATE TABLE unchained (id INTEGER PRIMARY KEY, at TEXT, line TEXT) STRICT')
    const file = openSync(path.join(folder, 'plain.jsonl'), 'a')
    let written = 0
    const turns = (count: number): Times => {
      const times: Times = { append: [], insert: [], file: [] }
      for (let n = 0; n < count; n++) {
        clock += 30_000
        const next = entry(written++)
        const line = `${JSON.stringify([now(), next])}\n`
        times.append.push(timed(() => log.append(next)))
        times.insert.push(timed(() => sql.run(UNCHAINED, now().toISOString(), line)))
        times.file.push(
          timed(() => {
            writeSync(file, line)
            fsyncSync(file)
          }),
        )
      }
      return times
    }
    const each = Math.max(20, Math.round(APPENDS * scale))
    say('appending one at a time …')
    const short = turns(each)

    const wanted = Math.max(2000, Math.round(RECORDS * scale))
    say(`filling up to ${wanted} records …`)
    const fillStart = performance.now()
    while (written < wanted) {
      catalogue.transaction(() => {
        for (let n = 0; n < PER_TRANSACTION && written < wanted; n++) {
          clock += 30_000
          log.append(entry(written++))
        }
      })
    }
    const fillSeconds = (performance.now() - fillStart) / 1000

    say('verifying …')
    const memory: number[] = []
    const start = performance.now()
    const report = await log.verifyGently((done) => {
      if (done % Math.max(1000, Math.round(wanted / 100_000) * 1000) === 0) memory.push(residentMegabytes())
    })
    const seconds = (performance.now() - start) / 1000
    if (report.damages.length > 0) throw new Error('the log of the benchmark is not whole')
    say('appending one at a time to the long log …')
    const long = turns(each)
    closeSync(file)
    return {
      figures: {
        appends: short.append.length,
        appendMedianMs: rounded(median(short.append), 3),
        appendP95Ms: rounded(quantile(short.append, 0.95), 3),
        unchainedInsertMedianMs: rounded(median(short.insert), 3),
        plainFileFsyncMedianMs: rounded(median(short.file), 3),
        longAppendMedianMs: rounded(median(long.append), 3),
        longAppendP95Ms: rounded(quantile(long.append, 0.95), 3),
        longUnchainedInsertMedianMs: rounded(median(long.insert), 3),
        longPlainFileFsyncMedianMs: rounded(median(long.file), 3),
        ratioToUnchainedInsert: rounded(median(long.append) / median(long.insert)),
        ratioToPlainFile: rounded(median(long.append) / median(long.file)),
        records: report.recordCount,
        alarmsRaised: alarms,
        appendsPerSecondInTransactions: rounded(wanted / fillSeconds, 0),
        verifySeconds: rounded(seconds, 2),
        verifyMillionSeconds: rounded((seconds / report.recordCount) * 1_000_000, 2),
        verifyMemoryGrowthMB: rounded(growth(memory), 1),
        verifyPeakMemoryMB: rounded(Math.max(...memory), 0),
      },
      goals: GOALS,
    }
  } finally {
    catalogue.close()
    await rm(folder, { recursive: true, force: true })
  }
}
