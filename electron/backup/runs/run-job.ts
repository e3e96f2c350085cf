import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import { checkSet } from '../repository/check-set.ts'
import { readBack } from './read-back.ts'
import { checkOptions, settleCheck } from './settle-check.ts'
import { takeSnapshot } from './take-snapshot.ts'

const RunInput = z.object({ mediumId: Id, kind: z.enum(['incremental', 'full']) })
type RunInput = z.infer<typeof RunInput>

/**
 * Backs up to a medium and reads back what it wrote. `full` reads everything on the medium again, before and after.
 * What stops it leaves every earlier snapshot as it was; to be resumed is to begin again without copying twice.
 */
export function runJob(room: BackupRoom): JobKind<RunInput> {
  return {
    kind: 'backup-run',
    input: RunInput,
    label: ({ mediumId }) => room.media.get(mediumId).number,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async (work) => {
      const { input, signal, progress, record, startedBy } = work
      const { mediumId, kind } = input
      await notingFailure(room, mediumId, startedBy, signal, async () => {
        const folder = await room.shelf.setFolderOf(mediumId, 'write')
        const { snapshotId, objects, newObjects, bytesWritten } = await takeSnapshot(
          room,
          { mediumId, folder },
          kind,
          work,
        )
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
        if (sound.includes(snapshotId))
          record({
            unitKey: `snapshot|${snapshotId}`,
            subject: snapshotId,
            outcome: 'sound',
            details: { objects, newObjects, bytesWritten, pastCache: check.pastCache },
          })
      })
    },
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
