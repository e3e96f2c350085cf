import type { Turn } from '../../../shared/domain/page-text.ts'
import { GRID_SIDE } from './ink-grid.ts'

const WINDOW = 16
/** Cells that a window may lie elsewhere: what the feeder stretched and the margins cut. */
const LOCAL_SHIFT = 2
/** Shift of the page as a whole, in cells of the coarse grid. */
const COARSE = 4
const COARSE_SIDE = GRID_SIDE / COARSE
const COARSE_SHIFT = 2

/** The cells, one a byte, of the page once it is turned clockwise. */
export function turnedCells(packed: Uint8Array, turn: Turn, into: Uint8Array): Uint8Array {
  const last = GRID_SIDE - 1
  for (let y = 0; y < GRID_SIDE; y++) {
    for (let x = 0; x < GRID_SIDE; x++) {
      const index = y * GRID_SIDE + x
      const byte = packed[index >> 1] ?? 0
      const shade = index % 2 === 0 ? byte >> 4 : byte & 15
      switch (turn) {
        case 0:
          into[index] = shade
          break
        case 90:
          into[x * GRID_SIDE + (last - y)] = shade
          break
        case 180:
          into[(last - y) * GRID_SIDE + (last - x)] = shade
          break
        case 270:
          into[(last - x) * GRID_SIDE + y] = shade
          break
      }
    }
  }
  return into
}

export function coarseCells(cells: Uint8Array, side: number, into: Float32Array): Float32Array {
  const step = GRID_SIDE / side
  into.fill(0)
  for (let y = 0; y < GRID_SIDE; y++) {
    const row = Math.floor(y / step) * side
    for (let x = 0; x < GRID_SIDE; x++) {
      const cell = row + Math.floor(x / step)
      into[cell] = (into[cell] ?? 0) + (cells[y * GRID_SIDE + x] ?? 0)
    }
  }
  return into
}

/** Zero mean, length one; all zero when there is nothing on it. */
export function levelled(values: Float32Array): Float32Array {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let energy = 0
  for (let index = 0; index < values.length; index++) {
    const value = (values[index] ?? 0) - mean
    values[index] = value
    energy += value * value
  }
  const length = Math.sqrt(energy)
  for (let index = 0; index < values.length; index++)
    values[index] = length === 0 ? 0 : (values[index] ?? 0) / length
  return values
}

interface Laid {
  readonly shift: readonly [x: number, y: number]
  readonly likeness: number
}

/** Where the second page lies best over the first as a whole. */
function layOver(a: Float32Array, b: Float32Array): Laid {
  let best = -2
  let likeness = 0
  let shift: readonly [number, number] = [0, 0]
  for (let dy = -COARSE_SHIFT; dy <= COARSE_SHIFT; dy++) {
    for (let dx = -COARSE_SHIFT; dx <= COARSE_SHIFT; dx++) {
      let sum = 0
      const endX = Math.min(COARSE_SIDE, COARSE_SIDE - dx)
      for (let y = Math.max(0, -dy); y < Math.min(COARSE_SIDE, COARSE_SIDE - dy); y++) {
        const [row, rowThere] = [y * COARSE_SIDE, (y + dy) * COARSE_SIDE + dx]
        for (let x = Math.max(0, -dx); x < endX; x++) sum += (a[row + x] ?? 0) * (b[rowThere + x] ?? 0)
      }
      // The least shift wins where nothing speaks for more.
      const value = sum - 0.004 * (Math.abs(dx) + Math.abs(dy))
      if (value > best) {
        best = value
        likeness = sum
        shift = [dx, dy]
      }
    }
  }
  return { shift, likeness }
}

/** Room around the second page, so that no window falls off it. */
const PAD = COARSE_SHIFT * COARSE + LOCAL_SHIFT
const PADDED = GRID_SIDE + 2 * PAD
const WINDOW_CELLS = WINDOW * WINDOW

function padded(cells: Uint8Array, into: Uint8Array): Uint8Array {
  into.fill(0)
  for (let y = 0; y < GRID_SIDE; y++)
    into.set(cells.subarray(y * GRID_SIDE, (y + 1) * GRID_SIDE), (y + PAD) * PADDED + PAD)
  return into
}

/** Sums over all cells above and to the left, of the cells and of their squares. */
function runningSums(cells: Uint8Array, side: number, sums: Int32Array, squares: Int32Array): void {
  const width = side + 1
  for (let y = 1; y <= side; y++) {
    let [sum, square] = [0, 0]
    for (let x = 1; x <= side; x++) {
      const value = cells[(y - 1) * side + x - 1] ?? 0
      sum += value
      square += value * value
      sums[y * width + x] = (sums[(y - 1) * width + x] ?? 0) + sum
      squares[y * width + x] = (squares[(y - 1) * width + x] ?? 0) + square
    }
  }
}

function windowSum(sums: Int32Array, side: number, left: number, top: number): number {
  const width = side + 1
  const bottom = (top + WINDOW) * width + left
  return (
    (sums[bottom + WINDOW] ?? 0) -
    (sums[bottom] ?? 0) -
    (sums[top * width + left + WINDOW] ?? 0) +
    (sums[top * width + left] ?? 0)
  )
}

