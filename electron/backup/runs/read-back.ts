import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import { type CheckResult, type CheckSetOptions, checkSet, type SetProblem } from '../repository/check-set.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { GROUPS, partFile } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { byGroup, type ListedObject, listedObjects } from '../repository/object-list.ts'
import { type PastCacheReader, pastCacheReader } from '../repository/past-cache-reader.ts'
import { readSnapshot } from '../repository/set.ts'

const LANES = 4

/**
 * What a snapshot brought to the medium, read back and hashed, after a quick look at the whole set. What earlier
 * snapshots brought was read back with them, and is read again by a full check.
 */
export async function readBack(
  folder: string,
  snapshotId: string,
  options: Omit<CheckSetOptions, 'depth'>,
): Promise<CheckResult> {
  const { signal } = options
  const quick = await checkSet(folder, { ...options, depth: 'quick' })
  const { document } = await readSnapshot(folder, snapshotId)
  const before = document.previous === null ? undefined : await previousOf(folder, document.previous.id)
  const readers = Array.from({ length: LANES }, () => pastCacheReader())
  const problems: SetProblem[] = [...quick.problems]
  const named = new Set(problems.map(({ file }) => file))
  let bytes = 0
  let objects = 0
  const check = async (reader: PastCacheReader, file: string, size: number, sha256: string) => {
    signal?.throwIfAborted()
    // Named by the quick look already.
    if (named.has(file)) return
    const reason = await onMedium('backup.read', async () => {
      try {
        const found = await reader.digest(join(folder, file), signal)
        return found.sha256 === sha256 && found.size === size ? undefined : ('changed' as const)
      } catch (error) {
        if (isErrno(error, 'EIO')) return 'unreadable' as const
        throw error
      }
    })
    bytes += size
    if (reason !== undefined) problems.push({ file, reason, snapshots: [snapshotId] })
  }
  const inLanes = async (items: readonly { file: string; size: number; sha256: string }[]) => {
    const queue = items.values()
    await Promise.all(
      readers.map(async (reader) => {
        for (const { file, size, sha256 } of queue) await check(reader, file, size, sha256)
      }),
    )
  }

  const had = new Set(partsOf(before).map(({ sha256 }) => sha256))
  await inLanes(
    partsOf(document)
      .filter(({ sha256 }) => !had.has(sha256))
      .map(({ sha256, size }) => ({ file: partFile(sha256), size, sha256 })),
  )
  if (!document.objects.parts.some(({ sha256 }) => named.has(partFile(sha256)))) {
    const now = byGroup(listedObjects(folder, document.objects))
    const then = before === undefined ? undefined : byGroup(listedObjects(folder, before.objects))
    try {
      for (const group of GROUPS) {
        const known: ReadonlyMap<string, ListedObject> = (await then?.take(group)) ?? new Map()
        const brought = [...(await now.take(group)).values()].filter(
          ({ name, sha256 }) => known.get(name)?.sha256 !== sha256,
        )
        await inLanes(brought.map(({ name, size, sha256 }) => ({ file: objectPath(name), size, sha256 })))
        objects += brought.length
      }
    } finally {
      await now.close()
      await then?.close()
    }
  }
  return { ...quick, problems, bytes, objects, pastCache: readers.every((reader) => reader.pastCache()) }
}

async function previousOf(folder: string, id: string): Promise<SnapshotDocument | undefined> {
  try {
    return (await readSnapshot(folder, id)).document
  } catch (error) {
    // Pruned meanwhile, or damaged and named by the quick look: then everything is read.
    if (error instanceof AppError && error.code.startsWith('BACKUP_S')) return undefined
    throw error
  }
}

function partsOf(document: SnapshotDocument | undefined) {
  if (document === undefined) return []
  return [...document.files, document.objects].flatMap(({ parts }) => parts)
}
