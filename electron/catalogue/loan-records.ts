import type { LoanCourse, LoanManner, LoanState } from '../../shared/domain/loan.ts'
import type { LoanExtent } from '../../shared/domain/loan-extent.ts'
import { AppError } from '../../shared/errors.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from './statements.ts'

/** One row of the loan register (domain.md §3.3). Times are UTC ISO, people are accounts by id. */
export interface LoanRecord extends LoanCourse {
  readonly id: string
  /** 序号 */
  readonly number: number
  readonly requestedAt: string
  readonly unit: string
  readonly borrowerName: string
  /** 证件: kind and number as shown at the desk. */
  readonly identity: string
  /** Null while the number fits no case: whoever asks is not told which numbers exist. */
  readonly caseId: string | null
  readonly caseNumber: string
  readonly extent: readonly LoanExtent[]
  readonly purpose: string
  readonly manners: readonly LoanManner[]
  readonly approvedAt: string | null
  readonly secondApprovedAt: string | null
  /** Why it was refused, renewed or withdrawn last. */
  readonly reason: string
  readonly handedOutBy: string | null
  readonly handedOutAt: string | null
  readonly pageCount: number
  /** 应还 */
  readonly untilAt: string
  readonly renewals: number
  /** 实还 */
  readonly returnedAt: string | null
  readonly takenBackBy: string | null
  readonly countedPages: number | null
  readonly returnNote: string
  /** 利用效果 */
  readonly effect: string
  readonly closedAt: string | null
}

export interface LoanRecords {
  readonly insert: (loan: LoanRecord) => void
  /** Writes what a step changed: everything but the request itself. */
  readonly update: (loan: LoanRecord) => void
  readonly find: (id: string) => LoanRecord | undefined
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly require: (id: string) => LoanRecord
  readonly nextNumber: () => number
  /** Newest first. */
  readonly list: (states: readonly LoanState[]) => readonly LoanRecord[]
  /** Lays the pages open and puts the borrower's account on the case until the end; within a transaction. */
  readonly setPages: (loanId: string, pageIds: readonly string[]) => void
  /** Moves the end of what the loan opens, or ends it now. */
  readonly setEnd: (loanId: string, untilAt: string) => void
  readonly endGrants: (loanId: string, at: string) => void
}

function loanRecord(row: Row): LoanRecord {
  return {
    id: text(row, 'id'),
    number: number(row, 'number'),
    state: text(row, 'state') as LoanState,
    requestedAt: text(row, 'requested_at'),
    requestedBy: text(row, 'requested_by'),
    unit: text(row, 'unit'),
    borrowerName: text(row, 'borrower_name'),
    borrowerAccount: textOrNull(row, 'borrower_account'),
    identity: text(row, 'identity'),
    caseId: textOrNull(row, 'case_id'),
    caseNumber: text(row, 'case_number'),
    extent: JSON.parse(text(row, 'extent')) as LoanExtent[],
    purpose: text(row, 'purpose'),
    manners: JSON.parse(text(row, 'manners')) as LoanManner[],
    needsSecond: number(row, 'needs_second') === 1,
    approvedBy: textOrNull(row, 'approved_by'),
    approvedAt: textOrNull(row, 'approved_at'),
    secondApprovedBy: textOrNull(row, 'second_approved_by'),
    secondApprovedAt: textOrNull(row, 'second_approved_at'),
    reason: text(row, 'reason'),
    handedOutBy: textOrNull(row, 'handed_out_by'),
    handedOutAt: textOrNull(row, 'handed_out_at'),
    pageCount: number(row, 'page_count'),
    untilAt: text(row, 'until_at'),
    renewals: number(row, 'renewals'),
    returnedAt: textOrNull(row, 'returned_at'),
    takenBackBy: textOrNull(row, 'taken_back_by'),
    countedPages: numberOrNull(row, 'counted_pages'),
    returnNote: text(row, 'return_note'),
    effect: text(row, 'effect'),
    closedAt: textOrNull(row, 'closed_at'),
  }
}

export function loanRecords(sql: Statements): LoanRecords {
  const find = (id: string) => {
    const row = sql.one('SELECT * FROM loan WHERE id = ?', id)
    return row === undefined ? undefined : loanRecord(row)
  }
  return {
    insert: (loan) => {
      sql.run(
        `INSERT INTO loan (id, number, state, requested_at, requested_by, unit, borrower_name, borrower_account, identity,
           case_id, case_number, extent, purpose, manners, needs_second, until_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[loan.id, loan.number, loan.state, loan.requestedAt, loan.requestedBy, loan.unit],
        ...[loan.borrowerName, loan.borrowerAccount, loan.identity, loan.caseId, loan.caseNumber],
        ...[JSON.stringify(loan.extent), loan.purpose, JSON.stringify(loan.manners)],
        ...[loan.needsSecond ? 1 : 0, loan.untilAt],
      )
    },
    update: (loan) => {
      sql.run(
        `UPDATE loan SET state = ?, case_id = ?, extent = ?, needs_second = ?, approved_by = ?, approved_at = ?,
           second_approved_by = ?, second_approved_at = ?, reason = ?, handed_out_by = ?, handed_out_at = ?,
           page_count = ?, until_at = ?, renewals = ?, returned_at = ?, taken_back_by = ?, counted_pages = ?,
           return_note = ?, effect = ?, closed_at = ? WHERE id = ?`,
        ...[loan.state, loan.caseId, JSON.stringify(loan.extent), loan.needsSecond ? 1 : 0, loan.approvedBy],
        ...[loan.approvedAt, loan.secondApprovedBy, loan.secondApprovedAt, loan.reason, loan.handedOutBy],
        ...[loan.handedOutAt, loan.pageCount, loan.untilAt, loan.renewals, loan.returnedAt, loan.takenBackBy],
        ...[loan.countedPages, loan.returnNote, loan.effect, loan.closedAt, loan.id],
      )
    },
    find,
    require: (id) => {
      const found = find(id)
      if (found === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'loan', id })
      return found
    },
    nextNumber: () => number(sql.one('SELECT coalesce(max(number), 0) + 1 AS n FROM loan') ?? {}, 'n'),
    list: (states) =>
      sql
        .all(
          `SELECT * FROM loan WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY number DESC`,
          ...states,
        )
        .map(loanRecord),
    setPages: (loanId, pageIds) => {
      sql.run('DELETE FROM loan_page WHERE loan_id = ?', loanId)
      for (const pageId of pageIds) sql.run('INSERT INTO loan_page VALUES (?, ?)', loanId, pageId)
    },
    setEnd: (loanId, untilAt) => {
      sql.run(
        'UPDATE case_assignment SET until_at = ? WHERE loan_id = ? AND ended_at IS NULL',
        untilAt,
        loanId,
      )
    },
    endGrants: (loanId, at) => {
      sql.run('UPDATE case_assignment SET ended_at = ? WHERE loan_id = ? AND ended_at IS NULL', at, loanId)
    },
  }
}
