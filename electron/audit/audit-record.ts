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
  /** The roles that the person acted in, joined with commas. */
  readonly role?: string | null
  readonly machine?: string | null
  readonly osUser?: string | null
  readonly caseNumber?: string | null
  readonly archiveNumber?: string | null
  /** The printed number, text. */
  readonly page?: string | null
  /** SHA-256 of what stood there before and after, hex. */
  readonly beforeDigest?: string | null
  readonly afterDigest?: string | null
  readonly reason?: string | null
  readonly approvalId?: string | null
}

/** One record as it stands in the log. */
export interface AuditRecord extends Required<AuditEntry> {
  readonly sequence: number
  /** UTC ISO. */
  readonly at: string
  readonly format: 1 | 2
}

/** A record with the hashes that bind it to its neighbours. */
export interface ChainedRecord {
  readonly record: AuditRecord
  readonly previousHash: Buffer
  readonly hash: Buffer
}

export const GENESIS = Buffer.alloc(32)

/** The columns beside those of format 1, in the order in which they enter the hash. */
export const LATER_COLUMNS = [
  ['role', 'role'],
  ['machine', 'machine'],
  ['osUser', 'os_user'],
  ['caseNumber', 'case_number'],
  ['archiveNumber', 'archive_number'],
  ['page', 'page'],
  ['beforeDigest', 'before_digest'],
  ['afterDigest', 'after_digest'],
  ['reason', 'reason'],
  ['approvalId', 'approval_id'],
] as const

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The record as one unambiguous line of JSON: fixed order, no optional fields, details sorted by name. */
export function recordLine(record: AuditRecord, sequence: number = record.sequence): string {
  const details = Object.entries(record.details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const { at, action, accountId, sessionId, subject, result, code } = record
  const first = [sequence, at, action, accountId, sessionId, subject, result, code, details]
  if (record.format === 1) return JSON.stringify(first)
  return JSON.stringify([2, ...first, ...LATER_COLUMNS.map(([field]) => record[field])])
}

/** SHA-256 of the line: what an export shows of a record that it keeps back. */
export function lineDigest(line: string): Buffer {
  return sha256(line)
}

/**
 * Format 1 binds the line itself. Format 2 binds the line's digest, so that a record in between can be kept back in
 * an export and the chain still be proven.
 */
export function chainHash(format: 1 | 2, previous: Uint8Array, line: string): Buffer {
  return format === 1 ? sha256(previous, line) : sha256(previous, lineDigest(line))
}

export const bytesOf = (value: unknown): Buffer =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : GENESIS

const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)

/** Details that no longer read as JSON are damage, which the hash then shows. */
function detailsOf(value: unknown): ErrorDetails {
  try {
    return JSON.parse(String(value)) as ErrorDetails
  } catch {
    return { unreadable: String(value) }
  }
}

export function recordOf(row: Row): AuditRecord {
  return {
    sequence: Number(row.sequence),
    at: String(row.at),
    format: Number(row.format) === 2 ? 2 : 1,
    action: String(row.action),
    accountId: textOrNull(row.account_id),
    sessionId: textOrNull(row.session_id),
    subject: String(row.subject),
    result: String(row.result) as AuditRecord['result'],
    code: textOrNull(row.code) as ErrorCode | null,
    details: detailsOf(row.details),
    role: textOrNull(row.role),
    machine: textOrNull(row.machine),
    osUser: textOrNull(row.os_user),
    caseNumber: textOrNull(row.case_number),
    archiveNumber: textOrNull(row.archive_number),
    page: textOrNull(row.page),
    beforeDigest: textOrNull(row.before_digest),
    afterDigest: textOrNull(row.after_digest),
    reason: textOrNull(row.reason),
    approvalId: textOrNull(row.approval_id),
  }
}

export const chainedRecordOf = (row: Row): ChainedRecord => ({
  record: recordOf(row),
  previousHash: bytesOf(row.previous_hash),
  hash: bytesOf(row.hash),
})

const AT_ONCE = 1000

/** Rows in order, some at a time: memory stays the same however long the log, and others may write in between. */
export function* recordPages(
  sql: Statements,
  from = 1,
  to = Number.MAX_SAFE_INTEGER,
): Generator<readonly Row[]> {
  for (let next = from; next <= to; ) {
    const rows = sql.all(
      `SELECT * FROM audit_record WHERE sequence >= ? AND sequence <= ? ORDER BY sequence LIMIT ${AT_ONCE}`,
      next,
      to,
    )
    if (rows.length > 0) yield rows
    if (rows.length < AT_ONCE) return
    next = Number(rows.at(-1)?.sequence) + 1
  }
}
