import sharp from 'sharp'
import type { Raster } from './draw.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'

/** What a scanner and the years do to a page. Leave a field out and it does not happen. */
export interface DegradeOptions {
  /** Clockwise turn, degrees. */
  readonly skewDeg?: number
  /** Standard deviation of the sensor noise, grey levels. */
  readonly noise?: number
  /** Paper colour as fractions of white. */
  readonly tint?: readonly [number, number, number]
  /** Depth of slow light and dark areas, grey levels. */
  readonly uneven?: number
  /** Depth of the shadow along the binding edge, grey levels. */
  readonly edgeShadow?: number
  readonly bindingEdge?: 'left' | 'right'
  /** Three punch holes along the binding edge. */
  readonly holes?: boolean
  /** 0 keeps the ink, 1 takes it all away. */
  readonly fade?: number
  readonly specks?: number
  /** One vertical scanner line. */
  readonly streak?: boolean
  readonly grey?: boolean
  /** Strength of the other side showing through, 0 to 1; needs `behind`. */
  readonly showThrough?: number
  /** A bitonal-like copy: contrast stretched so that paper is white and toner black. */
  readonly photocopy?: boolean
  readonly blur?: number
}

const gridStep = 230

const ease = (part: number): number => part * part * (3 - 2 * part)

/** Slowly changing lightness: a coarse grid of random values, read bilinearly. */
function lightField(
  width: number,
  height: number,
  depth: number,
  random: Random,
): (x: number, y: number) => number {
  const columns = Math.ceil(width / gridStep) + 2
  const rows = Math.ceil(height / gridStep) + 2
  const grid = Float32Array.from({ length: columns * rows }, () => random.between(-depth, depth * 0.4))
  return (x, y) => {
    const ix = Math.floor(x / gridStep)
    const iy = Math.floor(y / gridStep)
    const alongX = ease(x / gridStep - ix)
    const alongY = ease(y / gridStep - iy)
    const at = iy * columns + ix
    const top = (grid[at] ?? 0) + ((grid[at + 1] ?? 0) - (grid[at] ?? 0)) * alongX
    const low = grid[at + columns] ?? 0
    const bottom = low + ((grid[at + columns + 1] ?? 0) - low) * alongX
    return top + (bottom - top) * alongY
  }
}

function gaussianTable(random: Random, sigma: number): Float32Array {
  return Float32Array.from({ length: 8192 }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    return radius * Math.cos(2 * Math.PI * random.next()) * sigma
  })
}

/** The other side of the sheet, seen through it: mirrored, blurred, pale. */
async function mixBehind(front: Raster, behind: Raster, strength: number): Promise<Buffer> {
  const ghost = await sharp(behind.data, { raw: { width: behind.width, height: behind.height, channels: 3 } })
    .resize(front.width, front.height, { fit: 'fill' })
    .flop()
    .blur(2.2)
    .raw()
    .toBuffer()
  const out = Buffer.alloc(front.data.length)
  for (let at = 0; at < out.length; at += 1) {
    const through = 255 - (255 - (ghost[at] ?? 255)) * strength
    out[at] = ((front.data[at] ?? 255) * through) / 255
  }
  return out
}

/** Marks that lie on the paper in page coordinates: holes, specks, the scanner line. */
function paintDamage(
  page: Buffer,
  width: number,
  height: number,
  options: DegradeOptions,
  random: Random,
): void {
  const disc = (cx: number, cy: number, radius: number, dark: number): void => {
    for (let y = Math.max(0, Math.floor(cy - radius - 3)); y < Math.min(height, cy + radius + 3); y += 1)
      for (let x = Math.max(0, Math.floor(cx - radius - 3)); x < Math.min(width, cx + radius + 3); x += 1) {
        const distance = Math.hypot(x - cx, y - cy)
        const cover = Math.max(0, Math.min(1, radius + 0.8 - distance))
        const at = (y * width + x) * 3
        for (let channel = 0; channel < 3; channel += 1) {
          const old = page[at + channel] ?? 255
          page[at + channel] = old + (dark - old) * cover
        }
      }
  }
  const mm = height / 297
  if (options.holes === true) {
    const x = options.bindingEdge === 'right' ? width - 9 * mm : 9 * mm
    for (const part of [-1, 0, 1]) {
      const jitter = random.between(-0.6, 0.6) * mm
      disc(x + jitter, height / 2 + part * 82 * mm, 2.1 * mm, 168)
      disc(x + jitter + 2, height / 2 + part * 82 * mm + 3, 1.85 * mm, 62)
    }
  }
  for (let speck = 0; speck < (options.specks ?? 0); speck += 1)
    disc(
      random.between(0, width),
      random.between(0, height),
      random.between(0.3, 1.9),
      random.between(70, 190),
    )
}

