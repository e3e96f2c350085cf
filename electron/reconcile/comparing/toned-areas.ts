import type { Ink } from './even-background.ts'
import { emptyPlane, type Plane } from './plane.ts'

/** Tones are judged in cells of so many pixels: a cell that is grey throughout is no stroke. */
export const TONE_CELL = 4
const LEAST = 18
const MOST = 165
/** So many toned cells in a square of three make a photograph's tone rather than a smudge. */
const TOGETHER = 5
const MARGIN = 3

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
