// The front door of the pure rules. Data in, data out: nothing here reads a clock, a file or a screen.

/** 档号 of DA/T 13-2022, by volume and by item, and the style of 1994 for import. */
export {
  type ArchiveArrangement,
  type ArchiveNumber,
  type ArchiveNumberContext,
  type ArchiveNumberWarning,
  type CategoryParts,
  type ItemArchiveNumber,
  type OldArchiveNumber,
  parseArchiveNumber,
  printArchiveNumber,
  readCategory,
  type VolumeArchiveNumber,
  validateArchiveNumber,
} from './archive-number.ts'
/** How an archive makes its numbers, and the next one. A counter wider than its pattern is refused. */
export {
  type ArchiveNumberPattern,
  type ArchiveNumberValues,
  type ArchivePatternResult,
  type BuiltArchiveNumber,
  buildArchiveNumber,
  DEFAULT_ARCHIVE_PATTERN,
  nextArchiveNumber,
  parseArchivePattern,
} from './archive-number-pattern.ts'
/** The official table of case types, and what is accepted beside it with a warning. */
export {
  CASE_TYPES,
  CAUTION_CASE_TYPES,
  type CaseType,
  caseTypeOrder,
  matchCaseType,
} from './case-number/case-types.ts'
/** The table of courts. Incomplete on purpose: a code that is not in it has no name. */
export { COURTS, type Court, findCourtName, PROVINCE_MARKS } from './case-number/courts.ts'
/** A numbering scheme as data: checked with its own samples before use, every problem told (`TEMPLATE_INVALID`). */
export {
  type CustomSchemeDefinition,
  defineScheme,
  type SchemeProblem,
  type SchemeResult,
} from './case-number/custom-scheme.ts'
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
/** Keys to store: order of the shelves, sameness, the counter that a number was drawn from and what it counts. */
export {
  caseNumberCounterKey,
  caseNumberCounts,
  caseNumberSortKey,
  caseNumberUniquenessKey,
  type UniquenessOptions,
  yearOf as caseNumberYear,
} from './case-number/keys.ts'
/** The steps that make two typings of one number equal. Idempotent; guesses nothing. */
export { normaliseCaseNumber } from './case-number/normalise.ts'
/** The table of numbering schemes, and whether a gap in a counter is worth an alarm. */
export { gapsAlarm, listSchemes, type SchemeSummary } from './case-number/parse.ts'
/** The one written form; parsing it gives the same fields. */
export { printCaseNumber } from './case-number/print.ts'
/**
 * Reads a case number as typed: `raw` is kept, `canonical` is its one written form, the keys are ready to store.
 * Warnings never make it fail; text that no scheme reads is kept as free text unless the context refuses it.
 * Follows 法〔2015〕137号 as amended by 法〔2018〕335号. Never throws; `CASE_NUMBER_INVALID` with a reason instead.
 */
export {
  type CaseNumber,
  type CaseNumberReading,
  parseCaseNumber,
  type ReadContext,
  readCaseNumber,
} from './case-number/read.ts'
/** Likely readings of a misread number, to be offered and never applied unasked. */
export {
  type CaseNumberSuggestion,
  type RepairKind,
  suggestCaseNumberRepairs,
} from './case-number/repairs.ts'
/** What a numbering scheme consists of. */
export type { NumberScheme, SchemeLabel } from './case-number/scheme.ts'
/** Finding by any piece of a number: store the tail and the compact form, look for the forms of the query in them. */
export {
  type CaseNumberSearchForms,
  caseNumberCompact,
  caseNumberSearchForms,
  caseNumberTail,
} from './case-number/search.ts'
/** What to show beside a number: codes with parameters, never a refusal. The clock is injected. */
export type { CaseNumberWarning, WarningContext } from './case-number/warnings.ts'
/** Catalogue templates 编目模板 as data, and the choice of one for a volume. */
export type { CatalogueTemplateProblem } from './catalogue-template.ts'
/** Chinese numerals: counting ones of 1–999 (RangeError outside), and digits written one by one. */
export {
  printChineseNumeral,
  readChineseNumeral,
} from './chinese-numeral.ts'
/** Dates as typed, whole or partial, to ISO text and back in Chinese styles. */
export {
  type DatePrecision,
  type DateStyle,
  type FieldDateReading,
  parseFieldDate,
  printFieldDate,
} from './field-date.ts'
/** What is wrong with a name or number template; `at` counts UTF-16 units from 0. */
export type { TemplateProblem } from './field-template.ts'
/**
 * Makes a name from a template: at most 255 bytes of UTF-8, the path at most 240 UTF-16 units, the title shortened
 * first. `fileNameKey` tells which names cannot share a folder. Fails with `INTAKE_NAME_UNUSABLE`.
 */
