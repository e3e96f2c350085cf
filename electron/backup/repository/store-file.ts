import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isAtomicWriteLeftover, syncFolder, writeFully } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import type { FileEntry } from './documents.ts'
import type { FileLanes } from './file-lanes.ts'
import { FILES, INCOMING, PART_BYTES, partFile, SNAPSHOTS } from './layout.ts'
import { onMedium } from './medium-errors.ts'

const PIECE_BYTES = 1024 * 1024

export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

interface Part {
  readonly sha256: string
  readonly size: number
  readonly written: boolean
}

/** Copies the next `PART_BYTES` of a file into a part on the medium; the name is known when it is written. */
async function storePart(
  files: FileLanes,
  folder: string,
  source: FileHandle,
  from: number,
  whole: ReturnType<typeof createHash>,
  signal?: AbortSignal,
): Promise<Part> {
  const temporary = join(folder, INCOMING, `part-${from}.tmp`)
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  let size = 0
  const file = await onMedium('backup.write', () => open(temporary, 'w', 0o600))
  try {
    try {
      while (size < PART_BYTES) {
        signal?.throwIfAborted()
        const wanted = Math.min(PIECE_BYTES, PART_BYTES - size)
        const { bytesRead } = await source.read(piece, 0, wanted, from + size)
        if (bytesRead === 0) break
        const bytes = piece.subarray(0, bytesRead)
        hash.update(bytes)
        whole.update(bytes)
        await onMedium('backup.write', () => writeFully(file, bytes))
        size += bytesRead
      }
      await onMedium('backup.write', () => file.sync())
    } finally {
      await file.close()
    }
    const sha256 = hash.digest('hex')
    const target = join(folder, partFile(sha256))
    const there = await onMedium('backup.write', () => sizeOf(target))
    if (there === size && (await isWhole(files, folder, { parts: [{ sha256, size }] }))) {
      await rm(temporary, { force: true })
      return { sha256, size, written: false }
    }
    await onMedium('backup.write', () => rename(temporary, target))
    return { sha256, size, written: true }
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

export interface StoredFile {
  readonly entry: FileEntry
  readonly bytesWritten: number
}

/**
 * Copies a file into `files/` on the medium, in parts that every drive takes, each written once under its SHA-256.
 * Returns when it survives a power cut.
 */
export async function storeFile(
  files: FileLanes,
  folder: string,
  name: string,
  path: string,
  signal?: AbortSignal,
): Promise<StoredFile> {
  await using source = await open(path, 'r')
  const { mtimeMs, size: sourceSize } = await source.stat()
  const whole = createHash('sha256')
  const parts: Part[] = []
  let size = 0
  for (let more = true; more; ) {
    const part = await storePart(files, folder, source, size, whole, signal)
    size += part.size
    if (part.size > 0 || parts.length === 0) parts.push(part)
    more = part.size === PART_BYTES
  }
  await onMedium('backup.write', () => syncFolder(join(folder, FILES)))
  const entry: FileEntry = {
    name,
    size,
    sha256: whole.digest('hex'),
    parts: parts.map(({ sha256, size: length }) => ({ sha256, size: length })),
    source: { size: sourceSize, changedMs: Math.round(mtimeMs) },
  }
  return { entry, bytesWritten: parts.reduce((sum, part) => sum + (part.written ? part.size : 0), 0) }
}

/** Whether every part of a file that an earlier snapshot names still stands there with its length. */
export async function hasAllParts(folder: string, { parts }: FileEntry): Promise<boolean> {
  for (const { sha256, size } of parts)
    if ((await sizeOf(join(folder, partFile(sha256)))) !== size) return false
  return true
}

/** Whether every part of a file is there, byte for byte. */
export async function isWhole(
  files: FileLanes,
  folder: string,
  { parts }: Pick<FileEntry, 'parts'>,
): Promise<boolean> {
  for (const { sha256 } of parts) {
    const [found] = await files.digest([join(folder, partFile(sha256))])
    if (found === undefined) return false
    if ('error' in found) {
      if (isErrno(found.error, 'ENOENT', 'EIO')) return false
      await onMedium('backup.read', () => Promise.reject(found.error))
    } else if (found.sha256 !== sha256) return false
  }
  return true
}

/** What an interrupted run left half-written. */
export async function sweepIncoming(folder: string): Promise<void> {
  await onMedium('backup.write', async () => {
    for (const name of await readdir(join(folder, INCOMING)))
      await rm(join(folder, INCOMING, name), { force: true, recursive: true })
    for (const place of ['', SNAPSHOTS])
      for (const name of await readdir(join(folder, place)))
        if (isAtomicWriteLeftover(name)) await rm(join(folder, place, name), { force: true })
  })
}
