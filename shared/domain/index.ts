/**
 * Reads a case number as typed: `raw` is kept, `canonical` is its one written form, the keys are ready to store.
 * Warnings never make it fail; text that no scheme reads is kept as free text unless the context refuses it.
 * Follows 法〔2015〕137号 as amended by 法〔2018〕335号.
 */

export type { CaseType } from './case-number/case-types.ts'
/** The official table of case types, and what is accepted beside it with a warning. */
export {
  CASE_TYPES,
  CAUTION_CASE_TYPES,
  caseTypeOrder,
  findCaseType,
  matchCaseType,
  SPECIAL_COURT_MARKS,
} from './case-number/case-types.ts'
export type { Court } from './case-number/courts.ts'
/** The table of courts. Incomplete on purpose: a code that is not in it has no name. */
export { COURTS, findCourtName, PROVINCE_MARKS } from './case-number/courts.ts'
export type { CustomSchemeDefinition, SchemeProblem, SchemeResult } from './case-number/custom-scheme.ts'
export { customSchemeSchema, defineScheme } from './case-number/custom-scheme.ts'
/** The fields of each kind of number; `scheme` is the discriminant. */
export type {
  CaseNumberFields,
  CaseNumberSchemeId,
  CustomNumber,
  FreeTextNumber,
  FurtherNumber,
  LawFirmNumber,
  LegacyCaseNumber,
  ModernCaseNumber,
  ProcuratorateDocumentNumber,
  ProcuratorateIntakeNumber,
  UnifiedIntakeNumber,
} from './case-number/fields.ts'
/** A form for file names, at most 120 bytes of UTF-8: 2023_京0105_民初_00123. */
export { caseNumberFileSafe } from './case-number/file-safe.ts'
export type { UniquenessOptions } from './case-number/keys.ts'
/** Keys to store: order of the shelves, sameness, the counter that a number was drawn from and what it counts. */
export {
  caseNumberCounterKey,
  caseNumberCounts,
  caseNumberSortKey,
  caseNumberUniquenessKey,
  yearOf as caseNumberYear,
} from './case-number/keys.ts'
/** The steps that make two typings of one number equal. Idempotent; guesses nothing. */
export { normaliseCaseNumber } from './case-number/normalise.ts'
export type { SchemeSummary } from './case-number/parse.ts'
/** The table of numbering schemes, and schemes that a records room defines as data. */
export { gapsAlarm, listSchemes } from './case-number/parse.ts'
/** The one written form; parsing it gives the same fields. */
export { printCaseNumber } from './case-number/print.ts'
export type { CaseNumber, CaseNumberReading, ReadContext } from './case-number/read.ts'
export { CASE_NUMBER_MAX_CHARACTERS, parseCaseNumber, readCaseNumber } from './case-number/read.ts'
export type { CaseNumberSuggestion, RepairKind } from './case-number/repairs.ts'
/** Likely readings of a misread number, to be offered and never applied unasked. */
export { suggestCaseNumberRepairs } from './case-number/repairs.ts'
export type { NumberScheme, SchemeLabel } from './case-number/scheme.ts'
export type { CaseNumberSearchForms } from './case-number/search.ts'
/** Finding by any piece of a number: store the tail and the compact form, look for the forms of the query in them. */
export { caseNumberCompact, caseNumberSearchForms, caseNumberTail } from './case-number/search.ts'
export type { CaseNumberWarning, WarningContext } from './case-number/warnings.ts'
/** What to show beside a number: codes with parameters, never a refusal. The clock is injected. */
export { validateCaseNumber } from './case-number/warnings.ts'
/** Chinese numerals: counting ones of 1–999, and digits written one by one. */
export {
  printChineseDigits,
  printChineseNumeral,
  readChineseDigits,
  readChineseNumeral,
} from './chinese-numeral.ts'
/** Makes one safe file name of any text (Windows rules, NFC, at most 255 bytes of UTF-8). */
export { FILE_NAME_MAX_BYTES, FILE_PATH_MAX_CHARACTERS, safeFileName } from './file-name/safe.ts'
