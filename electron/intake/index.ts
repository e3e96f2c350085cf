/** How files that are given out are named unless the unit says otherwise, and the reader of such templates. */
export { EXPORT_NAME_TEMPLATE, requireNameTemplate } from './archival-name.ts'
export {
  applyColumnMapping,
  type CatalogueRow,
  type CatalogueRows,
  type RowProblem,
  type RowProblemCode,
  type TableVolumeKind,
} from './catalogue-rows.ts'
export { proposeColumnMapping, type TableField } from './column-mapping.ts'
export {
  type RenderedView,
  renderView,
  THUMBNAIL_SIDE,
  type Thumbnail,
  type ViewSize,
} from './decode-image.ts'
/** The job that imports files into a volume. */
export { importJob } from './import-job.ts'
export type { ImportParts } from './import-parts.ts'
/** Proves one file whole and seals it with its pages into a batch, for whatever files them: see {@link PreparedSource}. */
export { type PreparedSource, type SealedPage, type SealingParts, sealSource } from './import-sources.ts'
export { inspectSource } from './inspect.ts'
export { type IntakeDeskParts, intakeHandlers } from './intake-handlers.ts'
export { compareNames } from './natural-order.ts'
/** By which a resumed job knows a file again. */
export { unitKeyOf } from './page-filing.ts'
export { type PageImages, pageImages, type StoredPage } from './page-images.ts'
export { createPdfReader, type OpenPdf, type PdfReader, type PdfReaderOptions } from './pdf-reader.ts'
export {
  type RowTable,
  readRowTable,
  type TableDelimiter,
  type TableEncoding,
  type TableRow,
} from './row-table.ts'
/** Seals many items in lanes and files them group by group, in order. */
export { sealInGroups } from './sealing-line.ts'
export { type SniffedFormat, sniffFormat } from './sniff.ts'
export {
  listSourceFiles,
  readSourceFile,
  type SourceFile,
  type SourceListing,
  type SourceProblem,
  type WalkLimits,
} from './source-files.ts'
export type {
  ColourMode,
  ImageFormat,
  ImageFrame,
  IntakeLimits,
  OtherFormat,
  SourceFormat,
  SourceInspection,
  SourceRemark,
} from './source-format.ts'
export {
  type OpenSourceOptions,
  openSource,
  type SourcePage,
  type SourcePages,
} from './source-pages.ts'
/** A date as typed, in ISO where it can be read. */
export { storedDate } from './table-cataloguing.ts'
/** The catalogue templates: those shipped and the room's own versions of them. */
export { readShippedTemplates, type TemplateShelf, templateShelf } from './template-shelf.ts'
