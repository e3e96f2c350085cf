import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeFully } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import { INCOMING, objectFile } from './layout.ts'
import type { ListedObject } from './object-list.ts'

/** Objects in flight at once: while one waits for the drive, another is read and hashed. */
const LANES = 6
/** So much is written before the drive is asked to keep it. */
const BATCH_OBJECTS = 256
const BATCH_BYTES = 48 * 1024 * 1024
/** Larger ones go through in pieces. */
const WHOLE_BYTES = 4 * 1024 * 1024
const PIECE_BYTES = 1024 * 1024

/** One that waits to be copied. */
export interface WantedObject {
  readonly name: string
  readonly size: number
  /** What the sealed bytes must be; what differs is not copied. */
  readonly sha256?: string
}

/** Runs what touches one side, so that its failures are told from the other side's. */
export type Side = <T>(operation: string, work: () => Promise<T>) => Promise<T>

export interface CopyObjectsParts {
  /** The folder whose `objects/` is copied from. */
  readonly from: string
  /** The folder whose `objects/` is copied to; it has an `incoming/` too. */
  readonly to: string
  readonly reading: Side
  readonly writing: Side
  readonly signal?: AbortSignal | undefined
  /** Called for each object once its batch survives a power cut. */
  readonly copied: (object: ListedObject) => void
  /** Bytes that were written and are not yet counted by `copied`. */
  readonly progress?: (bytes: number) => void
  /** The source has it no more: moved away since it was listed. */
  readonly vanished: (name: string) => void
  /** The source has other bytes than expected; nothing was copied. */
  readonly damaged?: (name: string) => void
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Off the main thread: hashing and writing overlap.
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}

interface Written {
  readonly object: ListedObject
  readonly temporary: string
  readonly file: FileHandle
  /** As it was expected to be. */
  readonly sound: boolean
}

async function isGone(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) === undefined
}

async function writeWhole(bytes: Uint8Array, temporary: string, writing: Side): Promise<FileHandle> {
  return await writing('backup.write', async () => {
    const file = await open(temporary, 'w', 0o600)
    try {
      await writeFully(file, bytes)
      return file
    } catch (error) {
      await file.close()
      throw error
    }
  })
}

async function copyInPieces(
  path: string,
  temporary: string,
  writing: Side,
  signal?: AbortSignal,
): Promise<{ readonly file: FileHandle; readonly sha256: string; readonly size: number }> {
  await using source = await open(path, 'r')
  const file = await writing('backup.write', () => open(temporary, 'w', 0o600))
  try {
    const hash = createHash('sha256')
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    let size = 0
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await source.read(piece, 0, PIECE_BYTES, size)
      if (bytesRead === 0) return { file, sha256: hash.digest('hex'), size }
      const bytes = piece.subarray(0, bytesRead)
      hash.update(bytes)
      await writing('backup.write', () => writeFully(file, bytes))
      size += bytesRead
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * Copies sealed objects as they are, in batches: temporary files, all of them synced, then renamed. An object under its
 * own name is therefore whole. Throws what the medium answers, SYSTEM_* errors of the source, and CALL_CANCELLED.
 */
export async function copyObjects(
  wanted: AsyncIterable<WantedObject>,
  { from, to, reading, writing, signal, copied, vanished, damaged, progress }: CopyObjectsParts,
): Promise<void> {
  let batch: Written[] = []
  let pendingBytes = 0
  let number = 0
  let written = 0

  const take = (object: ListedObject, expected: string | undefined, temporary: string, file: FileHandle) => {
    batch.push({ object, temporary, file, sound: expected === undefined || expected === object.sha256 })
    written += object.size
    progress?.(written)
  }

  const copyOne = async ({ name, size, sha256: expected }: WantedObject): Promise<void> => {
    signal?.throwIfAborted()
    const path = join(from, objectFile(name))
    number += 1
    const temporary = join(to, INCOMING, `${number}.tmp`)
    const found = await reading('backup.read', async () => {
      try {
        if (size > WHOLE_BYTES) return await copyInPieces(path, temporary, writing, signal)
        return await readFile(path)
      } catch (error) {
        if (isErrno(error, 'ENOENT') && (await isGone(path))) return undefined
        throw error
      }
    })
    if (found === undefined) return vanished(name)
    if ('file' in found) {
      take({ name, size: found.size, sha256: found.sha256 }, expected, temporary, found.file)
      return
    }
    const bytes = found as Uint8Array<ArrayBuffer>
    const [sha256, file] = await Promise.all([sha256Of(bytes), writeWhole(bytes, temporary, writing)])
    take({ name, size: bytes.length, sha256 }, expected, temporary, file)
  }

  const settle = async () => {
    const group = batch
    batch = []
    pendingBytes = 0
    written = 0
    const folders = new Set<string>()
    await writing('backup.write', async () => {
      try {
        await inLanes(group, async ({ file }) => {
          await file.datasync()
        })
      } finally {
        await Promise.all(group.map(({ file }) => file.close()))
      }
      for (const { object, temporary, sound } of group) {
        if (!sound) {
          await rm(temporary, { force: true })
          continue
        }
        await rename(temporary, join(to, objectFile(object.name)))
        folders.add(join(to, objectFile(object.name), '..'))
      }
      for (const folder of folders) await syncFolder(folder)
    })
    for (const { object, sound } of group) {
      if (sound) copied(object)
      else damaged?.(object.name)
    }
  }

  try {
    let pending: WantedObject[] = []
    const run = async () => {
      await inLanes(pending, copyOne)
      pending = []
      await settle()
    }
    for await (const object of wanted) {
      signal?.throwIfAborted()
      pending.push(object)
      pendingBytes += object.size
      if (pending.length >= BATCH_OBJECTS || pendingBytes >= BATCH_BYTES) await run()
    }
    if (pending.length > 0) await run()
  } catch (error) {
    await Promise.all(batch.map(({ file }) => file.close().catch(() => undefined)))
    for (const { temporary } of batch) await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  let stopped = false
  const lane = async () => {
    for (const item of queue) {
      if (stopped) return
      try {
        await work(item)
      } catch (error) {
        stopped = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: LANES }, lane))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
