import type { OutputOf } from '../../../shared/contract/index.ts'
import { OVERDUE_DAYS } from '../../../shared/domain/reconcile/proof.ts'
import type { VolumeKind } from '../../../shared/domain/volume-kind.ts'
import type { Session } from '../../access/index.ts'
import { type Catalogue, number, type Row, sightCondition, text } from '../../catalogue/index.ts'

type Statistics = OutputOf<'differences.statistics'>

interface Condition {
  readonly sql: string
  readonly values: readonly string[]
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Days and months are those of the room's wall calendar (UTC+8), wherever the machine's clock is set to. */
const ZONE = '+8 hours'

function between(column: string, from: string | undefined, to: string | undefined): Condition {
  const day = `date(${column}, '${ZONE}')`
  return {
    sql: [...(from === undefined ? [] : [`${day} >= ?`]), ...(to === undefined ? [] : [`${day} <= ?`])]
      .map((part) => ` AND ${part}`)
      .join(''),
    values: [from, to].filter((value) => value !== undefined),
  }
}

/** Only what the person may see: cases in the scope of their grant, and volumes whose compartment they can open. */
function inSight(catalogue: Catalogue, session: Session, now: Date): Condition {
  const grants = session.grants.filter(({ permission }) => permission === 'difference.read')
  const sight = {
    accountId: session.accountId,
    at: catalogue.lent.moment(now),
    grants,
    restricted: session.compartments.has('restricted'),
  }
  const cases = sightCondition(catalogue.sql, sight, 'c')
  const open = ['open', 'restricted'].filter(
    (compartment) =>
      session.compartments.has(compartment as 'open' | 'restricted') &&
      grants.some(
        ({ compartments }) =>
          compartments === undefined || compartments.includes(compartment as 'open' | 'restricted'),
      ),
  )
  const volumes = `v.compartment IN (${open.map((compartment) => `'${compartment}'`).join(', ')})`
  return {
    sql: ` AND ${[volumes, cases.sql].filter((part) => part !== '').join(' AND ')}`,
    values: cases.values,
  }
}

const PAGES = `(SELECT count(*) FROM page JOIN book ON book.id = page.book_id
  WHERE book.volume_id = v.id AND page.withdrawn_at IS NULL)`

/**
 * What checking paper against electronic showed: differences that were found in the period (dismissed ones are none),
 * and checkings that were begun in it. Pages are those that stand in the volumes now.
 */
export function differenceStatistics(
  catalogue: Catalogue,
  session: Session,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Statistics {
  const { sql } = catalogue
  const sight = inSight(catalogue, session, now)
  const found = between('d.found_at', from, to)
  const begun = between('r.started_at', from, to)
  const differences = `FROM difference d JOIN volume v ON v.id = d.volume_id JOIN case_file c ON c.id = v.case_id
    WHERE d.state <> 'dismissed'${sight.sql}`
  const checkings = `FROM reconciliation r JOIN volume v ON v.id = r.volume_id JOIN case_file c ON c.id = v.case_id
    WHERE r.state <> 'abandoned'${sight.sql}${begun.sql}`
  const inPeriod = [...sight.values, ...found.values]
  const grouped = (column: string): readonly Row[] =>
    sql.all(
      `SELECT ${column} AS name, count(*) AS n ${differences}${found.sql} AND ${column} IS NOT NULL AND ${column} <> ''
       GROUP BY ${column} ORDER BY n DESC, name`,
      ...inPeriod,
    )
  const named = <T extends string>(column: string) =>
    grouped(column).map((row) => ({ name: text(row, 'name') as T, count: number(row, 'n') }))

  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString()
  const totals =
    sql.one(
      `SELECT count(*) AS n, coalesce(sum(d.state <> 'closed'), 0) AS open,
         coalesce(sum(d.state <> 'closed' AND d.found_at < CASE d.severity WHEN 'serious' THEN ?
           WHEN 'ordinary' THEN ? ELSE ? END), 0) AS overdue ${differences}${found.sql}`,
      ...[before(OVERDUE_DAYS.serious), before(OVERDUE_DAYS.ordinary), before(OVERDUE_DAYS.slight)],
      ...inPeriod,
    ) ?? {}
  const checked =
    sql.one(
      `SELECT count(*) AS volumes, coalesce(sum(pages), 0) AS pages
       FROM (SELECT DISTINCT v.id, ${PAGES} AS pages ${checkings})`,
      ...sight.values,
      ...begun.values,
    ) ?? {}

  const volumes = sql
    .all(
      `WITH counted AS (SELECT d.volume_id AS id, count(*) AS n ${differences}${found.sql} GROUP BY d.volume_id),
         checked AS (SELECT DISTINCT v.id ${checkings})
       SELECT v.id, c.number, v.kind, ${PAGES} AS pages, coalesce(counted.n, 0) AS n
       FROM (SELECT id FROM counted UNION SELECT id FROM checked) AS both
       JOIN volume v ON v.id = both.id JOIN case_file c ON c.id = v.case_id
       LEFT JOIN counted ON counted.id = v.id ORDER BY n DESC, c.number_sort, v.sequence`,
      ...inPeriod,
      ...sight.values,
      ...begun.values,
    )
    .map((row) => ({
      volumeId: text(row, 'id'),
      caseNumber: text(row, 'number'),
      volumeKind: text(row, 'kind') as VolumeKind,
      pages: number(row, 'pages'),
      count: number(row, 'n'),
    }))

  const pagesChecked = number(checked, 'pages')
  const count = number(totals, 'n')
  return {
    volumesChecked: number(checked, 'volumes'),
    pagesChecked,
    differences: count,
    open: number(totals, 'open'),
    overdue: number(totals, 'overdue'),
    rate: pagesChecked === 0 ? 0 : (count / pagesChecked) * 1000,
    byType: named<Statistics['byType'][number]['type']>('d.type').map(({ name, count: n }) => ({
      type: name,
      count: n,
    })),
    byCause: named<Statistics['byCause'][number]['cause']>('d.cause').map(({ name, count: n }) => ({
      cause: name,
      count: n,
    })),
    byStage: named<Statistics['byStage'][number]['stage']>('d.origin_stage').map(({ name, count: n }) => ({
      stage: name,
      count: n,
    })),
    byPerson: named('d.origin_person').map(({ name, count: n }) => ({ person: name, count: n })),
    byVolume: volumes,
    byMonth: byMonth(),
  }

  function byMonth(): Statistics['byMonth'] {
    const months = new Map<string, { found: number; closed: number; pages: number }>()
    const add = (rows: readonly Row[], field: 'found' | 'closed' | 'pages') => {
      for (const row of rows) {
        const month = months.get(text(row, 'month')) ?? { found: 0, closed: 0, pages: 0 }
        month[field] += number(row, 'n')
        months.set(text(row, 'month'), month)
      }
    }
    const monthOf = (column: string) => `strftime('%Y-%m', ${column}, '${ZONE}')`
    const closed = between('d.closed_at', from, to)
    add(
      sql.all(
        `SELECT ${monthOf('d.found_at')} AS month, count(*) AS n ${differences}${found.sql} GROUP BY month`,
        ...inPeriod,
      ),
      'found',
    )
    add(
      sql.all(
        `SELECT ${monthOf('d.closed_at')} AS month, count(*) AS n ${differences} AND d.closed_at IS NOT NULL${closed.sql}
         GROUP BY month`,
        ...[...sight.values, ...closed.values],
      ),
      'closed',
    )
    add(
      sql.all(
        `SELECT month, sum(pages) AS n FROM (SELECT DISTINCT ${monthOf('r.started_at')} AS month, v.id, ${PAGES} AS pages
           ${checkings}) GROUP BY month`,
        ...[...sight.values, ...begun.values],
      ),
      'pages',
    )
    return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, counts]) => ({ month, ...counts }))
  }
}
