import { PaperCatalogueRow } from '../../../shared/contract/paper-catalogue.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { readWrittenPages } from '../../../shared/domain/reconcile/written-pages.ts'
import { type UprightLine, uprightLines } from '../../../shared/domain/upright-line.ts'
import { type Cell, cellsOf, type ListColumns, type ListField, listColumns } from './table-columns.ts'

const middleOf = ({ top, bottom }: Pick<Cell, 'top' | 'bottom'>) => (top + bottom) / 2
const FOOT = /^(?:第\d+页)?(?:共\d+页)?(?:第\d+页)?$|^(?:立卷人|填表人|制表)/u
const MOST_CHARACTERS = 300

interface Row {
  middle: number
  readonly cells: Cell[]
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0

/** Cells that stand beside one another. */
function besideOneAnother(cells: readonly Cell[], height: number): readonly Row[] {
  const rows: Row[] = []
  for (const cell of [...cells].sort((a, b) => middleOf(a) - middleOf(b))) {
    const row = rows.at(-1)
    if (row !== undefined && Math.abs(middleOf(cell) - row.middle) < height * 0.6) {
      row.cells.push(cell)
      row.middle = row.cells.reduce((sum, one) => sum + middleOf(one), 0) / row.cells.length
    } else rows.push({ middle: middleOf(cell), cells: [cell] })
  }
  return rows
}

const isNumber = ({ field, text }: Cell): boolean =>
  (field === 'order' && /^\d{1,4}[.、]?$/u.test(text.normalize('NFKC'))) ||
  (field === 'pages' && readWrittenPages(text) !== null)

/**
 * Rows begin where a number stands in 序号 or 页次; what was broken over several lines belongs to the nearest of them,
 * in doubt to the one above. A title far from every number is a row whose numbers could not be read.
 */
function rowsOf(cells: readonly Cell[], columns: ListColumns): readonly Row[] {
  const height = median(cells.map(({ top, bottom }) => bottom - top))
  const counted = columns.fields.some((field) => field === 'order' || field === 'pages')
  const core = cells.filter(({ field }) => field === 'order' || field === 'title' || field === 'pages')
  const beside = besideOneAnother(core, height)
  const begins = ({ cells: own }: Row) => !counted || own.some(isNumber)
  const rows = beside.filter(begins)
  const pitch = median(rows.slice(1).map(({ middle }, at) => middle - (rows[at]?.middle ?? middle)))
  const nearest = (middle: number): Row | undefined => {
    const before = rows.findLast((row) => row.middle <= middle)
    const after = rows.find((row) => row.middle > middle)
    if (before === undefined || after === undefined) return before ?? after
    return after.middle - middle < (middle - before.middle) * 0.8 ? after : before
  }
  const lone: Row[] = []
  for (const row of beside.filter((one) => !begins(one))) {
    const owner = nearest(row.middle)
    if (owner === undefined || Math.abs(owner.middle - row.middle) > Math.max(pitch, height) * 0.75)
      lone.push(row)
    else owner.cells.push(...row.cells)
  }
  rows.push(...lone)
  rows.sort((a, b) => a.middle - b.middle)
  for (const cell of cells) if (!core.includes(cell)) nearest(middleOf(cell))?.cells.push(cell)
  return rows
}

function textOf({ cells }: Row, field: ListField): string {
  return cells
    .filter((cell) => cell.field === field)
    .sort((a, b) =>
      Math.abs(middleOf(a) - middleOf(b)) < 0.006 ? a.left - b.left : middleOf(a) - middleOf(b),
    )
    .map(({ text }) => text)
    .join('')
    .replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/gu, '')
    .slice(0, MOST_CHARACTERS)
}

const NUMERIC = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[.、]$/u, '')

function rowsOfPage(lines: readonly UprightLine[], columns: ListColumns): readonly PaperCatalogueRow[] {
  const body = lines.filter(
    (line) =>
      middleOf(line) > columns.bottom && line.text !== '' && !FOOT.test(line.text.replaceAll(' ', '')),
  )
  return rowsOf(
    body.flatMap((line) => cellsOf(line, columns)),
    columns,
  )
    .map((row) =>
      PaperCatalogueRow.parse({
        order: NUMERIC(textOf(row, 'order')),
        title: textOf(row, 'title'),
        documentNumber: textOf(row, 'documentNumber'),
        responsible: textOf(row, 'responsible'),
        date: textOf(row, 'date'),
        pages: NUMERIC(textOf(row, 'pages')),
        remark: textOf(row, 'remark'),
      }),
    )
    .filter(({ title }) => title !== '')
}

/**
 * The rows of a 卷内目录 from the text of its pages, in order: columns by the line of headings and by where print stands
 * below it, rows by their numbers. A further page without headings has the columns of the one before.
 */
export function listFromReadings(readings: readonly PageReading[]): readonly PaperCatalogueRow[] {
  let columns: ListColumns | null = null
  return readings.flatMap((reading) => {
    const lines = uprightLines(reading)
    const own = listColumns(lines)
    if (own !== null) columns = own
    else if (columns !== null) columns = { ...columns, bottom: 0 }
    return columns === null ? [] : rowsOfPage(lines, columns)
  })
}
