import { describe, expect, test } from 'vitest'
import { dueBackup } from '../../../shared/domain/backup/due-backup.ts'
import { type DutyKind, type DutyState, dutyStanding } from '../../../shared/domain/backup/duty.ts'

const NOW = new Date('2026-03-31T09:00:00.000Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString()
const stateOf = (everyDays: number, lastAt: string | null, active = true) =>
  dutyStanding({ kind: 'incremental', everyDays, active }, lastAt, NOW).state

describe('a regular duty', () => {
  test('is owed once its interval has passed, and soon to be within a tenth of it', () => {
    expect(stateOf(30, null)).toBe('never')
    expect(stateOf(30, daysAgo(26.9))).toBe('done')
    expect(stateOf(30, daysAgo(27.1))).toBe('soon')
    expect(stateOf(30, daysAgo(30.1))).toBe('overdue')
    expect(dutyStanding({ kind: 'full', everyDays: 7, active: true }, daysAgo(2), NOW).dueAt).toBe(
      daysAgo(-5),
    )
  })

  test('a daily one is never called soon, or it would be so all day', () => {
    expect(stateOf(1, daysAgo(0.9))).toBe('done')
    expect(stateOf(1, daysAgo(1.1))).toBe('overdue')
  })

  test('that was last done in the future is owed: the clock was set back', () => {
    expect(stateOf(30, daysAgo(-0.5))).toBe('done')
    expect(stateOf(30, daysAgo(-2))).toBe('overdue')
  })

  test('that is off is owed by nobody', () => {
    expect(stateOf(30, null, false)).toBe('off')
    expect(stateOf(30, daysAgo(300), false)).toBe('off')
  })
})

describe('what is due on a medium that is plugged in', () => {
  const duties = (states: Partial<Record<DutyKind, DutyState>>) =>
    Object.entries(states).map(([kind, state]) => ({ kind: kind as DutyKind, state }))
  const medium = (set: 'A' | 'B' | 'C') => ({ set, state: 'in-use', present: true }) as const

  test('follows from its set: the sealed and the off-site one by their own duties', () => {
    const owed = duties({
      'offline-set': 'overdue',
      'off-site': 'soon',
      incremental: 'overdue',
      full: 'done',
    })
    expect(dueBackup(medium('A'), owed)).toBe('full')
    expect(dueBackup(medium('B'), owed)).toBeUndefined()
    expect(dueBackup(medium('C'), owed)).toBe('incremental')
  })

  test('is nothing while the duty is off or done, and on a medium that is away or not in use', () => {
    expect(dueBackup(medium('C'), duties({ incremental: 'off', full: 'soon' }))).toBeUndefined()
    const owed = duties({ full: 'never' })
    expect(dueBackup(medium('C'), owed)).toBe('full')
    expect(dueBackup({ ...medium('C'), present: false }, owed)).toBeUndefined()
    expect(dueBackup({ ...medium('C'), state: 'stored' }, owed)).toBeUndefined()
  })
})
