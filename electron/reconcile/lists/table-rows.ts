import { PaperCatalogueRow } from '../../../shared/contract/paper-catalogue.ts'
import { readWrittenPages } from '../../../shared/domain/reconcile/written-pages.ts'
import { readVolumeKind, type VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { AppError } from '../../../shared/errors.ts'
import { proposeColumnMapping, type TableField } from '../../intake/index.ts'
import { type Columns, guessColumns } from './guess-columns.ts'
import type { CellLine } from './text-lines.ts'

export interface RowProblem {
  readonly line: number
  readonly code:
    | 'title-missing'
    | 'page-not-a-number'
    | 'volume-kind-unknown'
    | 'cell-too-long'
    | 'too-many-rows'
}

export interface ReadRows {
  readonly rows: PaperCatalogueRow[]
  readonly problems: RowProblem[]
}

const HEADING_LINES = 10
const MOST_CHARACTERS = 300
const MOST_ROWS = 5000

/** Headings made different from one another, in a way that reading them passes over. */
const distinct = (cells: readonly string[]): readonly string[] =>
  cells.map((cell, at) => (cells.indexOf(cell) === at ? cell : `${cell} (${at + 1})`))

function columnsOf(cells: readonly string[]): Columns | null {
  const headings = distinct(cells)
  const mapping = proposeColumnMapping(headings)
  if (mapping === null) return null
  const found = Object.entries(mapping).map(([field, heading]) => [field, headings.indexOf(heading ?? '')])
  const alone = cells.filter((cell) => cell !== '').length === 1
  return found.length >= 2 || alone ? (Object.fromEntries(found) as Columns) : null
}

/** 起 and 止 in a line of their own below 页次. */
function withSecondLine(heading: readonly string[], below: CellLine | undefined): readonly string[] | null {
  const words = below?.cells.filter((cell) => cell !== '') ?? []
  if (words.length === 0 || !words.every((word) => /^[起止自至始终]页?$/u.test(word))) return null
  return heading.map((cell, at) => {
    const word = below?.cells[at] ?? ''
    if (word === '') return cell
    return /^[起自始]/u.test(word) ? '起页' : '止页'
  })
}

function headingOf(lines: readonly CellLine[]): { readonly columns: Columns; readonly body: number } | null {
  for (const [at, { cells }] of lines.slice(0, HEADING_LINES).entries()) {
    const second = withSecondLine(cells, lines[at + 1])
    const columns = columnsOf(second ?? cells)
    if (columns !== null) return { columns, body: at + (second === null ? 1 : 2) }
  }
  return null
}

function pagesOf(cell: (field: TableField) => string): string {
  const range = cell('pageRange')
  const [first, last] = [cell('firstPage'), cell('lastPage')]
  if (range !== '' && last === '') return range
  const from = range === '' ? first : range
  if (last === '' || last === from) return from
  if (from === '') return last
  return /^\d+$/u.test(`${from}${last}`) ? `${from}-${last}` : `${from}至${last}`
}

/**
 * The catalogue rows of a table, with or without headings, as they are written; rows of other volumes are left out by
 * their 卷别. What is wrong in a row is told by its line. Throws RECONCILE_TABLE_UNREADABLE when no column can be the
 * titles.
 */
export function tableRows(lines: readonly CellLine[], kind: VolumeKind): ReadRows {
  const heading = headingOf(lines)
  const columns = heading?.columns ?? guessColumns(lines)
  if (columns === null) throw new AppError('RECONCILE_TABLE_UNREADABLE')
  const body = heading === null ? lines : lines.slice(heading.body)
  const headingCells = heading === null ? '' : (lines[heading.body - 1]?.cells.join('\t') ?? '')
  const rows: PaperCatalogueRow[] = []
  const problems: RowProblem[] = []
  for (const { line, cells } of body) {
    const cell = (field: TableField) => {
      const at = columns[field]
      return at === undefined ? '' : (cells[at] ?? '')
    }
    // the heading again on top of the next sheet
    if (cells.every((one) => one === '') || cells.join('\t') === headingCells) continue
    const kindText = cell('volumeKind')
    const rowKind = readVolumeKind(kindText)
    if (rowKind !== null && rowKind !== kind) continue
    if (kindText !== '' && rowKind === null) problems.push({ line, code: 'volume-kind-unknown' })
    const title = cell('title')
    if (title === '') {
      problems.push({ line, code: 'title-missing' })
      continue
    }
    if (rows.length === MOST_ROWS) {
      problems.push({ line, code: 'too-many-rows' })
      break
    }
    const pages = pagesOf(cell)
    if (pages !== '' && readWrittenPages(pages) === null) problems.push({ line, code: 'page-not-a-number' })
    const texts = {
      ...{ order: cell('order'), title, documentNumber: cell('documentNumber'), date: cell('date') },
      ...{ responsible: cell('responsible'), pages, remark: cell('remark') },
    }
    if (Object.values(texts).some((text) => text.length > MOST_CHARACTERS))
      problems.push({ line, code: 'cell-too-long' })
    const fitted = Object.fromEntries(
      Object.entries(texts).map(([field, text]) => [field, text.slice(0, MOST_CHARACTERS)]),
    )
    rows.push(PaperCatalogueRow.parse(fitted))
  }
  return { rows, problems }
}
