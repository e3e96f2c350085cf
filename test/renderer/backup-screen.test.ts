import { describe, expect, test } from 'vitest'
import { fileKind } from '../../renderer/screens/backup/media/file-kind.ts'
import { eventsFor } from '../../renderer/screens/backup/media/medium-events.ts'
import { calendarWeeks } from '../../renderer/screens/backup/overview/calendar-days.ts'
import { timeOfSnapshot } from '../../renderer/screens/backup/use-backup-words.ts'
import type { Duty } from '../../shared/contract/backup.ts'
import type { Medium } from '../../shared/contract/media.ts'
import { dueBackup } from '../../shared/domain/backup/due-backup.ts'

const medium = (over: Partial<Medium>): Medium => ({
  ...{ id: 'M', number: 'YP-1', set: 'C', state: 'in-use', model: '', serial: '', capacityBytes: null },
  ...{ secrecy: '', place: '保险柜', folder: '/drive', setId: 'S', registeredAt: '2026-01-01T00:00:00.000Z' },
  ...{ lastSeenAt: null, present: true, freeBytes: null, inspectionDueAt: '2027-01-01T00:00:00.000Z' },
  ...{ lastBackupAt: null, lastVerifiedAt: null, smart: '', note: '' },
  ...over,
})
const duty = (kind: Duty['kind'], state: Duty['state'], dueAt: string | null = null): Duty => ({
  ...{ kind, everyDays: 7, lastAt: null, dueAt, state },
})

describe('the backup that is due on a medium', () => {
  test('is the heavier of those that its set is for', () => {
    const duties = [duty('incremental', 'overdue'), duty('full', 'overdue'), duty('off-site', 'done')]
    expect(dueBackup(medium({}), duties)).toBe('full')
    expect(dueBackup(medium({}), [duty('incremental', 'overdue'), duty('full', 'done')])).toBe('incremental')
    expect(dueBackup(medium({ set: 'B' }), duties)).toBeUndefined()
  })

  test('is none on a medium that is not there or not in use', () => {
    const duties = [duty('full', 'never')]
    expect(dueBackup(medium({ present: false }), duties)).toBeUndefined()
    expect(dueBackup(medium({ state: 'retired' }), duties)).toBeUndefined()
  })
})

describe('the calendar', () => {
  const now = new Date(2026, 10, 24, 9)
  const at = (day: number) => new Date(2026, 10, day, 8).toISOString()

  test('covers whole weeks from Monday and marks today', () => {
    const weeks = calendarWeeks(new Date(2026, 10, 1), [], [], now)
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7])
    expect(weeks[0]?.[0]?.date).toEqual(new Date(2026, 9, 26))
    expect(weeks.flat().filter(({ today }) => today)).toHaveLength(1)
  })

  test('a kind is sound on a day only when all its runs were', () => {
    const days = calendarWeeks(
      new Date(2026, 10, 1),
      [
        { at: at(20), kind: 'verify', sound: true },
        { at: at(20), kind: 'verify', sound: false },
        { at: at(20), kind: 'backup', sound: true },
      ],
      [],
      now,
    ).flat()
    expect(days.find(({ date }) => date.getDate() === 20)?.done).toEqual([
      { kind: 'backup', sound: true, count: 1 },
      { kind: 'verify', sound: false, count: 2 },
    ])
  })

  test('a duty stands on the day when it is due, late when it is overdue, and not at all when it is off', () => {
    const days = calendarWeeks(
      new Date(2026, 10, 1),
      [],
      [duty('full', 'overdue', at(22)), duty('drill', 'done', at(28)), duty('sample', 'off', at(28))],
      now,
    ).flat()
    const dueOn = (day: number) => days.find(({ date, inMonth }) => inMonth && date.getDate() === day)?.due
    expect(dueOn(22)).toEqual([{ kind: 'full', late: true }])
    expect(dueOn(28)).toEqual([{ kind: 'drill', late: false }])
  })
})

test('a damaged file is named by what it is to a person', () => {
  expect(
    ['objects/ab/abcd', 'files/ff', 'snapshots/x.json', 'set.json', 'index.json', 'check.mjs', 'x'].map(
      fileKind,
    ),
  ).toEqual(['object', 'part', 'snapshot', 'set', 'index', 'note', 'other'])
})

test('a lost medium can only be found again or given up, a retired one nothing', () => {
  expect(eventsFor(medium({ state: 'lost', present: false }))).toEqual(['found', 'retired'])
  expect(eventsFor(medium({ state: 'retired' }))).toEqual([])
  expect(eventsFor(medium({ present: false }))).not.toContain('removed-safely')
})

test('the time of a snapshot stands in its name', () => {
  expect(timeOfSnapshot('20261123T225133Z-4f2a9c')).toBe('2026-11-23T22:51:33.000Z')
})
