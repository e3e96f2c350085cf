import type { PaperPage, PaperScan } from '../../../shared/contract/reconcile.ts'
import type { PageKind } from '../../../shared/domain/page-kind.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import { type Catalogue, number, numberOrNull, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'

/** One image of the fresh scan, as it is stored. */
export interface PaperPageRecord {
  readonly id: string
  readonly reconciliationId: string
  readonly scanId: string
  readonly sourceFileId: string
  readonly sourceFrame: number
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  readonly widthPixels: number
  readonly heightPixels: number
  readonly dpiX: number | null
  readonly dpiY: number | null
  readonly colourMode: PaperPage['colourMode']
  readonly bitDepth: number
  readonly sizeBytes: number
  readonly sha256: string
}

/** One image of the fresh scan with its place and what is known of it. */
export interface PlacedPaperPage extends PaperPageRecord {
  readonly sequence: number
  readonly name: string
  readonly turn: Turn
  readonly printedNumber: string
  readonly side: PaperPage['side']
  readonly kind: PageKind
  /** The sealed reading is there. */
  readonly read: boolean
  /** Of a scan of a part of the paper. */
  readonly part: boolean
  /** Of a scan of both sides. */
  readonly duplex: boolean
}

export interface ScanRecord extends PaperScan {
  readonly jobId: string | null
}

export interface PaperRecords {
  readonly insertScan: (scan: Omit<ScanRecord, 'pages'> & { readonly reconciliationId: string }) => void
  readonly scans: (reconciliationId: string) => readonly ScanRecord[]
  /** Takes a scan with all its matches out of the checking. */
  readonly removeScan: (scanId: string, at: string) => void
  /** Puts pages behind this place of the sequence, in their order; what stood there moves on. */
  readonly insertPages: (pages: readonly PaperPageRecord[], after: number) => void
  /** In the paper's order, without scans that were taken out and pages that went to another volume with theirs. */
  readonly pages: (reconciliationId: string) => readonly PlacedPaperPage[]
  /** Whether a file of this name and content was scanned into the checking already. */
  readonly hasFile: (reconciliationId: string, name: string, sha256: string) => boolean
  readonly reading: (paperPageId: string) => Uint8Array | undefined
  /** Which sides the pages of a scan show; those that are not named: not known. */
  readonly setSides: (scanId: string, sides: ReadonlyMap<string, 'front' | 'back'>) => void
  readonly setKind: (paperPageId: string, kind: PageKind) => void
  readonly setPrintedNumber: (paperPageId: string, printedNumber: string) => void
  readonly setReading: (paperPageId: string, sealed: Uint8Array, turn: Turn) => void
}

