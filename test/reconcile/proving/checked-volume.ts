import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Volume } from '../../../shared/contract/model.ts'
import type { VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { jpegFile } from '../../fixtures/good-files.ts'
import {
  freshFolder,
  importInto,
  newCase,
  newId,
  openRoom,
  type TestRoom,
} from '../../fixtures/records-room.ts'

export const NUMBER = '（2023）云0199民初77号'
export const AT = '2026-03-04T05:06:07.000Z'

export interface CheckedVolume {
  readonly room: TestRoom
  readonly caseId: string
  readonly volumeId: string
  readonly reconciliationId: string
  readonly itemId: string
  readonly keeperId: string
  readonly pages: readonly { readonly id: string; readonly versionId: string }[]
  readonly sql: ReturnType<TestRoom['desk']['room']>['catalogue']['sql']
}

/** A volume of a few pages whose first pass sheet by sheet is finished and found nothing. */
export async function checkedVolume(pageCount = 4, kind: VolumeKind = 'main'): Promise<CheckedVolume> {
  const room = await openRoom()
  const { tree, volume } = await newCase(room, NUMBER, [kind], { cause: '民间借贷纠纷' })
  const folder = await freshFolder()
  const files: string[] = []
  for (let place = 0; place < pageCount; place++) {
    const file = path.join(folder, `${place + 1}.jpg`)
    await writeFile(file, await jpegFile({ seed: place, dpi: 200 }))
    files.push(file)
  }
  await importInto(room, volume.id, files)
  const book = (volume as Volume).books[0]
  const item = await room.call('items.create', {
    ...{ volumeId: volume.id, bookId: book?.id ?? '' },
    draft: { title: '起诉状' },
  })
  const pages = await room.call('pages.list', { volumeId: volume.id })
  const { catalogue, vault } = room.desk.room()
  const checked: CheckedVolume = {
    ...{ room, caseId: tree.case.id, volumeId: volume.id, reconciliationId: newId(), itemId: item.id },
    keeperId: vault.account.accountId,
    pages,
    sql: catalogue.sql,
  }
  begin(checked, checked.reconciliationId)
  return checked
}

/** An open checking with a finished first pass over every page that stands. */
export function begin({ sql, volumeId, caseId, keeperId }: CheckedVolume, reconciliationId: string): void {
  const passId = newId()
  sql.run(
    `INSERT INTO reconciliation (id, volume_id, case_id, state, started_at, started_by) VALUES (?, ?, ?, 'open', ?, ?)`,
    ...[reconciliationId, volumeId, caseId, AT, keeperId],
  )
  sql.run('INSERT INTO sheet_pass VALUES (?, ?, 1, ?, ?, ?)', ...[passId, reconciliationId, keeperId, AT, AT])
  sql.run(
    `INSERT INTO sheet_verdict (pass_id, page_id, version_id, verdict, judged_at)
     SELECT ?, page.id, current_version_id, 'agrees', ? FROM page JOIN book ON book.id = book_id
     WHERE volume_id = ? AND withdrawn_at IS NULL`,
    ...[passId, AT, volumeId],
  )
}

let serial = 0

/** A difference in the register, closed unless told otherwise. */
export function addDifference(
  checked: CheckedVolume,
  more: Readonly<Record<string, string | number | null>> = {},
  content: Readonly<Record<string, unknown>> = {},
): string {
  const { room, volumeId, caseId, reconciliationId, keeperId, sql, pages } = checked
  const id = newId()
  serial += 1
  const words = {
    itemWords: '起诉状',
    paperWords: '有收文章',
    electronicWords: '无章',
    regions: [],
    ...content,
  }
  const { vault, catalogue } = room.desk.room()
  const { compartment } = catalogue.volumes.require(volumeId)
  const row = {
    ...{ id, year: 2026, serial, reconciliation_id: reconciliationId, case_id: caseId, volume_id: volumeId },
    ...{ compartment, identity: `D18|${id}`, found_at: AT, found_by: keeperId, found_stage: 'inspection' },
    ...{ methods: '["sheets"]', type: 'D18', paper_place: '第 2 页', electronic_place: '影像 2' },
    ...{ page_id: pages[1]?.id ?? null, version_id: pages[1]?.versionId ?? null, confidence: 1 },
    ...{ severity: 'ordinary', severity_rule: '', state: 'closed', handling: 'explanation' },
    ...{
      cause: 'changed-later',
      origin_stage: 'handling',
      judged_by: keeperId,
      judged_at: AT,
      closed_at: AT,
    },
    content: vault.sealDraft(
      { label: `difference|${id}`, compartment },
      Buffer.from(JSON.stringify(words), 'utf8'),
    ),
    ...more,
  }
  const columns = Object.keys(row)
  sql.run(
    `INSERT INTO difference (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  )
  return id
}

/** A line of 备考表. */
export function addNote({ room, volumeId, keeperId, sql }: CheckedVolume, words: string): string {
  const id = newId()
  const { vault, catalogue } = room.desk.room()
  const { compartment } = catalogue.volumes.require(volumeId)
  const content = vault.sealDraft(
    { label: `note|${id}`, compartment },
    Buffer.from(JSON.stringify({ text: words }), 'utf8'),
  )
  sql.run(
    'INSERT INTO volume_note (id, volume_id, at, by, numbers, content) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, volumeId, AT, keeperId, '["BF2026-0001"]', content],
  )
  return id
}

/** A fresh scan of so many pages in the checking; gives the ids of its pages. */
export async function addScan(checked: CheckedVolume, pageCount: number): Promise<readonly string[]> {
  const { room, volumeId, reconciliationId, keeperId, sql } = checked
  const { vault, catalogue } = room.desk.room()
  const { compartment } = catalogue.volumes.require(volumeId)
  const scanId = newId()
  sql.run(
    `INSERT INTO paper_scan (id, reconciliation_id, name, part, scanned_at, scanned_by) VALUES (?, ?, '重扫', 0, ?, ?)`,
    ...[scanId, reconciliationId, AT, keeperId],
  )
  const ids: string[] = []
  for (let place = 0; place < pageCount; place++) {
    const bytes = await jpegFile({ seed: 100 + place })
    const { name, sha256, sizeBytes } = await vault.objects.putBuffer(compartment, bytes)
    const [sourceId, id] = [newId(), newId()]
    const file = { volumeId, compartment, objectName: name, name: `${place + 1}.jpg`, format: 'jpeg' }
    catalogue.pages.insertSourceFile({
      ...{ ...file, id: sourceId, sha256, sizeBytes, frameCount: 1, remarks: [], jobId: null },
      ...{ importedAt: AT, importedBy: keeperId },
    })
    sql.run(
      `INSERT INTO paper_page (id, reconciliation_id, scan_id, source_file_id, source_frame, sequence, compartment,
         object_name, format, width_pixels, height_pixels, colour_mode, bit_depth, size_bytes, sha256)
       VALUES (?, ?, ?, ?, 0, ?, ?, ?, 'jpeg', 400, 560, 'colour', 8, ?, ?)`,
      ...[id, reconciliationId, scanId, sourceId, place + 1, compartment, name, sizeBytes, sha256],
    )
    ids.push(id)
  }
  return ids
}

/** A pair that the matching found, not compared yet; without a page one that is missing. */
export function addMatch(
  { sql, reconciliationId }: CheckedVolume,
  paperPageId: string | undefined,
  page: { readonly id: string; readonly versionId: string } | undefined,
): string {
  const id = newId()
  sql.run(
    `INSERT INTO page_match (id, reconciliation_id, paper_page_id, page_id, version_id, kind, confidence, sure, moved,
       turn, reasons, candidates) VALUES (?, ?, ?, ?, ?, ?, 0.9, 1, 0, 0, '[]', '[]')`,
    ...[id, reconciliationId, paperPageId ?? null, page?.id ?? null, page?.versionId ?? null],
    page === undefined ? 'missing' : 'same',
  )
  return id
}

export async function prove(checked: CheckedVolume): Promise<string> {
  const { room, volumeId, reconciliationId } = checked
  return (await room.call('proofs.make', { volumeId, reconciliationId, conclusion: '' })).reportId
}

/** The codes of the points that do not hold, with what is said of each. */
export async function failing(
  { room, volumeId }: CheckedVolume,
  reportId: string,
  file?: string,
): Promise<Readonly<Record<string, string>>> {
  const { ok, points } = await room.call('proofs.verify', {
    ...{ volumeId, reportId },
    ...(file === undefined ? {} : { path: file }),
  })
  const failed = points.filter((point) => !point.ok)
  if (ok !== (failed.length === 0)) throw new Error('the whole says something else than its points')
  return Object.fromEntries(failed.map(({ code, detail }) => [code, detail]))
}
