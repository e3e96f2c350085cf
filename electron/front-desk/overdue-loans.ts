import { loanDue } from '../../shared/domain/loan.ts'
import type { RecordsRoom } from '../records-room.ts'

/** Puts each loan of paper that is overdue into the log once, where the watch makes an alarm of it (A16). */
export function recordOverdueLoans({ catalogue, audit }: RecordsRoom, at: string): void {
  for (const loan of catalogue.loans.list(['lent'])) {
    if (!loanDue(loan, at).startsWith('overdue')) continue
    const subject = `loan:${loan.id}`
    const told = catalogue.sql.one(
      `SELECT 1 FROM audit_record WHERE action = 'loan.overdue' AND subject = ?`,
      subject,
    )
    if (told !== undefined) continue
    audit.append({
      action: 'loan.overdue',
      accountId: null,
      sessionId: null,
      subject,
      result: 'done',
      code: null,
      details: { untilAt: loan.untilAt },
    })
  }
}