/** Turns a clean page into a scan of it. Pixels in, pixels out, the same size; the seed decides every accident. */
export async function degrade(
  image: Raster,
  options: DegradeOptions,
  seed: number,
  behind?: Raster,
): Promise<Raster> {
  const random = createRandom(seed)
  const { width, height } = image
  const strength = options.showThrough ?? 0
  const page =
    behind !== undefined && strength > 0 ? await mixBehind(image, behind, strength) : Buffer.from(image.data)
  const keep = 1 - (options.fade ?? 0)
  if (keep < 1) for (let at = 0; at < page.length; at += 1) page[at] = 255 - (255 - (page[at] ?? 255)) * keep
  paintDamage(page, width, height, options, random)

  const out = Buffer.alloc(page.length)
  const angle = ((options.skewDeg ?? 0) * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const shiftX = random.between(-4, 4)
  const shiftY = random.between(-4, 4)
  const tint = options.tint ?? [1, 1, 1]
  const light = lightField(width, height, options.uneven ?? 0, random)
  const noise = gaussianTable(random, options.noise ?? 0)
  const streakAt = options.streak === true ? Math.floor(random.between(0.3, 0.9) * width) : -10
  const edge = options.edgeShadow ?? 0
  const edgeReach = width * 0.045
  const bed = random.between(214, 236)
  let dice = seed >>> 0 || 1
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = x - width / 2
      const dy = y - height / 2
      const px = cos * dx + sin * dy + width / 2 + shiftX
      const py = -sin * dx + cos * dy + height / 2 + shiftY
      const ix = Math.floor(px)
      const iy = Math.floor(py)
      const at = (y * width + x) * 3
      dice ^= dice << 13
      dice ^= dice >>> 17
      dice ^= dice << 5
      const grain = noise[dice & 8191] ?? 0
      const outside = Math.max(-ix, -iy, ix - width + 2, iy - height + 2)
      if (outside > 0) {
        const shade = bed - 70 * Math.exp(-outside / 3) + grain
        out[at] = out[at + 1] = out[at + 2] = Math.max(0, Math.min(255, shade))
        continue
      }
      const fx = px - ix
      const fy = py - iy
      const from = (iy * width + ix) * 3
      const below = from + width * 3
      const toBinding = options.bindingEdge === 'right' ? width - px : px
      const shadow = edge > 0 ? edge * Math.exp(-toBinding / edgeReach) : 0
      const line = Math.abs(x - streakAt) < 1 ? 26 : 0
      const lift = light(x, y) - shadow - line + grain
      for (let channel = 0; channel < 3; channel += 1) {
        const upper = (page[from + channel] ?? 255) * (1 - fx) + (page[from + 3 + channel] ?? 255) * fx
        const lower = (page[below + channel] ?? 255) * (1 - fx) + (page[below + 3 + channel] ?? 255) * fx
        const value = (upper * (1 - fy) + lower * fy) * (tint[channel] ?? 1) + lift
        out[at + channel] = Math.max(0, Math.min(255, value))
      }
    }
  }
  return finish({ width, height, data: out }, options)
}

async function finish(raster: Raster, options: DegradeOptions): Promise<Raster> {
  const { width, height } = raster
  const data =
    options.blur === undefined
      ? raster.data
      : await sharp(raster.data, { raw: { width, height, channels: 3 } })
          .blur(options.blur)
          .raw()
          .toBuffer()
  if (options.grey !== true && options.photocopy !== true) return { width, height, data }
  for (let at = 0; at < data.length; at += 3) {
    const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    const toned = options.photocopy === true ? Math.max(0, Math.min(255, luma * 1.35 - 72)) : luma
    data[at] = data[at + 1] = data[at + 2] = Math.round(toned)
  }
  return { width, height, data }
}
