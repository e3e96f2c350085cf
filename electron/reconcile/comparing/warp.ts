import { type Affine, inverted } from './affine.ts'
import { emptyPlane, type Plane } from './plane.ts'

/** How far the electronic page still lies off after the affine part, at the nodes of a grid on the paper page. */
export interface Field {
  /** Pixels from node to node; the first node lies half a step from the corner. */
  readonly step: number
  readonly columns: number
  readonly rows: number
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
  const { data } = from
  const [lastX, lastY] = [from.width - 1, from.height - 1]
  const offX = new Float32Array(width)
  const offY = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    if (field !== undefined) offsetsOfRow(field, y, offX, offY)
    for (let x = 0; x < width; x++) {
      const px = x + 0.5 + (offX[x] as number)
      const py = y + 0.5 + (offY[x] as number)
      const u = a * px + b * py + c - 0.5
      const v = d * px + e * py + f - 0.5
      const at = y * width + x
      if (u < rim - 0.5 || v < rim - 0.5 || u > lastX + 0.5 - rim || v > lastY + 0.5 - rim) {
        outside.data[at] = OUTSIDE
        if (u < -0.5 || v < -0.5 || u > lastX + 0.5 || v > lastY + 0.5) continue
      }
      const left = Math.max(0, Math.min(lastX - 1, Math.floor(u)))
      const top = Math.max(0, Math.min(lastY - 1, Math.floor(v)))
      const partX = Math.max(0, Math.min(1, u - left))
      const partY = Math.max(0, Math.min(1, v - top))
      const first = top * from.width + left
      const above = (data[first] as number) * (1 - partX) + (data[first + 1] as number) * partX
      const below =
        (data[first + from.width] as number) * (1 - partX) + (data[first + from.width + 1] as number) * partX
      plane.data[at] = above + (below - above) * partY + 0.5
    }
  }
  return { plane, outside }
}

function offsetsOfRow(field: Field, y: number, offX: Float32Array, offY: Float32Array): void {
  const { step, columns, rows } = field
  const down = Math.min(rows - 1, Math.max(0, (y + 0.5) / step - 0.5))
  const above = Math.floor(down)
  const below = Math.min(rows - 1, above + 1)
  const partY = down - above
  for (let x = 0; x < offX.length; x++) {
    const along = Math.min(columns - 1, Math.max(0, (x + 0.5) / step - 0.5))
    const left = Math.floor(along)
    const right = Math.min(columns - 1, left + 1)
    const partX = along - left
    const [p, q, r, s] = [
      above * columns + left,
      above * columns + right,
      below * columns + left,
      below * columns + right,
    ]
    offX[x] = mixed(field.x, p, q, r, s, partX, partY)
    offY[x] = mixed(field.y, p, q, r, s, partX, partY)
  }
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
