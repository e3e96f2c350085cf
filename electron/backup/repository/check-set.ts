import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isErrno } from '../../errno.ts'
import { objectPath } from '../../vault/index.ts'
import type { FileEntry, SnapshotDocument } from './documents.ts'
import { openFileLanes } from './file-lanes.ts'
import { inTurns } from './file-turns.ts'
import { GROUPS, INDEX_FILE, isObjectName, OBJECTS, partFile, SET_FILE, snapshotFile } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { type NeededFile, reasonsOf } from './needed-files.ts'
import { byGroup, type ListedObject, listedObjects } from './object-list.ts'
import { drawSample } from './sample-draw.ts'
import { fileDigest, readIndex, readSet, readSnapshot, snapshotIds, successors } from './set.ts'

export type CheckDepth = 'quick' | 'sample' | 'full'

export type SetProblemReason =
  | 'missing'
  | 'size'
  | 'changed'
  | 'unreadable'
  | 'signature'
  /** Signed by a key that the vault does not know. */
  | 'unknown-signer'
  /** Lies on the medium, and nothing there says that it should. */
  | 'stranger'
  /** The vault's own register knows a newer or another one. */
  | 'rolled-back'

export interface SetProblem {
  /** The file on the medium, with `/`. */
  readonly file: string
  readonly reason: SetProblemReason
  /** Snapshots that are no longer whole because of it. */
  readonly snapshots: readonly string[]
}

export interface CheckSetOptions {
  /**
   * `quick`: everything is there with its length; `full`: every byte is read back and hashed; `sample`: as `quick`, and
   * documents, catalogues and the objects that are drawn are read back and hashed.
   */
  readonly depth: CheckDepth
  /** For `sample`: says which objects are drawn. */
  readonly seed?: string
  readonly vaultId?: string
  /** What the vault's register says of this set. */
  readonly expected?: readonly { readonly id: string; readonly sha256: string }[]
  /** How often the index was written, as the vault's register knows. */
  readonly knownSequence?: number
  readonly isKnownSigner?: (accountId: string, publicKey: Buffer) => boolean
  readonly signal?: AbortSignal | undefined
  readonly progress?: (change: {
    readonly done: number
    readonly total: number
    readonly bytes: number
  }) => void
}

export interface CheckResult {
  readonly snapshots: readonly string[]
  readonly objects: number
  readonly bytes: number
  readonly problems: readonly SetProblem[]
  /** Objects and parts that no snapshot needs: an interrupted run left them. */
  readonly unneeded: number
  /** Whether the medium itself was read, and not the system's memory of it. */
  readonly pastCache: boolean
  /** Of a sample: how many objects were read, and how many of these were not as they should be. */
  readonly sample: { readonly seed: string; readonly sampled: number; readonly unreadable: number } | null
  /** Whether a file was read, and not only looked at. */
  readonly wasRead: (file: string) => boolean
}

/** So many are looked at before the next lists are read. */
const WINDOW = 2048

/**
 * Proves a set whole, without the vault's keys: documents and signatures, index against snapshots, every object and
 * file of every snapshot. Names each fault instead of stopping at it. Throws BACKUP_SET_MISSING, BACKUP_SET_FOREIGN,
 * BACKUP_SET_TOO_NEW, BACKUP_MEDIUM_GONE and CALL_CANCELLED.
 */
