import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { errnoOf, isErrno } from '../../errno.ts'
import {
  type BackupSigner,
  documentText,
  IndexDocument,
  isGenuine,
  SetDocument,
  SnapshotDocument,
  signed,
  textDigest,
  VERSION,
} from './documents.ts'
import {
  CHECKER_FILE,
  FILES,
  GROUPS,
  INCOMING,
  INDEX_FILE,
  isSnapshotId,
  NOTE_FILE,
  OBJECTS,
  SET_FILE,
  SNAPSHOTS,
  snapshotFile,
} from './layout.ts'
import { onMedium } from './medium-errors.ts'

function damaged(file: string, reason: 'missing' | 'unreadable' | 'signature' | 'changed'): AppError {
  return new AppError('BACKUP_SET_DAMAGED', { file, reason })
}

interface ReadDocument<T> {
  readonly document: T
  readonly sha256: string
}

/** Throws BACKUP_SET_DAMAGED and BACKUP_SET_TOO_NEW. `undefined`: there is no such file. */
async function readDocument<T extends { readonly version: number }>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
): Promise<ReadDocument<T> | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, file), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw damaged(file, 'unreadable')
  }
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined
  if (typeof version === 'number' && version > VERSION)
    throw new AppError('BACKUP_SET_TOO_NEW', { found: version, known: VERSION })
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw damaged(file, 'unreadable')
  return { document: parsed.data, sha256: textDigest(text) }
}

async function writeDocument(folder: string, file: string, document: object): Promise<string> {
  const text = documentText(document)
  await onMedium('backup.write', async () => {
    try {
      await writeFileAtomically(join(folder, file), text)
    } catch (error) {
      // What the medium said stands behind the program's own error.
      const cause = error instanceof AppError ? error.cause : undefined
      throw cause !== undefined && errnoOf(cause) !== undefined ? cause : error
    }
  })
  return textDigest(text)
}

/** Makes the folders of a set and writes `set.json`, last. Throws BACKUP_SET_EXISTS and what a medium answers. */
export async function makeSet(
  folder: string,
  set: Omit<SetDocument, 'format' | 'version'>,
): Promise<SetDocument> {
  return await onMedium('backup.makeSet', async () => {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).includes(SET_FILE)) throw new AppError('BACKUP_SET_EXISTS')
    for (const name of [OBJECTS, FILES, SNAPSHOTS, INCOMING])
      await mkdir(join(folder, name), { recursive: true })
    for (const group of GROUPS) await mkdir(join(folder, OBJECTS, group), { recursive: true })
    const document: SetDocument = { format: 'juanku-set', version: VERSION, ...set }
    await writeDocument(folder, SET_FILE, document)
    return document
  })
}

/** Throws BACKUP_SET_MISSING, BACKUP_SET_DAMAGED, BACKUP_SET_TOO_NEW; BACKUP_SET_FOREIGN for another vault's set. */
export async function readSet(folder: string, vaultId?: string): Promise<SetDocument> {
  return await onMedium('backup.read', async () => {
    const found = await readDocument(folder, SET_FILE, SetDocument)
    if (found === undefined) throw new AppError('BACKUP_SET_MISSING')
    if (vaultId !== undefined && found.document.vaultId !== vaultId) throw new AppError('BACKUP_SET_FOREIGN')
    return found.document
  })
}

/** A snapshot with the SHA-256 of its file. */
export interface FoundSnapshot {
  readonly document: SnapshotDocument
  readonly sha256: string
}

/** Throws BACKUP_SNAPSHOT_MISSING, and BACKUP_SET_DAMAGED for one that is unreadable or that nobody signed. */
export async function readSnapshot(folder: string, id: string): Promise<FoundSnapshot> {
  return await onMedium('backup.read', async () => {
    const file = snapshotFile(id)
    const found = isSnapshotId(id) ? await readDocument(folder, file, SnapshotDocument) : undefined
    if (found === undefined) throw new AppError('BACKUP_SNAPSHOT_MISSING', { snapshot: id })
    if (found.document.id !== id) throw damaged(file, 'changed')
    if (!isGenuine(found.document)) throw damaged(file, 'signature')
    return found
  })
}

export async function writeSnapshot(folder: string, document: SnapshotDocument): Promise<string> {
  return await writeDocument(folder, snapshotFile(document.id), document)
}

/** Ids of the snapshots that lie there, sound or not, oldest name first. */
export async function snapshotIds(folder: string): Promise<readonly string[]> {
  return await onMedium('backup.read', async () => {
    const names = await readdir(join(folder, SNAPSHOTS))
    return names
      .filter((name) => name.endsWith('.json') && isSnapshotId(name.slice(0, -5)))
      .map((name) => name.slice(0, -5))
      .sort()
  })
}

