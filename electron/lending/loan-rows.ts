import type { LoanRow } from '../../shared/contract/loans.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import { LOAN_STEPS, type LoanStep, loanDue, loanStepRefusal } from '../../shared/domain/loan.ts'
import { extentWords } from '../../shared/domain/loan-extent.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import type { Session } from '../access/index.ts'
import type { LoanRecord } from '../catalogue/index.ts'
import type { LendingParts } from './lending-parts.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** The permission that a step needs, given where the loan stands. */
function permissionFor(step: LoanStep, loan: LoanRecord): Permission {
  switch (step) {
    case 'approve':
      return 'loan.approve'
    case 'approve-second':
      return 'loan.approve-restricted'
    case 'refuse':
      return loan.state === 'second-approval' ? 'loan.approve-restricted' : 'loan.approve'
    case 'renew':
      return loan.needsSecond ? 'loan.approve-restricted' : 'loan.approve'
    case 'withdraw':
      return 'loan.request'
    case 'hand-out':
    case 'take-back':
    case 'close':
      return 'loan.lend'
  }
}

export interface LoanRows {
  readonly sees: (loan: LoanRecord, session: Session) => boolean
  readonly row: (loan: LoanRecord, session: Session) => LoanRow
  readonly nameOf: (accountId: string | null) => string
}

/** Loans as one person may see them. */
export function loanRows(parts: LendingParts): LoanRows {
  const nameOf = (id: string | null) =>
    id === null ? '' : (parts.catalogue().accounts.find(id)?.displayName ?? id)
  const may = (permission: Permission, loan: LoanRecord, session: Session) => {
    const { grants } = session
    if (permission === 'loan.request') return session.permissions.has(permission)
    const facts = parts.factsOf({ kind: 'loan', id: loan.id }, session)
    // A number without a case is nobody's own: only who lends everything has to do with it.
    if (facts === null)
      return grants.some((grant) => grant.permission === permission && grant.scope === 'all')
    return refusalOf(grants, permission, facts) === null
  }
  const isParty = (loan: LoanRecord, { accountId }: Session) =>
    accountId === loan.requestedBy || accountId === loan.borrowerAccount

  return {
    nameOf,
    sees: (loan, session) =>
      isParty(loan, session) ||
      (['loan.approve', 'loan.lend', 'loan.approve-restricted'] as const).some((permission) =>
        may(permission, loan, session),
      ),
    row: (loan, session) => {
      const at = parts.catalogue().lent.moment(parts.now())
      const due = loanDue(loan, at)
      const late = due.startsWith('overdue') ? (Date.parse(at) - Date.parse(loan.untilAt)) / DAY_MS : 0
      const { approvedAt: _, secondApprovedAt: __, takenBackBy: ___, closedAt: ____, ...shown } = loan
      const caseFacts =
        loan.caseId === null ? null : parts.factsOf({ kind: 'case', id: loan.caseId }, session)
      const seesCase = caseFacts !== null && refusalOf(session.grants, 'case.read', caseFacts) === null
      return {
        ...shown,
        extent: [...loan.extent],
        manners: [...loan.manners],
        due,
        lateDays: Math.floor(late),
        requestedBy: nameOf(loan.requestedBy),
        caseId: seesCase ? loan.caseId : null,
        extentWords: extentWords(loan.extent),
        approvedBy: nameOf(loan.approvedBy),
        secondApprovedBy: nameOf(loan.secondApprovedBy),
        handedOutBy: nameOf(loan.handedOutBy),
        steps: LOAN_STEPS.filter(
          (step) =>
            loanStepRefusal(loan, step, session.accountId) === null &&
            may(permissionFor(step, loan), loan, session),
        ),
      }
    },
  }
}
