import sharp from 'sharp'

/** Cells on each side of a grid. The page is stretched to a square, so that quarter turns only exchange cells. */
export const GRID_SIDE = 112

const FINE = 4
const SIDE = GRID_SIDE * FINE
const TILE = 32
const TILES = SIDE / TILE
/** The share of a tile's pixels that may be ink before its paper is taken for darker than it is. */
const PAPER_RANK = 0.85
/** Grain of the paper, in grey levels. */
const GRAIN = 8
const LEAST_CONTRAST = 56
/** Print that shines through from the back stays below this share of the print's own darkness. */
const SHINES_THROUGH = 0.2
const INK = 0.4
/** Edges carry shadows, punch holes and the scanner's bed. */
const RIM = Math.round(SIDE * 0.015)
const BLANK_RIM = Math.round(SIDE * 0.06)
/** Steepest lean that is looked for, as a slope, and the step of the search. */
const STEEPEST = 0.06
const SLOPE_STEP = 0.003
/** A cell that is this full of ink has the highest of the 16 shades. */
const FULL = 0.6

export interface InkGrid {
  /** Two cells a byte, row by row, 0 to 15: how much ink, whatever the paper, the contrast or the colours. */
  readonly cells: Uint8Array
  /** Width by height of the image as it is shown. */
  readonly aspect: number
  /** Share of the page within its rim that bears ink. */
  readonly inkShare: number
}

function rankOf(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0
  for (let value = 0; value < histogram.length; value++) {
    seen += histogram[value] ?? 0
    if (seen >= count * share) return value
  }
  return histogram.length - 1
}

/** The paper's own grey, tile by tile: an uneven lamp and a shadow at one edge are no ink. */
function paperOf(grey: Uint8Array): Float32Array {
  const paper = new Float32Array(TILES * TILES)
  const histogram = new Uint32Array(256)
  for (let row = 0; row < TILES; row++) {
    for (let column = 0; column < TILES; column++) {
      histogram.fill(0)
      for (let y = row * TILE; y < (row + 1) * TILE; y++) {
        for (let x = column * TILE; x < (column + 1) * TILE; x++) {
          const value = grey[y * SIDE + x] ?? 255
          histogram[value] = (histogram[value] ?? 0) + 1
        }
      }
      paper[row * TILES + column] = rankOf(histogram, TILE * TILE, PAPER_RANK)
    }
  }
  return paper
}

/** Darkness against the paper around, before the contrast is evened. */
function darkness(grey: Uint8Array): Float32Array {
  const paper = paperOf(grey)
  const dark = new Float32Array(SIDE * SIDE)
  const at = (row: number, column: number) => paper[row * TILES + column] ?? 255
  for (let y = RIM; y < SIDE - RIM; y++) {
    const v = Math.min(TILES - 1, Math.max(0, y / TILE - 0.5))
    const top = Math.floor(v)
    const bottom = Math.min(TILES - 1, top + 1)
    for (let x = RIM; x < SIDE - RIM; x++) {
      const u = Math.min(TILES - 1, Math.max(0, x / TILE - 0.5))
      const left = Math.floor(u)
      const right = Math.min(TILES - 1, left + 1)
      const above = at(top, left) + (at(top, right) - at(top, left)) * (u - left)
      const below = at(bottom, left) + (at(bottom, right) - at(bottom, left)) * (u - left)
      const level = above + (below - above) * (v - top)
      dark[y * SIDE + x] = Math.max(0, level - (grey[y * SIDE + x] ?? 255) - GRAIN)
    }
  }
  return dark
}

/** Evens the contrast in place: 0 is paper, 1 is print. */
function evened(dark: Float32Array): Float32Array {
  const histogram = new Uint32Array(256)
  let count = 0
  for (const value of dark) {
    if (value < GRAIN) continue
    histogram[Math.min(255, Math.round(value))] = (histogram[Math.min(255, Math.round(value))] ?? 0) + 1
    count += 1
  }
  const contrast = Math.max(LEAST_CONTRAST, rankOf(histogram, count, 0.9))
  for (let index = 0; index < dark.length; index++) {
    const ink = Math.min(1, (dark[index] ?? 0) / contrast)
    dark[index] = Math.max(0, ink - SHINES_THROUGH) / (1 - SHINES_THROUGH)
  }
  return dark
}

