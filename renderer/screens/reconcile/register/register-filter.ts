import type { DifferenceFilter } from '../../../../shared/contract/differences.ts'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPES,
  ORIGIN_STAGES,
} from '../../../../shared/domain/reconcile/difference-type.ts'
import { DIFFERENCE_STATES, SEVERITIES } from '../../../../shared/domain/reconcile/handling.ts'

export type RegisterFilter = Omit<DifferenceFilter, 'reconciliationId'>

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

const known = <T extends string>(all: readonly T[], text: string | null): T[] =>
  all.filter((one) => text?.split(',').includes(one))

const fitting = (pattern: RegExp, text: string | null): string | undefined =>
  text !== null && pattern.test(text) ? text : undefined

/** Leaves out what is not set, so that two filters which ask the same read the same. */
function given<T extends object>(fields: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>
}

/** What the address asks of the register; whatever it does not understand is left out. */
export function readFilter(search: URLSearchParams): RegisterFilter {
  const older = Number(search.get('older'))
  return {
    states: known(DIFFERENCE_STATES, search.get('state')),
    types: known(DIFFERENCE_TYPES, search.get('type')),
    severities: known(SEVERITIES, search.get('severity')),
    causes: known(DIFFERENCE_CAUSES, search.get('cause')),
    originStages: known(ORIGIN_STAGES, search.get('stage')),
    ...given({
      volumeId: fitting(ID, search.get('volume')),
      caseId: fitting(ID, search.get('case')),
      originPerson: search.get('person')?.slice(0, 100),
      from: fitting(DAY, search.get('from')),
      to: fitting(DAY, search.get('to')),
      olderThanDays: Number.isInteger(older) && older >= 1 && older <= 3650 ? older : undefined,
      overdue: search.get('overdue') === '1' ? true : undefined,
    }),
  }
}

/** The same filter as an address: a link to the rows, or what stands behind the question mark. */
export function filterAddress(filter: Partial<RegisterFilter>): string {
  const search = new URLSearchParams()
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  set('state', filter.states?.join(','))
  set('type', filter.types?.join(','))
  set('severity', filter.severities?.join(','))
  set('cause', filter.causes?.join(','))
  set('stage', filter.originStages?.join(','))
  set('volume', filter.volumeId)
  set('case', filter.caseId)
  set('person', filter.originPerson)
  set('from', filter.from)
  set('to', filter.to)
  set('older', filter.olderThanDays)
  set('overdue', filter.overdue === true ? '1' : undefined)
  return search.toString()
}

export const isNarrowed = (filter: RegisterFilter): boolean => filterAddress(filter) !== ''
