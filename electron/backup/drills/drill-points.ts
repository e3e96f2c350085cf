import { join } from 'node:path'
import type { DrillPoint } from '../../../shared/contract/restores.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import { AppError } from '../../../shared/errors.ts'
import { auditLog, HEAD_FILE } from '../../audit/index.ts'
import { type Catalogue, number, type Statements, text } from '../../catalogue/index.ts'
import { pageImages } from '../../intake/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { drawOf } from '../repository/sample-draw.ts'
import { chosenObjects } from './chosen-objects.ts'

/** The copy that a drill restored and opened. */
export interface RestoredRoom {
  readonly folder: string
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly snapshot: SnapshotDocument
}

/** What one point of a drill came to, and what stands beside it in the record. */
export type PointResult = Pick<DrillPoint, 'checked' | 'wrong'> & { readonly findings: readonly Finding[] }

/** Pages that are drawn for opening and comparing. */
const PAGES = 20
const AT_ONCE = 4

/** The copy's own database, every page of it. */
export function cataloguePoint({ catalogue }: RestoredRoom): PointResult {
  const problems = catalogue.problems()
  const findings = problems
    .slice(0, 3)
    .map((problem) => ({ code: 'database', details: { problem } }) as const)
  return { checked: 1, wrong: problems.length, findings }
}

const count = (sql: Statements, what: string) =>
  number(sql.one(`SELECT count(*) AS n FROM ${what}`) ?? {}, 'n')

/** What the snapshot says that the vault held, against what the copy holds. */
export function countsPoint({ catalogue, snapshot }: RestoredRoom): PointResult {
  const { sql } = catalogue
  const pairs = [
    ['cases', snapshot.counts.cases, count(sql, 'case_file')],
    ['volumes', snapshot.counts.volumes, count(sql, 'volume')],
    ['pages', snapshot.counts.pages, count(sql, 'page WHERE withdrawn_at IS NULL')],
  ] as const
  const wrong = pairs.filter(([, said, found]) => said !== found)
  return {
    checked: pairs.length,
    wrong: wrong.length,
    findings: (wrong.length === 0 ? pairs : wrong).map(([what, said, found]) => ({
      ...{ code: 'count', details: { what, said, found } },
    })),
  }
}

/** The chain of the log from its beginning, and its end against the snapshot's. */
export function auditPoint(
  { catalogue, folder, snapshot, vault }: RestoredRoom,
  now: () => Date,
): PointResult {
  const log = auditLog(catalogue.sql, now, { vaultId: vault.id, headFile: join(folder, HEAD_FILE) })
  const { recordCount, headHash, damages } = log.verify()
  const wrong = damages.map(({ kind }) => kind as string)
  if (recordCount !== snapshot.audit.records || headHash !== snapshot.audit.head)
    wrong.push('not-the-snapshot’s')
  const finding: Finding =
    wrong.length === 0
      ? { code: 'head', details: { head: headHash.slice(0, 16) } }
      : {
          code: 'chain',
          details: { kinds: wrong.slice(0, 3).join(), said: snapshot.audit.records, found: recordCount },
        }
  return { checked: recordCount, wrong: wrong.length, findings: [finding] }
}

export interface ObjectsPointOptions {
  readonly sample: number | null
  readonly seed: string
  readonly signal: AbortSignal
  readonly progress: (done: number, bytes: number) => void
}

