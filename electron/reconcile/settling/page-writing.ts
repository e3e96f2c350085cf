import type { PageKind } from '../../../shared/domain/page-kind.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, numberOrNull, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'

/** An image that a new version of a page shows. */
export interface NewImage {
  readonly sourceFileId: string
  readonly sourceFrame: number
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  readonly widthPixels: number
  readonly heightPixels: number
  readonly dpiX: number | null
  readonly dpiY: number | null
  readonly colourMode: string
  readonly bitDepth: number
  readonly sizeBytes: number
  readonly sha256: string
  readonly turn: Turn
}

export interface Making {
  readonly at: string
  readonly by: string
  readonly reason: string
  readonly newId: () => string
}

function imageOf(row: Row): NewImage {
  return {
    ...{ sourceFileId: text(row, 'source_file_id'), sourceFrame: number(row, 'source_frame') },
    ...{ compartment: text(row, 'compartment') as Compartment, objectName: text(row, 'object_name') },
    ...{ format: text(row, 'format'), widthPixels: number(row, 'width_pixels') },
    ...{ heightPixels: number(row, 'height_pixels'), dpiX: numberOrNull(row, 'dpi_x') },
    ...{ dpiY: numberOrNull(row, 'dpi_y'), colourMode: text(row, 'colour_mode') },
    ...{ bitDepth: number(row, 'bit_depth'), sizeBytes: number(row, 'size_bytes') },
    ...{ sha256: text(row, 'sha256'), turn: number(row, 'turn') as Turn },
  }
}

/** The image of a page of the fresh scan: sealed already, so that a page only refers to it. */
export function paperImage({ sql }: Pick<Catalogue, 'sql'>, paperPageId: string): NewImage {
  const row = sql.one('SELECT * FROM paper_page WHERE id = ?', paperPageId)
  if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: paperPageId })
  return imageOf(row)
}

/** Writes a version of a page: the next of its number, not yet the one that is shown. */
function insertVersion(
  { sql }: Pick<Catalogue, 'sql'>,
  pageId: string,
  image: NewImage,
  { at, by, reason, newId }: Making,
): string {
  const id = newId()
  const known = sql.one(
    'SELECT max(number) AS n, min(archival_name) AS name FROM page_version WHERE page_id = ?',
    pageId,
  )
  sql.run(
    `INSERT INTO page_version (id, page_id, number, source_file_id, source_frame, compartment, object_name, format,
       width_pixels, height_pixels, dpi_x, dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, reason,
       created_at, created_by, turn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, pageId, (known === undefined ? 0 : Number(known.n ?? 0)) + 1, image.sourceFileId],
    ...[image.sourceFrame, image.compartment, image.objectName, image.format, image.widthPixels],
    ...[image.heightPixels, image.dpiX, image.dpiY, image.colourMode, image.bitDepth, image.sizeBytes],
    ...[image.sha256, typeof known?.name === 'string' ? known.name : '', reason, at, by, image.turn],
  )
  return id
}

/** 替换: the page shows another image from now on; the old one stays as a version. */
export function addVersion(catalogue: Catalogue, pageId: string, image: NewImage, making: Making): void {
  const versionId = insertVersion(catalogue, pageId, image, making)
  catalogue.sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', versionId, pageId)
}

/**
 * The sheet that a page of the fresh scan is a side of: a back is that of the page before it, where that stands in the
 * book already; else a sheet of its own. Unknown where the scan tells no sides.
 */
function sheetOf(
  { sql, pages }: Catalogue,
  bookId: string,
  paperPageId: string,
): { readonly sheet: number | null; readonly side: 'A' | 'B' | null } {
  const paper = sql.one('SELECT * FROM paper_page WHERE id = ?', paperPageId) ?? {}
  const shown = textOrNull(paper, 'side')
  if (shown === null) return { sheet: null, side: null }
  const ownSheet = pages.lastSheet(bookId) + 1
  if (shown === 'front') return { sheet: ownSheet, side: 'A' }
  const front = sql.one(
    `SELECT page.id, page.sheet, page.side FROM page WHERE book_id = ? AND withdrawn_at IS NULL AND (
       EXISTS (SELECT 1 FROM page_match m JOIN paper_page f ON f.id = m.paper_page_id
         WHERE m.page_id = page.id AND m.kind = 'same' AND f.scan_id = ? AND f.sequence = ?)
       OR EXISTS (SELECT 1 FROM page_version v JOIN paper_page f ON f.object_name = v.object_name
         WHERE v.id = page.current_version_id AND f.scan_id = ? AND f.sequence = ?))`,
    ...[bookId, text(paper, 'scan_id'), number(paper, 'sequence') - 1],
    ...[text(paper, 'scan_id'), number(paper, 'sequence') - 1],
  )
  const sheet = front === undefined ? null : numberOrNull(front, 'sheet')
  if (front === undefined || textOrNull(front, 'side') === 'B') return { sheet: ownSheet, side: 'B' }
  if (sheet !== null) return { sheet, side: 'B' }
  sql.run('UPDATE page SET sheet = ? WHERE id = ?', ownSheet, text(front, 'id'))
  return { sheet: ownSheet, side: 'B' }
}

/** 插入: a page of its own; where it stands is written with the others. */
export function insertPage(
  catalogue: Catalogue,
  {
    bookId,
    kind,
    paperPageId,
  }: { readonly bookId: string; readonly kind: PageKind; readonly paperPageId: string },
  image: NewImage,
  making: Making,
): string {
  const { sql } = catalogue
  const pageId = making.newId()
  const { sheet, side } = sheetOf(catalogue, bookId, paperPageId)
  const last = sql.one('SELECT coalesce(max(position), 0) AS n FROM page WHERE book_id = ?', bookId) ?? {}
  sql.run(
    `INSERT INTO page (id, book_id, item_id, position, sheet, side, printed_number, kind, current_version_id)
     VALUES (?, ?, NULL, ?, ?, ?, '', ?, '')`,
    ...[pageId, bookId, number(last, 'n') + 1, sheet, side, kind],
  )
  addVersion(catalogue, pageId, image, making)
  return pageId
}