export {
  type FileNameValues,
  fileNameKey,
  type RenderedFileName,
  type RenderOptions,
  renderFileName,
  uniqueFileName,
} from './file-name/render.ts'
/** Makes one safe file name of any text (Windows rules, NFC, at most 255 bytes of UTF-8). */
export { safeFileName } from './file-name/safe.ts'
/** Templates of file names that staff can edit, the fields for them and the two as shipped. */
export {
  type DatePattern,
  DEFAULT_EXPORT_TEMPLATE,
  DEFAULT_MASTER_TEMPLATE,
  FILE_NAME_FIELDS,
  type FileNameField,
  type FileNameFieldInfo,
  type FileNameTemplate,
  type FileNameTemplateResult,
  parseFileNameTemplate,
} from './file-name/template.ts'
/** The only place that pairs Chinese and English terms. `term` throws RangeError for an unknown id. */
export { GLOSSARY, type Term, type TermId, term } from './glossary.ts'
/** Kinds of sides, and which carry a number. */
export {
  countNumbered,
  numberCorner,
  PAGE_KIND_INFO,
  PAGE_KINDS,
  type PageKind,
  type PageKindInfo,
  type SheetSide,
} from './page-kind.ts'
/** Printed page numbers: text, never the place of an image. `index` of a finding counts images from 0. */
export {
  assignPrintedNumbers,
  checkPrintedNumbers,
  comparePrintedNumbers,
  followsDirectly,
  type NumberFinding,
  nextPrintedNumber,
  type PrintedNumber,
  printPrintedNumber,
  readPrintedNumber,
} from './page-number.ts'
/** Checks of the 页次 column of a catalogue. */
export {
  type CatalogueRange,
  checkCatalogueRanges,
  type RangeCheckOptions,
  type RangeFinding,
  rangeLength,
  readRange,
} from './page-range.ts'
/** Places of parties in a case. */
export {
  PARTY_ROLE_INFO,
  PARTY_ROLES,
  type PartyRole,
  type PartyRoleInfo,
  partyRoleLabel,
  readPartyRole,
} from './party-role.ts'
/** What a role may do: the fixed list of permissions, and roles as data over it. */
export type {
  Permission,
  Role,
} from './permission.ts'
/** 保管期限: codes of DA/T 13-2022, words, due dates as ISO dates. `retentionPeriod` throws RangeError for half a date. */
export {
  longestRetention,
  RETENTION_CODES,
  RETENTION_LABELS,
  type RetentionCode,
  type RetentionPeriod,
  type RetentionStart,
  readRetention,
  retentionPeriod,
  retentionYears,
} from './retention.ts'
/** 密级 and other reasons for care. From 秘密 up no image may be held. */
export {
  compareSecrecy,
  highestSecrecy,
  mayHoldImages,
  readSecrecy,
  SECRECY_LEVEL_INFO,
  SECRECY_LEVELS,
  type SecrecyLevel,
  type SecrecyLevelInfo,
  type SensitivityFlag,
} from './secrecy.ts'
/** 卷别 and the compartment that each is sealed in. */
export {
  type Compartment,
  compartmentOf,
  readVolumeKind,
  VOLUME_KIND_INFO,
  VOLUME_KINDS,
  type VolumeKind,
  type VolumeKindInfo,
} from './volume-kind.ts'
