import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import {
  type CheckResult,
  type CheckSetOptions,
  checkSet,
  type SetProblem,
  type SetProblemReason,
} from '../repository/check-set.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { type Digested, openFileLanes } from '../repository/file-lanes.ts'
import type { DigestOf } from '../repository/file-protocol.ts'
import { inTurns } from '../repository/file-turns.ts'
import { GROUPS, partFile } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { byGroup, type ListedObject, listedObjects } from '../repository/object-list.ts'
import { readSnapshot } from '../repository/set.ts'

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
  await using files = openFileLanes()
  const problems: SetProblem[] = [...quick.problems]
  const named = new Set(problems.map(({ file }) => file))
  let bytes = 0
  let objects = 0
  const reasonOf = (found: Digested | undefined, expected: DigestOf): SetProblemReason | undefined => {
    if (found === undefined) return undefined
    if (!('error' in found))
      return found.sha256 === expected.sha256 && found.size === expected.size ? undefined : 'changed'
    if (isErrno(found.error, 'EIO')) return 'unreadable'
    throw found.error
  }
  const check = async (brought: readonly (DigestOf & { readonly file: string })[]) => {
    // Some are named by the quick look already.
    const unnamed = brought.filter(({ file }) => !named.has(file))
    await onMedium('backup.read', () =>
      inTurns(files, unnamed, async (turn) => {
        const found = await files.digest(
          turn.map(({ file }) => join(folder, file)),
          signal,
        )
        for (const [at, expected] of turn.entries()) {
          const reason = reasonOf(found[at], expected)
          bytes += expected.size
          if (reason !== undefined) problems.push({ file: expected.file, reason, snapshots: [snapshotId] })
        }
      }),
    )
  }

  const had = new Set(partsOf(before).map(({ sha256 }) => sha256))
  await check(
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
        await check(brought.map(({ name, size, sha256 }) => ({ file: objectPath(name), size, sha256 })))
        objects += brought.length
      }
    } finally {
      await now.close()
      await then?.close()
    }
  }
  return { ...quick, problems, bytes, objects, pastCache: files.pastCache() }
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
