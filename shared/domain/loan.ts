import { compareSecrecy, type SecrecyLevel } from './secrecy.ts'
import { compartmentOf, type VolumeKind } from './volume-kind.ts'

/** 申请 → 审批 → 第二审批 (副卷、密级) → 待出库 → 在借 → 已归还 → 已关闭; 未批准 and 撤回 end it early. */
export const LOAN_STATES = [
  'requested',
  'second-approval',
  'approved',
  'lent',
  'returned',
  'closed',
  'refused',
  'withdrawn',
] as const
export type LoanState = (typeof LOAN_STATES)[number]

export const LOAN_STEPS = [
  'approve',
  'approve-second',
  'refuse',
  'withdraw',
  'hand-out',
  'renew',
  'take-back',
  'close',
] as const
export type LoanStep = (typeof LOAN_STEPS)[number]

/** 方式: 查阅, 复制, 借出, 电子. A loan may have several, as 电子 with 复制. */
export const LOAN_MANNERS = ['read', 'copy', 'take-out', 'electronic'] as const
export type LoanManner = (typeof LOAN_MANNERS)[number]

export const LOAN_STATE_INFO: Readonly<Record<LoanState, { readonly zh: string; readonly en: string }>> = {
  requested: { zh: '待审批', en: 'Awaiting approval' },
  'second-approval': { zh: '待第二审批', en: 'Awaiting second approval' },
  approved: { zh: '待出库', en: 'Approved' },
  lent: { zh: '在借', en: 'Lent' },
  returned: { zh: '已归还', en: 'Returned' },
  closed: { zh: '已关闭', en: 'Closed' },
  refused: { zh: '未批准', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

export const LOAN_MANNER_INFO: Readonly<Record<LoanManner, { readonly zh: string; readonly en: string }>> = {
  read: { zh: '查阅', en: 'Reading on site' },
  copy: { zh: '复制', en: 'Copying' },
  'take-out': { zh: '借出', en: 'Taking out' },
  electronic: { zh: '电子', en: 'Electronic' },
}

/** Who did what so far; accounts by id. */
export interface LoanCourse {
  readonly state: LoanState
  readonly requestedBy: string
  /** The account that reads, when the borrower has one. */
  readonly borrowerAccount: string | null
  readonly needsSecond: boolean
  readonly approvedBy: string | null
  readonly secondApprovedBy: string | null
}

export type LoanRefusal = 'wrong-state' | 'own-request' | 'same-approver' | 'not-yours'

const FROM: Readonly<Record<LoanStep, readonly LoanState[]>> = {
  approve: ['requested'],
  'approve-second': ['second-approval'],
  refuse: ['requested', 'second-approval'],
  withdraw: ['requested', 'second-approval', 'approved'],
  'hand-out': ['approved'],
  renew: ['lent'],
  'take-back': ['lent'],
  close: ['returned'],
}

const isParty = (loan: LoanCourse, actor: string) =>
  actor === loan.requestedBy || actor === loan.borrowerAccount

/** Why a person may not take a step now; null when they may. Permissions are asked elsewhere. */
export function loanStepRefusal(loan: LoanCourse, step: LoanStep, actor: string): LoanRefusal | null {
  if (!FROM[step].includes(loan.state)) return 'wrong-state'
  switch (step) {
    case 'approve':
    case 'renew':
      return isParty(loan, actor) ? 'own-request' : null
    case 'approve-second':
      if (isParty(loan, actor)) return 'own-request'
      return actor === loan.approvedBy ? 'same-approver' : null
    case 'withdraw':
      return isParty(loan, actor) ? null : 'not-yours'
    case 'refuse':
    case 'hand-out':
    case 'take-back':
    case 'close':
      return null
  }
}

/** The loan after a step that {@link loanStepRefusal} allows; unchanged after one that it does not. */
export function afterLoanStep<L extends LoanCourse>(loan: L, step: LoanStep, actor: string): L {
  if (loanStepRefusal(loan, step, actor) !== null) return loan
  switch (step) {
    case 'approve':
      return { ...loan, state: loan.needsSecond ? 'second-approval' : 'approved', approvedBy: actor }
    case 'approve-second':
      return { ...loan, state: 'approved', secondApprovedBy: actor }
    case 'refuse':
      return { ...loan, state: 'refused' }
    case 'withdraw':
      return { ...loan, state: 'withdrawn' }
    case 'hand-out':
      return { ...loan, state: 'lent' }
    case 'renew':
      return loan
    case 'take-back':
      return { ...loan, state: 'returned' }
    case 'close':
      return { ...loan, state: 'closed' }
  }
}

/** 副卷 and whatever is above 内部 is lent only when a second person agrees too. */
export function needsSecondApproval(kinds: readonly VolumeKind[], secrecy: SecrecyLevel): boolean {
  return kinds.some((kind) => compartmentOf(kind) === 'restricted') || compareSecrecy(secrecy, 'internal') > 0
}

/** Whether paper goes out, whose pages are counted when it comes back. Copies of an electronic loan are no paper. */
export function lendsPaper(manners: readonly LoanManner[]): boolean {
  return (
    manners.includes('read') ||
    manners.includes('take-out') ||
    (manners.includes('copy') && !manners.includes('electronic'))
  )
}

/** 到期: what the list says about the end of a loan. An electronic loan without paper simply ends. */
export const LOAN_DUE = ['none', 'due-soon', 'ended', 'overdue', 'overdue-7', 'overdue-30'] as const
export type LoanDue = (typeof LOAN_DUE)[number]

const DAY_MS = 24 * 60 * 60 * 1000
/** How long before the end a loan counts as about to end. */
const SOON_DAYS = 3

/** Reminders at 1, 7 and 30 days. Times are UTC ISO. */
export function loanDue(
  loan: { readonly state: LoanState; readonly untilAt: string; readonly manners: readonly LoanManner[] },
  at: string,
): LoanDue {
  if (loan.state !== 'lent') return 'none'
  const lateDays = (Date.parse(at) - Date.parse(loan.untilAt)) / DAY_MS
  if (lateDays < -SOON_DAYS) return 'none'
  if (lateDays < 0) return 'due-soon'
  if (!lendsPaper(loan.manners)) return 'ended'
  if (lateDays >= 30) return 'overdue-30'
  return lateDays >= 7 ? 'overdue-7' : 'overdue'
}
