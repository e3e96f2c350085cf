import {
  ATTACHED_HANDLINGS,
  type Handling,
  PLANNED_HANDLINGS,
} from '../../../shared/domain/reconcile/handling.ts'
import type { DifferenceRecord } from './difference-records.ts'

/** What a person does with one row of the register. */
export type DifferenceStep = 'judge' | 'dismiss' | 'explain' | 'attach' | 'check' | 'reopen'

/** Handlings that need their reason in words. */
export const NEEDS_BASIS: ReadonlySet<Handling> = new Set(['leave', 'explanation'])

const isWordsOnly = ({ handling, planId }: DifferenceRecord) =>
  planId === null && handling !== null && !PLANNED_HANDLINGS.has(handling)

/** A dismissal that the program made itself needs nobody's check. */
const waitsForCheck = (record: DifferenceRecord) =>
  (record.state === 'handled' && isWordsOnly(record)) ||
  (record.state === 'dismissed' && record.judged !== null && record.checked?.ok !== true)

/** Whether its handling stands on a sheet that is not attached: until then nobody passes it. */
export function lacksAttachment({ state, handling }: DifferenceRecord, attached: number): boolean {
  return state === 'handled' && handling !== null && ATTACHED_HANDLINGS.has(handling) && attached === 0
}

/** Whether a row stands where a step may begin. 判定 of what a plan holds waits until that plan is dropped or undone. */
export function standsFor(record: DifferenceRecord, step: DifferenceStep): boolean {
  const { state, planId } = record
  const open = (state === 'found' || state === 'judged') && planId === null
  switch (step) {
    case 'judge':
    case 'dismiss':
      return open
    case 'explain':
    case 'attach':
      return state === 'found' || state === 'judged' || state === 'handled'
    case 'check':
      return waitsForCheck(record)
    case 'reopen':
      // What a plan has changed comes back by undoing the plan.
      return state === 'closed' || state === 'dismissed' || (state === 'handled' && planId === null)
  }
}

/** Who judged it, or saw it with their own eyes, is not the one who checks. */
export function isSamePerson(record: DifferenceRecord, accountId: string): boolean {
  return record.judged?.by === accountId || (record.methods.includes('hand') && record.found.by === accountId)
}
