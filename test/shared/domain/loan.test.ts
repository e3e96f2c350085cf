import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterLoanStep,
  LOAN_STEPS,
  type LoanCourse,
  type LoanState,
  lendsPaper,
  loanDue,
  loanStepRefusal,
  needsSecondApproval,
} from '../../../shared/domain/loan.ts'
import { extentNames, readPageList } from '../../../shared/domain/loan-extent.ts'

const PEOPLE = ['asker', 'reader', 'first', 'second', 'keeper'] as const
const asked = (needsSecond: boolean): LoanCourse => ({
  state: 'requested',
  requestedBy: 'asker',
  borrowerAccount: 'reader',
  needsSecond,
  approvedBy: null,
  secondApprovedBy: null,
})
const course = fc.array(
  fc.record({ step: fc.constantFrom(...LOAN_STEPS), actor: fc.constantFrom(...PEOPLE) }),
  {
    maxLength: 40,
  },
)
/** How far along a state is: steps never lead back. */
const RANK: Readonly<Record<LoanState, number>> = {
  requested: 0,
  'second-approval': 1,
  approved: 2,
  lent: 3,
  returned: 4,
  closed: 5,
  refused: 5,
  withdrawn: 5,
}
const ENDED: ReadonlySet<LoanState> = new Set(['closed', 'refused', 'withdrawn'])
const OUT: ReadonlySet<LoanState> = new Set(['approved', 'lent', 'returned', 'closed'])

describe('the course of a loan', () => {
  it('never goes out without approval by others than who asked and reads, two where two are needed', () => {
    fc.assert(
      fc.property(fc.boolean(), course, (needsSecond, steps) => {
        let loan = asked(needsSecond)
        for (const { step, actor } of steps) {
          loan = afterLoanStep(loan, step, actor)
          if (!OUT.has(loan.state)) continue
          expect(loan.approvedBy).not.toBeNull()
          expect(['asker', 'reader']).not.toContain(loan.approvedBy)
          if (!needsSecond) continue
          expect(loan.secondApprovedBy).not.toBeNull()
          expect(['asker', 'reader', loan.approvedBy]).not.toContain(loan.secondApprovedBy)
        }
      }),
    )
  })

  it('only goes forward, and nothing follows its end', () => {
    fc.assert(
      fc.property(fc.boolean(), course, (needsSecond, steps) => {
        let loan = asked(needsSecond)
        for (const { step, actor } of steps) {
          const next = afterLoanStep(loan, step, actor)
          expect(RANK[next.state]).toBeGreaterThanOrEqual(RANK[loan.state])
          if (ENDED.has(loan.state)) expect(next).toEqual(loan)
          loan = next
        }
      }),
    )
  })

  it('changes nothing by a step that is refused', () => {
    fc.assert(
      fc.property(fc.boolean(), course, (needsSecond, steps) => {
        let loan = asked(needsSecond)
        for (const { step, actor } of steps) {
          if (loanStepRefusal(loan, step, actor) !== null) expect(afterLoanStep(loan, step, actor)).toBe(loan)
          loan = afterLoanStep(loan, step, actor)
        }
      }),
    )
  })

  it('passes every state on the way of 副卷', () => {
    const way = [
      ['approve', 'first', 'second-approval'],
      ['approve-second', 'second', 'approved'],
      ['hand-out', 'keeper', 'lent'],
      ['renew', 'second', 'lent'],
      ['take-back', 'keeper', 'returned'],
      ['close', 'keeper', 'closed'],
    ] as const
    let loan = asked(true)
    for (const [step, actor, state] of way) {
      expect(loanStepRefusal(loan, step, actor)).toBeNull()
      loan = afterLoanStep(loan, step, actor)
      expect(loan.state).toBe(state)
    }
  })

  it('reminds before the end, and after 1, 7 and 30 days when paper is out', () => {
    const untilAt = '2026-03-10T00:00:00.000Z'
    const paper = { state: 'lent', untilAt, manners: ['take-out'] } as const
    const due = (day: string) => loanDue(paper, `2026-${day}T12:00:00.000Z`)
    expect(['03-01', '03-08', '03-11', '03-18', '04-10'].map(due)).toEqual([
      'none',
      'due-soon',
      'overdue',
      'overdue-7',
      'overdue-30',
    ])
    const screen = { ...paper, manners: ['electronic', 'copy'] } as const
    expect(loanDue(screen, '2026-04-10T00:00:00.000Z')).toBe('ended')
    expect(loanDue({ ...paper, state: 'returned' }, '2026-04-10T00:00:00.000Z')).toBe('none')
    expect(lendsPaper(['copy'])).toBe(true)
  })

  it('asks a second approval for 副卷 and above 内部 alone', () => {
    expect(needsSecondApproval(['main'], 'internal')).toBe(false)
    expect(needsSecondApproval(['main', 'sub'], 'public')).toBe(true)
    expect(needsSecondApproval(['main'], 'work-secret')).toBe(true)
  })
})

describe('the extent of a loan', () => {
  it('reads pages as people write them', () => {
    expect(readPageList('1-30、45，12-1')).toEqual([
      { first: '1', last: '30' },
      { first: '45', last: '45' },
      { first: '12-1', last: '12-1' },
    ])
    expect(readPageList('  ')).toEqual([])
    expect(readPageList('前十页')).toBeNull()
  })

  it('names what is in the range and in the book, and all when nothing is said', () => {
    const names = (pages: string, book: number | null, printedNumber: string, inBook = 1) =>
      extentNames({ pages, book }, { book: inBook, printedNumber })
    expect(names('1-3', null, '2')).toBe(true)
    expect(names('1-3', null, '4')).toBe(false)
    expect(names('1-3', null, '')).toBe(false)
    expect(names('', null, '')).toBe(true)
    expect(names('', 2, '1')).toBe(false)
    expect(names('前', null, '1')).toBe(false)
  })
})
