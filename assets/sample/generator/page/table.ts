import { wrap } from './flow.ts'
import type { Align, Font, Mark } from './marks.ts'

export interface Cell {
  readonly text: string
  readonly align?: Align
  /** Written with a pen instead of printed. */
  readonly hand?: boolean
  /** Columns this cell covers. */
  readonly span?: number
  readonly font?: Font
  /** Smallest height of the row, millimetres. */
  readonly height?: number
}

export interface TableLayout {
  readonly x: number
  readonly y: number
  /** Column widths, millimetres. */
  readonly columns: readonly number[]
  readonly sizePt: number
  readonly font: Font
  readonly rowHeight: number
  readonly lineWidth?: number
}

/** A ruled table; gives its marks and its lower edge. */
export function table(
  rows: readonly (readonly (string | Cell)[])[],
  layout: TableLayout,
): { marks: Mark[]; bottom: number } {
  const marks: Mark[] = []
  const rule = layout.lineWidth ?? 0.22
  const lineStep = (layout.sizePt * 1.35 * 25.4) / 72
  const total = layout.columns.reduce((sum, width) => sum + width, 0)
  const right = layout.x + total
  let y = layout.y
  const horizontal = (at: number): void => {
    marks.push({ kind: 'line', x1: layout.x, y1: at, x2: right, y2: at, width: rule })
  }
  horizontal(y)
  for (const row of rows) {
    const cells = row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell))
    let column = 0
    const placed = cells.map((cell) => {
      const span = cell.span ?? 1
      const start = layout.x + layout.columns.slice(0, column).reduce((sum, width) => sum + width, 0)
      const width = layout.columns.slice(column, column + span).reduce((sum, part) => sum + part, 0)
      column += span
      const lines = cell.text.split('\n').flatMap((part) => wrap(part, layout.sizePt, width - 3))
      return { cell, start, width, lines }
    })
    const height = Math.max(
      layout.rowHeight,
      ...placed.map(({ cell, lines }) => Math.max(cell.height ?? 0, lines.length * lineStep + 3)),
    )
    let first = true
    for (const { cell, start, width, lines } of placed) {
      marks.push({ kind: 'line', x1: start, y1: y, x2: start, y2: y + height, width: rule })
      const offset = (height - lines.length * lineStep) / 2
      lines.forEach((line, index) => {
        const align = cell.align ?? 'left'
        const x = align === 'left' ? start + 1.6 : align === 'right' ? start + width - 1.6 : start + width / 2
        const place = {
          x,
          y: y + offset + lineStep * (index + 0.76),
          text: line,
          align,
          joined: !first && index === 0,
        }
        marks.push(
          cell.hand === true
            ? { kind: 'hand', style: 'plain', sizePt: layout.sizePt * 1.12, ...place }
            : { kind: 'text', font: cell.font ?? layout.font, sizePt: layout.sizePt, ...place },
        )
      })
      if (lines.length > 0) first = false
    }
    marks.push({ kind: 'line', x1: right, y1: y, x2: right, y2: y + height, width: rule })
    y += height
    horizontal(y)
  }
  return { marks, bottom: y }
}
