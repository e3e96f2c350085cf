/** A quarter of a year as the review of rights is counted: `2026-Q4`. */
export type ReviewPeriod = `${number}-Q${1 | 2 | 3 | 4}`

/** China has one time zone and no summer time (GB/T 7408); a quarter begins with its midnight. */
const OFFSET_MS = 8 * 3_600_000

/** The quarter that a moment lies in. */
export function reviewPeriodOf(moment: Date): ReviewPeriod {
  const local = new Date(moment.getTime() + OFFSET_MS)
  const quarter = (Math.floor(local.getUTCMonth() / 3) + 1) as 1 | 2 | 3 | 4
  return `${local.getUTCFullYear()}-Q${quarter}`
}

/** The last day of a quarter, as an ISO date: until then its review is due. */
export function reviewDueOn(period: ReviewPeriod): string {
  const [year = '', quarter = ''] = period.split('-Q')
  return new Date(Date.UTC(Number(year), Number(quarter) * 3, 0)).toISOString().slice(0, 10)
}

/** 2026年第4季度 */
export function reviewPeriodWords(period: string): { readonly zh: string; readonly en: string } {
  const [year = period, quarter = ''] = period.split('-Q')
  return { zh: `${year}年第${quarter}季度`, en: `Quarter ${quarter} of ${year}` }
}
