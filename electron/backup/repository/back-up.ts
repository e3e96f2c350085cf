import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { withSystemErrors } from '../../errno.ts'
import { copyObjects, type WantedObject } from './copy-objects.ts'
import {
  type BackupSigner,
  type FileEntry,
  missingMembers,
  type SnapshotDocument,
  signed,
  VERSION,
} from './documents.ts'
import { driveSpace } from './free-space.ts'
import { type GroupPlan, groupPlans } from './group-plan.ts'
import { GROUPS, INCOMING, snapshotId } from './layout.ts'
import { onMedium } from './medium-errors.ts'
import { type ListedObject, objectListWriter } from './object-list.ts'
import { pastCacheReader } from './past-cache-reader.ts'
import { currentIndex, readSet, readSnapshot, unlessDamaged, writeIndex, writeSnapshot } from './set.ts'
import { hasAllParts, isWhole, sizeOf, storeFile, sweepIncoming } from './store-file.ts'

export type BackupKind = 'incremental' | 'full'

/** One file of the vault beside its objects, ready to be copied: whole and at rest. */
export interface VaultFile {
  readonly name: string
  readonly path: string
  /** By these an unchanged file is known, and its copy on the medium used again. */
  readonly unchangedSince?: { readonly size: number; readonly changedMs: number } | undefined
}

export interface BackUpParts {
  /** The set on the medium. */
  readonly folder: string
  readonly vault: { readonly id: string; readonly unitName: string; readonly folder: string }
  readonly kind: BackupKind
  readonly files: readonly VaultFile[]
  /** The names that the catalogue's copy names, of one group (`ab`); any order, no doubles. */
  readonly objectNames: (group: string) => Iterable<string>
  /** Named by the catalogue's copy, and not whole in the vault: they are left out, and written down as missing. */
  readonly damaged?: ReadonlySet<string>
  readonly counts: { readonly cases: number; readonly volumes: number; readonly pages: number }
  readonly audit: { readonly records: number; readonly head: string }
  readonly signer: BackupSigner
  readonly now: () => Date
  readonly random: (bytes: number) => Uint8Array
  readonly signal?: AbortSignal | undefined
  readonly progress?: (change: BackupProgress) => void
}

export interface BackupProgress {
  readonly phase: 'planning' | 'rereading' | 'copying' | 'closing'
  readonly done: number
  readonly total: number | null
  readonly bytes: number
}

export interface BackupResult {
  readonly snapshotId: string
  /** SHA-256 of the snapshot's file: what the register keeps of it. */
  readonly snapshotSha256: string
  /** SHA-256 of the list of objects: 摘要根值. */
  readonly objectsSha256: string
  readonly objects: number
  readonly objectBytes: number
  readonly newObjects: number
  readonly bytesWritten: number
  readonly missing: readonly string[]
  /** Objects on the medium that were lost or damaged and are whole again. */
  readonly repaired: readonly string[]
}

/** What must stay free beside what is written: 2 % of it, and 64 MiB or 5 % of a small drive. */
function margin(bytes: number, capacityBytes: number): number {
  return Math.ceil(Math.max(bytes * 0.02, Math.min(64 * 1024 * 1024, capacityBytes * 0.05)))
}

/** What a name costs beside its bytes: a cluster's rest, and its entry. */
const FILE_OVERHEAD = 8192

/**
 * Brings the set up to what the vault holds now and writes a snapshot of it. Objects that stand on the medium are not
 * copied again; `full` reads every one of them and copies anew what is damaged. The snapshot's file is written last:
 * whatever stops this before leaves every earlier snapshot as it was, and what was copied need not be copied again.
 * Throws BACKUP_SET_*, BACKUP_MEDIUM_*, BACKUP_NO_SPACE `{ neededBytes, freeBytes }`, CALL_CANCELLED and SYSTEM_*.
 */
