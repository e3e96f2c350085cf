/**
 * The encrypted catalogue: one SQLCipher 4 file with cases, volumes, books, items, pages and what the room keeps
 * around them. All SQL of the program stands in this area; the tables of jobs and of the audit log are reached by
 * their areas through `sql`.
 */

/** Throws SYSTEM_NODE_TOO_OLD before the native library would end the process without a word. */
export { requireNodeVersion } from '../database.ts'
/** Answers the contract's `cases.*`, `pages.*` and `search.*`. */
export { type CaseDeskParts, caseHandlers } from './case-handlers.ts'
/** The open catalogue. */
export { type Catalogue, openCatalogue } from './catalogue.ts'
export type { AccountRecord, DeskRecords } from './desk-records.ts'
export type {
  PageImageRef,
  PageRecord,
  PageRecords,
  PageVersionRecord,
  SourceFileRecord,
} from './page-records.ts'
/** Rows and prepared statements, for the areas that own a table. */
export type { Row, Statements } from './statements.ts'
export type { ItemFields, VolumeRecord, VolumeRecords } from './volume-records.ts'
