import { createHash } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeFully } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import { INCOMING } from './layout.ts'
import type { ListedObject } from './object-list.ts'
import { syncDrive } from './sync-drive.ts'

/** Objects in flight at once: while one waits for the drive, another is read and hashed. */
const LANES = 6
/** So much is written before the drive is asked to keep it. */
const BATCH_OBJECTS = 2048
const BATCH_BYTES = 192 * 1024 * 1024
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

interface Written {
  readonly object: ListedObject
  readonly temporary: string
  /** As it was expected to be. */
  readonly sound: boolean
}

async function isGone(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) === undefined
}

async function writeWhole(bytes: Uint8Array, temporary: string, writing: Side): Promise<void> {
  await writing('backup.write', async () => {
    await using file = await open(temporary, 'w', 0o600)
    await writeFully(file, bytes)
  })
}

/** What stands in a file, in a buffer that is used again; `undefined` when it does not fit. */
async function readInto(block: Buffer, path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r')
  try {
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(block, length, block.length - length, length)
      length += bytesRead
      if (length === block.length) return undefined
      // A regular file gives less than was asked for only at its end.
      if (bytesRead === 0 || length < block.length) return block.subarray(0, length)
    }
  } finally {
    await file.close()
  }
}

async function copyInPieces(
  path: string,
  temporary: string,
  writing: Side,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly size: number }> {
  await using source = await open(path, 'r')
  await using file = await writing('backup.write', () => open(temporary, 'w', 0o600))
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  let size = 0
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await source.read(piece, 0, PIECE_BYTES, size)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
    const bytes = piece.subarray(0, bytesRead)
    hash.update(bytes)
    await writing('backup.write', () => writeFully(file, bytes))
    size += bytesRead
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
  const blocks = Array.from({ length: LANES }, () => Buffer.allocUnsafeSlow(WHOLE_BYTES))
  let batch: Written[] = []
  let pendingBytes = 0
  let number = 0
  let written = 0

  const take = (object: ListedObject, expected: string | undefined, temporary: string) => {
    batch.push({ object, temporary, sound: expected === undefined || expected === object.sha256 })
    written += object.size
    progress?.(written)
  }

  const copyOne = async ({ name, size, sha256: expected }: WantedObject, block: Buffer): Promise<void> => {
    signal?.throwIfAborted()
    const path = join(from, objectPath(name))
    number += 1
    const temporary = join(to, INCOMING, `${number}.tmp`)
    const found = await reading('backup.read', async () => {
      try {
        const whole = size < WHOLE_BYTES ? await readInto(block, path) : undefined
        return whole ?? (await copyInPieces(path, temporary, writing, signal))
      } catch (error) {
        if (isErrno(error, 'ENOENT') && (await isGone(path))) return undefined
        throw error
      }
    })
    if (found === undefined) return vanished(name)
    if ('sha256' in found) {
      take({ name, ...found }, expected, temporary)
      return
    }
    const sha256 = createHash('sha256').update(found).digest('hex')
    await writeWhole(found, temporary, writing)
    take({ name, size: found.length, sha256 }, expected, temporary)
  }

  const settle = async (group: readonly Written[]) => {
    await writing('backup.write', async () => {
      if (!(await syncDrive(to)))
        await inLanes(
          group,
          async ({ temporary }) => {
            await using file = await open(temporary, 'r+')
            await file.datasync()
          },
          blocks,
        )
      const folders = new Set<string>()
      for (const { object, temporary, sound } of group) {
        if (!sound) {
          await rm(temporary, { force: true })
          continue
        }
        await rename(temporary, join(to, objectPath(object.name)))
        folders.add(join(to, objectPath(object.name), '..'))
      }
      if (!(await syncDrive(to))) for (const folder of folders) await syncFolder(folder)
    })
    for (const { object, sound } of group) {
      written -= object.size
      if (sound) copied(object)
      else damaged?.(object.name)
    }
  }

  // While the drive is asked to keep one batch, the next is read and written.
  let settling: Promise<void> = Promise.resolve()
  let pending: WantedObject[] = []
  const run = async () => {
    await inLanes(pending, copyOne, blocks)
    pending = []
    pendingBytes = 0
    const group = batch
    batch = []
    await settling
    settling = settle(group)
    // Its failure is thrown where it is waited for.
    settling.catch(() => undefined)
  }
  try {
    for await (const object of wanted) {
      signal?.throwIfAborted()
      pending.push(object)
      pendingBytes += object.size
      if (pending.length >= BATCH_OBJECTS || pendingBytes >= BATCH_BYTES) await run()
    }
    if (pending.length > 0) await run()
    await settling
  } catch (error) {
    // What was written whole is kept, if the drive still answers; the rest is swept away by the next run.
    await settling.catch(() => undefined)
    await settle(batch).catch(() => undefined)
    throw error
  }
}

/** Works on items, one a tool at a time; nothing new begins after a failure, and what is under way is waited for. */
async function inLanes<T, B>(
  items: readonly T[],
  work: (item: T, tool: B) => Promise<void>,
  tools: readonly B[],
): Promise<void> {
  const queue = items.values()
  let stopped = false
  const lane = async (tool: B) => {
    for (const item of queue) {
      if (stopped) return
      try {
        await work(item, tool)
      } catch (error) {
        stopped = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(tools.map(lane))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