function overlap(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  let both = 0
  for (let row = 0; row < WINDOW; row++) {
    const [rowA, rowB] = [atA + row * GRID_SIDE, atB + row * PADDED]
    for (let x = 0; x < WINDOW; x++) both += (a[rowA + x] ?? 0) * (b[rowB + x] ?? 0)
  }
  return both
}

/** What one comparison works in: made once, for a comparison is the work of half a millisecond. */
interface Desk {
  readonly first: Uint8Array
  readonly second: Uint8Array
  readonly padded: Uint8Array
  readonly firstSums: Int32Array
  readonly firstSquares: Int32Array
  readonly sums: Int32Array
  readonly squares: Int32Array
  readonly coarseFirst: Float32Array
  readonly coarseSecond: Float32Array
}

function layDesk(): Desk {
  return {
    first: new Uint8Array(GRID_SIDE ** 2),
    second: new Uint8Array(GRID_SIDE ** 2),
    padded: new Uint8Array(PADDED ** 2),
    firstSums: new Int32Array((GRID_SIDE + 1) ** 2),
    firstSquares: new Int32Array((GRID_SIDE + 1) ** 2),
    sums: new Int32Array((PADDED + 1) ** 2),
    squares: new Int32Array((PADDED + 1) ** 2),
    coarseFirst: new Float32Array(COARSE_SIDE ** 2),
    coarseSecond: new Float32Array(COARSE_SIDE ** 2),
  }
}

/** Best correlation of one window nearby, and the ink that stands there on either page. */
function windowLikeness(desk: Desk, left: number, top: number, shiftX: number, shiftY: number) {
  const sumA = windowSum(desk.firstSums, GRID_SIDE, left, top)
  const varianceA = windowSum(desk.firstSquares, GRID_SIDE, left, top) - (sumA * sumA) / WINDOW_CELLS
  let [best, most] = [0, varianceA]
  for (let dy = -LOCAL_SHIFT; dy <= LOCAL_SHIFT; dy++) {
    for (let dx = -LOCAL_SHIFT; dx <= LOCAL_SHIFT; dx++) {
      const [x, y] = [left + shiftX + dx + PAD, top + shiftY + dy + PAD]
      const sumB = windowSum(desk.sums, PADDED, x, y)
      const varianceB = windowSum(desk.squares, PADDED, x, y) - (sumB * sumB) / WINDOW_CELLS
      if (varianceB > most) most = varianceB
      if (varianceA < 1 || varianceB < 1) continue
      const both = overlap(desk.first, top * GRID_SIDE + left, desk.padded, y * PADDED + x)
      const correlation = (both - (sumA * sumB) / WINDOW_CELLS) / Math.sqrt(varianceA * varianceB)
      if (correlation > best) best = correlation
    }
  }
  return { correlation: best, weight: Math.sqrt(most) }
}

function windowsLikeness(desk: Desk, shiftX: number, shiftY: number): number {
  let [sum, weights] = [0, 0]
  for (let top = 0; top < GRID_SIDE; top += WINDOW) {
    for (let left = 0; left < GRID_SIDE; left += WINDOW) {
      const { correlation, weight } = windowLikeness(desk, left, top, shiftX, shiftY)
      sum += correlation * weight
      weights += weight
    }
  }
  return weights === 0 ? 0 : sum / weights
}

export interface InkLikeness {
  /** 0 to 1. */
  readonly likeness: number
  readonly turn: Turn
}

/** A turn whose rough likeness is this far behind the best is not looked at closely. */
const TURN_MARGIN = 0.15

/** Compares the ink of two pages in the turns given, at least one; the best counts. */
export type CompareInk = (first: Uint8Array, second: Uint8Array, turns: readonly Turn[]) => InkLikeness

/**
 * Makes a comparer: how alike the ink of two pages lies when the second is turned clockwise. The page is laid over as
 * a whole, then each window finds its own best place nearby, and the windows count by the ink in them.
 */
export function inkComparer(): CompareInk {
  const desk = layDesk()
  return (first, second, turns) => {
    turnedCells(first, 0, desk.first)
    runningSums(desk.first, GRID_SIDE, desk.firstSums, desk.firstSquares)
    levelled(coarseCells(desk.first, COARSE_SIDE, desk.coarseFirst))
    const rough = turns.map((turn) => {
      turnedCells(second, turn, desk.second)
      levelled(coarseCells(desk.second, COARSE_SIDE, desk.coarseSecond))
      return { turn, ...layOver(desk.coarseFirst, desk.coarseSecond) }
    })
    const clearest = Math.max(...rough.map(({ likeness }) => likeness))
    let best: InkLikeness = { likeness: -1, turn: turns[0] ?? 0 }
    for (const { turn, shift, likeness: roughly } of rough) {
      if (roughly < clearest - TURN_MARGIN) continue
      padded(turnedCells(second, turn, desk.second), desk.padded)
      runningSums(desk.padded, PADDED, desk.sums, desk.squares)
      const likeness = windowsLikeness(desk, shift[0] * COARSE, shift[1] * COARSE)
      if (likeness > best.likeness) best = { likeness, turn }
    }
    return best
  }
}
