import table from '../court-codes.json' with { type: 'json' }

/** One court of the table. A name is only ever looked up, never worked out from the digits. */
export interface Court {
  readonly code: string
  readonly name: string
}

export const SUPREME_COURT_CODE = '最高法'

/** The one-character marks of the high courts in the order of GB/T 2260, then 兵 and 军. */
export const PROVINCE_MARKS: readonly string[] = table.provinces.map((province) => province.mark)

export const COURTS: readonly Court[] = table.courts

const namesByCode = new Map(COURTS.map((court) => [court.code, court.name]))

/** The name of a court, from the records room's own rows first; null when neither table has the code. */
export function findCourtName(code: string, ownCourts: readonly Court[] = []): string | null {
  return ownCourts.find((court) => court.code === code)?.name ?? namesByCode.get(code) ?? null
}

/**
 * Text that puts courts in table order under plain comparison: the Supreme Court, then each province's high
 * court, each intermediate court and the courts below it. Unknown marks come last.
 */
export function courtOrderText(code: string): string {
  if (code === SUPREME_COURT_CODE) return '00'
  const order = PROVINCE_MARKS.indexOf(code.charAt(0))
  return order < 0 ? `99${code}` : String(order + 1).padStart(2, '0') + code.slice(1)
}
