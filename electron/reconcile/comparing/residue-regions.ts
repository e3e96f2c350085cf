import type { Window } from './boxes.ts'
import { type LaidPair, type Residue, STROKE, settledResidue } from './ink-residue.ts'
import type { Plane } from './plane.ts'

/** Side of the cells in which the residue is judged: about 1.7 mm. */
export const CELL = 10
/** Parts of one change lie no further apart than so many cells. */
const JOIN = 2
/** A cell with less unexplained ink (pixels) is quiet on every page; with more it is loud on every page. */
const LEAST = 5
const MOST = 22
/** From the usual residue of inked cells to what only a change reaches. */
const ABOVE_USUAL = 4
const SHIFT = 3
/** Cells with so many pixels of ink on both pages tell what is usual, when there are enough of them. */
const LEAST_CELL_INK = 10
const LEAST_SAMPLE = 60

export interface Region extends Window {
  /** Unexplained ink of either side, in pixels, above what cells of this page have anyway. */
  readonly paper: number
  readonly electronic: number
  readonly cells: number
}

function quantile(values: Float32Array, share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
}

/** Sums of a plane by cell, in pixels of a full stroke. */
function cellSums({ width, height, data }: Plane, columns: number, rows: number): Float32Array {
  const sums = new Float32Array(columns * rows)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns
    for (let column = 0, at = y * width; column < columns; column++) {
      const end = Math.min((y + 1) * width, at + CELL)
      let sum = 0
      for (; at < end; at++) sum += data[at] as number
      sums[row + column] = (sums[row + column] as number) + sum / STROKE
    }
  }
  return sums
}

/** What a cell of this page may have without a change: from the cells that both pages have ink in. */
function usualResidue(residue: Float32Array, mine: Float32Array, theirs: Float32Array): number {
  const sorted = residue
    .filter((_, at) => (mine[at] as number) > LEAST_CELL_INK && (theirs[at] as number) > LEAST_CELL_INK)
    .sort()
  if (sorted.length < LEAST_SAMPLE) return LEAST
  const middle = quantile(sorted, 0.5)
  const upper = quantile(sorted, 0.85)
  return Math.max(LEAST, Math.min(MOST, upper + ABOVE_USUAL * (upper - middle)))
}

interface Cells {
  readonly columns: number
  readonly rows: number
  readonly paper: Float32Array
  readonly electronic: Float32Array
}

/** Cells over their page's threshold, each given the chance to be a mere local shift. */
function loudCells(pair: LaidPair, residue: Residue): Cells {
  const { width, height } = pair.blind
  const columns = Math.ceil(width / CELL)
  const rows = Math.ceil(height / CELL)
  const sums = {
    paper: cellSums(residue.paper, columns, rows),
    electronic: cellSums(residue.electronic, columns, rows),
  }
  const inks = [
    cellSums(pair.paper.ink, columns, rows),
    cellSums(pair.electronic.ink, columns, rows),
  ] as const
  const threshold = {
    paper: usualResidue(sums.paper, ...inks),
    electronic: usualResidue(sums.electronic, ...inks),
  }
  const cells = {
    columns,
    rows,
    paper: new Float32Array(columns * rows),
    electronic: new Float32Array(columns * rows),
  }
  for (let at = 0; at < columns * rows; at++) {
    if (
      (sums.paper[at] as number) < threshold.paper &&
      (sums.electronic[at] as number) < threshold.electronic
    )
      continue
    const row = Math.floor(at / columns)
    const left = (at - row * columns) * CELL
    const top = row * CELL
    const inner = { left, top, right: Math.min(width, left + CELL), bottom: Math.min(height, top + CELL) }
    const outer = {
      left: inner.left - CELL,
      top: inner.top - CELL,
      right: inner.right + CELL,
      bottom: inner.bottom + CELL,
    }
    const settled = settledResidue(pair, outer, inner, SHIFT)
    cells.paper[at] = Math.max(0, settled.paper / STROKE - threshold.paper / 2)
    cells.electronic[at] = Math.max(0, settled.electronic / STROKE - threshold.electronic / 2)
  }
  return cells
}

/** Loud cells that lie together. */
export function residueRegions(pair: LaidPair, residue: Residue): readonly Region[] {
  const { columns, rows, paper, electronic } = loudCells(pair, residue)
  const left = paper.map((value, at) => value + (electronic[at] as number))
  const { width, height } = pair.blind
  const regions: Region[] = []
  for (let start = 0; start < left.length; start++) {
    if ((left[start] as number) <= 0) continue
    const stack = [start]
    left[start] = 0
    const box = { left: columns, top: rows, right: 0, bottom: 0 }
    let [mine, theirs, cells] = [0, 0, 0]
    while (stack.length > 0) {
      const at = stack.pop() as number
      const y = Math.floor(at / columns)
      const x = at - y * columns
      box.left = Math.min(box.left, x)
      box.top = Math.min(box.top, y)
      box.right = Math.max(box.right, x + 1)
      box.bottom = Math.max(box.bottom, y + 1)
      mine += paper[at] as number
      theirs += electronic[at] as number
      cells += 1
      for (let ny = Math.max(0, y - JOIN); ny <= Math.min(rows - 1, y + JOIN); ny++) {
        for (let nx = Math.max(0, x - JOIN); nx <= Math.min(columns - 1, x + JOIN); nx++) {
          const next = ny * columns + nx
          if ((left[next] as number) <= 0) continue
          left[next] = 0
          stack.push(next)
        }
      }
    }
    regions.push({
      left: box.left * CELL,
      top: box.top * CELL,
      right: Math.min(width, box.right * CELL),
      bottom: Math.min(height, box.bottom * CELL),
      paper: mine,
      electronic: theirs,
      cells,
    })
  }
  return regions
}
