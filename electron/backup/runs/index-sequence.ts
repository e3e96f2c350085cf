import type { JobWork } from '../../jobs/index.ts'
import { type BackupRoom, noteDeed } from '../backup-room.ts'
import { INDEX_FILE } from '../repository/layout.ts'
import { readIndex, unlessDamaged } from '../repository/set.ts'

/** Keeps in the register how often the medium's index was written, right after this program wrote it. */
export async function noteIndexWritten(
  { media }: Pick<BackupRoom, 'media'>,
  mediumId: string,
  folder: string,
): Promise<void> {
  const index = await unlessDamaged(() => readIndex(folder))
  if (index !== undefined) media.indexWritten(mediumId, index.sequence)
}

/**
 * Names an index that was put back to an older one before a run writes a newer one over it, and nothing is to be seen of
 * it any more.
 */
export async function nameRolledBackIndex(
  room: BackupRoom,
  { mediumId, folder }: { readonly mediumId: string; readonly folder: string },
  { record, startedBy }: Pick<JobWork<unknown>, 'record' | 'startedBy'>,
): Promise<void> {
  const index = await unlessDamaged(() => readIndex(folder))
  const known = room.media.indexSequence(mediumId)
  if (index === undefined || index.sequence >= known) return
  const about = { found: index.sequence, known }
  record({
    ...{
      unitKey: `medium|${INDEX_FILE}`,
      subject: INDEX_FILE,
      outcome: 'damaged',
      code: 'BACKUP_SET_DAMAGED',
    },
    details: { file: INDEX_FILE, reason: 'rolled-back', ...about },
  })
  room.catalogue.transaction(() => {
    room.tasks.open({
      ...{ origin: 'verify', subject: room.media.get(mediumId).number },
      findings: [{ code: 'problems', details: { count: 1, 'rolled-back': 1 } }],
    })
    noteDeed(room, {
      ...{
        action: 'backup.unverified',
        mediumId,
        by: startedBy,
        result: 'failed',
        code: 'BACKUP_SET_DAMAGED',
      },
      details: { file: INDEX_FILE, ...about },
    })
  })
}