function pageOf(row: Row): PlacedPaperPage {
  return {
    id: text(row, 'id'),
    reconciliationId: text(row, 'reconciliation_id'),
    scanId: text(row, 'scan_id'),
    sourceFileId: text(row, 'source_file_id'),
    sourceFrame: number(row, 'source_frame'),
    compartment: text(row, 'compartment') as Compartment,
    objectName: text(row, 'object_name'),
    format: text(row, 'format'),
    widthPixels: number(row, 'width_pixels'),
    heightPixels: number(row, 'height_pixels'),
    dpiX: numberOrNull(row, 'dpi_x'),
    dpiY: numberOrNull(row, 'dpi_y'),
    colourMode: text(row, 'colour_mode') as PlacedPaperPage['colourMode'],
    bitDepth: number(row, 'bit_depth'),
    sizeBytes: number(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    sequence: number(row, 'sequence'),
    name: text(row, 'name'),
    turn: number(row, 'turn') as Turn,
    printedNumber: text(row, 'printed_number'),
    read: number(row, 'read') === 1,
    side: textOrNull(row, 'side') as PlacedPaperPage['side'],
    kind: text(row, 'kind') as PageKind,
    part: number(row, 'part') === 1,
    duplex: number(row, 'duplex') === 1,
  }
}

const PAGE_COLUMNS = `p.id, p.reconciliation_id, p.scan_id, p.source_file_id, p.source_frame, p.sequence, p.compartment,
  p.object_name, p.format, p.width_pixels, p.height_pixels, p.dpi_x, p.dpi_y, p.colour_mode, p.bit_depth, p.size_bytes,
  p.sha256, p.turn, p.printed_number, p.side, p.kind, p.reading IS NOT NULL AS read, s.part, s.duplex, f.name`

export function paperRecords({ sql }: Pick<Catalogue, 'sql'>): PaperRecords {
  return {
    insertScan: ({ id, reconciliationId, jobId, name, part, duplex, at, by }) => {
      sql.run(
        `INSERT INTO paper_scan (id, reconciliation_id, job_id, name, part, duplex, scanned_at, scanned_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, reconciliationId, jobId, name, part ? 1 : 0, duplex ? 1 : 0, at, by],
      )
    },
    scans: (reconciliationId) =>
      sql
        .all(
          `SELECT s.*, (SELECT count(*) FROM paper_page p WHERE p.scan_id = s.id AND p.with_page_id IS NULL) AS pages FROM paper_scan s
           WHERE reconciliation_id = ? AND removed_at IS NULL ORDER BY scanned_at, id`,
          reconciliationId,
        )
        .map((row) => ({
          id: text(row, 'id'),
          jobId: row.job_id === null ? null : text(row, 'job_id'),
          at: text(row, 'scanned_at'),
          by: text(row, 'scanned_by'),
          name: text(row, 'name'),
          pages: number(row, 'pages'),
          part: number(row, 'part') === 1,
          duplex: number(row, 'duplex') === 1,
        })),
    removeScan: (scanId, at) =>
      sql.transaction(() => {
        sql.run(
          'DELETE FROM page_match WHERE paper_page_id IN (SELECT id FROM paper_page WHERE scan_id = ?)',
          scanId,
        )
        sql.run('UPDATE paper_scan SET removed_at = ? WHERE id = ?', at, scanId)
      }),
    insertPages: (pages, after) =>
      sql.transaction(() => {
        const [first] = pages
        if (first === undefined) return
        sql.run(
          'UPDATE paper_page SET sequence = sequence + ? WHERE reconciliation_id = ? AND sequence > ?',
          ...[pages.length, first.reconciliationId, after],
        )
        for (const [place, page] of pages.entries())
          sql.run(
            `INSERT INTO paper_page (id, reconciliation_id, scan_id, source_file_id, source_frame, sequence, compartment,
               object_name, format, width_pixels, height_pixels, dpi_x, dpi_y, colour_mode, bit_depth, size_bytes, sha256)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            ...[page.id, page.reconciliationId, page.scanId, page.sourceFileId, page.sourceFrame],
            ...[after + place + 1, page.compartment, page.objectName, page.format, page.widthPixels],
            ...[page.heightPixels, page.dpiX, page.dpiY, page.colourMode, page.bitDepth, page.sizeBytes],
            page.sha256,
          )
      }),
    pages: (reconciliationId) =>
      sql
        .all(
          `SELECT ${PAGE_COLUMNS} FROM paper_page p JOIN paper_scan s ON s.id = p.scan_id
             JOIN source_file f ON f.id = p.source_file_id
           WHERE p.reconciliation_id = ? AND s.removed_at IS NULL AND p.with_page_id IS NULL
           ORDER BY p.sequence, p.id`,
          reconciliationId,
        )
        .map(pageOf),
    hasFile: (reconciliationId, name, sha256) =>
      sql.one(
        `SELECT 1 FROM paper_page p JOIN paper_scan s ON s.id = p.scan_id JOIN source_file f ON f.id = p.source_file_id
         WHERE p.reconciliation_id = ? AND s.removed_at IS NULL AND f.name = ? AND f.sha256 = ? LIMIT 1`,
        ...[reconciliationId, name, sha256],
      ) !== undefined,
    reading: (paperPageId) => {
      const row = sql.one('SELECT reading FROM paper_page WHERE id = ?', paperPageId)
      return row?.reading instanceof Uint8Array ? row.reading : undefined
    },
    setSides: (scanId, sides) =>
      sql.transaction(() => {
        sql.run('UPDATE paper_page SET side = NULL WHERE scan_id = ?', scanId)
        for (const [id, side] of sides)
          sql.run('UPDATE paper_page SET side = ? WHERE id = ? AND scan_id = ?', side, id, scanId)
      }),
    setKind: (paperPageId, kind) => {
      sql.run('UPDATE paper_page SET kind = ? WHERE id = ?', kind, paperPageId)
    },
    setPrintedNumber: (paperPageId, printedNumber) => {
      sql.run('UPDATE paper_page SET printed_number = ? WHERE id = ?', printedNumber, paperPageId)
    },
    setReading: (paperPageId, sealed, turn) => {
      sql.run('UPDATE paper_page SET reading = ?, turn = ? WHERE id = ?', sealed, turn, paperPageId)
    },
  }
}