interface Lean {
  readonly slope: number
  /** How sharply the rows stand apart at that slope. */
  readonly sharpness: number
}

/** The slope at which the ink falls into the sharpest rows. */
function leanAlong(along: Uint16Array, across: Uint16Array): Lean {
  const rows = new Float32Array(SIDE * 2)
  let best: Lean = { slope: 0, sharpness: -1 }
  let level = 0
  const steps = Math.round(STEEPEST / SLOPE_STEP)
  for (let step = -steps; step <= steps; step++) {
    const slope = step * SLOPE_STEP
    rows.fill(0)
    for (let index = 0; index < along.length; index++) {
      const row = Math.round((across[index] ?? 0) - slope * ((along[index] ?? 0) - SIDE / 2)) + SIDE / 2
      rows[row] = (rows[row] ?? 0) + 1
    }
    let sharpness = 0
    for (const value of rows) sharpness += value * value
    if (step === 0) level = sharpness
    if (sharpness > best.sharpness) best = { slope, sharpness }
  }
  // A page with hardly any ink leans whichever way chance has it: it counts as straight.
  return best.sharpness < level * 1.04 ? { slope: 0, sharpness: level } : best
}

/** How much the page leans clockwise, as tangent. */
function leanOf(ink: Float32Array, aspect: number): number {
  const xs: number[] = []
  const ys: number[] = []
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if ((ink[y * SIDE + x] ?? 0) <= INK) continue
      xs.push(x)
      ys.push(y)
    }
  }
  if (xs.length < SIDE) return 0
  const along = Uint16Array.from(xs)
  const across = Uint16Array.from(ys)
  const upright = leanAlong(along, across)
  const sideways = leanAlong(across, along)
  return upright.sharpness >= sideways.sharpness ? upright.slope / aspect : -sideways.slope * aspect
}

function packed(ink: Float32Array, lean: number, aspect: number): Uint8Array {
  const sums = new Float32Array(GRID_SIDE * GRID_SIDE)
  const middle = SIDE / 2
  const down = lean * aspect
  const right = lean / aspect
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const value = ink[y * SIDE + x] ?? 0
      if (value === 0) continue
      const column = Math.floor((x + right * (y - middle)) / FINE)
      const row = Math.floor((y - down * (x - middle)) / FINE)
      if (column < 0 || row < 0 || column >= GRID_SIDE || row >= GRID_SIDE) continue
      sums[row * GRID_SIDE + column] = (sums[row * GRID_SIDE + column] ?? 0) + value
    }
  }
  const cells = new Uint8Array((GRID_SIDE * GRID_SIDE) / 2)
  for (let index = 0; index < sums.length; index++) {
    const shade = Math.min(15, Math.round(((sums[index] ?? 0) / (FINE * FINE) / FULL) * 15))
    const byte = index >> 1
    cells[byte] = (cells[byte] ?? 0) | (index % 2 === 0 ? shade << 4 : shade)
  }
  return cells
}

/** Draws the grid of an encoded image. Throws what the decoder throws for what is no image. */
export async function drawInkGrid(data: Uint8Array): Promise<InkGrid> {
  const image = sharp(data, { failOn: 'error', autoOrient: true })
  const { autoOrient } = await image.metadata()
  const aspect = autoOrient.width / autoOrient.height
  const grey = await image
    .flatten({ background: '#ffffff' })
    .greyscale()
    .resize(SIDE, SIDE, { fit: 'fill', kernel: 'cubic' })
    .extractChannel(0)
    .raw()
    .toBuffer()
  const ink = evened(darkness(grey))
  let inked = 0
  for (let y = BLANK_RIM; y < SIDE - BLANK_RIM; y++) {
    for (let x = BLANK_RIM; x < SIDE - BLANK_RIM; x++) if ((ink[y * SIDE + x] ?? 0) > INK) inked += 1
  }
  const within = (SIDE - 2 * BLANK_RIM) ** 2
  return { cells: packed(ink, leanOf(ink, aspect), aspect), aspect, inkShare: inked / within }
}
