import rows from '../case-types.json' with { type: 'json' }

/** One row of the official table of case types (类型代字). */
export interface CaseType {
  /** The characters that stand in the number, such as 民初. */
  readonly type: string
  /** The first item of the official list that uses them, four digits: the order of the table. */
  readonly code: string
  /** The class the list puts it in, such as 民事. */
  readonly class: string
}

export const CASE_TYPES: readonly CaseType[] = rows

/** Seen in practice or in the first list only: accepted, with a warning. */
export const CAUTION_CASE_TYPES: readonly string[] = [
  '民诉前调',
  '行诉前调',
  '引调',
  '执前督',
  '国赔',
  '民破',
  '民算',
]

/** Characters that may stand between the court and the type since 2018. */
const _SPECIAL_COURT_MARKS: readonly string[] = ['知']

const byType = new Map(CASE_TYPES.map((row, order) => [row.type, { row, order }]))
const longestFirst = [...CASE_TYPES.map((row) => row.type), ...CAUTION_CASE_TYPES].sort(
  (a, b) => b.length - a.length || (a < b ? -1 : 1),
)

export function findCaseType(type: string): CaseType | null {
  return byType.get(type)?.row ?? null
}

/** The place of a type in the table, counted from 0; null when the table does not have it. */
export function caseTypeOrder(type: string): number | null {
  return byType.get(type)?.order ?? null
}

/** The longest known type that `text` starts with, so that 民辖终 wins over 民辖; null when none does. */
export function matchCaseType(text: string): string | null {
  return longestFirst.find((type) => text.startsWith(type)) ?? null
}
