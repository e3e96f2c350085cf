import type { Pixels } from './page-pixels.ts'
import { type Corners, distance } from './text-boxes.ts'

/** Height of the lines that the recognition model reads. */
export const LINE_HEIGHT = 48
/** Long lines are set a little closer: the model reads them as well, in two thirds of the time. */
const CLOSER = 0.8
const LONG_LINE = 320
/** More samples a pixel would cost time and change nothing that can be seen. */
const MOST_SAMPLES = 4

/**
 * The pixels within four corners, straightened, at the model's height: bilinear, several samples a pixel where the
 * line is larger than that.
 */
export function cropLine(page: Pixels, corners: Corners): Pixels {
  const [a, b, , d] = corners
  const length = distance(a, b)
  const depth = distance(a, d)
  const natural = (length * LINE_HEIGHT) / Math.max(1, depth)
  const width = Math.max(8, Math.round(natural > LONG_LINE ? Math.max(LONG_LINE, natural * CLOSER) : natural))
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.round(depth / LINE_HEIGHT)))
  const columns = width * samples
  const rows = LINE_HEIGHT * samples
  const [ux, uy] = [(b.x - a.x) / columns, (b.y - a.y) / columns]
  const [vx, vy] = [(d.x - a.x) / rows, (d.y - a.y) / rows]
  const sums = new Float32Array(width * LINE_HEIGHT * 3)
  const { data, width: pageWidth, height: pageHeight } = page
  for (let row = 0; row < rows; row++) {
    const line = Math.floor(row / samples) * width
    for (let column = 0; column < columns; column++) {
      const x = Math.min(pageWidth - 1.001, Math.max(0, a.x + ux * (column + 0.5) + vx * (row + 0.5) - 0.5))
      const y = Math.min(pageHeight - 1.001, Math.max(0, a.y + uy * (column + 0.5) + vy * (row + 0.5) - 0.5))
      const ix = Math.floor(x)
      const iy = Math.floor(y)
      const fx = x - ix
      const fy = y - iy
      const upper = (iy * pageWidth + ix) * 3
      const right = ix + 1 < pageWidth ? 3 : 0
      const lower = upper + (iy + 1 < pageHeight ? pageWidth * 3 : 0)
      const to = (line + Math.floor(column / samples)) * 3
      for (let channel = 0; channel < 3; channel++) {
        const top = (data[upper + channel] ?? 0) * (1 - fx) + (data[upper + right + channel] ?? 0) * fx
        const low = (data[lower + channel] ?? 0) * (1 - fx) + (data[lower + right + channel] ?? 0) * fx
        sums[to + channel] = (sums[to + channel] ?? 0) + top * (1 - fy) + low * fy
      }
    }
  }
  const out = new Uint8Array(sums.length)
  const each = samples * samples
  for (let at = 0; at < out.length; at++) out[at] = Math.round((sums[at] ?? 0) / each)
  return { width, height: LINE_HEIGHT, data: out }
}
