import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DrillPoint } from '../../../shared/contract/restores.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import { AppError } from '../../../shared/errors.ts'
import { openCatalogue } from '../../catalogue/index.ts'
import { withSystemErrors } from '../../errno.ts'
import type { JobWork } from '../../jobs/index.ts'
import type { BackupRoom } from '../backup-room.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { CATALOGUE_FILE } from '../repository/layout.ts'
import { restoreSnapshot } from '../repository/restore-set.ts'
import { readIndex, readSet, readSnapshot } from '../repository/set.ts'
import { isSignedBySomebody } from '../runs/known-signers.ts'
import type { DrillKey } from './drill-keys.ts'
import {
  auditPoint,
  cataloguePoint,
  countsPoint,
  objectsPoint,
  type PointResult,
  pagesPoint,
  type RestoredRoom,
} from './drill-points.ts'
import { isSlip, openRestored, tryKey } from './open-restored.ts'

type PointName = DrillPoint['point']

const ORDER: readonly PointName[] = [
  ...(['set', 'restore', 'key', 'catalogue'] as const),
  ...(['counts', 'audit', 'objects', 'pages'] as const),
]

/** What is no finding about the backup, but an obstacle to holding the drill at all. */
const OBSTACLES: ReadonlySet<string> = new Set([
  'CALL_CANCELLED',
  'BACKUP_MEDIUM_GONE',
  'BACKUP_NO_SPACE',
  'BACKUP_SET_MISSING',
  'BACKUP_SET_FOREIGN',
  'BACKUP_SET_TOO_NEW',
])

function isObstacle(error: AppError): boolean {
  return OBSTACLES.has(error.code) || error.code.startsWith('SYSTEM_') || isSlip(error)
}

export interface DrillOrder {
  readonly folder: string
  readonly mediumId: string
  readonly snapshotId: string
  readonly key: DrillKey
  readonly sample: number | null
}

export interface DrillFindings {
  readonly points: readonly DrillPoint[]
  /** Undefined: its own file could not be read. */
  readonly snapshot: SnapshotDocument | undefined
}

/** Ends the drill early; what was not reached stands in the record as not done. */
class NotFurther extends Error {}

/**
 * Restores a snapshot beside the vault, opens it with the real key and examines it. What is wrong with the backup
 * becomes a failed point; what only hinders the drill is thrown: a wrong password, no space, a medium that is gone.
 * The copy is removed whatever happens; after a crash the vault's next opening removes it.
 */
