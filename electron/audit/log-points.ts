import type { Statements } from '../catalogue/index.ts'
import { bytesOf } from './audit-record.ts'
import { readHead, type SignedHead } from './signed-head.ts'

/** What something outside the log, as a report, says of it. */
export interface LogPoints {
  /** The signed head of this line, when it stands in this log and the record that it covers has the hash it names. */
  readonly headOf: (line: string) => SignedHead | undefined
  /** Whether a deed was recorded about a subject with this detail: the digest of what was made by it. */
  readonly recorded: (deed: {
    readonly action: string
    readonly subject: string
    readonly detail: readonly [name: string, value: string]
  }) => boolean
}

export function logPoints(sql: Statements): LogPoints {
  return {
    headOf: (line) => {
      const head = readHead(line)
      if (head === undefined) return undefined
      const kept = sql.one('SELECT line FROM audit_head WHERE number = ?', head.number)
      if (kept === undefined || String(kept.line) !== line) return undefined
      const record = sql.one('SELECT hash FROM audit_record WHERE sequence = ?', head.sequence)
      return bytesOf(record?.hash).toString('hex') === head.recordHash ? head : undefined
    },
    recorded: ({ action, subject, detail: [name, value] }) =>
      sql
        .all(
          `SELECT details FROM audit_record WHERE subject = ? AND action = ? AND result = 'done'`,
          ...[subject, action],
        )
        .some(({ details }) => (JSON.parse(String(details)) as Record<string, unknown>)[name] === value),
  }
}
