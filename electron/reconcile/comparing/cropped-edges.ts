import { type Affine, moved } from './affine.ts'
import type { Plane } from './plane.ts'
import type { Window } from './ink-residue.ts'

/** Ink of a line's worth beyond the other page's frame: less is a scanner's dark edge. */
const CELL = 16
const LEAST_CELL_INK = 18
const MOST_CELL_SHARE = 0.6
const LEAST_CELLS = 3
const LEAST_DEPTH = 2
const RIM_CELLS = 1
const INK = 100

/** Where content of `page` lies beyond the other page: undefined where nothing but paper does. In pixels of `page`. */
export function contentBeyond(
  page: Plane,
  toOther: Affine,
  other: { readonly width: number; readonly height: number },
): Window | undefined {
  const inside = (x: number, y: number): boolean => {
    const [u, v] = moved(toOther, x, y)
    return u >= 0 && v >= 0 && u <= other.width && v <= other.height
  }
  const inkBeyond = (left: number, top: number): number => {
    const [right, bottom] = [left + CELL, top + CELL]
    if (inside(left, top) && inside(right, top) && inside(left, bottom) && inside(right, bottom)) return 0
    let count = 0
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++)
        if ((page.data[y * page.width + x] as number) >= INK && !inside(x + 0.5, y + 0.5)) count += 1
    return count
  }
  const box = { left: page.width, top: page.height, right: 0, bottom: 0 }
  let cells = 0
  for (let top = RIM_CELLS * CELL; top + (1 + RIM_CELLS) * CELL <= page.height; top += CELL) {
    for (let left = RIM_CELLS * CELL; left + (1 + RIM_CELLS) * CELL <= page.width; left += CELL) {
      const ink = inkBeyond(left, top)
      // A cell that is all dark is the scanner's lid, not print.
      if (ink < LEAST_CELL_INK || ink > MOST_CELL_SHARE * CELL * CELL) continue
      cells += 1
      box.left = Math.min(box.left, left)
      box.top = Math.min(box.top, top)
      box.right = Math.max(box.right, left + CELL)
      box.bottom = Math.max(box.bottom, top + CELL)
    }
  }
  const depth = Math.min(box.right - box.left, box.bottom - box.top)
  return cells >= LEAST_CELLS && depth >= LEAST_DEPTH * CELL ? box : undefined
}
