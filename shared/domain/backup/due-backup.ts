import type { DutyKind, DutyStanding } from './duty.ts'
import type { MediumSet, MediumState } from './medium.ts'

export type RunKind = 'incremental' | 'full'

/** What a medium's set is made for, the heavier duty first. */
const DUTIES_OF_SET: Readonly<
  Record<MediumSet, readonly { readonly duty: DutyKind; readonly kind: RunKind }[]>
> = {
  A: [{ duty: 'offline-set', kind: 'full' }],
  B: [{ duty: 'off-site', kind: 'full' }],
  C: [
    { duty: 'full', kind: 'full' },
    { duty: 'incremental', kind: 'incremental' },
  ],
}

/** A medium as it is at this moment. */
export interface MediumNow {
  readonly set: MediumSet
  readonly state: MediumState
  /** Whether it is plugged in. */
  readonly present: boolean
}

/** Whether a backup can be written to it at this moment. */
export function isWritable({ present, state }: Pick<MediumNow, 'present' | 'state'>): boolean {
  return present && state === 'in-use'
}

/** The backup that is due and that this medium, plugged in as it is, would settle; undefined when there is none. */
export function dueBackup(
  medium: MediumNow,
  duties: readonly Pick<DutyStanding, 'kind' | 'state'>[],
): RunKind | undefined {
  if (!isWritable(medium)) return undefined
  return DUTIES_OF_SET[medium.set].find(({ duty }) => {
    const state = duties.find(({ kind }) => kind === duty)?.state
    return state === 'never' || state === 'overdue'
  })?.kind
}
