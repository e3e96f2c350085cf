import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { RUN_REASONS } from '../../../shared/domain/backup/automation.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, nameOf, noteDeed } from '../backup-room.ts'
import { checkSet } from '../repository/check-set.ts'
import { readBack } from './read-back.ts'
import { checkOptions, settleCheck } from './settle-check.ts'
import { takeSnapshot, type Work } from './take-snapshot.ts'

export const RUN_JOB = 'backup-run'

const RunInput = z.object({
  mediumId: Id,
  kind: z.enum(['incremental', 'full']),
  reason: z.enum(RUN_REASONS).default('asked'),
})
type RunInput = z.infer<typeof RunInput>

/**
 * Backs up to a medium and reads back what it wrote. `full` reads everything on the medium again, before and after.
 * What stops it leaves every earlier snapshot as it was; to be resumed is to begin again without copying twice.
 */
export function runJob(room: BackupRoom): JobKind<RunInput> {
  return {
    kind: RUN_JOB,
    input: RunInput as z.ZodType<RunInput>,
    label: ({ mediumId }) => room.media.get(mediumId).number,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async (work) => {
      const { input, signal, startedBy } = work
      await notingFailure(room, input.mediumId, startedBy, signal, async () => {
        await tellingOfAutomatic(room, input, work, () => backUpAndProve(room, input, work))
      })
    },
  }
}

/** True: the new snapshot was read back and is whole. */
async function backUpAndProve(room: BackupRoom, input: RunInput, work: Work): Promise<boolean> {
  const { signal, progress, record, startedBy } = work
  const { mediumId, kind } = input
  const folder = await room.shelf.setFolderOf(mediumId, 'write')
  const taken = await takeSnapshot(room, { mediumId, folder }, input, work)
  const { snapshotId, objects, newObjects, bytesWritten } = taken
  progress({ phase: 'verifying', done: 0, total: null, bytes: 0 })
  const options = { ...checkOptions(room, mediumId), signal, progress }
  const result =
    kind === 'full'
      ? await checkSet(folder, { ...options, depth: 'full' })
      : await readBack(folder, snapshotId, options)
  const { check, sound } = await settleCheck(room, {
    ...{ mediumId, folder, result, by: startedBy, depth: kind === 'full' ? 'full' : 'quick' },
    ...{ proves: kind === 'full' ? result.snapshots : [snapshotId], aside: kind !== 'full' },
  })
  for (const { file, reason } of check.problems)
    record({
      unitKey: `medium|${file}`,
      subject: file,
      outcome: reason === 'missing' ? 'missing' : 'damaged',
      code: 'BACKUP_SET_DAMAGED',
      details: { file, reason },
    })
  const proven = sound.includes(snapshotId)
  if (proven)
    record({
      unitKey: `snapshot|${snapshotId}`,
      subject: snapshotId,
      outcome: 'sound',
      details: { objects, newObjects, bytesWritten, pastCache: check.pastCache },
    })
  return proven
}

/** Nobody watches a run that began by itself: what came of it becomes a task, until one comes through. */
async function tellingOfAutomatic(
  room: BackupRoom,
  { mediumId, reason }: RunInput,
  { signal, startedBy }: Pick<Work, 'signal' | 'startedBy'>,
  work: () => Promise<boolean>,
): Promise<void> {
  const about = { origin: 'automatic', subject: room.media.get(mediumId).number } as const
  try {
    const proven = await work()
    if (proven) room.tasks.settle(about, nameOf(room, startedBy), 'backed-up')
    else if (reason !== 'asked')
      room.tasks.open({ ...about, findings: [{ code: 'run-unproven', details: { reason } }] })
  } catch (error) {
    if (reason !== 'asked' && !signal.aborted) {
      const code = error instanceof AppError ? error.code : 'CALL_INTERNAL'
      room.tasks.open({ ...about, findings: [{ code: 'run-failed', details: { reason, code } }] })
    }
    throw error
  }
}

/** That a backup failed stands in the log, with why: somebody stopping it is no failure. */
export async function notingFailure(
  room: BackupRoom,
  mediumId: string,
  by: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!signal.aborted) {
      const code = error instanceof AppError ? error.code : 'CALL_INTERNAL'
      noteDeed(room, { action: 'backup.failed', mediumId, by, result: 'failed', code })
      room.changed()
    }
    throw error
  }
}
