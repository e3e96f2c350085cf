import type { Duty } from '../../shared/contract/backup.ts'
import type { Medium } from '../../shared/contract/media.ts'
import type { DutyKind } from '../../shared/domain/backup/duty.ts'

export type RunKind = 'incremental' | 'full'

/** What a medium's set is made for, the heavier duty first. */
const DUTIES_OF_SET: Readonly<
  Record<Medium['set'], readonly { readonly duty: DutyKind; readonly kind: RunKind }[]>
> = {
  A: [{ duty: 'offline-set', kind: 'full' }],
  B: [{ duty: 'off-site', kind: 'full' }],
  C: [
    { duty: 'full', kind: 'full' },
    { duty: 'incremental', kind: 'incremental' },
  ],
}

/** Whether a backup can be written to it at this moment. */
export function isWritable({ present, state }: Medium): boolean {
  return present && state === 'in-use'
}

/** The backup that is due and that this medium, plugged in as it is, would settle; undefined when there is none. */
export function dueBackup(medium: Medium, duties: readonly Duty[]): RunKind | undefined {
  if (!isWritable(medium)) return undefined
  return DUTIES_OF_SET[medium.set].find(({ duty }) => {
    const state = duties.find(({ kind }) => kind === duty)?.state
    return state === 'never' || state === 'overdue'
  })?.kind
}
