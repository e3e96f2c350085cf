import { readFile } from 'node:fs/promises'
import type { ImportRequest } from '../../shared/contract/intake.ts'
import { AppError } from '../../shared/errors.ts'
import type { VolumeRecord } from '../catalogue/index.ts'
import type { JobWork } from '../jobs/index.ts'
import { applyColumnMapping } from './catalogue-rows.ts'
import { proposeColumnMapping } from './column-mapping.ts'
import type { ImportParts } from './import-parts.ts'
import { readRowTable } from './row-table.ts'
import { catalogueByTable } from './table-cataloguing.ts'

/** The table's rows for one volume. */
export async function tableRows(table: NonNullable<ImportRequest['table']>, volume: VolumeRecord) {
  const read = await readRowTable(await readFile(table.path))
  const mapping = table.mapping ?? proposeColumnMapping(read.headers)
  if (mapping === null) throw new AppError('INTAKE_TABLE_INVALID', { reason: 'no-title-column' })
  const { rows } = applyColumnMapping(read, mapping)
  return rows.filter((row) => row.volumeKind === undefined || row.volumeKind === volume.kind)
}

/** Marks the unnumbered parts at both ends of what this job brought, once. */
export function markMatter(
  parts: ImportParts,
  work: JobWork<ImportRequest>,
  volume: VolumeRecord,
  bookId: string,
): void {
  const { frontMatter, backMatter } = work.input
  if (frontMatter.length + backMatter.length === 0 || work.outcomeOf('matter') !== undefined) return
  const brought = parts.catalogue.pages.ofJob(work.jobId).filter((page) => page.bookId === bookId)
  const front = frontMatter.slice(0, brought.length)
  const back = backMatter.slice(0, Math.max(0, brought.length - front.length))
  const marks = brought.flatMap((page, place) => {
    const kind = front[place] ?? back[place - (brought.length - back.length)]
    return kind === undefined ? [] : [{ pageId: page.id, kind }]
  })
  parts.catalogue.pages.mark(volume.id, marks)
  work.record({ unitKey: 'matter', subject: '', outcome: 'skipped', details: { marked: marks.length } })
}

/** Makes the items of the table and gives them their pages, once. */
export function catalogueRows(
  parts: ImportParts,
  work: JobWork<ImportRequest>,
  volume: VolumeRecord,
  bookId: string,
  rows: Awaited<ReturnType<typeof tableRows>>,
): void {
  const { catalogue } = parts
  const unitKey = 'row-table'
  if (work.outcomeOf(unitKey) === 'imported') return
  const template =
    volume.templateId === null ? undefined : parts.templates.find(volume.templateId, volume.templateVersion)
  const pages = catalogue.pages.list(volume.id).filter((page) => page.bookId === bookId)
  const names = catalogue.cases.parties(volume.caseId).map((party) => party.name)
  const items = catalogueByTable(rows, pages, template, names)
  const at = parts.now().toISOString()
  catalogue.transaction(() => {
    for (const item of items) {
      const { id } = catalogue.volumes.insertItem({ id: parts.newId(), bookId, fields: item.fields, at })
      catalogue.pages.assign(volume.id, item.pageIds, id)
    }
    work.record({
      unitKey,
      subject: '',
      outcome: 'imported',
      details: { rows: items.length, unmatched: items.filter((item) => item.pageIds.length === 0).length },
    })
  })
}
