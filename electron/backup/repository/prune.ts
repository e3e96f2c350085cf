import { opendir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import type { BackupSigner, SnapshotDocument } from './documents.ts'
import { FILES, GROUPS, isObjectName, OBJECTS, SNAPSHOTS, snapshotFile } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { byGroup, listedObjects } from './object-list.ts'
import { currentIndex, readSet, readSnapshot, snapshotIds, writeIndex } from './set.ts'
import { sizeOf, sweepIncoming } from './store-file.ts'

export interface PruneParts {
  readonly folder: string
  readonly vaultId: string
  /** The snapshots that go. */
  readonly remove: ReadonlySet<string>
  readonly signer: BackupSigner
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
  readonly progress?: (change: { readonly done: number; readonly total: number }) => void
}

export interface PruneResult {
  readonly removed: readonly string[]
  readonly objects: number
  readonly bytes: number
}

/**
 * Removes snapshots, and then what no snapshot that lies on the medium needs. The index says first that they went, so
 * that a crash half-way is finished by the next call. Nothing goes while any other snapshot cannot be read, because
 * what that one needs is unknown, and no unverified snapshot goes at all. Throws BACKUP_SET_DAMAGED,
 * BACKUP_KEEPS_NOTHING, BACKUP_MEDIUM_* and CALL_CANCELLED.
 */
export async function pruneSet(parts: PruneParts): Promise<PruneResult> {
  const { folder, signal } = parts
  const set = await readSet(folder, parts.vaultId)
  await sweepIncoming(folder)
  const index = await currentIndex(folder, set)
  const going = index.snapshots.filter(({ id }) => parts.remove.has(id))
  const staying = index.snapshots.filter(({ id }) => !parts.remove.has(id))
  if (going.some(({ verifiedAt }) => verifiedAt === null))
    throw new AppError('CALL_INVALID_INPUT', { field: 'remove', reason: 'unverified' })
  if (going.length > 0 && !staying.some(({ verifiedAt }) => verifiedAt !== null))
    throw new AppError('BACKUP_KEEPS_NOTHING')

  // Everything that lies there and is not about to go is needed, listed in the index or not.
  const gone = new Set([...index.pruned.map(({ id }) => id), ...going.map(({ id }) => id)])
  const needed: SnapshotDocument[] = []
  for (const { id } of staying) needed.push((await readSnapshot(folder, id)).document)
  for (const id of await snapshotIds(folder))
    if (!gone.has(id) && !staying.some((one) => one.id === id))
      needed.push((await readSnapshot(folder, id)).document)

  if (going.length > 0) {
    const prunedAt = parts.now().toISOString()
    const pruned = [...index.pruned, ...going.map(({ id, sha256 }) => ({ id, sha256, prunedAt }))]
    await writeIndex(folder, { ...index, snapshots: staying, pruned }, parts.signer)
  }
  for (const id of await snapshotIds(folder)) {
    if (!gone.has(id)) continue
    await onMedium('backup.write', () => rm(join(folder, snapshotFile(id)), { force: true }))
  }
  await onMedium('backup.write', () => syncFolder(join(folder, SNAPSHOTS)))

  let [objects, bytes] = [0, 0]
  const lists = needed.map(({ objects: entry }) => byGroup(listedObjects(folder, entry)))
  try {
    for (const [at, group] of GROUPS.entries()) {
      signal?.throwIfAborted()
      const keep = new Set<string>()
      for (const list of lists)
        for (const name of (await onMedium('backup.read', () => list.take(group))).keys()) keep.add(name)
      const place = join(folder, OBJECTS, group)
      for (const name of await onMedium('backup.read', () => namesIn(place))) {
        if (!isObjectName(name) || keep.has(name)) continue
        bytes += (await sizeOf(join(place, name))) ?? 0
        await onMedium('backup.write', () => rm(join(place, name), { force: true }))
        objects += 1
      }
      parts.progress?.({ done: at + 1, total: GROUPS.length })
    }
  } finally {
    for (const list of lists) await list.close()
  }
  const kept = new Set(
    needed.flatMap((one) =>
      [...one.files, one.objects].flatMap((entry) => entry.parts.map(({ sha256 }) => sha256)),
    ),
  )
  const place = join(folder, FILES)
  for (const name of await onMedium('backup.read', () => namesIn(place))) {
    if (!isObjectName(name) || kept.has(name)) continue
    bytes += (await sizeOf(join(place, name))) ?? 0
    await onMedium('backup.write', () => rm(join(place, name), { force: true }))
  }
  return { removed: going.map(({ id }) => id), objects, bytes }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(folder)) names.push(name)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  return names
}
