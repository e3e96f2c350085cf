import { type Affine, inverted } from './affine.ts'
import { type NodeGrid, rowOfGrid } from './grid-row.ts'
import { emptyPlane, type Plane } from './plane.ts'

/** How far the electronic page still lies off after the affine part, at the nodes of a grid on the paper page. */
export interface Field extends NodeGrid {
  readonly x: Float32Array
  readonly y: Float32Array
}

export const OUTSIDE = 255

/**
 * Lays `from` over a page of the size given: `transform` leads from `from` to that page. `outside` is OUTSIDE where
 * `from` does not reach, or only with its outermost `rim` pixels, and 0 elsewhere.
 */
export function warped(
  from: Plane,
  transform: Affine,
  width: number,
  height: number,
  field?: Field,
  rim = 0,
): { readonly plane: Plane; readonly outside: Plane } {
  const [a, b, c, d, e, f] = inverted(transform)
  const plane = emptyPlane(width, height)
  const outside = emptyPlane(width, height)
  const ink = plane.data
  const beyond = outside.data
  const { data, width: stride } = from
  const lastX = from.width - 1
  const lastY = from.height - 1
  const least = rim - 0.5
  const mostX = lastX + 0.5 - rim
  const mostY = lastY + 0.5 - rim
  const offX = new Float32Array(width)
  const offY = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    if (field !== undefined) {
      rowOfGrid(field.x, field, y, offX)
      rowOfGrid(field.y, field, y, offY)
    }
    const row = y * width
    for (let x = 0; x < width; x++) {
      const px = x + 0.5 + (offX[x] as number)
      const py = y + 0.5 + (offY[x] as number)
      const u = a * px + b * py + c - 0.5
      const v = d * px + e * py + f - 0.5
      if (u < least || v < least || u > mostX || v > mostY) {
        beyond[row + x] = OUTSIDE
        if (u < 0 || v < 0 || u >= lastX || v >= lastY) continue
      }
      // Whole numbers from here: parts of a pixel in 256ths.
      const wideU = u <= 0 ? 0 : (u * 256) | 0
      const wideV = v <= 0 ? 0 : (v * 256) | 0
      const left = wideU >> 8 >= lastX ? lastX - 1 : wideU >> 8
      const top = wideV >> 8 >= lastY ? lastY - 1 : wideV >> 8
      const first = top * stride + left
      const p = data[first] as number
      const q = data[first + 1] as number
      const r = data[first + stride] as number
      const s = data[first + stride + 1] as number
      if ((p | q | r | s) === 0) continue
      const partX = wideU - (left << 8)
      const partY = wideV - (top << 8)
      const above = (p << 8) + (q - p) * partX
      const below = (r << 8) + (s - r) * partX
      ink[row + x] = ((above << 8) + (below - above) * partY + 32768) >> 16
    }
  }
  return { plane, outside }
}

function mixed(
  values: Float32Array,
  p: number,
  q: number,
  r: number,
  s: number,
  partX: number,
  partY: number,
): number {
  const above = (values[p] as number) * (1 - partX) + (values[q] as number) * partX
  const below = (values[r] as number) * (1 - partX) + (values[s] as number) * partX
  return above + (below - above) * partY
}

/** The same field for a page drawn at another scale. */
export function scaledField({ step, columns, rows, x, y }: Field, scale: number): Field {
  return {
    step: step * scale,
    columns,
    rows,
    x: x.map((value) => value * scale),
    y: y.map((value) => value * scale),
  }
}

/** The offset at a place of the paper page. */
export function offsetAt(field: Field, x: number, y: number): readonly [number, number] {
  const along = Math.min(field.columns - 1, Math.max(0, x / field.step - 0.5))
  const down = Math.min(field.rows - 1, Math.max(0, y / field.step - 0.5))
  const [left, above] = [Math.floor(along), Math.floor(down)]
  const right = Math.min(field.columns - 1, left + 1)
  const below = Math.min(field.rows - 1, above + 1)
  const places = [
    above * field.columns + left,
    above * field.columns + right,
    below * field.columns + left,
    below * field.columns + right,
  ] as const
  return [
    mixed(field.x, ...places, along - left, down - above),
    mixed(field.y, ...places, along - left, down - above),
  ]
}
