import type { Field } from './warp.ts'

/** What one place of the paper page says of where it lies on the electronic one, pixels. */
export interface Sample {
  readonly x: number
  readonly y: number
  readonly offX: number
  readonly offY: number
  /** 0 where a direction is not known, as along a ruled line. */
  readonly weightX: number
  readonly weightY: number
}

/** Pixels from node to node of a field. */
export const FIELD_STEP = 32
/** A node further than this (pixels) from the middle of its neighbours found a wrong place. */
const OUTLIER = 2.6
const ROUNDS = 3

interface Grid {
  readonly columns: number
  readonly rows: number
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}

/** Fills gaps by straight lines between what is known, the ends by the nearest; evened by 1 2 1. */
function continued(known: readonly (number | undefined)[]): readonly number[] {
  const places = known.flatMap((value, at) => (value === undefined ? [] : [{ at, value }]))
  const first = places[0]
  if (first === undefined) return known.map(() => 0)
  let next = 0
  const filled = known.map((_, at) => {
    while (next < places.length - 1 && (places[next + 1]?.at ?? 0) <= at) next += 1
    const before = places[next] ?? first
    const after = places[next + 1]
    if (after === undefined || at <= before.at) return before.value
    return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at)
  })
  return filled.map((value, at) => ((filled[at - 1] ?? value) + 2 * value + (filled[at + 1] ?? value)) / 4)
}

/** A feeder pulls whole rows (or, of a page that lies, whole columns): what they have in common, taken out in place. */
function takenOut(
  values: Float32Array,
  weights: Float32Array,
  { columns, rows }: Grid,
  byRow: boolean,
): readonly number[] {
  const [lines, length] = byRow ? [rows, columns] : [columns, rows]
  const known = Array.from({ length: lines }, (_, line) => {
    const found: number[] = []
    for (let along = 0; along < length; along++) {
      const at = byRow ? line * columns + along : along * columns + line
      if ((weights[at] as number) > 0) found.push(values[at] as number)
    }
    return found.length === 0 ? undefined : middleOf(found)
  })
  const profile = continued(known)
  for (let at = 0; at < values.length; at++)
    if ((weights[at] as number) > 0)
      values[at] = (values[at] as number) - (profile[byRow ? Math.floor(at / columns) : at % columns] ?? 0)
  return profile
}

function withoutOutliers(values: Float32Array, weights: Float32Array, { columns, rows }: Grid): void {
  const kept = weights.slice()
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column
      if ((weights[here] as number) === 0) continue
      const near: number[] = []
      for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++)
        for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++)
          if ((weights[r * columns + c] as number) > 0) near.push(values[r * columns + c] as number)
      if (Math.abs((values[here] as number) - middleOf(near)) > OUTLIER) kept[here] = 0
    }
  }
  weights.set(kept)
}

/** Spreads what is known over its neighbours; far from anything known nothing is left. */
function diffused(start: Float32Array, startWeights: Float32Array, { columns, rows }: Grid): Float32Array {
  let [values, weights] = [start, startWeights]
  for (let round = 0; round < ROUNDS; round++) {
    const nextValues = new Float32Array(values.length)
    const nextWeights = new Float32Array(values.length)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let [sum, total, places] = [0, 0, 0]
        for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
          for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
            const near = r === row && c === column ? 4 : r === row || c === column ? 2 : 1
            const at = r * columns + c
            sum += near * (weights[at] as number) * (values[at] as number)
            total += near * (weights[at] as number)
            places += near
          }
        }
        nextValues[row * columns + column] = total > 0 ? sum / total : 0
        nextWeights[row * columns + column] = total / places
      }
    }
    values = nextValues
    weights = nextWeights
  }
  return values
}

function oneDirection(values: Float32Array, weights: Float32Array, grid: Grid): Float32Array {
  for (let at = 0; at < values.length; at++)
    if ((weights[at] as number) > 0) values[at] = (values[at] as number) / (weights[at] as number)
  const byRow = takenOut(values, weights, grid, true)
  const byColumn = takenOut(values, weights, grid, false)
  withoutOutliers(values, weights, grid)
  const rest = diffused(values, weights, grid)
  return rest.map(
    (value, at) => value + (byRow[Math.floor(at / grid.columns)] ?? 0) + (byColumn[at % grid.columns] ?? 0),
  )
}

/** The smooth field through the samples: what rows and columns have in common, and what is left beside it. */
export function fieldThrough(samples: readonly Sample[], width: number, height: number): Field {
  const grid = {
    columns: Math.max(1, Math.ceil(width / FIELD_STEP)),
    rows: Math.max(1, Math.ceil(height / FIELD_STEP)),
  }
  const empty = () => new Float32Array(grid.columns * grid.rows)
  const [x, y, weightsX, weightsY] = [empty(), empty(), empty(), empty()]
  for (const sample of samples) {
    const column = Math.max(0, Math.min(grid.columns - 1, Math.floor(sample.x / FIELD_STEP)))
    const row = Math.max(0, Math.min(grid.rows - 1, Math.floor(sample.y / FIELD_STEP)))
    const at = row * grid.columns + column
    x[at] = (x[at] as number) + sample.offX * sample.weightX
    y[at] = (y[at] as number) + sample.offY * sample.weightY
    weightsX[at] = (weightsX[at] as number) + sample.weightX
    weightsY[at] = (weightsY[at] as number) + sample.weightY
  }
  return {
    step: FIELD_STEP,
    ...grid,
    x: oneDirection(x, weightsX, grid),
    y: oneDirection(y, weightsY, grid),
  }
}

/** One field after another, of the same page. */
export function addedFields(first: Field, second: Field): Field {
  return {
    ...first,
    x: first.x.map((value, at) => value + (second.x[at] as number)),
    y: first.y.map((value, at) => value + (second.y[at] as number)),
  }
}
