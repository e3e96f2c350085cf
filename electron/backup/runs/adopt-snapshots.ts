import { AppError } from '../../../shared/errors.ts'
import type { BackupRoom } from '../backup-room.ts'
import { missingCount } from '../repository/documents.ts'
import { currentIndex, readSet, readSnapshot } from '../repository/set.ts'

/**
 * Enters into the register what lies on a medium and is not in it: a run that was cut off right after its snapshot
 * stood, or media of a vault that was itself restored. What cannot be read is left to the check.
 */
export async function adoptSnapshots(room: BackupRoom, mediumId: string, folder: string): Promise<void> {
  const known = new Set(room.snapshots.list(mediumId).map(({ snapshotId }) => snapshotId))
  try {
    const { snapshots } = await currentIndex(folder, await readSet(folder, room.vault.id))
    for (const { id, verifiedAt } of snapshots) {
      if (known.has(id)) continue
      const { document, sha256 } = await readSnapshot(folder, id)
      const { counts } = document
      room.snapshots.insert({
        ...{ snapshotId: id, mediumId, createdAt: document.createdAt, kind: document.kind },
        // Why it ran stands in the register alone.
        reason: 'asked',
        ...{ cases: counts.cases, volumes: counts.volumes, pages: counts.pages },
        ...{ objects: counts.objects, bytes: counts.objectBytes, bytesWritten: 0 },
        ...{ firstCase: '', lastCase: '', objectsSha256: document.objects.sha256, snapshotSha256: sha256 },
        ...{ missing: missingCount(document), missingNames: document.missing },
        ...{ by: document.signer.accountName },
        ...{ verifiedAt, verifiedBy: null, verifyResult: verifiedAt === null ? 'not-yet' : 'sound' },
        prunedAt: null,
      })
    }
  } catch (error) {
    if (!(error instanceof AppError) || !/^BACKUP_S(ET|NAPSHOT)_/.test(error.code)) throw error
  }
}
