import { type CoreMethodName, contract } from '../../../shared/contract/index.ts'
import type { Method } from '../../../shared/contract/method.ts'
import { type Statements, textOrNull } from '../../catalogue/index.ts'

const HOUR_MS = 3_600_000

/**
 * Areas whose deeds would not be missed after a loss: signing in and out, looking at and steering work, the backups
 * themselves, and typing that was never filed. Everything else that the contract calls a change counts: cases, pages,
 * catalogues, approvals, loans, what was printed and exported, checking, accounts and settings.
 */
const NOT_MISSED: ReadonlySet<string> = new Set([
  ...['session', 'vault', 'jobs', 'search', 'recognition', 'texts', 'drafts', 'audit', 'shell'],
  ...['backup', 'media', 'duties', 'restores', 'drills', 'backupTasks', 'backupForms'],
])

/** How those changes are called in the log. */
const CHANGES: readonly string[] = (Object.entries(contract) as [CoreMethodName, Method][])
  .filter(([name, { kind }]) => kind !== 'query' && !NOT_MISSED.has(name.split('.')[0] ?? ''))
  .flatMap(([, { audit }]) => (audit === undefined ? [] : [audit]))

export interface LossSince {
  /** When the snapshot was made, UTC ISO. */
  readonly createdAt: string
  /** The last record of the log that the snapshot has; undefined: it could not be read. */
  readonly head: number | undefined
  readonly startedAt: Date
}

/**
 * RPO: hours from the snapshot to the newest change, which is what would be lost; zero when nothing changed since. Asked
 * are the log after the snapshot's end of it, by its primary key, and the pages themselves, which long work files after
 * the deed that began it.
 */
export function lostHours(sql: Statements, { createdAt, head, startedAt }: LossSince): number {
  const newestOf = (statement: string, ...values: (string | number)[]) =>
    textOrNull(sql.one(statement, ...values) ?? {}, 'at')
  const logged = newestOf(
    `SELECT max(at) AS at FROM audit_record
     WHERE ${head === undefined ? 'at' : 'sequence'} > ? AND result = 'done'
       AND action IN (SELECT value FROM json_each(?))`,
    ...[head ?? createdAt, JSON.stringify(CHANGES)],
  )
  const filed = newestOf(
    `SELECT max(at) AS at FROM (SELECT max(updated_at) AS at FROM case_file
       UNION ALL SELECT max(created_at) FROM page_version)`,
  )
  const newest = [logged, filed]
    .filter((at) => at !== null)
    .toSorted()
    .at(-1)
  if (newest === undefined || newest <= createdAt) return 0
  return (Math.min(Date.parse(newest), startedAt.getTime()) - Date.parse(createdAt)) / HOUR_MS
}
