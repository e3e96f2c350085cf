import type { Duty } from '../../../../shared/contract/backup.ts'
import type { OutputOf } from '../../../../shared/contract/index.ts'

type History = OutputOf<'backup.overview'>['history']
export type HistoryKind = History[number]['kind']

export interface CalendarDay {
  readonly date: Date
  readonly inMonth: boolean
  readonly today: boolean
  readonly done: readonly { readonly kind: HistoryKind; readonly sound: boolean; readonly count: number }[]
  readonly due: readonly { readonly kind: Duty['kind']; readonly late: boolean }[]
}

const dayKey = (day: Date) => `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`

/** Runs of a day, one mark a kind: a mark is sound when all of its kind were. */
function marksOf(entries: History): CalendarDay['done'] {
  const kinds = ['backup', 'verify', 'drill', 'inspection'] as const
  return kinds.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind)
    return own.length === 0 ? [] : [{ kind, sound: own.every(({ sound }) => sound), count: own.length }]
  })
}

/** The weeks that a month touches, Monday first: what was done on each day, and what was or will be due. */
export function calendarWeeks(
  month: Date,
  history: History,
  duties: readonly Duty[],
  now: Date,
): readonly (readonly CalendarDay[])[] {
  const done = Map.groupBy(history, ({ at }) => dayKey(new Date(at)))
  const due = Map.groupBy(
    duties.filter(({ dueAt, state }) => dueAt !== null && state !== 'off'),
    ({ dueAt }) => dayKey(new Date(dueAt ?? '')),
  )
  const first = new Date(month.getFullYear(), month.getMonth(), 1)
  const before = (first.getDay() + 6) % 7
  const length = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate()
  const weeks = Math.ceil((before + length) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday): CalendarDay => {
      const date = new Date(month.getFullYear(), month.getMonth(), 1 - before + week * 7 + weekday)
      const key = dayKey(date)
      return {
        date,
        inMonth: date.getMonth() === month.getMonth(),
        today: key === dayKey(now),
        done: marksOf(done.get(key) ?? []),
        due: (due.get(key) ?? []).map(({ kind, state }) => ({ kind, late: state === 'overdue' })),
      }
    }),
  )
}