export async function backUp(parts: BackUpParts): Promise<BackupResult> {
  const { folder, vault, kind, signal } = parts
  const say = (change: BackupProgress) => parts.progress?.(change)
  const set = await readSet(folder, vault.id)
  await sweepIncoming(folder)
  const index = await currentIndex(folder, set)
  const newest = index.snapshots.at(-1)
  const previous =
    newest === undefined ? undefined : await unlessDamaged(() => readSnapshot(folder, newest.id))
  const list = previous?.document.objects
  // What a damaged list says of objects would be written on; without it they are read again.
  const trusted = list !== undefined && (await isWhole(folder, list)) ? list : undefined

  const plan = {
    folder,
    vaultFolder: vault.folder,
    objectNames: parts.objectNames,
    previous: trusted,
    signal,
  }
  let needed = 0
  let total = 0
  let groups = 0
  for await (const { wanted } of groupPlans({ ...plan, reread: undefined, reader: undefined })) {
    for (const { size } of wanted) needed += size + FILE_OVERHEAD
    total += wanted.length
    groups += 1
    say({ phase: 'planning', done: groups, total: GROUPS.length, bytes: 0 })
  }
  for (const { path } of parts.files) needed += ((await sizeOf(path)) ?? 0) + FILE_OVERHEAD
  const { freeBytes, capacityBytes } = await driveSpace(folder)
  const neededBytes = needed + margin(needed, capacityBytes)
  if (freeBytes < neededBytes) throw new AppError('BACKUP_NO_SPACE', { neededBytes, freeBytes })

  const result = { newObjects: 0, bytesWritten: 0, objects: 0, objectBytes: 0 }
  const missing: string[] = []
  const repaired: string[] = []
  const listPath = join(vault.folder, INCOMING, `backup-${Buffer.from(parts.random(8)).toString('hex')}.list`)
  let objects: FileEntry
  try {
    const list = await objectListWriter(listPath)
    /** Copies what some groups want and writes their lines. */
    const settle = async (window: readonly GroupPlan[]) => {
      const copied = new Map<string, ListedObject>()
      await copyObjects(wantedOf(window), {
        from: vault.folder,
        to: folder,
        reading: withSystemErrors,
        writing: onMedium,
        signal,
        copied: (object) => {
          copied.set(object.name, object)
          result.newObjects += 1
          result.bytesWritten += object.size
        },
        vanished: (name) => missing.push(name),
        progress: (bytes) =>
          say({ phase: 'copying', done: result.newObjects, total, bytes: result.bytesWritten + bytes }),
      })
      const lines = window.flatMap(({ kept }) => kept).concat(...copied.values())
      lines.sort((one, other) => (one.name < other.name ? -1 : 1))
      for (const line of lines) {
        await list.add(line)
        result.objects += 1
        result.objectBytes += line.size
      }
      for (const one of window) {
        missing.push(...one.missing)
        repaired.push(...one.lost.filter((name) => copied.has(name)))
      }
    }
    try {
      const reader = pastCacheReader()
      const reread = kind === 'full' ? reader : undefined
      let window: GroupPlan[] = []
      groups = 0
      for await (const group of groupPlans({ ...plan, reread, reader })) {
        window.push(group)
        groups += 1
        if (kind === 'full')
          say({ phase: 'rereading', done: groups, total: GROUPS.length, bytes: result.bytesWritten })
        if (isFull(window)) {
          await settle(window)
          window = []
        }
      }
      await settle(window)
    } finally {
      await list.close()
    }
    say({ phase: 'closing', done: 0, total: parts.files.length + 1, bytes: result.bytesWritten })
    const stored = await storeFile(folder, 'objects.txt', listPath, signal)
    objects = stored.entry
    result.bytesWritten += stored.bytesWritten
  } finally {
    await rm(listPath, { force: true })
  }

  const files: FileEntry[] = []
  for (const [at, { name, path, unchangedSince }] of parts.files.entries()) {
    signal?.throwIfAborted()
    const before = previous?.document.files.find((one) => one.name === name)
    const unchanged =
      unchangedSince !== undefined &&
      before?.source?.size === unchangedSince.size &&
      before.source.changedMs === unchangedSince.changedMs &&
      (await hasAllParts(folder, before))
    if (unchanged && before !== undefined) files.push(before)
    else {
      const { entry, bytesWritten } = await storeFile(folder, name, path, signal)
      files.push(unchangedSince === undefined ? entry : { ...entry, source: unchangedSince })
      result.bytesWritten += bytesWritten
    }
    say({ phase: 'closing', done: at + 1, total: parts.files.length + 1, bytes: result.bytesWritten })
  }

  const createdAt = parts.now()
  const id = snapshotId(createdAt, parts.random(3))
  const document = signed<SnapshotDocument>(
    {
      format: 'juanku-snapshot',
      version: VERSION,
      id,
      setId: set.setId,
      vaultId: vault.id,
      unitName: vault.unitName,
      createdAt: createdAt.toISOString(),
      kind,
      previous: newest === undefined ? null : { id: newest.id, sha256: newest.sha256 },
      counts: { ...parts.counts, objects: result.objects, objectBytes: result.objectBytes },
      ...missingMembers([...missing, ...(parts.damaged ?? [])]),
      audit: parts.audit,
      objects,
      files,
    },
    parts.signer,
  )
  signal?.throwIfAborted()
  const sha256 = await writeSnapshot(folder, document)
  await writeIndex(
    folder,
    { ...index, snapshots: [...index.snapshots, { id, sha256, verifiedAt: null }] },
    parts.signer,
  )
  return {
    snapshotId: id,
    snapshotSha256: sha256,
    objectsSha256: objects.sha256,
    ...result,
    missing: missing.toSorted(),
    repaired,
  }
}

/** So much is copied and listed at a time: enough for the drive, little for the memory. */
const WINDOW_WANTED = 8192
const WINDOW_KEPT = 20_000

function isFull(window: readonly GroupPlan[]): boolean {
  const sum = (of: (plan: GroupPlan) => number) => window.reduce((all, plan) => all + of(plan), 0)
  return sum(({ wanted }) => wanted.length) >= WINDOW_WANTED || sum(({ kept }) => kept.length) >= WINDOW_KEPT
}

async function* wantedOf(plans: readonly GroupPlan[]): AsyncGenerator<WantedObject> {
  for (const { wanted } of plans) yield* wanted
}
