import type { Row, Statements } from '../catalogue/index.ts'
import { type AuditRecord, recordOf } from './audit-record.ts'

export interface RecordFilter {
  readonly accountId: string | null
  readonly caseNumber: string
  /** UTC ISO, both inclusive. */
  readonly from: string | null
  readonly to: string | null
  readonly action: string
  readonly result: AuditRecord['result'] | null
  readonly text: string
}

/** A record with its hash, for showing. */
export interface ShownRecord extends AuditRecord {
  readonly hash: string
}

export interface AuditQueries {
  /** Newest first, from before a sequence number on. */
  readonly list: (
    filter: RecordFilter,
    before: number | null,
    limit: number,
  ) => { readonly rows: readonly ShownRecord[]; readonly more: boolean }
  /** What an account did between two moments, oldest first. */
  readonly dayOf: (accountId: string, from: string, to: string, limit: number) => readonly ShownRecord[]
  /** Everything recorded of a page or its versions, oldest first. */
  readonly pageHistory: (
    pageId: string,
    versionIds: readonly string[],
    limit: number,
  ) => readonly ShownRecord[]
  readonly actions: () => readonly string[]
}

const shown = (row: Row): ShownRecord => ({
  ...recordOf(row),
  hash: row.hash instanceof Uint8Array ? Buffer.from(row.hash).toString('hex') : '',
})

const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** The filter as SQL conditions with their values. */
export function whereOf(filter: RecordFilter): { readonly sql: string; readonly values: readonly string[] } {
  const parts: [string, ...string[]][] = []
  if (filter.accountId !== null) parts.push(['account_id = ?', filter.accountId])
  if (filter.caseNumber !== '') parts.push([`case_number LIKE ? ESCAPE '\\'`, like(filter.caseNumber)])
  if (filter.from !== null) parts.push(['at >= ?', filter.from])
  if (filter.to !== null) parts.push(['at <= ?', filter.to])
  if (filter.action !== '') parts.push(['action = ?', filter.action])
  if (filter.result !== null) parts.push(['result = ?', filter.result])
  if (filter.text !== '') {
    const columns = ['action', 'subject', 'case_number', 'details', 'reason', 'machine', 'os_user', 'code']
    const text = like(filter.text)
    parts.push([
      `(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      ...columns.map(() => text),
    ])
  }
  return {
    sql: parts.map(([condition]) => ` AND ${condition}`).join(''),
    values: parts.flatMap(([, ...values]) => values),
  }
}

export function auditQueries(sql: Statements): AuditQueries {
  return {
    list: (filter, before, limit) => {
      const where = whereOf(filter)
      const rows = sql.all(
        `SELECT * FROM audit_record WHERE sequence < ?${where.sql} ORDER BY sequence DESC LIMIT ?`,
        ...[before ?? Number.MAX_SAFE_INTEGER, ...where.values, limit + 1],
      )
      return { rows: rows.slice(0, limit).map(shown), more: rows.length > limit }
    },
    dayOf: (accountId, from, to, limit) =>
      sql
        .all(
          `SELECT * FROM audit_record WHERE +account_id = ? AND at >= ? AND at < ? ORDER BY sequence LIMIT ?`,
          ...[accountId, from, to, limit],
        )
        .map(shown),
    pageHistory: (pageId, versionIds, limit) => {
      const subjects = [`page:${pageId}`, ...versionIds.map((id) => `page-version:${id}`)]
      return sql
        .all(
          `SELECT * FROM audit_record WHERE subject IN (${subjects.map(() => '?').join(', ')}) AND subject <> ''
           ORDER BY sequence LIMIT ?`,
          ...[...subjects, limit],
        )
        .map(shown)
    },
    actions: () =>
      // Jumps from one action to the next along the index instead of reading every record.
      sql
        .all(
          `WITH RECURSIVE found (action) AS (
             SELECT min(action) FROM audit_record
             UNION ALL
             SELECT (SELECT min(action) FROM audit_record WHERE action > found.action) FROM found
             WHERE found.action IS NOT NULL
           ) SELECT action FROM found WHERE action IS NOT NULL`,
        )
        .map((row) => String(row.action)),
  }
}
