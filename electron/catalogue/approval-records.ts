import type { FieldChange } from '../../shared/contract/approvals.ts'
import type { ApprovalCourse, ApprovalState } from '../../shared/domain/approval.ts'
import { AppError } from '../../shared/errors.ts'
import { type Row, type Statements, text, textOrNull } from './statements.ts'

/** A request for a change to a filed case, with everything that became of it. */
export interface ApprovalRecord extends ApprovalCourse {
  readonly id: string
  readonly caseId: string
  /** The volume that it is about, when it is about one: its compartment bounds who may read the request. */
  readonly volumeId: string | null
  readonly method: string
  readonly input: Readonly<Record<string, unknown>>
  /** What was shown to those who decide; the digest is of this. */
  readonly changes: readonly FieldChange[]
  readonly beforeDigest: string
  readonly afterDigest: string | null
  readonly reason: string
  readonly requestedAt: string
  readonly decidedAt: string | null
  readonly decisionNote: string
  readonly executedAt: string | null
  readonly jobId: string | null
  readonly checkedAt: string | null
  readonly checkNote: string
  readonly closingNote: string
}

export interface ApprovalRecords {
  readonly insert: (approval: ApprovalRecord) => void
  /** Writes what became of it; what was asked for never changes. */
  readonly save: (approval: ApprovalRecord) => void
  readonly find: (id: string) => ApprovalRecord | undefined
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly require: (id: string) => ApprovalRecord
  /** Newest first; of one case, or of the whole room. */
  readonly latest: (limit: number, caseId?: string) => readonly ApprovalRecord[]
  /** Newest first. */
  readonly inStates: (states: readonly ApprovalState[]) => readonly ApprovalRecord[]
  readonly ofRequester: (accountId: string, limit: number) => readonly ApprovalRecord[]
}

function approvalRecord(row: Row): ApprovalRecord {
  return {
    id: text(row, 'id'),
    caseId: text(row, 'case_id'),
    volumeId: textOrNull(row, 'volume_id'),
    method: text(row, 'method'),
    input: JSON.parse(text(row, 'input')) as ApprovalRecord['input'],
    changes: JSON.parse(text(row, 'changes')) as FieldChange[],
    beforeDigest: text(row, 'before_digest'),
    afterDigest: textOrNull(row, 'after_digest'),
    state: text(row, 'state') as ApprovalState,
    reason: text(row, 'reason'),
    requestedBy: text(row, 'requested_by'),
    requestedAt: text(row, 'requested_at'),
    expiresAt: text(row, 'expires_at'),
    decidedBy: textOrNull(row, 'decided_by'),
    decidedAt: textOrNull(row, 'decided_at'),
    decisionNote: text(row, 'decision_note'),
    executedBy: textOrNull(row, 'executed_by'),
    executedAt: textOrNull(row, 'executed_at'),
    jobId: textOrNull(row, 'job_id'),
    checkedBy: textOrNull(row, 'checked_by'),
    checkedAt: textOrNull(row, 'checked_at'),
    checkNote: text(row, 'check_note'),
    closingNote: text(row, 'closing_note'),
  }
}

export function approvalRecords(sql: Statements): ApprovalRecords {
  const find = (id: string) => {
    const row = sql.one('SELECT * FROM approval WHERE id = ?', id)
    return row === undefined ? undefined : approvalRecord(row)
  }
  return {
    insert: (approval) => {
      sql.run(
        `INSERT INTO approval (id, case_id, volume_id, method, input, changes, before_digest, state, reason,
           requested_by, requested_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[approval.id, approval.caseId, approval.volumeId, approval.method, JSON.stringify(approval.input)],
        ...[JSON.stringify(approval.changes), approval.beforeDigest, approval.state, approval.reason],
        ...[approval.requestedBy, approval.requestedAt, approval.expiresAt],
      )
    },
    save: (approval) => {
      sql.run(
        `UPDATE approval SET state = ?, after_digest = ?, decided_by = ?, decided_at = ?, decision_note = ?,
           executed_by = ?, executed_at = ?, job_id = ?, checked_by = ?, checked_at = ?, check_note = ?,
           closing_note = ? WHERE id = ?`,
        ...[approval.state, approval.afterDigest, approval.decidedBy, approval.decidedAt],
        ...[approval.decisionNote, approval.executedBy, approval.executedAt, approval.jobId],
        ...[approval.checkedBy, approval.checkedAt, approval.checkNote, approval.closingNote, approval.id],
      )
    },
    find,
    require: (id) => {
      const found = find(id)
      if (found === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'approval', id })
      return found
    },
    latest: (limit, caseId) =>
      (caseId === undefined
        ? sql.all('SELECT * FROM approval ORDER BY id DESC LIMIT ?', limit)
        : sql.all('SELECT * FROM approval WHERE case_id = ? ORDER BY id DESC LIMIT ?', caseId, limit)
      ).map(approvalRecord),
    inStates: (states) =>
      sql
        .all(
          `SELECT * FROM approval WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY id DESC`,
          ...states,
        )
        .map(approvalRecord),
    ofRequester: (accountId, limit) =>
      sql
        .all('SELECT * FROM approval WHERE requested_by = ? ORDER BY id DESC LIMIT ?', accountId, limit)
        .map(approvalRecord),
  }
}
