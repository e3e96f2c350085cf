import type { RunReason } from '../../../shared/domain/backup/automation.ts'
import type { JobWork } from '../../jobs/index.ts'
import { type BackupRoom, nameOf, noteDeed, signerOf } from '../backup-room.ts'
import { placeReaderFiles } from '../reader-files.ts'
import { type BackupKind, type BackupResult, backUp } from '../repository/back-up.ts'
import { missingCount } from '../repository/documents.ts'
import { currentIndex, readSet, readSnapshot } from '../repository/set.ts'
import { refuseCaseCopy } from '../restoring/case-copy.ts'
import { adoptSnapshots } from './adopt-snapshots.ts'
import { nameRolledBackIndex, noteIndexWritten } from './index-sequence.ts'
import { proveNew } from './prove-new.ts'
import { stageVault } from './stage-vault.ts'

/** What a running job lends to what it does. */
export type Work = Pick<JobWork<unknown>, 'jobId' | 'signal' | 'progress' | 'record' | 'startedBy'>

const SHORT_NAME = 12

/** The newest snapshot of a set, if any. */
async function newestOf(folder: string, vaultId: string) {
  const index = await currentIndex(folder, await readSet(folder, vaultId))
  const newest = index.snapshots.at(-1)
  return newest === undefined
    ? undefined
    : { folder, snapshot: (await readSnapshot(folder, newest.id)).document }
}

/**
 * Brings a medium up to what the vault holds now, and enters the snapshot into the register. Objects that are damaged
 * in the vault are named and left out: they come along as soon as they are whole again.
 */
export async function takeSnapshot(
  room: BackupRoom,
  medium: { readonly mediumId: string; readonly folder: string },
  { kind, reason }: { readonly kind: BackupKind; readonly reason: RunReason },
  { jobId, signal, progress, record, startedBy }: Work,
): Promise<BackupResult> {
  const { vault, catalogue } = room
  const { mediumId, folder } = medium
  refuseCaseCopy(catalogue)
  progress({ phase: 'staging', done: 0, total: null })
  await placeReaderFiles(folder, room.readerFolder)
  await nameRolledBackIndex(room, medium, { record, startedBy })
  await adoptSnapshots(room, mediumId, folder)
  const before = await newestOf(folder, vault.id)
  const staged = await stageVault(room, `backup-${jobId}`, before)
  try {
    progress({ phase: 'proving', done: 0, total: null })
    const damaged = await proveNew({
      ...{ vault, before, signal, record, objects: staged.objects },
      progress: (done) => progress({ done }),
    })
    if (damaged.size > 0) {
      // The watch over the log turns this into an alarm (domain.md §10, A10).
      noteDeed(room, {
        ...{ action: 'fixity.failed', mediumId, by: null, result: 'failed', code: 'VAULT_OBJECT_DAMAGED' },
        details: { damaged: damaged.size },
      })
      room.tasks.open({
        origin: 'backup',
        subject: room.media.get(mediumId).number,
        findings: [{ code: 'vault-damaged', details: { count: damaged.size } }],
      })
    }
    const result = await backUp({
      ...{ folder, kind, signal, files: staged.files, counts: staged.counts, audit: staged.audit },
      vault: {
        id: vault.id,
        unitName: catalogue.desk.setting('unitName') ?? vault.unitName,
        folder: vault.folder,
      },
      objectNames: (group) => namesOf(staged.objects(group), damaged),
      damaged,
      ...{ signer: signerOf(room), now: room.now, random: room.random, progress },
    })
    for (const name of result.missing)
      record({
        ...{ unitKey: `object|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'missing' },
        code: 'VAULT_OBJECT_MISSING',
      })
    await noteIndexWritten(room, mediumId, folder)
    const { document } = await readSnapshot(folder, result.snapshotId)
    catalogue.transaction(() => {
      room.snapshots.insert({
        ...{ snapshotId: result.snapshotId, mediumId, createdAt: document.createdAt, kind, reason },
        ...{ ...staged.counts, objects: result.objects, bytes: result.objectBytes },
        ...{ bytesWritten: result.bytesWritten, firstCase: staged.firstCase, lastCase: staged.lastCase },
        ...{ objectsSha256: result.objectsSha256, snapshotSha256: result.snapshotSha256 },
        ...{ missing: missingCount(document), missingNames: document.missing },
        by: nameOf(room, startedBy),
        ...{ verifiedAt: null, verifiedBy: null, verifyResult: 'not-yet', prunedAt: null },
      })
      noteDeed(room, {
        ...{ action: 'backup.finished', mediumId, by: startedBy },
        details: {
          ...{ snapshot: result.snapshotId, kind, objects: result.objects, newObjects: result.newObjects },
          ...{ bytesWritten: result.bytesWritten, missing: result.missing.length, damaged: damaged.size },
          ...{ objectsSha256: result.objectsSha256, reason },
        },
      })
    })
    room.changed()
    return result
  } finally {
    await staged.close()
  }
}

function namesOf(rows: Iterable<{ readonly objectName: string }>, without: ReadonlySet<string>): Set<string> {
  const names = new Set<string>()
  for (const { objectName } of rows) if (!without.has(objectName)) names.add(objectName)
  return names
}
