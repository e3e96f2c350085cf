import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import type { WantedObject } from './copy-objects.ts'
import type { FileEntry } from './documents.ts'
import { GROUPS, isObjectName, OBJECTS } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { byGroup, type ListedObject, listedObjects } from './object-list.ts'
import type { PastCacheReader } from './past-cache-reader.ts'
import { sizeOf } from './store-file.ts'

/** How the vault and the medium stand in one group of names. */
export interface GroupPlan {
  /** On the medium, with what is known of it. */
  readonly kept: readonly ListedObject[]
  readonly wanted: readonly WantedObject[]
  /** Named by the catalogue, and in the vault no more. */
  readonly missing: readonly string[]
  /** Those of `wanted` that the medium once had. */
  readonly lost: readonly string[]
}

export interface GroupPlanParts {
  readonly folder: string
  readonly vaultFolder: string
  readonly objectNames: (group: string) => Iterable<string>
  /** The list of the snapshot before. */
  readonly previous: FileEntry | undefined
  /** Reads what stands on the medium again instead of trusting it; without it nothing is read. */
  readonly reread: PastCacheReader | undefined
  /** Reads what an interrupted run left, which no snapshot knows; without it such objects count as wanted nowhere. */
  readonly reader: PastCacheReader | undefined
  readonly signal?: AbortSignal | undefined
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  try {
    for await (const { name } of await opendir(folder)) if (isObjectName(name)) found.add(name)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  return found
}

/** Group by group, so that no list stands in memory whole. */
export async function* groupPlans(parts: GroupPlanParts): AsyncGenerator<GroupPlan> {
  const { folder, previous, signal } = parts
  const list = byGroup(previous === undefined ? nothing() : listedObjects(folder, previous))
  try {
    for (const group of GROUPS) {
      signal?.throwIfAborted()
      yield await groupPlan(parts, group, await onMedium('backup.read', () => list.take(group)))
    }
  } finally {
    await list.close()
  }
}

async function* nothing(): AsyncGenerator<ListedObject> {
  // No snapshot, nothing listed.
}

async function groupPlan(
  { folder, vaultFolder, objectNames, reread, reader, signal }: GroupPlanParts,
  group: string,
  listed: ReadonlyMap<string, ListedObject>,
): Promise<GroupPlan> {
  const there = await onMedium('backup.read', () => namesIn(join(folder, OBJECTS, group)))
  const digest = async (from: PastCacheReader, name: string): Promise<ListedObject | undefined> => {
    signal?.throwIfAborted()
    return await onMedium('backup.read', async () => {
      try {
        return { name, ...(await from.digest(join(folder, objectPath(name)), signal)) }
      } catch (error) {
        // What cannot be read is damaged; whether the drive itself is gone shows at the next step.
        if (isErrno(error, 'ENOENT', 'EIO')) return undefined
        throw error
      }
    })
  }
  const keptOf = async (name: string): Promise<ListedObject | undefined> => {
    const known = listed.get(name)
    if (!there.has(name)) return undefined
    if (known === undefined)
      return reader === undefined ? { name, size: 0, sha256: '' } : await digest(reader, name)
    if (reread === undefined) return known
    return (await digest(reread, name))?.sha256 === known.sha256 ? known : undefined
  }
  const kept: ListedObject[] = []
  const wanted: WantedObject[] = []
  const missing: string[] = []
  const lost: string[] = []
  for (const name of objectNames(group)) {
    const found = await keptOf(name)
    if (found !== undefined) {
      kept.push(found)
      continue
    }
    const size = await sizeOf(join(vaultFolder, objectPath(name)))
    if (size === undefined) {
      missing.push(name)
      continue
    }
    wanted.push({ name, size })
    if (listed.has(name)) lost.push(name)
  }
  return { kept, wanted, missing, lost }
}
