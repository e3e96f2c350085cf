import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder, writeFileAtomically } from '../../atomic-write.ts'
import { isErrno, withSystemErrors } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import { copyObjects, type WantedObject } from './copy-objects.ts'
import type { FileEntry, SnapshotDocument } from './documents.ts'
import { openFileLanes } from './file-lanes.ts'
import { driveSpace } from './free-space.ts'
import { INCOMING, partFile } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { listedObjects } from './object-list.ts'
import { readSnapshot } from './set.ts'
import { makeVaultFolders, requireEmpty } from './target-folder.ts'

export interface RestoreOptions {
  /** Absent or empty: nothing is ever written over. */
  readonly target: string
  readonly signal?: AbortSignal | undefined
  readonly progress?: (change: {
    readonly done: number
    readonly total: number
    readonly bytes: number
  }) => void
}

export interface RestoreResult {
  readonly snapshot: SnapshotDocument
  readonly objects: number
  readonly bytes: number
  /** Files that could not be restored, as the medium has them damaged or no more. */
  readonly problems: readonly { readonly file: string; readonly reason: 'missing' | 'changed' }[]
}

/** The bytes of a file from its parts. Throws BACKUP_SET_DAMAGED when any differ from what was written down. */
export async function* bytesOf(folder: string, { name, parts, sha256 }: FileEntry): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for (const part of parts) {
    const stream = createReadStream(join(folder, partFile(part.sha256)), { highWaterMark: 1024 * 1024 })
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        hash.update(piece)
        yield piece
      }
    } catch (error) {
      if (isErrno(error, 'ENOENT'))
        throw new AppError('BACKUP_SET_DAMAGED', { file: name, reason: 'missing' })
      throw error
    }
  }
  if (hash.digest('hex') !== sha256)
    throw new AppError('BACKUP_SET_DAMAGED', { file: name, reason: 'changed' })
}

/**
 * Puts a snapshot into a folder of its own, checking every byte against what was written down. Objects that the medium
 * has damaged are left out and named; a damaged catalogue or header stops it. The header comes last, so that a half
 * restored folder is no vault. Throws BACKUP_TARGET_IN_USE, BACKUP_SNAPSHOT_MISSING, BACKUP_SET_DAMAGED,
 * BACKUP_NO_SPACE, BACKUP_MEDIUM_GONE, CALL_CANCELLED and SYSTEM_* errors.
 */
export async function restoreSnapshot(
  folder: string,
  id: string,
  { target, signal, progress }: RestoreOptions,
): Promise<RestoreResult> {
  const { document } = await readSnapshot(folder, id)
  await requireEmpty(target)
  await makeVaultFolders(target)
  const fileBytes = document.files.reduce((sum, { size }) => sum + size, 0)
  const neededBytes = Math.ceil((document.counts.objectBytes + fileBytes) * 1.02)
  const { freeBytes } = await driveSpace(target)
  if (freeBytes < neededBytes) throw new AppError('BACKUP_NO_SPACE', { neededBytes, freeBytes })

  const problems: { file: string; reason: 'missing' | 'changed' }[] = []
  const total = document.counts.objects
  let [done, bytes] = [0, 0]
  const wanted = async function* (): AsyncGenerator<WantedObject> {
    for await (const { name, size, sha256 } of listedObjects(folder, document.objects))
      yield { name, size, sha256 }
  }
  await using files = openFileLanes()
  await copyObjects(wanted(), {
    files,
    from: folder,
    to: target,
    reading: onMedium,
    writing: withSystemErrors,
    signal,
    copied: ({ size }) => {
      done += 1
      bytes += size
      progress?.({ done, total, bytes })
    },
    vanished: (name) => problems.push({ file: objectPath(name), reason: 'missing' }),
    damaged: (name) => problems.push({ file: objectPath(name), reason: 'changed' }),
  })
  const headerLast = document.files.toSorted((a, b) => Number(isHeader(a)) - Number(isHeader(b)))
  for (const entry of headerLast) {
    signal?.throwIfAborted()
    await writeFileAtomically(join(target, entry.name), bytesOf(folder, entry), {
      ...(signal === undefined ? {} : { signal }),
    })
    bytes += entry.size
    progress?.({ done, total, bytes })
  }
  await withSystemErrors('backup.restore', async () => {
    await rm(join(target, INCOMING), { recursive: true, force: true })
    await mkdir(join(target, INCOMING), { mode: 0o700 })
    await syncFolder(target)
  })
  return { snapshot: document, objects: done, bytes, problems }
}

const isHeader = ({ name }: FileEntry): boolean => name === 'vault.json'
