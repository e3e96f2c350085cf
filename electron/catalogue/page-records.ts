import type { PageRow, PageVersion } from '../../shared/contract/model.ts'
import type { Turn } from '../../shared/domain/page-text.ts'
import { AppError } from '../../shared/errors.ts'
import type { Compartment } from '../vault/index.ts'
import { type MarkedPage, markPlan } from './mark-plan.ts'
import { type SealedFileRecords, sealedFileRecords } from './sealed-file-records.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from './statements.ts'

export interface PageVersionRecord {
  readonly id: string
  readonly pageId: string
  readonly number: number
  readonly sourceFileId: string
  readonly sourceFrame: number
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  readonly widthPixels: number
  readonly heightPixels: number
  readonly dpiX: number | null
  readonly dpiY: number | null
  readonly colourMode: PageRow['colourMode']
  readonly bitDepth: number
  readonly sizeBytes: number
  readonly sha256: string
  readonly archivalName: string
  readonly reason: string
  readonly createdAt: string
  readonly createdBy: string
}

export interface PageRecord {
  readonly id: string
  readonly bookId: string
  readonly itemId: string | null
  readonly position: number
  readonly sheet: number | null
  readonly side: 'A' | 'B' | null
  readonly printedNumber: string
  readonly kind: PageRow['kind']
}

export interface PageRecords extends SealedFileRecords {
  readonly insert: (page: PageRecord, version: PageVersionRecord) => void
  readonly lastPosition: (bookId: string) => number
  readonly lastSheet: (bookId: string) => number
  /** In image order; all of them, or the first so many. */
  readonly list: (volumeId: string, first?: number) => PageRow[]
  /** The pages that an import brought, in image order. */
  readonly ofJob: (jobId: string) => readonly { readonly id: string; readonly bookId: string }[]
  readonly versions: (pageId: string) => PageVersion[]
  readonly assign: (volumeId: string, pageIds: readonly string[], itemId: string | null) => void
  /** Sets what pages are, then counts the printed numbers of their books anew from 1. */
  readonly mark: (
    volumeId: string,
    marks: readonly { readonly pageId: string; readonly kind: PageRow['kind'] }[],
  ) => void
  /** What marking, or confirming printed numbers, would make of the pages; nothing is changed. */
  readonly markPlan: (
    volumeId: string,
    kinds: ReadonlyMap<string, PageRow['kind']>,
    numbers?: ReadonlyMap<string, string>,
  ) => readonly MarkedPage[]
  /** Puts a printed number down as confirmed; the others of the book are counted on from it. */
  readonly confirmNumber: (volumeId: string, pageId: string, printedNumber: string) => void
  /** How the current images of pages are turned for showing; the images stay as they are. */
  readonly setTurn: (volumeId: string, pageIds: readonly string[], turn: Turn) => void
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly pageOfVersion: (versionId: string) => string
  readonly recountCase: (caseId: string, at: string) => void
  readonly count: () => number
}

/** Left out where the image stands upright, as nearly all do. */
function turnOf(row: Row): { readonly turn?: Turn } {
  const turn = number(row, 'turn') as Turn
  return turn === 0 ? {} : { turn }
}

function pageRow(row: Row): PageRow {
  return {
    ...turnOf(row),
    id: text(row, 'id'),
    bookId: text(row, 'book_id'),
    itemId: textOrNull(row, 'item_id'),
    position: number(row, 'position'),
    sheet: numberOrNull(row, 'sheet'),
    side: textOrNull(row, 'side') as PageRow['side'],
    printedNumber: text(row, 'printed_number'),
    kind: text(row, 'kind') as PageRow['kind'],
    versionId: text(row, 'version_id'),
    versionNumber: number(row, 'version_number'),
    widthPixels: number(row, 'width_pixels'),
    heightPixels: number(row, 'height_pixels'),
    dpi: numberOrNull(row, 'dpi_x'),
    colourMode: text(row, 'colour_mode') as PageRow['colourMode'],
  }
}

