import { createHash } from 'node:crypto'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import type { Row, Statements } from '../catalogue/index.ts'

/** What is to be recorded; never a password, a key, a party's name or page text. */
export interface AuditEntry {
  readonly action: string
  readonly accountId: string | null
  readonly sessionId: string | null
  /** The resource as `kind:id`, empty when the whole room is meant. */
  readonly subject: string
  readonly result: 'done' | 'refused' | 'failed'
  readonly code: ErrorCode | null
  readonly details: ErrorDetails
}

export interface ChainReport {
  readonly recordCount: number
  readonly headHash: string
  /** Sequence number of the first record that does not follow from the one before. */
  readonly brokenAt: number | null
}

export interface AuditLog {
  /** Appends one record; inside a catalogue transaction it commits with it. Returns its sequence number. */
  readonly append: (entry: AuditEntry) => number
  readonly verify: () => ChainReport
}

const GENESIS = Buffer.alloc(32)

/** The record as one unambiguous line of JSON: fixed order, no optional fields. */
function canonical(sequence: number, at: string, entry: AuditEntry): string {
  const details = Object.entries(entry.details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return JSON.stringify([
    ...[
      sequence,
      at,
      entry.action,
      entry.accountId,
      entry.sessionId,
      entry.subject,
      entry.result,
      entry.code,
    ],
    details,
  ])
}

function hashOf(previous: Uint8Array, line: string): Buffer {
  return createHash('sha256').update(previous).update(line).digest()
}

function entryOf(row: Row): AuditEntry {
  const nullable = (column: string) => (row[column] === null ? null : String(row[column]))
  return {
    action: String(row.action),
    accountId: nullable('account_id'),
    sessionId: nullable('session_id'),
    subject: String(row.subject),
    result: String(row.result) as AuditEntry['result'],
    code: nullable('code') as ErrorCode | null,
    details: JSON.parse(String(row.details)) as ErrorDetails,
  }
}

export function auditLog(sql: Statements, now: () => Date): AuditLog {
  const bytes = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : GENESIS)
  return {
    append: (entry) =>
      sql.transaction(() => {
        const last = sql.one('SELECT sequence, hash FROM audit_record ORDER BY sequence DESC LIMIT 1')
        const sequence = Number(last?.sequence ?? 0) + 1
        const previous = bytes(last?.hash)
        const at = now().toISOString()
        sql.run(
          `INSERT INTO audit_record (sequence, at, action, account_id, session_id, subject, result, code, details,
             previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[
            sequence,
            at,
            entry.action,
            entry.accountId,
            entry.sessionId,
            entry.subject,
            entry.result,
            entry.code,
          ],
          ...[JSON.stringify(entry.details), previous, hashOf(previous, canonical(sequence, at, entry))],
        )
        return sequence
      }),
    verify: () => {
      let previous: Uint8Array = GENESIS
      let expected = 1
      for (const row of sql.each('SELECT * FROM audit_record ORDER BY sequence')) {
        const sequence = Number(row.sequence)
        const hash = hashOf(previous, canonical(sequence, String(row.at), entryOf(row)))
        const follows = Buffer.from(bytes(row.previous_hash)).equals(previous)
        if (sequence !== expected || !follows || !hash.equals(bytes(row.hash))) {
          return {
            recordCount: expected - 1,
            headHash: Buffer.from(previous).toString('hex'),
            brokenAt: expected,
          }
        }
        previous = hash
        expected += 1
      }
      return { recordCount: expected - 1, headHash: Buffer.from(previous).toString('hex'), brokenAt: null }
    },
  }
}
