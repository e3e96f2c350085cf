import type { Window } from './boxes.ts'
import type { Ink } from './even-background.ts'
import { emptyPlane, type Plane } from './plane.ts'

/** Tones are judged in cells of so many pixels: a cell that is grey throughout is no stroke. */
export const TONE_CELL = 4
const LEAST = 18
const MOST = 165
/** So many toned cells in a square of three make a photograph's tone rather than a smudge. */
const TOGETHER = 5
const MARGIN = 3

/** What a bitonal copy keeps of a photograph: solid black, in pieces of at least so many cells (55 mm²). */
const SOLID = 190
const LEAST_SOLID = 120
/** A portrait reaches beyond its solid shoulders by these shares of their size. */
const BESIDE = 0.4
const ABOVE = 1.5

function grown({ width, height, data }: Plane, keep: (count: number) => boolean, reach: number): Plane {
  const out = emptyPlane(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let count = 0
      for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++)
        for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++)
          count += data[ny * width + nx] as number
      out.data[y * width + x] = keep(count) ? 1 : 0
    }
  }
  return out
}

/**
 * Where a page has grey areas, as photographs have: 1 for each such cell of `TONE_CELL` pixels. Scanners that know
 * only black and white break these up, each in its own way.
 */
export function tonedCells({ plane }: Pick<Ink, 'plane'>): Plane {
  const cells = emptyPlane(Math.floor(plane.width / TONE_CELL), Math.floor(plane.height / TONE_CELL))
  for (let row = 0; row < cells.height; row++) {
    for (let column = 0; column < cells.width; column++) {
      let toned = 1
      for (let y = row * TONE_CELL; toned === 1 && y < (row + 1) * TONE_CELL; y++)
        for (let at = y * plane.width + column * TONE_CELL, end = at + TONE_CELL; at < end; at++) {
          const value = plane.data[at] as number
          if (value < LEAST || value > MOST) {
            toned = 0
            break
          }
        }
      cells.data[row * cells.width + column] = toned
    }
  }
  const areas = grown(cells, (count) => count >= TOGETHER, 1)
  return grown(areas, (count) => count > 0, MARGIN)
}

/** The solid pieces of a bitonal page: rectangles round them, in pixels, with the margin that a photograph has. */
export function solidPieces({ plane }: Pick<Ink, 'plane'>): readonly Window[] {
  const columns = Math.floor(plane.width / TONE_CELL)
  const rows = Math.floor(plane.height / TONE_CELL)
  const solid = new Uint8Array(columns * rows)
  for (let at = 0; at < solid.length; at++) {
    const row = Math.floor(at / columns)
    solid[at] = isSolid(plane, (at - row * columns) * TONE_CELL, row * TONE_CELL) ? 1 : 0
  }
  const found: Window[] = []
  for (let start = 0; start < solid.length; start++) {
    if (solid[start] === 0) continue
    const stack = [start]
    solid[start] = 0
    const box = { left: columns, top: rows, right: 0, bottom: 0 }
    let count = 0
    while (stack.length > 0) {
      const at = stack.pop() as number
      const y = Math.floor(at / columns)
      const x = at - y * columns
      count += 1
      box.left = Math.min(box.left, x)
      box.top = Math.min(box.top, y)
      box.right = Math.max(box.right, x + 1)
      box.bottom = Math.max(box.bottom, y + 1)
      for (const [nx, ny] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ] as const) {
        const next = ny * columns + nx
        if (nx < 0 || ny < 0 || nx >= columns || ny >= rows || solid[next] === 0) continue
        solid[next] = 0
        stack.push(next)
      }
    }
    if (count < LEAST_SOLID) continue
    const size = Math.max(box.right - box.left, box.bottom - box.top)
    const [beside, above] = [Math.round(size * BESIDE), Math.round(size * ABOVE)]
    found.push({
      left: Math.max(0, box.left - beside) * TONE_CELL,
      top: Math.max(0, box.top - above) * TONE_CELL,
      right: Math.min(columns, box.right + beside) * TONE_CELL,
      bottom: Math.min(rows, box.bottom + beside) * TONE_CELL,
    })
  }
  return found
}

function isSolid({ width, data }: Plane, left: number, top: number): boolean {
  for (let y = top; y < top + TONE_CELL; y++)
    for (let at = y * width + left; at < y * width + left + TONE_CELL; at++)
      if ((data[at] as number) < SOLID) return false
  return true
}
