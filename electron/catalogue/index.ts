/**
 * The encrypted catalogue: one SQLCipher 4 file with cases, volumes, books, items, pages and what the room keeps
 * around them. All SQL of the program stands in this area; the tables of jobs and of the audit log are reached by
 * their areas through `sql`.
 */

/** Throws SYSTEM_NODE_TOO_OLD before the native library would end the process without a word. */
export { requireNodeVersion } from '../database.ts'
export type { AccountRecord, AccountState } from './account-records.ts'
export type { ApprovalRecord } from './approval-records.ts'
/** Every 档号 by which a case is found: its own, then those that it had before. */
export { archiveNumbersOf } from './archive-numbers.ts'
export type { AssignmentRecord, DelegationRecord } from './assignment-records.ts'
/** Answers the contract's `cases.*` and `pages.*`. */
export { type CaseDeskParts, caseHandlers, caseNumberFacts } from './case-handlers.ts'
/** What a person sees of the cases in whatever catalogue: one window of the list, or one case. */
export { listCases, seenCase } from './case-list.ts'
/** The open catalogue. */
export { type Catalogue, openCatalogue } from './catalogue.ts'
export type { DeskRecords } from './desk-records.ts'
/** Makes a copy of a catalogue that of one case. */
export { keepOneCase } from './keep-one-case.ts'
export type { LentPages, PageLoan } from './lent-pages.ts'
/** What a person sees who holds a case by loan alone. */
export { type LentView, lentView } from './lent-view.ts'
export type { LoanRecord } from './loan-records.ts'
/** What was typed over masked texts, with the hidden parts put back. */
export { restoreCaseDraft, restoreItemDraft } from './masked-input.ts'
export type { OutputRecord } from './output-records.ts'
export type { PageRecord, PageRecords, PageVersionRecord } from './page-records.ts'
export type { ReviewFacts, ReviewLineRecord, ReviewRecord } from './review-records.ts'
export type { PageImageRef, SourceFileRecord } from './sealed-file-records.ts'
/** Every object that a catalogue names, or those of one group, and where an image lies: for a copy that is opened to be read. */
export { imageRefIn, type ObjectRow, objectRows } from './sealed-file-records.ts'
export { itemText, type SearchIndex } from './search-index.ts'
/** Places in an index: a case's key, then a slot within the case. */
export {
  firstPlace,
  keyOfPlace,
  keysOfYear,
  lastPlace,
  RESTRICTED_SLOT,
  shareFrom,
  slotOfPlace,
} from './search-key.ts'
/** What a person may see of lists, counts and hits. */
export { type Sight, sightCondition } from './sight.ts'
/** Rows and prepared statements, for the areas that own a table. */
export {
  number,
  numberOrNull,
  type Row,
  type Statements,
  statementsOf,
  text,
  textOrNull,
} from './statements.ts'
export type { ItemFields, VolumeRecord, VolumeRecords } from './volume-records.ts'
