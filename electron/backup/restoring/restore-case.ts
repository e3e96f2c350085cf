import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder, writeFileAtomically } from '../../atomic-write.ts'
import { type Catalogue, objectRows } from '../../catalogue/index.ts'
import { withSystemErrors } from '../../errno.ts'
import { TEXT_FILES } from '../../search/index.ts'
import { HEADER_FILE, type OpenVault, objectPath } from '../../vault/index.ts'
import { copyObjects } from '../repository/copy-objects.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { openFileLanes } from '../repository/file-lanes.ts'
import { driveSpace } from '../repository/free-space.ts'
import { CATALOGUE_FILE, INCOMING } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { type ListedObject, listedObjects } from '../repository/object-list.ts'
import { bytesOf, type RestoreResult } from '../repository/restore-set.ts'
import { readSnapshot } from '../repository/set.ts'
import { type CaseCounts, cutCatalogue } from './case-catalogue.ts'
import { type CaseProof, proveCase } from './case-proof.ts'
import { takeCaseTarget } from './case-target.ts'
import { type CutTexts, cutTexts } from './case-texts.ts'

export interface CaseOrder {
  /** The set on the medium. */
  readonly folder: string
  readonly snapshotId: string
  readonly caseId: string
  /** Absent or empty: nothing is ever written over. */
  readonly target: string
}

export interface CaseRestoreParts {
  /** The vault that the set is of; its keys open what was in it at any time. */
  readonly vault: OpenVault
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly progress: (change: {
    readonly phase?: string
    readonly done?: number
    readonly total?: number | null
    readonly bytes?: number
  }) => void
}

export interface CaseResult extends Pick<RestoreResult, 'objects' | 'bytes' | 'problems'>, CutTexts {
  readonly number: string
  readonly counts: CaseCounts
  /** The case names them, and the vault did not have them when the snapshot was made. */
  readonly absent: readonly string[]
  readonly proof: CaseProof
}

async function requireSpace(target: string, bytes: number): Promise<void> {
  const neededBytes = Math.ceil(bytes * 1.02)
  const { freeBytes } = await driveSpace(target)
  if (freeBytes < neededBytes) throw new AppError('BACKUP_NO_SPACE', { neededBytes, freeBytes })
}

/**
 * Puts one case as of a snapshot into a folder of its own: a vault that opens as the whole one did, in which there is no
 * other case. What the medium has damaged is left out and named. Whatever stops it, nothing half is left: the header
 * comes last, and what was written before is taken away. Throws CATALOGUE_NOT_FOUND for a case that the snapshot does
 * not have, and what the restoring of a whole snapshot throws.
 */
export async function restoreCase(order: CaseOrder, parts: CaseRestoreParts): Promise<CaseResult> {
  const { folder, snapshotId, caseId } = order
  const { vault, signal, progress } = parts
  const { document } = await readSnapshot(folder, snapshotId)
  const entry = document.files.find(({ name }) => name === CATALOGUE_FILE)
  const header = document.files.find(({ name }) => name === HEADER_FILE)
  if (entry === undefined || header === undefined)
    throw new AppError('BACKUP_SET_DAMAGED', { file: CATALOGUE_FILE, reason: 'missing' })
  const files = document.files.map(({ name }) => name).filter((name) => name !== HEADER_FILE)
  const target = await takeCaseTarget(order.target, { snapshotId, caseId }, files)
  const place = join(target.folder, INCOMING, 'case')
  try {
    // The catalogue and the texts lie there twice: whole, and cut.
    await requireSpace(target.folder, 2 * document.files.reduce((sum, { size }) => sum + size, 0))
    await withSystemErrors('backup.restore', () => mkdir(place, { recursive: true, mode: 0o700 }))
    progress({ phase: 'cutting', done: 0, total: null })
    const key = vault.catalogueKey()
    const cut = await cutCatalogue(
      { folder, entry },
      { target: target.folder, place },
      { caseId, snapshotId },
      key,
    ).finally(() => key.fill(0))
    const { catalogue, number, counts } = cut
    try {
      signal.throwIfAborted()
      const copied = await copyCase({ folder, document, target: target.folder }, catalogue, parts)
      progress({ phase: 'cutting' })
      const { texts, leftOut } = await cutTexts({
        ...{ vault, catalogue, target: target.folder, place, now: parts.now },
        set: { folder, files: document.files },
      })
      for (const file of document.files) {
        signal.throwIfAborted()
        if (file === entry || file === header || isTexts(file.name)) continue
        await writeFileAtomically(join(target.folder, file.name), bytesOf(folder, file), { signal })
      }
      const proof = await proveCase(
        { folder: target.folder, vault, catalogue, snapshot: document },
        { without: new Set([...copied.absent, ...copied.lost]), now: parts.now, signal, progress },
      )
      // Last, so that a folder that is not whole is no vault.
      catalogue.close()
      await withSystemErrors('backup.restore', () =>
        rm(join(target.folder, INCOMING), { recursive: true, force: true }),
      )
      await withSystemErrors('backup.restore', () => mkdir(join(target.folder, INCOMING), { mode: 0o700 }))
      signal.throwIfAborted()
      await writeFileAtomically(join(target.folder, HEADER_FILE), bytesOf(folder, header), { signal })
      await target.finish()
      await withSystemErrors('backup.restore', () => syncFolder(target.folder))
      return { number, counts, ...copied, texts, leftOut, proof }
    } finally {
      catalogue.close()
    }
  } catch (error) {
    await target.clear()
    throw error
  }
}

function isTexts(name: string): boolean {
  return Object.values(TEXT_FILES).some((file) => name === file || name === `${file}-wal`)
}

/** The objects that the rows of the case name, as the medium has them. */
async function copyCase(
  { folder, document, target }: { folder: string; document: SnapshotDocument; target: string },
  { sql }: Catalogue,
  { signal, progress }: CaseRestoreParts,
): Promise<Pick<CaseResult, 'objects' | 'bytes' | 'problems' | 'absent'> & { readonly lost: string[] }> {
  const named = new Set([...objectRows(sql)].map(({ objectName }) => objectName))
  const wanted: ListedObject[] = []
  for await (const object of listedObjects(folder, document.objects)) {
    signal.throwIfAborted()
    if (named.has(object.name)) wanted.push(object)
  }
  await requireSpace(
    target,
    wanted.reduce((sum, { size }) => sum + size, 0),
  )
  const problems: { file: string; reason: 'missing' | 'changed' }[] = []
  const lost: string[] = []
  const refuse = (name: string, reason: 'missing' | 'changed') => {
    problems.push({ file: objectPath(name), reason })
    lost.push(name)
  }
  let [done, bytes] = [0, 0]
  progress({ phase: 'restoring', done, total: wanted.length, bytes })
  await using files = openFileLanes()
  await copyObjects(each(wanted), {
    files,
    from: folder,
    to: target,
    reading: onMedium,
    writing: withSystemErrors,
    signal,
    copied: ({ size }) => {
      done += 1
      bytes += size
      progress({ done, total: wanted.length, bytes })
    },
    vanished: (name) => refuse(name, 'missing'),
    damaged: (name) => refuse(name, 'changed'),
  })
  for (const { name } of wanted) named.delete(name)
  return { objects: done, bytes, problems, lost, absent: [...named] }
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}
