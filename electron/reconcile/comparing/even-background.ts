import { rowOfGrid } from './grid-row.ts'
import { emptyPlane, histogramOf, type Plane } from './plane.ts'
import { withoutBed } from './scanner-bed.ts'

/** Side of the cells in which the paper's own lightness is looked for: about four millimetres. */
const CELL = 24
/** The paper is at least as light as this share of a neighbourhood. */
const PAPER_SHARE = 0.72
/** Paper is nowhere darker than this share of the page's usual paper: what is, is a photograph or a solid. */
const DARKEST_PAPER = 0.86
/** But in the binding's and the lid's shadow, so many cells from the edge. */
const SHADOW_CELLS = 4
/** Less contrast than this is paper grain. */
const LEAST_CONTRAST = 40
/** The lightest of the ink that sets the scale, as a share of all ink: a page's boldest strokes are not the measure. */
const INK_SHARE = 0.8
const FULL_INK = 220

/** The ink of a page: 0 is paper, whatever its shade there; about 220 is this page's usual black. */
export interface Ink {
  readonly plane: Plane
  /** Paper so evenly white that pale ink may have been lost with its shade: bitonal or hard-levelled scans. */
  readonly hard: boolean
  /** Share (0 to 1) of the page that is ink. */
  readonly share: number
}

/** How light the paper is, cell by cell: a high percentile of each cell and its neighbours. */
function paperGrid({ width, height, data }: Plane): { columns: number; rows: number; grid: Float32Array } {
  const columns = Math.ceil(width / CELL)
  const rows = Math.ceil(height / CELL)
  const bins = 64
  const histograms = new Uint16Array(columns * rows * bins)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / CELL) * columns
    for (let x = 0; x < width; x++) {
      const at = (row + Math.floor(x / CELL)) * bins + ((data[y * width + x] as number) >> 2)
      histograms[at] = (histograms[at] as number) + 1
    }
  }
  const grid = new Float32Array(columns * rows)
  const sum = new Uint32Array(bins)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sum.fill(0)
      let total = 0
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
          const from = (r * columns + c) * bins
          for (let bin = 0; bin < bins; bin++) {
            const count = histograms[from + bin] as number
            sum[bin] = (sum[bin] as number) + count
            total += count
          }
        }
      }
      let [seen, bin] = [0, 0]
      while (bin < bins - 1) {
        seen += sum[bin] as number
        if (seen >= total * PAPER_SHARE) break
        bin += 1
      }
      grid[row * columns + column] = bin * 4 + 2
    }
  }
  const usual = Float32Array.from(grid).sort()[grid.length >> 1] ?? 255
  for (let row = SHADOW_CELLS; row < rows - SHADOW_CELLS; row++)
    for (let column = SHADOW_CELLS; column < columns - SHADOW_CELLS; column++) {
      const at = row * columns + column
      grid[at] = Math.max(grid[at] as number, DARKEST_PAPER * usual)
    }
  return { columns, rows, grid }
}

/** The darkness of every pixel against the paper round it, in grey levels scaled to a paper of 255. */
function contrastOf(luma: Plane): Plane {
  const { width, height, data } = luma
  const { columns, rows, grid } = paperGrid(luma)
  const lift = grid.map((paper) => 255 / Math.max(24, paper))
  const out = emptyPlane(width, height)
  const row = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    rowOfGrid(lift, { columns, rows, step: CELL }, y, row)
    const first = y * width
    for (let x = 0; x < width; x++) {
      const light = ((data[first + x] as number) * (row[x] as number)) | 0
      if (light < 255) out.data[first + x] = 255 - light
    }
  }
  return out
}

/** Takes shade, shadow and tint of the paper out of a page and brings its ink to one scale. */
export function inkOf(luma: Plane): Ink {
  const contrast = contrastOf(luma)
  withoutBed(contrast, luma)
  const counts = histogramOf(contrast.data)
  let dark = 0
  for (let level = LEAST_CONTRAST; level < 256; level++) dark += counts[level] as number
  let [seen, black] = [0, LEAST_CONTRAST]
  while (black < 255) {
    seen += counts[black] as number
    if (seen >= dark * INK_SHARE) break
    black += 1
  }
  // A page with next to nothing on it has no usual black: pencil dust would be made ink.
  const scale = FULL_INK / Math.max(110, black)
  const table = Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, Math.round(level * scale)))
  const { data } = contrast
  for (let at = 0; at < data.length; at++) data[at] = table[data[at] as number] as number
  let white = 0
  let light = 0
  for (let at = 0; at < data.length; at += 7) {
    const value = luma.data[at] as number
    if (value >= 200) light += 1
    if (value >= 254) white += 1
  }
  return { plane: contrast, hard: white > light * 0.93, share: dark / data.length }
}