export async function holdDrill(
  room: BackupRoom,
  order: DrillOrder,
  { jobId, signal, progress }: Pick<JobWork<unknown>, 'jobId' | 'signal' | 'progress'>,
): Promise<DrillFindings> {
  const { folder, snapshotId, key, sample } = order
  const place = join(room.vault.folder, 'incoming', `drill-${jobId}`)
  const copy = join(place, 'vault')
  const seed = Buffer.from(room.random(8)).toString('hex')
  const points: DrillPoint[] = []
  let snapshot: SnapshotDocument | undefined

  const put = (point: PointName, { checked, wrong, findings }: PointResult) => {
    points.push({ point, passed: wrong === 0, checked, wrong, note: '', findings: [...findings] })
  }
  /** A point on which everything behind it stands. */
  const needed = async <T>(point: PointName, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError) || isObstacle(error)) throw error
      put(point, { checked: 1, wrong: 1, findings: [errorFound(error)] })
      throw new NotFurther(point)
    }
  }
  const tried = async (point: PointName, work: () => PointResult | Promise<PointResult>) => {
    signal.throwIfAborted()
    try {
      put(point, await work())
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      put(point, { checked: 0, wrong: 1, findings: [errorFound(error)] })
    }
  }

  try {
    await remove(place)
    await withSystemErrors('drill.place', () => mkdir(place, { recursive: true, mode: 0o700 }))
    progress({ phase: 'checking', done: 0, total: null })
    snapshot = await needed('set', () => provenSnapshot(room, order))
    const root = snapshot.objects.sha256.slice(0, 16)
    put('set', { checked: 3, wrong: 0, findings: [{ code: 'root', details: { root } }] })
    const document = snapshot
    await needed('key', () => tryKey({ folder, snapshot: document }, join(place, 'key'), key, room))

    progress({ phase: 'restoring', done: 0, total: document.counts.objects })
    const restored = await needed('restore', () =>
      restoreSnapshot(folder, snapshotId, { target: copy, signal, progress }),
    )
    put('restore', {
      checked: restored.objects + restored.problems.length,
      wrong: restored.problems.length,
      findings: filesFound(restored.problems),
    })

    progress({ phase: 'opening', done: 0, total: null })
    const vault = await needed('key', () => openRestored(copy, key, room))
    try {
      put('key', { checked: 1, wrong: 0, findings: [{ code: 'way', details: { way: key.way } }] })
      const catalogueKey = vault.catalogueKey()
      const catalogue = await needed('catalogue', async () =>
        openCatalogue(join(copy, CATALOGUE_FILE), catalogueKey),
      )
      catalogueKey.fill(0)
      try {
        const opened: RestoredRoom = { folder: copy, vault, catalogue, snapshot: document }
        progress({ phase: 'checking', done: 0, total: sample ?? document.counts.objects, bytes: 0 })
        await tried('catalogue', () => cataloguePoint(opened))
        await tried('counts', () => countsPoint(opened))
        await tried('audit', () => auditPoint(opened, room.now))
        await tried('objects', () =>
          objectsPoint(opened, {
            ...{ sample, seed, signal },
            progress: (done, bytes) => progress({ done, bytes }),
          }),
        )
        await tried('pages', () => pagesPoint(opened, room, { seed, signal }))
      } finally {
        catalogue.close()
      }
    } finally {
      await vault.close()
    }
  } catch (error) {
    if (!(error instanceof NotFurther)) throw error
  } finally {
    await remove(place)
  }
  return {
    points: ORDER.map((point) => points.find((one) => one.point === point) ?? notDone(point)),
    snapshot,
  }
}

function remove(place: string): Promise<void> {
  return withSystemErrors('drill.place', () => rm(place, { recursive: true, force: true, maxRetries: 5 }))
}

/** A point that was not come to, because one before it failed. */
export function notDone(point: PointName): DrillPoint {
  const findings: Finding[] = [{ code: 'not-done', details: {} }]
  return { point, passed: false, checked: 0, wrong: 0, note: '', findings }
}

function errorFound({ code, details }: AppError): Finding {
  const { file, reason } = details
  return {
    code: 'error',
    details: {
      error: code,
      ...(typeof file === 'string' ? { file } : {}),
      ...(typeof reason === 'string' ? { reason } : {}),
    },
  }
}

function filesFound(problems: readonly { readonly file: string }[]): readonly Finding[] {
  if (problems.length === 0) return []
  const names = problems.slice(0, 3).map(({ file }) => file.slice(0, 24))
  return [{ code: 'files', details: { names: names.join() } }]
}

/** The snapshot, signed by somebody of this vault, as the set's index and the vault's register know it. */
async function provenSnapshot(
  room: BackupRoom,
  { folder, mediumId, snapshotId }: DrillOrder,
): Promise<SnapshotDocument> {
  const damaged = (reason: string) =>
    new AppError('BACKUP_SET_DAMAGED', { file: `snapshots/${snapshotId}.json`, reason })
  await readSet(folder, room.vault.id)
  const index = await readIndex(folder)
  const { document, sha256 } = await readSnapshot(folder, snapshotId)
  const known = [...(index?.snapshots ?? []), ...room.snapshots.expected(mediumId)]
  if (known.some((one) => one.id === snapshotId && one.sha256 !== sha256)) throw damaged('changed')
  const { accountId, publicKey } = document.signer
  if (!isSignedBySomebody(room)(accountId, Buffer.from(publicKey, 'base64'))) throw damaged('unknown-signer')
  return document
}
