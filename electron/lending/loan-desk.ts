import { refusalOf } from '../../shared/domain/access-decision.ts'
import { caseNumberUniquenessKey, readCaseNumber } from '../../shared/domain/index.ts'
import { afterLoanStep, type LoanStep, loanStepRefusal } from '../../shared/domain/loan.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call } from '../access/index.ts'
import type { LoanRecord } from '../catalogue/index.ts'
import { type LendingParts, sessionOf } from './lending-parts.ts'
import { namedPages } from './lent-extent.ts'

/** What the steps of a loan have in common. */
export interface LoanDesk {
  /** The loan after a step by the caller. Throws LOAN_STEP_REFUSED. */
  readonly stepped: (loanId: string, step: LoanStep, call: Call) => LoanRecord
  /** The case of a number as typed; null when there is none. */
  readonly caseOf: (number: string) => { readonly caseNumber: string; readonly caseId: string | null }
  /** Throws LOAN_END_PASSED when the end is not ahead. */
  readonly refusePast: (untilAt: string) => void
  /** Opens the pages of an electronic loan to its reader. Returns how many. */
  readonly openPages: (loan: LoanRecord, by: string) => number
}

export function loanDesk(parts: LendingParts): LoanDesk {
  const moment = () => parts.catalogue().lent.moment(parts.now())
  return {
    stepped: (loanId, step, call) => {
      const loan = parts.catalogue().loans.require(loanId)
      const actor = sessionOf(call).accountId
      const reason = loanStepRefusal(loan, step, actor)
      if (reason !== null) throw new AppError('LOAN_STEP_REFUSED', { reason, state: loan.state })
      return afterLoanStep(loan, step, actor)
    },
    caseOf: (number) => {
      const reading = readCaseNumber(number, { clock: parts.now })
      if (!reading.ok) return { caseNumber: number, caseId: null }
      const key = caseNumberUniquenessKey(reading.number.fields)
      return {
        caseNumber: reading.number.canonical,
        caseId: parts.catalogue().cases.findByUniquenessKey(key) ?? null,
      }
    },
    refusePast: (untilAt) => {
      const at = moment()
      if (untilAt <= at) throw new AppError('LOAN_END_PASSED', { at })
    },
    openPages: (loan, by) => {
      const { assignments, cases, loans } = parts.catalogue()
      const { caseId, borrowerAccount } = loan
      if (caseId === null || borrowerAccount === null)
        throw new AppError('LOAN_READER_UNFIT', { reason: 'no-account' })
      const { pages, compartments } = namedPages(parts.catalogue(), caseId, loan.extent)
      if (pages.length === 0) throw new AppError('LOAN_NOTHING_TO_LEND', { reason: 'no-pages' })
      const at = moment()
      const { status, secrecy } = cases.require(caseId)
      const standing = assignments.standing(caseId, borrowerAccount, at)
      // 副卷 is no borrower's: what their role does not let them read is not lent to them either.
      for (const compartment of compartments) {
        const facts = { caseId, status, secrecy, compartment, ...standing, granted: true }
        const reason = refusalOf(parts.grantsOf(borrowerAccount), 'page.read', facts)
        if (reason !== null) throw new AppError('LOAN_READER_UNFIT', { reason })
      }
      const term = { fromAt: at, untilAt: loan.untilAt, loanId: loan.id }
      assignments.add(
        { id: parts.newId(), caseId, accountId: borrowerAccount, kind: 'granted', ...term },
        by,
        at,
      )
      loans.setPages(
        loan.id,
        pages.map(({ id }) => id),
      )
      return pages.length
    },
  }
}
