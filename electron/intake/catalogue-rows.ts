import type { ColumnMapping } from '../../shared/contract/intake.ts'
import { readChineseNumeral } from '../../shared/domain/chinese-numeral.ts'
import { AppError } from '../../shared/errors.ts'
import type { TableField } from './column-mapping.ts'
import type { RowTable, TableRow } from './row-table.ts'

export type RowProblemCode =
  | 'title-missing'
  | 'order-not-a-number'
  | 'order-repeated'
  | 'page-not-a-number'
  | 'page-range-reversed'
  | 'page-range-overlaps'
  | 'page-gap'
  | 'volume-kind-unknown'
  | 'book-not-a-number'

export interface RowProblem {
  readonly line: number
  /** The heading of the column; empty when it concerns the row. */
  readonly column: string
  readonly code: RowProblemCode
}

export type TableVolumeKind =
  | 'main'
  | 'sub'
  | 'procuratorate'
  | 'procuratorate-internal'
  | 'investigation'
  | 'law-firm'

/** One item of the catalogue as the table has it. */
export interface CatalogueRow {
  readonly line: number
  readonly volumeKind: TableVolumeKind | undefined
  readonly book: number | undefined
  readonly order: number
  readonly title: string
  /** Printed page numbers as numbers, where they are plain. */
  readonly firstPage: number | undefined
  readonly lastPage: number | undefined
  /** The table did not say; it follows from where the next item begins. */
  readonly lastPageInferred: boolean
  /** The page column as written, for numbers such as "12-1". */
  readonly pageText: string
  /** As written. */
  readonly date: string
  readonly documentNumber: string
  readonly responsible: string
  readonly remark: string
}

export interface CatalogueRows {
  readonly rows: readonly CatalogueRow[]
  readonly problems: readonly RowProblem[]
}

const VOLUME_KINDS: readonly (readonly [RegExp, TableVolumeKind])[] = [
  [/检察内卷|内卷/, 'procuratorate-internal'],
  [/检察卷|检察/, 'procuratorate'],
  [/侦查卷|侦查/, 'investigation'],
  [/律师|代理卷/, 'law-firm'],
  [/副卷|^副$|^sub$/i, 'sub'],
  [/正卷|^正$|诉讼卷|^main$/i, 'main'],
]

const RANGE = /^(\d{1,6})(?:\s*(?:[-~–—―─~〜至到]+)\s*(\d{1,6}))?$/u

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[第页頁]|pp?\.?/giu, '')
    .trim()
}

function count(text: string): number | undefined {
  const bare = text.normalize('NFKC').replace(/[第册件号.\s]|卷$/gu, '')
  if (/^\d{1,6}$/.test(bare)) return Number(bare)
  return readChineseNumeral(bare) ?? undefined
}

interface Pages {
  readonly first: number | undefined
  readonly last: number | undefined
}

interface RowReader {
  cell(field: TableField): string
  problem(field: TableField, code: RowProblemCode): void
}

function readPages(row: RowReader): Pages {
  const range = plain(row.cell('pageRange'))
  const firstText = plain(row.cell('firstPage'))
  const lastText = plain(row.cell('lastPage'))
  let first: number | undefined
  let last: number | undefined
  for (const [field, text] of [
    ['pageRange', range],
    ['firstPage', firstText],
    ['lastPage', lastText],
  ] as const) {
    if (text === '') continue
    const match = RANGE.exec(text)
    if (match === null) row.problem(field, 'page-not-a-number')
    else if (field === 'lastPage') last = Number(match[2] ?? match[1])
    else {
      first = Number(match[1])
      if (match[2] !== undefined) last = Number(match[2])
    }
  }
  if (first !== undefined && last !== undefined && last < first) {
    row.problem(
      lastText === '' ? (range === '' ? 'firstPage' : 'pageRange') : 'lastPage',
      'page-range-reversed',
    )
    return { first, last: undefined }
  }
  return { first, last }
}

