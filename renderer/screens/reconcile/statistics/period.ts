/** A stretch of days, both ends included; an end that is left out is open. */
export interface Period {
  readonly from?: string
  readonly to?: string
}

export const PERIODS = ['month', 'quarter', 'year', 'last-year', 'all'] as const
export type PeriodName = (typeof PERIODS)[number]

const two = (value: number) => String(value).padStart(2, '0')
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
const firstOf = (year: number, month: number) => dayOf(new Date(year, month, 1))
const lastOf = (year: number, month: number) => dayOf(new Date(year, month + 1, 0))

/** The calendar's stretch that is meant on a day. */
export function periodOf(name: PeriodName, today: Date): Period {
  const [year, month] = [today.getFullYear(), today.getMonth()]
  switch (name) {
    case 'month':
      return { from: firstOf(year, month), to: lastOf(year, month) }
    case 'quarter': {
      const first = month - (month % 3)
      return { from: firstOf(year, first), to: lastOf(year, first + 2) }
    }
    case 'year':
      return { from: firstOf(year, 0), to: lastOf(year, 11) }
    case 'last-year':
      return { from: firstOf(year - 1, 0), to: lastOf(year - 1, 11) }
    case 'all':
      return {}
  }
}

/** The days of a month written 2026-11. */
export function daysOfMonth(month: string): Period {
  const [year, number] = month.split('-').map(Number)
  if (year === undefined || number === undefined) return {}
  return { from: firstOf(year, number - 1), to: lastOf(year, number - 1) }
}

/** The days that two stretches share. */
export function within(inner: Period, outer: Period): Period {
  const from = [inner.from, outer.from]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)
  const to = [inner.to, outer.to].filter((day) => day !== undefined).sort()[0]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
