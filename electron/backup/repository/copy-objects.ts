import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import type { FileLanes } from './file-lanes.ts'
import { inTurns } from './file-turns.ts'
import { INCOMING } from './layout.ts'
import type { ListedObject } from './object-list.ts'
import { syncDrive } from './sync-drive.ts'

/** So much is written before the drive is asked to keep it. */
const BATCH_OBJECTS = 2048
const BATCH_BYTES = 96 * 1024 * 1024

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
  readonly files: FileLanes
  /** The folder whose `objects/` is copied from. */
  readonly from: string
  /** The folder whose `objects/` is copied to; it has an `incoming/` too. */
  readonly to: string
  readonly reading: Side
  readonly writing: Side
  readonly signal?: AbortSignal | undefined
  /** Called for each object that stands in its place; it survives a power cut when all of this has returned. */
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

/**
 * Copies sealed objects as they are, in batches: temporary files, all of them synced, then renamed. An object under its
 * own name is therefore whole. Throws what the medium answers, SYSTEM_* errors of the source, and CALL_CANCELLED.
 */
export async function copyObjects(
  wanted: AsyncIterable<WantedObject>,
  { files, from, to, reading, writing, signal, copied, vanished, damaged, progress }: CopyObjectsParts,
): Promise<void> {
  let batch: Written[] = []
  let pendingBytes = 0
  /** In which names changed that the drive was not yet asked to keep. */
  const folders = new Set<string>()
  let number = 0
  let written = 0

  const copyTurn = async (turn: readonly WantedObject[]): Promise<void> => {
    const pairs = turn.map(({ name }) => {
      number += 1
      return { from: join(from, objectPath(name)), to: join(to, INCOMING, `${number}.tmp`) }
    })
    const outcomes = await files.copy(pairs, signal)
    for (const [at, { name, sha256: expected }] of turn.entries()) {
      const outcome = outcomes[at]
      const pair = pairs[at]
      if (outcome === undefined || pair === undefined) return
      if ('error' in outcome) {
        const { error, at: side } = outcome
        if (side === 'from' && isErrno(error, 'ENOENT') && (await isGone(pair.from))) vanished(name)
        else if (side === 'from') await reading('backup.read', () => Promise.reject(error))
        else await writing('backup.write', () => Promise.reject(error))
        continue
      }
      const object = { name, size: outcome.size, sha256: outcome.sha256 }
      const sound = expected === undefined || expected === object.sha256
      batch.push({ object, temporary: pair.to, sound })
      written += object.size
    }
    progress?.(written)
  }

  const settle = async (group: readonly Written[]) => {
    await writing('backup.write', async () => {
      if (!(await syncDrive(to)))
        await inTurns(
          files,
          group.map(({ temporary }) => ({ temporary, size: 0 })),
          (turn) => files.keep(turn.map(({ temporary }) => temporary)),
        )
      const moves: { readonly from: string; readonly to: string; readonly size: number }[] = []
      for (const { object, temporary, sound } of group) {
        if (!sound) {
          await rm(temporary, { force: true })
          continue
        }
        const place = join(to, objectPath(object.name))
        moves.push({ from: temporary, to: place, size: 0 })
        folders.add(join(place, '..'))
      }
      await inTurns(files, moves, (turn) =>
        files.rename(turn.map((move) => ({ from: move.from, to: move.to }))),
      )
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
    await inTurns(files, pending, copyTurn)
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
    await writing('backup.write', async () => {
      if (folders.size > 0 && !(await syncDrive(to))) for (const folder of folders) await syncFolder(folder)
    })
  } catch (error) {
    // What was written whole is kept, if the drive still answers; the rest is swept away by the next run.
    await settling.catch(() => undefined)
    await settle(batch).catch(() => undefined)
    throw error
  }
}