function readRow(row: RowReader, line: number, position: number): CatalogueRow | undefined {
  const title = row.cell('title')
  const orderText = row.cell('order')
  const order = orderText === '' ? position : count(orderText)
  if (order === undefined) row.problem('order', 'order-not-a-number')
  const kindText = row.cell('volumeKind')
  const volumeKind = VOLUME_KINDS.find(([pattern]) => pattern.test(kindText))?.[1]
  if (kindText !== '' && volumeKind === undefined) row.problem('volumeKind', 'volume-kind-unknown')
  const bookText = row.cell('book')
  const book = bookText === '' ? undefined : count(bookText)
  if (bookText !== '' && book === undefined) row.problem('book', 'book-not-a-number')
  const pages = readPages(row)
  if (title === '') {
    row.problem('title', 'title-missing')
    return undefined
  }
  return {
    line,
    volumeKind,
    book,
    order: order ?? position,
    title,
    firstPage: pages.first,
    lastPage: pages.last,
    lastPageInferred: false,
    pageText:
      row.cell('pageRange') || [row.cell('firstPage'), row.cell('lastPage')].filter(Boolean).join('-'),
    date: row.cell('date'),
    documentNumber: row.cell('documentNumber'),
    responsible: row.cell('responsible'),
    remark: row.cell('remark'),
  }
}

function sameBook(a: CatalogueRow, b: CatalogueRow): boolean {
  return a.volumeKind === b.volumeKind && a.book === b.book
}

/** Fills last pages from the next item's first page, and says where ranges overlap or leave a hole. */
function join(rows: readonly CatalogueRow[], mapping: ColumnMapping): CatalogueRows {
  const problems: RowProblem[] = []
  const column = mapping.pageRange ?? mapping.firstPage ?? ''
  const seen = new Set<string>()
  const joined = rows.map((row, index) => {
    const key = `${row.volumeKind ?? ''}/${row.book ?? ''}/${row.order}`
    if (seen.has(key)) problems.push({ line: row.line, column: mapping.order ?? '', code: 'order-repeated' })
    seen.add(key)
    const next = rows[index + 1]
    if (next === undefined || !sameBook(row, next)) return row
    if (row.firstPage === undefined || next.firstPage === undefined) return row
    if (next.firstPage < row.firstPage || (row.lastPage !== undefined && next.firstPage <= row.lastPage)) {
      problems.push({ line: next.line, column, code: 'page-range-overlaps' })
      return row
    }
    if (row.lastPage === undefined) {
      return { ...row, lastPage: Math.max(row.firstPage, next.firstPage - 1), lastPageInferred: true }
    }
    if (next.firstPage > row.lastPage + 1) problems.push({ line: next.line, column, code: 'page-gap' })
    return row
  })
  return { rows: joined, problems }
}

/**
 * Reads the table's rows as catalogue items. A row that is wrong in some cell comes with what can be read of it
 * and a problem that names its line and column; only a row without a title is left out. Nothing is thrown for a
 * bad row; a mapping that names a column the table does not have is INTAKE_TABLE_INVALID `{ reason, column }`.
 */
export function applyColumnMapping(table: RowTable, mapping: ColumnMapping): CatalogueRows {
  const columns = new Map<TableField, number>()
  for (const [field, header] of Object.entries(mapping) as [TableField, string | undefined][]) {
    if (header === undefined) continue
    const at = table.headers.indexOf(header)
    if (at < 0) throw new AppError('INTAKE_TABLE_INVALID', { reason: 'column-missing', column: header })
    columns.set(field, at)
  }
  const problems: RowProblem[] = []
  const readerOf = (row: TableRow): RowReader => ({
    cell: (field) => {
      const at = columns.get(field)
      return at === undefined ? '' : (row.cells[at] ?? '')
    },
    problem: (field, code) => problems.push({ line: row.line, column: mapping[field] ?? '', code }),
  })
  const rows: CatalogueRow[] = []
  for (const row of table.rows) {
    const read = readRow(readerOf(row), row.line, rows.length + 1)
    if (read !== undefined) rows.push(read)
  }
  const joined = join(rows, mapping)
  return {
    rows: joined.rows,
    problems: [...problems, ...joined.problems].sort((a, b) => a.line - b.line),
  }
}
