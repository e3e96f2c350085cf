import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno, systemError } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import type { WantedObject } from './copy-objects.ts'
import type { FileEntry } from './documents.ts'
import type { FileLanes } from './file-lanes.ts'
import { inTurns } from './file-turns.ts'
import { GROUPS, isObjectName, OBJECTS } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { byGroup, type ListedObject, listedObjects } from './object-list.ts'

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
  readonly files: FileLanes
  /**
   * What is read of that which stands on the medium: `all` of it, instead of trusting it; `unknown`, which an
   * interrupted run left and no snapshot knows; or `nothing`, when only the room that is needed is asked for.
   */
  readonly reading: 'all' | 'unknown' | 'nothing'
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
  { folder, vaultFolder, objectNames, files, reading, signal }: GroupPlanParts,
  group: string,
  listed: ReadonlyMap<string, ListedObject>,
): Promise<GroupPlan> {
  const there = await onMedium('backup.read', () => namesIn(join(folder, OBJECTS, group)))
  const kept: ListedObject[] = []
  const unread: { readonly name: string; readonly size: number }[] = []
  const absent: { readonly name: string; readonly size: number }[] = []
  for (const name of objectNames(group)) {
    const known = listed.get(name)
    if (!there.has(name)) absent.push({ name, size: 0 })
    else if (reading === 'nothing') kept.push(known ?? { name, size: 0, sha256: '' })
    else if (known !== undefined && reading === 'unknown') kept.push(known)
    else unread.push({ name, size: known?.size ?? 0 })
  }
  await inTurns(files, unread, async (turn) => {
    const paths = turn.map(({ name }) => join(folder, objectPath(name)))
    const found = await files.digest(paths, signal)
    for (const [at, { name }] of turn.entries()) {
      const digested = found[at]
      if (digested === undefined) continue
      const known = listed.get(name)
      if ('error' in digested) {
        // What cannot be read is damaged; whether the drive itself is gone shows at the next step.
        if (!isErrno(digested.error, 'ENOENT', 'EIO'))
          await onMedium('backup.read', () => Promise.reject(digested.error))
        absent.push({ name, size: 0 })
      } else if (known === undefined || known.sha256 === digested.sha256) kept.push({ name, ...digested })
      else absent.push({ name, size: 0 })
    }
  })
  const wanted: WantedObject[] = []
  const missing: string[] = []
  const lost: string[] = []
  await inTurns(files, absent, async (turn) => {
    const paths = turn.map(({ name }) => join(vaultFolder, objectPath(name)))
    const found = await files.sizes(paths, signal)
    for (const [at, { name }] of turn.entries()) {
      const sized = found[at]
      if (sized === undefined) continue
      if ('error' in sized) throw systemError(sized.error, 'backup.read')
      const { size } = sized
      if (size === undefined) missing.push(name)
      else {
        wanted.push({ name, size })
        if (listed.has(name)) lost.push(name)
      }
    }
  })
  return { kept, wanted, missing, lost }
}
