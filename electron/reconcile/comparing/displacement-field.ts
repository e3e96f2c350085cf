import type { Match } from './block-matching.ts'
import type { Field } from './warp.ts'

/** A node further than this (pixels) from the middle of its neighbours found a wrong place. */
const OUTLIER = 2.6
const ROUNDS = 3

interface Node {
  readonly off: number
  readonly weight: number
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/** One direction: outliers dropped, holes filled from their neighbours, the whole smoothed. */
function smooth(nodes: readonly (Node | undefined)[], columns: number, rows: number): Float32Array {
  const kept = nodes.map((node, at) => {
    if (node === undefined) return undefined
    const [row, column] = [Math.floor(at / columns), at % columns]
    const near: number[] = []
    for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++)
      for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++) {
        const other = nodes[r * columns + c]
        if (other !== undefined) near.push(other.off)
      }
    return Math.abs(node.off - middleOf(near)) > OUTLIER ? undefined : node
  })
  let values = new Float32Array(kept.length)
  let weights = new Float32Array(kept.length)
  for (const [at, node] of kept.entries()) {
    if (node === undefined) continue
    values[at] = node.off
    weights[at] = node.weight
  }
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
        // Far from anything known the page lies as the affine part says.
        nextValues[row * columns + column] = total > 0 ? sum / total : 0
        nextWeights[row * columns + column] = total / places
      }
    }
    values = nextValues
    weights = nextWeights
  }
  return values
}

/** The smooth field through matches of blocks; `scale` is what these are smaller than the page of `width`, `height`. */
export function fieldThrough(
  matches: readonly Match[],
  scale: number,
  step: number,
  width: number,
  height: number,
  leastLikeness: number,
): Field {
  const columns = Math.max(1, Math.ceil(width / step))
  const rows = Math.max(1, Math.ceil(height / step))
  const across = new Array<Node | undefined>(columns * rows).fill(undefined)
  const down = new Array<Node | undefined>(columns * rows).fill(undefined)
  for (const { x, y, offX, offY, likeness, sharpX, sharpY } of matches) {
    if (likeness < leastLikeness) continue
    const at = 
      Math.min(rows - 1, Math.floor(y / scale / step)) * columns +
      Math.min(columns - 1, Math.floor(x / scale / step))
    if (sharpX > 0.02) across[at] = { off: offX / scale, weight: likeness * Math.min(0.3, sharpX) }
    if (sharpY > 0.02) down[at] = { off: offY / scale, weight: likeness * Math.min(0.3, sharpY) }
  }
  return { step, columns, rows, x: smooth(across, columns, rows), y: smooth(down, columns, rows) }
}
