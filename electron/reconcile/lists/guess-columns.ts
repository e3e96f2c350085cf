import { parseFieldDate } from '../../../shared/domain/field-date.ts'
import { readWrittenPages } from '../../../shared/domain/reconcile/written-pages.ts'
import type { TableField } from '../../intake/index.ts'
import type { CellLine } from './text-lines.ts'

export type Columns = Partial<Record<TableField, number>>

const HAN = /\p{Script=Han}/u
const NUMBER_OF_A_DOCUMENT = /[〔([（【]\s*\d{4}\s*[〕)\]）】].*\d|第?\d+号$/u

/**
 * Which column means what in a table without headings, by what stands in its cells: the longest Chinese texts are
 * titles, whole numbers that count up by one the order, ascending numbers or ranges the pages. Null without titles.
 */
export function guessColumns(lines: readonly CellLine[]): Columns | null {
  const width = Math.max(0, ...lines.map(({ cells }) => cells.length))
  const columns = Array.from({ length: width }, (_, at) => lines.map(({ cells }) => cells[at] ?? ''))
  const filled = (at: number) => (columns[at] ?? []).filter((cell) => cell !== '')
  const share = (at: number, holds: (cell: string) => boolean) => {
    const cells = filled(at)
    return cells.length === 0 ? 0 : cells.filter(holds).length / cells.length
  }
  const found: Columns = {}
  const taken = new Set<number>()
  const take = (field: TableField, at: number | undefined) => {
    if (at === undefined) return
    found[field] = at
    taken.add(at)
  }
  const all = Array.from({ length: width }, (_, at) => at)
  const free = () => all.filter((at) => !taken.has(at) && filled(at).length > 0)

  take(
    'date',
    free().find((at) => share(at, (cell) => /[-.年/]/u.test(cell) && parseFieldDate(cell).ok) >= 0.6),
  )
  take(
    'documentNumber',
    free().find((at) => share(at, (cell) => NUMBER_OF_A_DOCUMENT.test(cell)) >= 0.6),
  )
  const weight = (at: number) =>
    filled(at).reduce((sum, cell) => sum + (HAN.test(cell) ? [...cell].length : 0), 0)
  const [title] = free()
    .filter((at) => share(at, (cell) => HAN.test(cell)) >= 0.6 && filled(at).length * 2 >= lines.length)
    .sort((a, b) => weight(b) - weight(a))
  if (title === undefined) return null
  take('title', title)

  const numeric = free().filter((at) => share(at, (cell) => readWrittenPages(cell) !== null) >= 0.7)
  const [first, ...more] = numeric
  const counts = (at: number) =>
    filled(at).every(
      (cell, place) => Number(cell.replace(/[.、]$/u, '')) === place + Number(filled(at)[0] ?? 0),
    )
  const pages = first !== undefined && first < title && (more.length > 0 || counts(first)) ? more : numeric
  if (pages !== numeric) take('order', first)
  const [from, to] = pages
  if (from !== undefined && to !== undefined && share(from, (cell) => /^\d+$/u.test(cell)) === 1) {
    take('firstPage', from)
    take('lastPage', to)
  } else take('pageRange', from)
  take(
    'responsible',
    free().find((at) => share(at, (cell) => HAN.test(cell)) >= 0.6 && filled(at).length * 2 >= lines.length),
  )
  take(
    'remark',
    free().find((at) => at > title),
  )
  return found
}
