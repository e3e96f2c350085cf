import type { ParsedInputOf } from '../../shared/contract/index.ts'
import { needsSecondApproval } from '../../shared/domain/loan.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../access/index.ts'
import type { LoanRecord } from '../catalogue/index.ts'
import type { LendingParts } from './lending-parts.ts'
import type { LoanDesk } from './loan-desk.ts'

/** The borrower of a request: whoever lends may name another, everybody else asks for themselves. */
function borrowerOf(
  parts: LendingParts,
  input: ParsedInputOf<'loans.request'>,
  session: Session,
): Pick<LoanRecord, 'borrowerName' | 'borrowerAccount'> {
  if (!session.permissions.has('loan.lend'))
    return { borrowerName: session.displayName, borrowerAccount: session.accountId }
  const { borrowerAccount } = input
  if (borrowerAccount === null) return { borrowerName: input.borrowerName, borrowerAccount }
  const account = parts.catalogue().accounts.require(borrowerAccount)
  if (account.state !== 'active') throw new AppError('LOAN_READER_UNFIT', { reason: 'no-account' })
  return { borrowerName: account.displayName, borrowerAccount }
}

/** 申请, as the register will keep it. Throws CALL_INVALID_INPUT, LOAN_END_PASSED, LOAN_READER_UNFIT. */
export function loanRequest(
  parts: LendingParts,
  desk: LoanDesk,
  input: ParsedInputOf<'loans.request'>,
  session: Session,
): LoanRecord {
  desk.refusePast(input.untilAt)
  const borrower = borrowerOf(parts, input, session)
  if (borrower.borrowerName === '') throw new AppError('CALL_INVALID_INPUT', { field: 'borrowerName' })
  if (input.manners.includes('electronic') && borrower.borrowerAccount === null)
    throw new AppError('LOAN_READER_UNFIT', { reason: 'no-account' })
  const { loans, lent } = parts.catalogue()
  // What the case is does not yet count: whoever asks is not to learn from the answer whether it is there.
  const needsSecond = needsSecondApproval(
    input.extent.map(({ volumeKind }) => volumeKind),
    'internal',
  )
  return {
    id: parts.newId(),
    number: loans.nextNumber(),
    state: 'requested',
    requestedAt: lent.moment(parts.now()),
    requestedBy: session.accountId,
    unit: input.unit,
    ...borrower,
    identity: input.identity,
    ...desk.caseOf(input.caseNumber),
    extent: input.extent,
    purpose: input.purpose,
    manners: [...new Set(input.manners)],
    needsSecond,
    untilAt: input.untilAt,
    ...{ approvedBy: null, approvedAt: null, secondApprovedBy: null, secondApprovedAt: null, reason: '' },
    ...{ handedOutBy: null, handedOutAt: null, pageCount: 0, renewals: 0 },
    ...{
      returnedAt: null,
      takenBackBy: null,
      countedPages: null,
      returnNote: '',
      effect: '',
      closedAt: null,
    },
  }
}
