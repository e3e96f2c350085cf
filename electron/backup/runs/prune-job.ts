import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { type RetentionLine, retentionPreview } from '../../../shared/domain/backup/retention.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed, signerOf } from '../backup-room.ts'
import { pruneSet } from '../repository/prune.ts'
import { noteIndexWritten } from './index-sequence.ts'
import { notingFailure } from './run-job.ts'

const PruneInput = z.object({ mediumId: Id, remove: z.array(z.string()).min(1) })
type PruneInput = z.infer<typeof PruneInput>

/** What the unit's retention keeps of a medium, and why. One that was found damaged counts as unverified. */
export function prunePreview(room: BackupRoom, mediumId: string): readonly RetentionLine[] {
  room.media.get(mediumId)
  const ages = room.snapshots
    .list(mediumId)
    .filter(({ prunedAt }) => prunedAt === null)
    .map(({ snapshotId, createdAt, verifiedAt, verifyResult }) => ({
      id: snapshotId,
      createdAt,
      verifiedAt: verifyResult === 'sound' ? verifiedAt : null,
    }))
  return retentionPreview(ages, room.plans.retention())
}

/** Throws CALL_INVALID_INPUT where the preview would not let all of these go any more. */
export function requirePreviewed(room: BackupRoom, { mediumId, remove }: PruneInput): void {
  const going = prunePreview(room, mediumId)
    .filter(({ reasons }) => reasons.length === 0)
    .map(({ id }) => id)
  if (going.length === remove.length && remove.every((id) => going.includes(id))) return
  throw new AppError('CALL_INVALID_INPUT', { field: 'remove', reason: 'changed' })
}

/** Removes exactly what the preview showed. One that was interrupted is finished by being resumed. */
export function pruneJob(room: BackupRoom): JobKind<PruneInput> {
  return {
    kind: 'backup-prune',
    input: PruneInput,
    label: ({ mediumId }) => room.media.get(mediumId).number,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async ({ input, signal, progress, record, startedBy }) => {
      const { mediumId, remove } = input
      await notingFailure(room, mediumId, startedBy, signal, async () => {
        const folder = await room.shelf.setFolderOf(mediumId, 'write')
        progress({ phase: 'pruning', done: 0, total: null })
        const { objects, bytes } = await pruneSet({
          ...{ folder, vaultId: room.vault.id, remove: new Set(remove), signer: signerOf(room) },
          ...{ now: room.now, signal, progress },
        })
        await noteIndexWritten(room, mediumId, folder)
        const at = room.now().toISOString()
        room.catalogue.transaction(() => {
          room.snapshots.pruned(remove, at)
          for (const id of remove)
            record({ unitKey: `snapshot|${id}`, subject: id, outcome: 'sound', details: { pruned: true } })
          noteDeed(room, {
            ...{ action: 'backup.pruned', mediumId, by: startedBy },
            details: { snapshots: remove.length, objects, bytes },
          })
        })
        room.changed()
      })
    },
  }
}
