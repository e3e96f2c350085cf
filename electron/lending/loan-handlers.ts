import type { LoanRow } from '../../shared/contract/loans.ts'
import { LOAN_STATES, type LoanState, lendsPaper, needsSecondApproval } from '../../shared/domain/loan.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import type { LoanRecord } from '../catalogue/index.ts'
import { type LendingParts, sessionOf } from './lending-parts.ts'
import { namedPages } from './lent-extent.ts'
import { loanDesk } from './loan-desk.ts'
import { loanRows } from './loan-rows.ts'
import { loanRequest } from './request-loan.ts'

type LoanMethod =
  `loans.${'list' | 'request' | 'approve' | 'approveSecond' | 'refuse' | 'refuseSecond' | 'withdraw' | 'handOut' | 'renew' | 'renewRestricted' | 'takeBack' | 'close'}`

const PAST: ReadonlySet<LoanState> = new Set(['returned', 'closed', 'refused', 'withdrawn'])

/** The states that a list of the register shows; what is returned waits for its closing and stays current. */
export function statesOf(list: 'current' | 'overdue' | 'past' | 'all'): readonly LoanState[] {
  switch (list) {
    case 'current':
      return LOAN_STATES.filter((state) => !PAST.has(state) || state === 'returned')
    case 'overdue':
      return ['lent']
    case 'past':
      return LOAN_STATES.filter((state) => PAST.has(state) && state !== 'returned')
    case 'all':
      return LOAN_STATES
  }
}

/** 借阅: 申请 → 审批 → 第二审批 → 出库/授权 → 续借 → 归还核对 → 关闭 (domain.md §3.3). */
export function loanHandlers(parts: LendingParts): Handlers<LoanMethod> {
  const rows = loanRows(parts)
  const desk = loanDesk(parts)
  const catalogue = () => parts.catalogue()
  const at = () => catalogue().lent.moment(parts.now())

  const kept = (loan: LoanRecord, call: Call): LoanRow => {
    catalogue().loans.update(loan)
    if (loan.caseId !== null) parts.changed(loan.caseId)
    call.note({ subject: `loan:${loan.id}`, details: { number: loan.number, state: loan.state } })
    return rows.row(loan, sessionOf(call))
  }
  const refuse = ({ loanId, reason }: { loanId: string; reason: string }, from: LoanState, call: Call) => {
    const loan = desk.stepped(loanId, 'refuse', call)
    if (catalogue().loans.require(loanId).state !== from)
      throw new AppError('LOAN_STEP_REFUSED', { reason: 'wrong-state' })
    return kept({ ...loan, reason }, call)
  }
  const renew = (
    { loanId, untilAt, reason }: { loanId: string; untilAt: string; reason: string },
    restricted: boolean,
    call: Call,
  ) => {
    const loan = desk.stepped(loanId, 'renew', call)
    if (loan.needsSecond !== restricted)
      throw new AppError('LOAN_STEP_REFUSED', { reason: restricted ? 'wrong-state' : 'second-needed' })
    desk.refusePast(untilAt)
    if (untilAt <= loan.untilAt) throw new AppError('LOAN_END_PASSED', { at: loan.untilAt })
    return catalogue().transaction(() => {
      catalogue().loans.setEnd(loanId, untilAt)
      return kept({ ...loan, untilAt, reason, renewals: loan.renewals + 1 }, call)
    })
  }

  return {
    'loans.list': ({ list }, call) => {
      const session = sessionOf(call)
      const seen = catalogue()
        .loans.list(statesOf(list))
        .filter((loan) => rows.sees(loan, session))
        .map((loan) => rows.row(loan, session))
      return list === 'overdue' ? seen.filter(({ due }) => due.startsWith('overdue')) : seen
    },
    'loans.request': (input, call) => {
      const loan = loanRequest(parts, desk, input, sessionOf(call))
      catalogue().loans.insert(loan)
      call.note({ subject: `loan:${loan.id}`, details: { number: loan.number } })
      return rows.row(loan, sessionOf(call))
    },
    'loans.approve': ({ loanId, extent }, call) => {
      const asked = catalogue().loans.require(loanId)
      const caseId = asked.caseId ?? desk.caseOf(asked.caseNumber).caseId
      if (caseId === null) throw new AppError('LOAN_NOTHING_TO_LEND', { reason: 'no-case' })
      const wanted = extent ?? asked.extent
      const { pages } = namedPages(catalogue(), caseId, wanted)
      if (asked.manners.includes('electronic') && pages.length === 0)
        throw new AppError('LOAN_NOTHING_TO_LEND', { reason: 'no-pages' })
      desk.refusePast(asked.untilAt)
      const { secrecy } = catalogue().cases.require(caseId)
      const kinds = wanted.map(({ volumeKind }) => volumeKind)
      return catalogue().transaction(() => {
        const needsSecond = needsSecondApproval(kinds, secrecy)
        catalogue().loans.update({ ...asked, caseId, extent: wanted, needsSecond })
        return kept({ ...desk.stepped(loanId, 'approve', call), approvedAt: at() }, call)
      })
    },
    'loans.approveSecond': ({ loanId }, call) =>
      kept({ ...desk.stepped(loanId, 'approve-second', call), secondApprovedAt: at() }, call),
    'loans.refuse': (input, call) => refuse(input, 'requested', call),
    'loans.refuseSecond': (input, call) => refuse(input, 'second-approval', call),
    'loans.withdraw': ({ loanId }, call) => kept(desk.stepped(loanId, 'withdraw', call), call),
    'loans.handOut': ({ loanId, pageCount }, call) => {
      const loan = desk.stepped(loanId, 'hand-out', call)
      if (loan.caseId === null) throw new AppError('LOAN_NOTHING_TO_LEND', { reason: 'no-case' })
      desk.refusePast(loan.untilAt)
      const by = sessionOf(call).accountId
      const { pages } = namedPages(catalogue(), loan.caseId, loan.extent)
      return catalogue().transaction(() => {
        if (loan.manners.includes('electronic')) desk.openPages(loan, by)
        const count = lendsPaper(loan.manners) ? (pageCount ?? pages.length) : pages.length
        return kept({ ...loan, handedOutBy: by, handedOutAt: at(), pageCount: count }, call)
      })
    },
    'loans.renew': (input, call) => renew(input, false, call),
    'loans.renewRestricted': (input, call) => renew(input, true, call),
    'loans.takeBack': ({ loanId, countedPages, note }, call) => {
      const loan = desk.stepped(loanId, 'take-back', call)
      if (lendsPaper(loan.manners)) {
        if (countedPages === null) throw new AppError('CALL_INVALID_INPUT', { field: 'countedPages' })
        if (countedPages !== loan.pageCount && note === '')
          throw new AppError('LOAN_COUNT_DIFFERS', { lent: loan.pageCount, counted: countedPages })
      }
      return catalogue().transaction(() => {
        catalogue().loans.endGrants(loanId, at())
        const by = sessionOf(call).accountId
        const back = { returnedAt: at(), takenBackBy: by, countedPages, returnNote: note }
        return kept({ ...loan, ...back }, call)
      })
    },
    'loans.close': ({ loanId, effect }, call) =>
      kept({ ...desk.stepped(loanId, 'close', call), effect, closedAt: at() }, call),
  }
}
