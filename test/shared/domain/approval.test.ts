import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  APPROVAL_STATES,
  type ApprovalCourse,
  type ApprovalEvent,
  advance,
  hasExpired,
} from '../../../shared/domain/approval.ts'

const BEFORE = '2026-01-01T00:00:00.000Z'
const AFTER = '2026-02-01T00:00:00.000Z'
const START: ApprovalCourse = {
  state: 'requested',
  requestedBy: '甲',
  expiresAt: '2026-01-08T00:00:00.000Z',
  decidedBy: null,
  executedBy: null,
  checkedBy: null,
}

const people = (...names: string[]) => fc.constantFrom(...names)
const at = fc.constantFrom(BEFORE, AFTER)
const eventsBy = (by: fc.Arbitrary<string>): fc.Arbitrary<ApprovalEvent> =>
  fc.oneof(
    fc.record({ step: fc.constant('decide' as const), by, at, approve: fc.boolean() }),
    fc.record({ step: fc.constant('begin' as const), by, at }),
    fc.constant({ step: 'finish' as const }),
    fc.constant({ step: 'fail' as const }),
    fc.record({ step: fc.constant('check' as const), by, ok: fc.boolean() }),
    fc.record({ step: fc.constant('withdraw' as const), by, at }),
    fc.constant({ step: 'find-stale' as const }),
    fc.record({ step: fc.constant('expire' as const), at }),
  )

function run(events: readonly ApprovalEvent[]): readonly ApprovalCourse[] {
  const courses = [START]
  for (const event of events) {
    const last = courses.at(-1) ?? START
    const next = advance(last, event)
    courses.push(next.ok ? next.course : last)
  }
  return courses
}

const ENDED = new Set(['refused', 'withdrawn', 'expired', 'stale', 'checked', 'rejected-by-check'])

describe('a request for a change', () => {
  test('is checked at the end of 申请 → 审批 → 执行 → 复核 by three people', () => {
    const courses = run([
      { step: 'decide', by: '乙', at: BEFORE, approve: true },
      { step: 'begin', by: '甲', at: BEFORE },
      { step: 'finish' },
      { step: 'check', by: '丙', ok: true },
    ])
    expect(courses.map(({ state }) => state)).toEqual([
      'requested',
      'approved',
      'executing',
      'executed',
      'checked',
    ])
  })

  test('is never carried to its end by fewer than three people, whatever they do', () => {
    fc.assert(
      fc.property(fc.array(eventsBy(people('甲', '乙')), { maxLength: 40 }), (events) => {
        expect(run(events).map(({ state }) => state)).not.toContain('checked')
        expect(run(events).map(({ state }) => state)).not.toContain('rejected-by-check')
      }),
      { numRuns: 2000 },
    )
  })

  test('that was checked names three people, and its checker did nothing else with it', () => {
    fc.assert(
      fc.property(fc.array(eventsBy(people('甲', '乙', '丙', '丁')), { maxLength: 40 }), (events) => {
        for (const course of run(events)) {
          if (course.checkedBy === null) continue
          expect(new Set([course.requestedBy, course.decidedBy, course.checkedBy]).size).toBe(3)
          expect(course.checkedBy).not.toBe(course.executedBy)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('that has ended stays as it ended', () => {
    fc.assert(
      fc.property(
        fc.array(eventsBy(people('甲', '乙', '丙')), { maxLength: 20 }),
        eventsBy(people('甲', '乙', '丙', '丁')),
        (events, more) => {
          const course = run(events).at(-1) ?? START
          if (ENDED.has(course.state)) expect(advance(course, more).ok).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('is executed only after somebody else approved it', () => {
    fc.assert(
      fc.property(fc.array(eventsBy(people('甲', '乙', '丙')), { maxLength: 30 }), (events) => {
        for (const course of run(events)) {
          if (!['executing', 'executed', 'checked'].includes(course.state)) continue
          expect(course.decidedBy).not.toBeNull()
          expect(course.decidedBy).not.toBe(course.requestedBy)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('is neither decided nor begun once its time is over', () => {
    expect(advance(START, { step: 'decide', by: '乙', at: AFTER, approve: true })).toEqual({
      ok: false,
      refusal: 'expired',
    })
    const approved = { ...START, state: 'approved', decidedBy: '乙' } as const
    expect(advance(approved, { step: 'begin', by: '甲', at: AFTER })).toEqual({
      ok: false,
      refusal: 'expired',
    })
    expect(APPROVAL_STATES.filter((state) => hasExpired({ ...START, state }, AFTER))).toEqual([
      'requested',
      'approved',
    ])
  })

  test('is withdrawn by whoever made it and by nobody else', () => {
    expect(advance(START, { step: 'withdraw', by: '乙', at: BEFORE })).toEqual({
      ok: false,
      refusal: 'not-requester',
    })
    expect(advance(START, { step: 'withdraw', by: '甲', at: BEFORE }).ok).toBe(true)
  })
})
