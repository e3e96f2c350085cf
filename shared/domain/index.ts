/**
 * Reads a case number as typed: `raw` is kept, `canonical` is its one written form, the keys are ready to store.
 * Warnings never make it fail; text that no scheme reads is kept as free text unless the context refuses it.
 * Follows 法〔2015〕137号 as amended by 法〔2018〕335号.
 */

export type {
  ArchiveArrangement,
  ArchiveNumber,
  ArchiveNumberContext,
  ArchiveNumberWarning,
  CategoryParts,
  ItemArchiveNumber,
  OldArchiveNumber,
  VolumeArchiveNumber,
} from './archive-number.ts'
/** 档号 of DA/T 13-2022, by volume and by item, and the style of 1994 for import. */
export {
  normaliseArchiveNumber,
  parseArchiveNumber,
  printArchiveNumber,
  readCategory,
  validateArchiveNumber,
} from './archive-number.ts'
export type {
  ArchiveNumberPattern,
  ArchiveNumberValues,
  ArchivePatternResult,
  BuiltArchiveNumber,
} from './archive-number-pattern.ts'
/** How an archive makes its numbers, and the next one. */
export {
  buildArchiveNumber,
  DEFAULT_ARCHIVE_PATTERN,
  nextArchiveNumber,
  parseArchivePattern,
} from './archive-number-pattern.ts'
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
export type { DatePrecision, DateStyle, FieldDateReading } from './field-date.ts'
/** Dates as typed, whole or partial, to ISO text and back in Chinese styles. */
export { parseFieldDate, printFieldDate } from './field-date.ts'
export type { TemplateProblem } from './field-template.ts'
export type { FileNameValues, RenderedFileName, RenderOptions } from './file-name/render.ts'
/** Renders a template; `fileNameKey` tells which names cannot share a folder. */
export { fileNameKey, renderFileName, uniqueFileName } from './file-name/render.ts'
/** Makes one safe file name of any text (Windows rules, NFC, at most 255 bytes of UTF-8). */
export { FILE_NAME_MAX_BYTES, FILE_PATH_MAX_CHARACTERS, safeFileName } from './file-name/safe.ts'
export type {
  DatePattern,
  FileNameField,
  FileNameFieldInfo,
  FileNameTemplate,
  FileNameTemplateResult,
} from './file-name/template.ts'
/** Names of files from templates that staff can edit; see each function for its limits. */
export {
  DATE_PATTERNS,
  DEFAULT_EXPORT_TEMPLATE,
  DEFAULT_MASTER_TEMPLATE,
  FILE_NAME_FIELDS,
  parseFileNameTemplate,
} from './file-name/template.ts'
export type { Term, TermId } from './glossary.ts'
/** The only place that pairs Chinese and English terms. */
export { GLOSSARY, term } from './glossary.ts'
export type { PageKind, PageKindInfo, SheetSide } from './page-kind.ts'
/** Kinds of sides, and which carry a number. */
export { countNumbered, numberCorner, PAGE_KIND_INFO, PAGE_KINDS } from './page-kind.ts'
export type { NumberFinding, PrintedNumber } from './page-number.ts'
/** Printed page numbers: text, never the place of an image. */
export {
  assignPrintedNumbers,
  checkPrintedNumbers,
  comparePrintedNumbers,
  followsDirectly,
  nextPrintedNumber,
  printPrintedNumber,
  readPrintedNumber,
} from './page-number.ts'
export type { CatalogueRange, RangeCheckOptions, RangeFinding } from './page-range.ts'
/** Checks of the 页次 column of a catalogue. */
export { checkCatalogueRanges, rangeLength, readRange } from './page-range.ts'
export type { PartyRole, PartyRoleInfo } from './party-role.ts'
/** Places of parties in a case. */
export { PARTY_ROLE_INFO, PARTY_ROLES, partyRoleLabel, readPartyRole } from './party-role.ts'
export type { RetentionCode, RetentionPeriod, RetentionStart } from './retention.ts'
/** 保管期限: codes of DA/T 13-2022, words, due dates. */
export {
  longestRetention,
  RETENTION_CODES,
  RETENTION_LABELS,
  readRetention,
  retentionPeriod,
  retentionYears,
} from './retention.ts'
export type { SecrecyLevel, SecrecyLevelInfo, SensitivityFlag } from './secrecy.ts'
/** 密级 and other reasons for care. From 秘密 up no image may be held. */
export {
  compareSecrecy,
  highestSecrecy,
  mayHoldImages,
  readSecrecy,
  SECRECY_LEVEL_INFO,
  SECRECY_LEVELS,
  SENSITIVITY_FLAGS,
} from './secrecy.ts'
export type { Compartment, VolumeKind, VolumeKindInfo } from './volume-kind.ts'
/** 卷别 and the compartment that each is sealed in. */
export { compartmentOf, readVolumeKind, VOLUME_KIND_INFO, VOLUME_KINDS } from './volume-kind.ts'
