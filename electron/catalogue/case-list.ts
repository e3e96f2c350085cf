import type { CASE_SORT_COLUMNS, CaseFilter, CaseListRequest } from '../../shared/contract/cases.ts'
import type { CaseRow } from '../../shared/contract/model.ts'
import { normaliseArchiveNumber } from '../../shared/domain/archive-number.ts'
import { normaliseForSearch } from '../../shared/domain/search/text-runs.ts'
import { type Condition, type Sight, sightCondition } from './sight.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from './statements.ts'

const SORT_COLUMNS: Readonly<Record<(typeof CASE_SORT_COLUMNS)[number], string>> = {
  number: 'number_sort',
  cause: 'cause',
  handler: 'handler',
  acceptedOn: 'accepted_on',
  closedOn: 'closed_on',
  pageCount: 'page_count',
  updatedAt: 'updated_at',
}

export function caseRow(row: Row, restricted = true): CaseRow {
  return {
    id: text(row, 'id'),
    number: text(row, 'number'),
    archiveNumber: text(row, 'archive_number'),
    cause: text(row, 'cause'),
    title: text(row, 'title'),
    year: numberOrNull(row, 'year'),
    court: text(row, 'court'),
    typeText: text(row, 'type_text'),
    handler: text(row, 'handler'),
    status: text(row, 'status') as CaseRow['status'],
    retention: textOrNull(row, 'retention') as CaseRow['retention'],
    secrecy: text(row, 'secrecy') as CaseRow['secrecy'],
    // How thick a closed volume is, is the closed volume's own.
    pageCount: number(row, 'page_count') - (restricted ? 0 : number(row, 'restricted_page_count')),
    acceptedOn: textOrNull(row, 'accepted_on'),
    closedOn: textOrNull(row, 'closed_on'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  }
}

function whereOf(
  filter: CaseFilter,
  seen: Condition,
): {
  readonly sql: string
  readonly values: readonly (string | number)[]
} {
  const parts: string[] = seen.sql === '' ? [] : [seen.sql]
  const values: (string | number)[] = [...seen.values]
  const among = (column: string, wanted: readonly (string | number)[]) => {
    if (wanted.length === 0) return
    parts.push(`${column} IN (${wanted.map(() => '?').join(', ')})`)
    values.push(...wanted)
  }
  among('year', filter.years)
  among('type_text', filter.types)
  among('status', filter.statuses)
  among('retention', filter.retentions)
  for (const word of filter.text
    .trim()
    .split(/\s+/u)
    .filter((part) => part !== '')) {
    // The second is how a 档号 is kept, whatever dashes and dots it is typed with.
    const forms = new Set([word, normaliseArchiveNumber(word)].map(normaliseForSearch))
    parts.push(`(${[...forms].map(() => `filter_text LIKE ? ESCAPE '\\'`).join(' OR ')})`)
    values.push(...[...forms].map((form) => `%${form.replace(/[\\%_]/gu, '\\$&')}%`))
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
}

/** A case, where it is in sight. */
export function seenCase(sql: Statements, caseId: string, sight: Sight): CaseRow | undefined {
  const seen = sightCondition(sql, sight)
  const row = sql.one(
    `SELECT * FROM case_file WHERE id = ?${seen.sql === '' ? '' : ` AND ${seen.sql}`}`,
    ...[caseId, ...seen.values],
  )
  return row === undefined ? undefined : caseRow(row, sight.restricted)
}

/** One window of the list of cases: of the open catalogue, or of a copy of one that is opened to be read. */
export function listCases(
  sql: Statements,
  { filter, sort, offset, limit }: CaseListRequest,
  sight: Sight,
): { readonly total: number; readonly rows: CaseRow[] } {
  const where = whereOf(filter, sightCondition(sql, sight))
  const direction = sort.descending ? 'DESC' : 'ASC'
  const known = SORT_COLUMNS[sort.column]
  const column = known === 'page_count' && !sight.restricted ? 'page_count - restricted_page_count' : known
  const order =
    column === 'number_sort'
      ? `number_sort ${direction}, id ${direction}`
      : `${column} ${direction}, number_sort ${direction}`
  const total = sql.one(`SELECT count(*) AS n FROM case_file ${where.sql}`, ...where.values)
  const rows = sql.all(
    `SELECT * FROM case_file ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...where.values,
    limit,
    offset,
  )
  return {
    total: total === undefined ? 0 : number(total, 'n'),
    rows: rows.map((row) => caseRow(row, sight.restricted)),
  }
}
