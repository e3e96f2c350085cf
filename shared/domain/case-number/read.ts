import type { CaseNumberFields, CaseNumberSchemeId, CustomNumber } from './fields.ts'
import { caseNumberFileSafe } from './file-safe.ts'
import { caseNumberSortKey, caseNumberUniquenessKey } from './keys.ts'
import { normaliseCaseNumber } from './normalise.ts'
import { parseNormalised } from './parse.ts'
import { printCaseNumber } from './print.ts'
import { type CaseNumberSuggestion, suggestCaseNumberRepairs } from './repairs.ts'
import type { NumberScheme } from './scheme.ts'
import { caseNumberCompact, caseNumberTail } from './search.ts'
import { type CaseNumberWarning, validateCaseNumber, type WarningContext } from './warnings.ts'

export interface ReadContext extends WarningContext {
  /** Schemes that the records room defined, tried after the built-in ones. */
  readonly ownSchemes?: readonly NumberScheme<CustomNumber>[]
  /** Whether text that no scheme reads is kept as free text (the default) or refused. */
  readonly freeText?: 'keep' | 'refuse'
}

/** Everything that is kept of a number. */
export interface CaseNumber {
  /** As typed, for ever. */
  readonly raw: string
  readonly canonical: string
  readonly scheme: CaseNumberSchemeId
  readonly fields: CaseNumberFields
  readonly warnings: readonly CaseNumberWarning[]
  readonly sortKey: string
  readonly uniquenessKey: string
  readonly fileSafe: string
  readonly tail: string
  readonly compact: string
  /** Likelier readings, when the text could only be kept as free text. */
  readonly suggestions: readonly CaseNumberSuggestion[]
}

export type CaseNumberReading =
  | { readonly ok: true; readonly number: CaseNumber }
  | {
      readonly ok: false
      readonly code: 'CASE_NUMBER_INVALID'
      readonly reason: 'empty' | 'too-long' | 'unrecognised'
      readonly suggestions: readonly CaseNumberSuggestion[]
    }

export const CASE_NUMBER_MAX_CHARACTERS = 120

/** Reads what a person typed, or says why it cannot be a number. Warnings never make it fail. */
export function readCaseNumber(raw: string, context: ReadContext): CaseNumberReading {
  const normalised = normaliseCaseNumber(raw)
  if (normalised === '') return refused('empty', [])
  if (normalised.length > CASE_NUMBER_MAX_CHARACTERS) return refused('too-long', [])
  const parsed = parseNormalised(normalised, context.ownSchemes)
  const suggestions = parsed === null ? suggestCaseNumberRepairs(raw, context.ownSchemes) : []
  if (parsed === null && context.freeText === 'refuse') return refused('unrecognised', suggestions)
  const fields: CaseNumberFields = parsed ?? { scheme: 'free-text', text: normalised }
  const canonical = printCaseNumber(fields)
  return {
    ok: true,
    number: {
      raw,
      canonical,
      scheme: fields.scheme,
      fields,
      warnings: validateCaseNumber(fields, context),
      sortKey: caseNumberSortKey(fields),
      uniquenessKey: caseNumberUniquenessKey(fields),
      fileSafe: caseNumberFileSafe(fields),
      tail: caseNumberTail(canonical),
      compact: caseNumberCompact(canonical),
      suggestions,
    },
  }
}

function refused(
  reason: 'empty' | 'too-long' | 'unrecognised',
  suggestions: readonly CaseNumberSuggestion[],
): CaseNumberReading {
  return { ok: false, code: 'CASE_NUMBER_INVALID', reason, suggestions }
}

/** Takes a number apart without anything else: null when no scheme reads it. */
export function parseCaseNumber(
  raw: string,
  ownSchemes: readonly NumberScheme<CustomNumber>[] = [],
): CaseNumberFields | null {
  return parseNormalised(normaliseCaseNumber(raw), ownSchemes)
}
