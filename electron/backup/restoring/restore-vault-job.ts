import { dirname } from 'node:path'
import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import { restoreSnapshot } from '../repository/restore-set.ts'
import { restoreTarget } from './restore-target.ts'

const RestoreInput = z.object({ mediumId: Id, snapshotId: z.string(), target: z.string().min(1) })
type RestoreInput = z.infer<typeof RestoreInput>

/** Where nothing is restored to: the vault that is open, and every medium. */
export async function checkTarget(room: BackupRoom, setFolder: string, target: string): Promise<string> {
  const media = room.media.all().map(({ folder }) => folder)
  return await restoreTarget(target, { vault: room.vault.folder, media: [...media, dirname(setFolder)] })
}

/** Puts a snapshot into a new folder of its own; what the medium has damaged is left out and named. */
export function restoreVaultJob(room: BackupRoom): JobKind<RestoreInput> {
  return {
    kind: 'restore-vault',
    input: RestoreInput,
    label: ({ snapshotId }) => snapshotId,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async ({ input, signal, progress, record, startedBy }) => {
      const { mediumId, snapshotId } = input
      const folder = await room.shelf.setFolderOf(mediumId, 'read')
      const target = await checkTarget(room, folder, input.target)
      progress({ phase: 'restoring', done: 0, total: null })
      const { objects, bytes, problems } = await restoreSnapshot(folder, snapshotId, {
        ...{ target, signal, progress },
      })
      for (const { file, reason } of problems)
        record({
          unitKey: `medium|${file}`,
          subject: file,
          outcome: reason === 'missing' ? 'missing' : 'damaged',
          code: 'BACKUP_SET_DAMAGED',
          details: { file, reason },
        })
      record({ unitKey: 'summary', subject: snapshotId, outcome: 'sound', details: { objects, bytes } })
      noteDeed(room, {
        ...{ action: 'restore.vault-finished', mediumId, by: startedBy },
        ...(problems.length === 0 ? {} : { result: 'failed', code: 'BACKUP_SET_DAMAGED' }),
        details: { snapshot: snapshotId, objects, bytes, problems: problems.length },
      })
    },
  }
}
