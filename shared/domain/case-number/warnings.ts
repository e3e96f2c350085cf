import { CAUTION_CASE_TYPES, findCaseType } from './case-types.ts'
import { type Court, findCourtName } from './courts.ts'
import type { CaseNumberFields } from './fields.ts'

/** Something to show beside a number. It never keeps the number from being saved. */
export type CaseNumberWarning =
  | { readonly code: 'unknown-type'; readonly type: string }
  | { readonly code: 'caution-type'; readonly type: string }
  | { readonly code: 'unknown-court'; readonly court: string }
  | { readonly code: 'year-in-future'; readonly year: number; readonly currentYear: number }
  | { readonly code: 'modern-form-before-2016'; readonly year: number }
  | { readonly code: 'legacy-form-after-2016'; readonly year: number }
  | { readonly code: 'number-is-zero' }
  | { readonly code: 'range-descends'; readonly from: string; readonly to: string }
  | { readonly code: 'free-text' }

export interface WarningContext {
  /** The present time; the year is taken in China Standard Time. */
  readonly clock: () => Date
  /** Courts that the records room added to the table. */
  readonly ownCourts?: readonly Court[]
}

const FIRST_MODERN_YEAR = 2016
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

export function validateCaseNumber(
  fields: CaseNumberFields,
  context: WarningContext,
): readonly CaseNumberWarning[] {
  const warnings: CaseNumberWarning[] = []
  if (fields.scheme === 'free-text') return [{ code: 'free-text' }]
  if (fields.scheme === 'court') {
    const { court, type, year } = fields
    if (findCourtName(court, context.ownCourts) === null) warnings.push({ code: 'unknown-court', court })
    if (findCaseType(type) === null)
      warnings.push({ code: CAUTION_CASE_TYPES.includes(type) ? 'caution-type' : 'unknown-type', type })
    if (year < FIRST_MODERN_YEAR) warnings.push({ code: 'modern-form-before-2016', year })
  }
  if (fields.scheme === 'court-legacy' && fields.year >= FIRST_MODERN_YEAR)
    warnings.push({ code: 'legacy-form-after-2016', year: fields.year })
  if (fields.scheme === 'court' || fields.scheme === 'court-legacy') warnings.push(...rangeWarnings(fields))
  const year = fields.scheme === 'custom' ? Number(fields.values.year) : fields.year
  const currentYear = new Date(context.clock().getTime() + CHINA_OFFSET_MS).getUTCFullYear()
  if (year > currentYear) warnings.push({ code: 'year-in-future', year, currentYear })
  if (fields.scheme !== 'custom' && Number(fields.number) === 0) warnings.push({ code: 'number-is-zero' })
  return warnings
}

function rangeWarnings(
  fields: Extract<CaseNumberFields, { scheme: 'court' | 'court-legacy' }>,
): readonly CaseNumberWarning[] {
  let from = fields.number
  const warnings: CaseNumberWarning[] = []
  for (const { join, number } of fields.more) {
    if (join === '-' && Number(number) <= Number(from))
      warnings.push({ code: 'range-descends', from, to: number })
    from = number
  }
  return warnings
}
