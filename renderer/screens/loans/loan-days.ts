import type { OutputOf } from '../../../shared/contract/index.ts'
import { dayOf } from '../../widgets/field-date-input.tsx'

export type Loan = OutputOf<'loans.list'>[number]
export type Step = Loan['steps'][number]

/** The last moment of a day that a person chose, as UTC ISO. A loan until a day includes that day. */
export function endOfDay(day: string): string {
  const end = new Date(`${dayOf(day) ?? ''}T23:59:59.999`)
  return Number.isNaN(end.getTime()) ? '' : end.toISOString()
}

/** The day of a moment, where the person is; empty for none. */
export function dayWords(at: string | null): string {
  if (at === null) return ''
  const day = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
