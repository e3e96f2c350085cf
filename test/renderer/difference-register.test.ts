import { describe, expect, test } from 'vitest'
import {
  filterAddress,
  isNarrowed,
  readFilter,
} from '../../renderer/screens/reconcile/register/register-filter.ts'
import { daysOfMonth, periodOf, within } from '../../renderer/screens/reconcile/statistics/period.ts'

const read = (address: string) => readFilter(new URLSearchParams(address))

describe('the address of the register', () => {
  test('says the same filter that it was made from', () => {
    const filter = {
      ...{ states: ['found' as const, 'judged' as const], types: ['D18' as const], severities: [] },
      ...{ causes: ['feeder' as const], originStages: ['scanning' as const], originPerson: '钱五' },
      ...{ from: '2026-01-01', to: '2026-12-31', overdue: true as const, olderThanDays: 30 },
      volumeId: '01M8541A1ZGTBFWFPE4FCENBN0',
    }
    expect(read(filterAddress(filter))).toEqual(filter)
  })

  test('leaves out what it does not understand', () => {
    expect(isNarrowed(read('state=gone&type=D99&volume=x&from=yesterday&older=-1&overdue=yes'))).toBe(false)
  })
})

describe('the period of the figures', () => {
  test('ends on the last day of the month, of February too', () => {
    expect(periodOf('month', new Date(2028, 1, 10))).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(periodOf('quarter', new Date(2026, 10, 23))).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(periodOf('last-year', new Date(2026, 0, 1))).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  })

  test('a month of the chart leads to no day outside the period', () => {
    expect(within(daysOfMonth('2026-11'), { from: '2026-11-10' })).toEqual({
      from: '2026-11-10',
      to: '2026-11-30',
    })
    expect(within(daysOfMonth('2026-11'), {})).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  })
})