export async function checkSet(folder: string, options: CheckSetOptions): Promise<CheckResult> {
  const { depth, signal } = options
  const problems: SetProblem[] = []
  const note = (file: string, reason: SetProblemReason, snapshots: readonly string[] = []) => {
    problems.push({ file, reason, snapshots })
  }
  await problemOf(SET_FILE, note, () => readSet(folder, options.vaultId))
  const index = await problemOf(INDEX_FILE, note, () => readIndex(folder))
  const there = await snapshotIds(folder)
  if (index === undefined && there.length > 0 && !problems.some(({ file }) => file === INDEX_FILE))
    note(INDEX_FILE, 'missing')

  if (index !== undefined && index.sequence < (options.knownSequence ?? 0)) note(INDEX_FILE, 'rolled-back')
  for (const [file, sha256] of Object.entries(index?.beside ?? {})) {
    const found = await fileDigest(folder, file)
    if (found !== sha256 && !problems.some((one) => one.file === file))
      note(file, found === undefined ? 'missing' : 'changed')
  }
  const documents: SnapshotDocument[] = []
  const digests = new Map<string, string>()
  for (const id of there) {
    const found = await problemOf(snapshotFile(id), note, () => readSnapshot(folder, id), [id])
    if (found === undefined) continue
    const { document, sha256 } = found
    documents.push(document)
    digests.set(id, sha256)
    const { accountId, publicKey } = document.signer
    if (options.isKnownSigner?.(accountId, Buffer.from(publicKey, 'base64')) === false)
      note(snapshotFile(id), 'unknown-signer', [id])
  }
  for (const { id, sha256 } of index?.snapshots ?? []) {
    if (!there.includes(id)) note(snapshotFile(id), 'missing', [id])
    else if (digests.has(id) && digests.get(id) !== sha256) note(snapshotFile(id), 'changed', [id])
  }
  // Pruned ones may still lie there after a crash; those that follow the newest were interrupted before the index.
  const loose = documents.filter(
    ({ id }) =>
      index !== undefined &&
      !index.snapshots.some((one) => one.id === id) &&
      !index.pruned.some((one) => one.id === id),
  )
  const following = successors(index?.snapshots.at(-1)?.id, loose)
  for (const { id } of loose) if (!following.includes(id)) note(snapshotFile(id), 'stranger', [id])
  for (const { id, sha256 } of options.expected ?? []) {
    if (index?.pruned.some((one) => one.id === id) === true) continue
    if (digests.get(id) !== sha256 && !problems.some(({ snapshots }) => snapshots.includes(id)))
      note(snapshotFile(id), 'rolled-back', [id])
  }

  await using files = openFileLanes()
  let done = 0
  let bytes = 0
  let total = documents.reduce((most, one) => Math.max(most, one.counts.objects), 0)
  const check = async (needed: readonly NeededFile[]) => {
    await onMedium('backup.read', () =>
      inTurns(files, needed, async (turn) => {
        const reasons = await reasonsOf(files, folder, turn, signal)
        for (const [at, { file, size, snapshots }] of turn.entries()) {
          const reason = reasons[at]
          if (reason !== undefined) note(file, reason, snapshots)
          done += 1
          bytes += size
        }
        options.progress?.({ done, total: Math.max(total, done), bytes })
      }),
    )
  }

  const parts = new Map<string, { size: number; snapshots: string[] }>()
  const needs = (entry: FileEntry, id: string) => {
    for (const { sha256, size } of entry.parts) {
      const part = parts.get(sha256) ?? { size, snapshots: [] }
      part.snapshots.push(id)
      parts.set(sha256, part)
    }
  }
  for (const { id, files, objects } of documents) for (const entry of [...files, objects]) needs(entry, id)
  total += parts.size
  const read = depth !== 'quick'
  await check([...parts].map(([sha256, needed]) => ({ file: partFile(sha256), sha256, ...needed, read })))

  const broken = new Set(problems.map(({ file }) => file))
  const sound = documents.filter(({ objects }) =>
    objects.parts.every(({ sha256 }) => !broken.has(partFile(sha256))),
  )
  const openLists = () =>
    sound.map(({ id, objects }) => ({ id, list: byGroup(listedObjects(folder, objects)) }))
  const seed = options.seed ?? ''
  const isDrawn =
    depth === 'sample'
      ? await onMedium('backup.read', () => drawSample(namesOnce(openLists()), seed))
      : () => depth === 'full'
  const lists = openLists()
  let sampled = 0
  let objects = 0
  let unneeded = 0
  try {
    let window: NeededFile[] = []
    for (const group of GROUPS) {
      signal?.throwIfAborted()
      // An object that was copied anew has another seal: what the newest snapshot says of it counts.
      const wanted = new Map<string, { object: ListedObject; snapshots: string[] }>()
      for (const { id, list } of lists) {
        for (const [name, object] of await onMedium('backup.read', () => list.take(group)))
          wanted.set(name, { object, snapshots: [...(wanted.get(name)?.snapshots ?? []), id] })
      }
      objects += wanted.size
      for (const { object, snapshots } of wanted.values()) {
        const { name, sha256, size } = object
        const drawn = isDrawn(name)
        if (drawn) sampled += 1
        window.push({ file: objectPath(name), sha256, size, snapshots, read: drawn })
      }
      if (window.length >= WINDOW) {
        await check(window)
        window = []
      }
      unneeded += await onMedium('backup.read', () => countOthers(join(folder, OBJECTS, group), wanted))
    }
    await check(window)
  } finally {
    for (const { list } of lists) await list.close()
  }
  return {
    snapshots: documents.map(({ id }) => id),
    objects,
    bytes,
    problems,
    unneeded,
    pastCache: depth !== 'quick' && files.pastCache(),
    sample: depth === 'sample' ? { seed, sampled, unreadable: drawnProblems(problems, isDrawn) } : null,
    wasRead: (file) => {
      const name = nameOf(file)
      return name === undefined ? depth !== 'quick' : isDrawn(name)
    },
  }
}

/** The object that a file is; undefined for any other file. */
function nameOf(file: string): string | undefined {
  const name = file.split('/').at(-1) ?? ''
  return file.startsWith(`${OBJECTS}/`) && isObjectName(name) ? name : undefined
}

function drawnProblems(problems: readonly SetProblem[], isDrawn: (name: string) => boolean): number {
  return problems.filter(({ file }) => {
    const name = nameOf(file)
    return name !== undefined && isDrawn(name)
  }).length
}

/** The objects of several lists, each once. */
async function* namesOnce(
  lists: readonly { readonly list: ReturnType<typeof byGroup> }[],
): AsyncGenerator<{ readonly name: string }> {
  try {
    for (const group of GROUPS) {
      const names = new Set<string>()
      for (const { list } of lists) for (const name of (await list.take(group)).keys()) names.add(name)
      for (const name of names) yield { name }
    }
  } finally {
    for (const { list } of lists) await list.close()
  }
}

async function countOthers(folder: string, wanted: ReadonlyMap<string, unknown>): Promise<number> {
  let others = 0
  try {
    for await (const { name } of await opendir(folder))
      if (isObjectName(name) && !wanted.has(name)) others += 1
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
  return others
}

async function problemOf<T>(
  file: string,
  note: (file: string, reason: SetProblemReason, snapshots?: readonly string[]) => void,
  read: () => Promise<T>,
  snapshots: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'BACKUP_SNAPSHOT_MISSING') note(file, 'missing', snapshots)
    else if (error.code !== 'BACKUP_SET_DAMAGED') throw error
    else {
      const reason = error.details.reason
      note(file, reason === 'signature' || reason === 'changed' ? reason : 'unreadable', snapshots)
    }
    return undefined
  }
}
