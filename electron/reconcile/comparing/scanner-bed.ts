import { emptyPlane, type Plane } from './plane.ts'

/** The page is looked at in cells of so many pixels: 0.7 mm, wider than a stroke of print. */
const CELL = 4
/** A cell is bed when even its lightest pixel is darker than this share of the page's paper. */
const DARK = 0.55
/** The sheet's own edge throws a line; so many cells beside the bed belong to it. */
const EDGE_CELLS = 2

/** How light the page mostly is. */
function paperLevel({ data }: Plane): number {
  const counts = new Uint32Array(256)
  let all = 0
  for (let at = 0; at < data.length; at += 5) {
    counts[data[at] as number] = (counts[data[at] as number] as number) + 1
    all += 1
  }
  let [seen, level] = [0, 255]
  while (level > 0) {
    seen += counts[level] as number
    if (seen > all * 0.3) break
    level -= 1
  }
  return level
}

/**
 * Wipes the ink where a scan shows the dark bed round the sheet: what is dark throughout and hangs together with the
 * image's edge.
 */
export function withoutBed(ink: Plane, luma: Plane): void {
  const { width, height } = luma
  const columns = Math.floor(width / CELL)
  const rows = Math.floor(height / CELL)
  const limit = paperLevel(luma) * DARK
  const isDark = (column: number, row: number): boolean => {
    for (let y = row * CELL; y < (row + 1) * CELL; y++)
      for (let x = column * CELL; x < (column + 1) * CELL; x++)
        if ((luma.data[y * width + x] as number) >= limit) return false
    return true
  }
  const bed = emptyPlane(columns, rows)
  const seen = emptyPlane(columns, rows)
  const stack: number[] = []
  const visit = (column: number, row: number): void => {
    const at = row * columns + column
    if (column < 0 || row < 0 || column >= columns || row >= rows || seen.data[at] !== 0) return
    seen.data[at] = 1
    if (!isDark(column, row)) return
    bed.data[at] = 1
    stack.push(at)
  }
  for (let column = 0; column < columns; column++) {
    visit(column, 0)
    visit(column, rows - 1)
  }
  for (let row = 0; row < rows; row++) {
    visit(0, row)
    visit(columns - 1, row)
  }
  const found: number[] = []
  while (stack.length > 0) {
    const at = stack.pop() as number
    found.push(at)
    const row = Math.floor(at / columns)
    const column = at - row * columns
    visit(column - 1, row)
    visit(column + 1, row)
    visit(column, row - 1)
    visit(column, row + 1)
  }
  for (const at of found) {
    const row = Math.floor(at / columns)
    const column = at - row * columns
    const left = Math.max(0, (column - EDGE_CELLS) * CELL)
    const right = Math.min(width, (column + 1 + EDGE_CELLS) * CELL)
    const bottom = Math.min(height, (row + 1 + EDGE_CELLS) * CELL)
    for (let y = Math.max(0, (row - EDGE_CELLS) * CELL); y < bottom; y++)
      ink.data.fill(0, y * width + left, y * width + right)
  }
}