function pageVersion(row: Row): PageVersion {
  return {
    ...turnOf(row),
    id: text(row, 'id'),
    pageId: text(row, 'page_id'),
    number: number(row, 'number'),
    format: text(row, 'format'),
    widthPixels: number(row, 'width_pixels'),
    heightPixels: number(row, 'height_pixels'),
    dpiX: numberOrNull(row, 'dpi_x'),
    dpiY: numberOrNull(row, 'dpi_y'),
    colourMode: text(row, 'colour_mode') as PageVersion['colourMode'],
    sizeBytes: number(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    reason: text(row, 'reason'),
    createdAt: text(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    sourceName: text(row, 'source_name'),
    sourceFormat: text(row, 'source_format'),
    sourceSha256: text(row, 'source_sha256'),
    sourceFrame: number(row, 'source_frame'),
    sourceSizeBytes: number(row, 'source_size_bytes'),
    archivalName: text(row, 'archival_name'),
  }
}

export function pageRecords(sql: Statements): PageRecords {
  const maximum = (column: 'position' | 'sheet', bookId: string) =>
    number(sql.one(`SELECT coalesce(max(${column}), 0) AS n FROM page WHERE book_id = ?`, bookId) ?? {}, 'n')
  const list = (volumeId: string, first = -1): PageRow[] =>
    sql
      .all(
        `SELECT page.*, v.id AS version_id, v.number AS version_number, v.width_pixels, v.height_pixels, v.dpi_x,
             v.colour_mode, v.turn
           FROM book JOIN page ON page.book_id = book.id JOIN page_version v ON v.id = page.current_version_id
           WHERE book.volume_id = ? AND page.withdrawn_at IS NULL ORDER BY book.sequence, page.position LIMIT ?`,
        volumeId,
        // SQLite: a negative limit is none.
        first,
      )
      .map(pageRow)
  /** The rows of a book that name their pages by printed number. */
  const rangesOf = (bookId: string) =>
    sql
      .all(
        `SELECT id, first_printed, last_printed FROM item WHERE book_id = ? AND first_printed <> ''`,
        bookId,
      )
      .map((row) => ({
        itemId: text(row, 'id'),
        first: text(row, 'first_printed'),
        last: text(row, 'last_printed'),
      }))
  /** Numbers that a person confirmed, by page. */
  const confirmedOf = (volumeId: string): ReadonlyMap<string, string> =>
    new Map(
      sql
        .all(
          `SELECT page.id, printed_number FROM page JOIN book ON book.id = page.book_id
           WHERE volume_id = ? AND number_confirmed = 1 AND printed_number <> ''`,
          volumeId,
        )
        .map((row) => [text(row, 'id'), text(row, 'printed_number')]),
    )
  const plan: PageRecords['markPlan'] = (volumeId, kinds, numbers = new Map()) =>
    markPlan(list(volumeId), rangesOf, kinds, new Map([...confirmedOf(volumeId), ...numbers]))
  const recount = (volumeId: string) => {
    for (const { page, printedNumber, itemId } of plan(volumeId, new Map())) {
      if (printedNumber === page.printedNumber && itemId === page.itemId) continue
      sql.run(
        'UPDATE page SET printed_number = ?, item_id = ? WHERE id = ?',
        ...[printedNumber, itemId, page.id],
      )
    }
  }
  const inVolume = 'book_id IN (SELECT id FROM book WHERE volume_id = ?)'
  return {
    ...sealedFileRecords(sql),
    insert: (page, version) =>
      sql.transaction(() => {
        sql.run(
          `INSERT INTO page (id, book_id, item_id, position, sheet, side, printed_number, kind, current_version_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[page.id, page.bookId, page.itemId, page.position, page.sheet, page.side, page.printedNumber],
          ...[page.kind, version.id],
        )
        sql.run(
          `INSERT INTO page_version (id, page_id, number, source_file_id, source_frame, compartment, object_name,
             format, width_pixels, height_pixels, dpi_x, dpi_y, colour_mode, bit_depth, size_bytes, sha256,
             archival_name, reason, created_at, created_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[version.id, version.pageId, version.number, version.sourceFileId, version.sourceFrame],
          ...[version.compartment, version.objectName, version.format, version.widthPixels],
          ...[version.heightPixels, version.dpiX, version.dpiY, version.colourMode, version.bitDepth],
          ...[version.sizeBytes, version.sha256, version.archivalName, version.reason, version.createdAt],
          version.createdBy,
        )
      }),
    lastPosition: (bookId) => maximum('position', bookId),
    lastSheet: (bookId) => maximum('sheet', bookId),
    list,
    ofJob: (jobId) =>
      sql
        .all(
          `SELECT page.id, page.book_id FROM source_file s JOIN page_version v ON v.source_file_id = s.id AND v.number = 1
             JOIN page ON page.id = v.page_id WHERE s.job_id = ? ORDER BY page.position`,
          jobId,
        )
        .map((row) => ({ id: text(row, 'id'), bookId: text(row, 'book_id') })),
    versions: (pageId) =>
      sql
        .all(
          `SELECT v.*, s.name AS source_name, s.format AS source_format, s.sha256 AS source_sha256,
             s.size_bytes AS source_size_bytes
           FROM page_version v JOIN source_file s ON s.id = v.source_file_id WHERE page_id = ? ORDER BY number DESC`,
          pageId,
        )
        .map(pageVersion),
    assign: (volumeId, pageIds, itemId) =>
      sql.transaction(() => {
        for (const pageId of pageIds) {
          const changed = sql.run(
            'UPDATE page SET item_id = ? WHERE id = ? AND book_id IN (SELECT id FROM book WHERE volume_id = ?)',
            ...[itemId, pageId, volumeId],
          )
          if (changed === 0) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
        }
      }),
    mark: (volumeId, marks) =>
      sql.transaction(() => {
        for (const { pageId, kind } of marks) {
          const changed = sql.run(
            'UPDATE page SET kind = ? WHERE id = ? AND book_id IN (SELECT id FROM book WHERE volume_id = ?)',
            ...[kind, pageId, volumeId],
          )
          if (changed === 0) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
        }
        recount(volumeId)
      }),
    markPlan: plan,
    confirmNumber: (volumeId, pageId, printedNumber) =>
      sql.transaction(() => {
        const changed = sql.run(
          `UPDATE page SET printed_number = ?, number_confirmed = 1 WHERE id = ? AND ${inVolume}`,
          ...[printedNumber, pageId, volumeId],
        )
        if (changed === 0) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
        recount(volumeId)
      }),
    setTurn: (volumeId, pageIds, turn) =>
      sql.transaction(() => {
        for (const pageId of pageIds) {
          const changed = sql.run(
            `UPDATE page_version SET turn = ?
             WHERE id = (SELECT current_version_id FROM page WHERE id = ? AND ${inVolume})`,
            ...[turn, pageId, volumeId],
          )
          if (changed === 0) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
        }
      }),
    pageOfVersion: (versionId) => {
      const row = sql.one('SELECT page_id FROM page_version WHERE id = ?', versionId)
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: versionId })
      return text(row, 'page_id')
    },
    recountCase: (caseId, at) => {
      sql.run(
        `UPDATE case_file SET updated_at = ?, (page_count, restricted_page_count) = (
           SELECT count(*), coalesce(sum(volume.compartment = 'restricted'), 0) FROM page
           JOIN book ON book.id = page.book_id JOIN volume ON volume.id = book.volume_id
           WHERE volume.case_id = case_file.id AND page.withdrawn_at IS NULL) WHERE id = ?`,
        ...[at, caseId],
      )
    },
    count: () => number(sql.one('SELECT count(*) AS n FROM page WHERE withdrawn_at IS NULL') ?? {}, 'n'),
  }
}
