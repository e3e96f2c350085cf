import { readFile } from 'node:fs/promises'
import type { PaperCatalogue, PaperCatalogueRow } from '../../../shared/contract/paper-catalogue.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import { readRowTable } from '../../intake/index.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { paperRecords } from '../records/paper-records.ts'
import { openReading } from '../rescan/sealed-content.ts'
import { listFromReadings } from './list-from-reading.ts'
import { findLists } from './list-pages.ts'
import { EMPTY_NOTE, noteFromReading } from './note-from-reading.ts'
import { type ReadRows, tableRows } from './table-rows.ts'
import { type CellLine, textLines } from './text-lines.ts'

/** Rows of a CSV or XLSX file. Throws RECONCILE_TABLE_UNREADABLE, INTAKE_* as reading any table, SYSTEM_* errors. */
export async function rowsOfFile(path: string, { kind }: VolumeRecord): Promise<ReadRows> {
  const table = await readRowTable(await readFile(path))
  // a table without headings has its first row there; names that the reader made up are empty cells
  const first = table.headers.map((header) => header.replace(/^#\d+$| \(\d+\)$/u, ''))
  const line = Math.max(1, (table.rows[0]?.line ?? 2) - 1)
  return tableRows([{ line, cells: first }, ...table.rows], kind)
}

/** Rows of pasted text. Throws RECONCILE_TABLE_UNREADABLE. */
export function rowsOfText(text: string, { kind }: VolumeRecord): ReadRows {
  const lines: readonly CellLine[] = textLines(text)
  if (lines.length === 0) throw new AppError('RECONCILE_TABLE_UNREADABLE')
  return tableRows(lines, kind)
}

export interface ScannedLists {
  readonly rows: PaperCatalogueRow[]
  readonly note: PaperCatalogue['note']
  readonly pages: number
}

/** What the fresh scan's images say, in the order of the paper. */
function* paperReadings(parts: ReconcileParts, reconciliationId: string): IterableIterator<PageReading> {
  const papers = paperRecords(parts.catalogue())
  for (const { id, compartment, read } of papers.pages(reconciliationId)) {
    const sealed = read ? papers.reading(id) : undefined
    if (sealed !== undefined) yield openReading(parts.vault(), compartment, id, sealed)
  }
}

/** Where the catalogue and the closing note stand in a volume whose pages nobody marked. */
const FRONT = 12
const END = 6

function electronicReadings(parts: ReconcileParts, { id, compartment }: VolumeRecord) {
  const pages = parts.catalogue().pages.list(id)
  const marked = pages.filter(({ kind }) => kind === 'catalogue' || kind === 'note')
  const asked = marked.length > 0 ? marked : pages.filter((_, at) => at < FRONT || at >= pages.length - END)
  return asked.flatMap(({ versionId, kind }) => {
    const reading = parts.texts().get(compartment, versionId)
    return reading === undefined ? [] : [{ kind, reading }]
  })
}

/**
 * 卷内目录 and 备考表 as they are read on the fresh scan of the paper, or, where that has none, on the volume's own
 * images; to be looked at before it is kept. `pages` 0: neither was found, or nothing is read yet.
 */
export function listsOfScan(
  parts: ReconcileParts,
  volume: VolumeRecord,
  reconciliationId: string,
): ScannedLists {
  const fresh = findLists(paperReadings(parts, reconciliationId))
  if (fresh.catalogue.length > 0 || fresh.note !== null) return scanned(fresh.catalogue, fresh.note)
  const electronic = electronicReadings(parts, volume)
  const ofKind = (wanted: 'catalogue' | 'note') =>
    electronic.filter(({ kind }) => kind === wanted).map(({ reading }) => reading)
  const found = findLists(electronic.map(({ reading }) => reading))
  const catalogue = ofKind('catalogue')
  return scanned(catalogue.length > 0 ? catalogue : found.catalogue, ofKind('note')[0] ?? found.note)
}

function scanned(catalogue: readonly PageReading[], note: PageReading | null): ScannedLists {
  return {
    rows: [...listFromReadings(catalogue)],
    note: note === null ? EMPTY_NOTE : noteFromReading(note),
    pages: catalogue.length + (note === null ? 0 : 1),
  }
}