/** Opens objects to their last segment, and compares them with what the copy's catalogue says of their content. */
export async function objectsPoint(
  { vault, catalogue, snapshot }: RestoredRoom,
  { sample, seed, signal, progress }: ObjectsPointOptions,
): Promise<PointResult> {
  const absent = new Set(snapshot.missing)
  const tally = { checked: 0, closed: 0, absent: 0, bytes: 0 }
  const wrong: string[] = []
  for (const rows of chosenObjects(catalogue.sql, sample, seed)) {
    const queue = rows[Symbol.iterator]()
    const lane = async () => {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        signal.throwIfAborted()
        const { compartment, objectName, sha256 } = next.value
        if (absent.has(objectName)) tally.absent += 1
        else if (!vault.compartments.has(compartment)) tally.closed += 1
        else {
          tally.checked += 1
          try {
            const options = { expectedSha256: sha256, signal }
            tally.bytes += (await vault.objects.verify(compartment, objectName, options)).sizeBytes
          } catch (error) {
            signal.throwIfAborted()
            if (!(error instanceof AppError)) throw error
            wrong.push(objectName.slice(0, 12))
          }
        }
        progress(tally.checked, tally.bytes)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
  }
  const findings: Finding[] = [
    sample === null
      ? { code: 'all-objects', details: {} }
      : { code: 'sample', details: { count: sample, seed } },
  ]
  if (tally.closed > 0) findings.push({ code: 'closed', details: { count: tally.closed } })
  if (tally.absent > 0) findings.push({ code: 'absent', details: { count: tally.absent } })
  if (wrong.length > 0) findings.push({ code: 'wrong-objects', details: { names: wrong.slice(0, 5).join() } })
  return { checked: tally.checked, wrong: wrong.length, findings }
}

/** The living room, to compare with. */
export interface LivingRoom {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
}

interface DrawnPage {
  readonly id: string
  readonly sha256: string
}

function drawnPages({ catalogue, vault }: RestoredRoom, seed: string): readonly DrawnPage[] {
  const open = [...vault.compartments].map((name) => `'${name}'`).join(', ')
  const from = `page_version WHERE compartment IN (${open})`
  const all = count(catalogue.sql, from)
  const places = new Set<number>()
  for (let draw = 0; places.size < Math.min(PAGES, all); draw++)
    places.add(Number.parseInt(drawOf(seed, `page ${draw}`).slice(0, 12), 16) % all)
  return [...places].flatMap((place) => {
    const row = catalogue.sql.one(`SELECT id, sha256 FROM ${from} ORDER BY id LIMIT 1 OFFSET ?`, place)
    return row === undefined ? [] : [{ id: text(row, 'id'), sha256: text(row, 'sha256') }]
  })
}

/** Whether today's vault has the same image under the same version; undefined: it has none, or cannot be asked. */
async function sameToday(
  { vault, catalogue }: LivingRoom,
  id: string,
  bytes: Uint8Array,
): Promise<boolean | undefined> {
  const ref = catalogue.pages.imageRef(id)
  if (ref === undefined || !vault.compartments.has(ref.compartment)) return undefined
  try {
    await using reader = closing(await vault.objects.open(ref.compartment, ref.objectName))
    return Buffer.from(bytes).equals(await reader.value.readAll())
  } catch (error) {
    // What the living vault has lost is no fault of the backup; the check of the vault names it.
    if (error instanceof AppError) return undefined
    throw error
  }
}

function closing<T extends { close: () => Promise<void> }>(value: T) {
  return { value, [Symbol.asyncDispose]: () => value.close() }
}

/** Draws page images, decodes each to its picture, and compares it with the living vault where that has it. */
export async function pagesPoint(
  restored: RestoredRoom,
  living: LivingRoom,
  { seed, signal }: Pick<ObjectsPointOptions, 'seed' | 'signal'>,
): Promise<PointResult> {
  const images = pageImages(restored.catalogue, restored.vault)
  const pages = drawnPages(restored, seed)
  let compared = 0
  const wrong: string[] = []
  for (const { id } of pages) {
    signal.throwIfAborted()
    try {
      const { bytes } = await images.stored(id)
      const { bytes: picture } = await images.read(id, 'thumbnail', null)
      const same = await sameToday(living, id, bytes)
      if (same !== undefined) compared += 1
      if (picture.byteLength === 0 || same === false) wrong.push(id)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      wrong.push(id)
    }
  }
  const findings: Finding[] = [
    { code: 'page-seed', details: { seed } },
    { code: 'compared', details: { count: compared } },
  ]
  if (wrong.length > 0) findings.push({ code: 'wrong-pages', details: { names: wrong.slice(0, 3).join() } })
  return { checked: pages.length, wrong: wrong.length, findings }
}