/** `undefined` when there is none yet. Throws BACKUP_SET_DAMAGED. */
export async function readIndex(folder: string): Promise<IndexDocument | undefined> {
  return await onMedium('backup.read', async () => {
    const found = await readDocument(folder, INDEX_FILE, IndexDocument)
    if (found === undefined) return undefined
    if (!isGenuine(found.document)) throw damaged(INDEX_FILE, 'signature')
    return found.document
  })
}

/**
 * The index as it should be: a snapshot whose writing was interrupted right before the index was renewed, and that
 * follows on the newest one in it, is taken in. Anything else that the index does not name is left to the check.
 */
export async function currentIndex(
  folder: string,
  set: SetDocument,
): Promise<Omit<IndexDocument, 'signer' | 'signature'>> {
  const index = (await unlessDamaged(() => readIndex(folder))) ?? emptyIndex(set)
  const known = index.beside[SET_FILE]
  if (known !== undefined && (await fileDigest(folder, SET_FILE)) !== known)
    throw damaged(SET_FILE, 'changed')
  const loose: FoundSnapshot[] = []
  for (const id of await snapshotIds(folder)) {
    if (index.snapshots.some((one) => one.id === id) || index.pruned.some((one) => one.id === id)) continue
    const found = await unlessDamaged(() => readSnapshot(folder, id))
    if (found !== undefined) loose.push(found)
  }
  const own = loose.filter(({ document }) => document.setId === set.setId)
  const documents = own.map(({ document }) => document)
  const newest = index.snapshots.at(-1)?.id
  // Without an index the oldest that lies there begins it: what came before was pruned.
  const oldest = newest === undefined ? firstOf(documents) : undefined
  const ids =
    oldest === undefined ? successors(newest, documents) : [oldest, ...successors(oldest, documents)]
  const found = ids.map((id) => ({
    id,
    sha256: own.find(({ document }) => document.id === id)?.sha256 ?? '',
    verifiedAt: null,
  }))
  return { ...index, snapshots: [...index.snapshots, ...found] }
}

/** The one that follows on none of the others. */
function firstOf(documents: readonly SnapshotDocument[]): string | undefined {
  return documents
    .filter(({ previous }) => !documents.some(({ id }) => id === previous?.id))
    .toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1))[0]?.id
}

function emptyIndex({ setId, vaultId }: SetDocument): Omit<IndexDocument, 'signer' | 'signature'> {
  const format = 'juanku-set-index'
  return { format, version: VERSION, setId, vaultId, sequence: 0, snapshots: [], pruned: [], beside: {} }
}

/** Damage to what is written anew anyway is the check's to name, and stops no backup. */
export async function unlessDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'BACKUP_SET_DAMAGED') return undefined
    throw error
  }
}

/** Of snapshots that the index does not name, those that follow on its newest one, each on the one before. */
export function successors(
  newest: string | undefined,
  loose: readonly Pick<SnapshotDocument, 'id' | 'previous'>[],
): readonly string[] {
  const found: string[] = []
  for (let last = newest; ; ) {
    const next = loose.find(({ id, previous }) => previous?.id === last && !found.includes(id))
    if (next === undefined) return found
    found.push(next.id)
    last = next.id
  }
}

/**
 * Signs and writes the index with what stands beside it. `set.json` is written once, so what the first index said of it
 * holds; the note and the checker may be renewed with the program.
 */
export async function writeIndex(
  folder: string,
  index: Omit<IndexDocument, 'signer' | 'signature'>,
  signer: BackupSigner,
): Promise<void> {
  const { format, version, setId, vaultId, sequence, snapshots, pruned } = index
  const beside: Record<string, string> = {}
  for (const file of BESIDE) {
    const digest = (file === SET_FILE ? index.beside[file] : undefined) ?? (await fileDigest(folder, file))
    if (digest !== undefined) beside[file] = digest
  }
  const content = { format, version, setId, vaultId, sequence: sequence + 1, snapshots, pruned, beside }
  await writeDocument(folder, INDEX_FILE, signed<IndexDocument>(content, signer))
}

const BESIDE: readonly string[] = [SET_FILE, NOTE_FILE, CHECKER_FILE]

/** SHA-256 of a small file on the medium; `undefined` when it is not there. */
export async function fileDigest(folder: string, file: string): Promise<string | undefined> {
  return await onMedium('backup.read', async () => {
    try {
      return createHash('sha256')
        .update(await readFile(join(folder, file)))
        .digest('hex')
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined
      throw error
    }
  })
}
