/** Printed documents as PDF, the same from the window and from the command line. */

/** A table as CSV text (RFC 4180), safe to open in a spreadsheet. */
export { csvTable } from './csv-table.ts'
/** Copies of pages on A4 with watermark, job number and QR code. */
export { type CopiedPage, type PageCopies, pageCopiesPdf } from './page-copies.ts'
/** An image and how the vault keeps it, for a page of a PDF. */
export type { StoredImage } from './page-picture.ts'
export type { PdfBookmark } from './pdf-outline.ts'
/** One A4 page a share, and a share as a QR code. */
export { type PrintedShare, type RecoverySheet, recoverySheetPdf, shareQrSvg } from './recovery-sheet.ts'
/** A report on A4 upright: facts, tables, pictures, hashes, signature lines, and a file embedded. */
export { type ReportBlock, type ReportDocument, reportDocumentPdf } from './report-document.ts'
/** A ruled table on A4 landscape with signature lines. */
export { type RuledTable, ruledTablePdf, type TableColumn } from './ruled-table.ts'
/** 双层PDF: images at true size with invisible text over them, as PDF/A-2u, piece by piece. */
export { type PageLayer, type SearchablePage, type SearchablePdf, searchablePdf } from './searchable-pdf.ts'
