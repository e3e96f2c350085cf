import sharp from 'sharp'
import { emptyPlane, type Plane } from './plane.ts'

/** Both pages are compared at this resolution. */
export const WORKING_DPI = 150
const A4_LONG_MM = 297
/** A resolution outside of these was never scanned with: the file says nothing. */
const LEAST_DPI = 90
const MOST_DPI = 1300
/** Larger than A2 at the working resolution is reduced. */
const MOST_SIDE = 3600
/** In 256ths: with it a red stamp is as dark as its print. */
const RED_COUNTS = 102
/** Every so many pixels are looked at for colour. */
const COLOUR_STEP = 5
const COLOUR_SPREAD = 30
const COLOURED_SHARE = 0.0005
const LIMIT_PIXELS = 400_000_000

export interface Scan {
  /** Lightness, upright; red ink, which scans pale, counts as darker. */
  readonly luma: Plane
  /** Lightness as a scanner without colour sees it, upright. */
  readonly greyLuma: Plane
  /** How much redder than green and blue, upright, half as wide and high; null for pages without colour. */
  readonly redness: Plane | null
  /** False when the file does not say its resolution and the page was taken for A4. */
  readonly knownSize: boolean
}

function turnedPlane({ width, height, data }: Plane, turn: 0 | 90 | 180 | 270): Plane {
  if (turn === 0) return { width, height, data }
  const sideways = turn !== 180
  const out = emptyPlane(sideways ? height : width, sideways ? width : height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to =
        turn === 180
          ? (height - 1 - y) * width + (width - 1 - x)
          : turn === 90
            ? x * height + (height - 1 - y)
            : (width - 1 - x) * height + y
      out.data[to] = data[y * width + x] as number
    }
  }
  return out
}

/** Lightness, and the same with red ink darker by part of its redness. */
function lumasOf(
  data: Uint8Array,
  width: number,
  height: number,
): { readonly luma: Plane; readonly greyLuma: Plane } {
  const luma = emptyPlane(width, height)
  const greyLuma = emptyPlane(width, height)
  for (let at = 0, from = 0; at < luma.data.length; at++, from += 3) {
    const red = data[from] as number
    const green = data[from + 1] as number
    const blue = data[from + 2] as number
    const redness = red - (green > blue ? green : blue)
    const grey = (red * 77 + green * 150 + blue * 29) >> 8
    greyLuma.data[at] = grey
    luma.data[at] = redness <= 0 ? grey : Math.max(0, grey - ((redness * RED_COUNTS) >> 8))
  }
  return { luma, greyLuma }
}

/** Whether any of the page is more than tinted: a share of the pixels looked at differs so much in its channels. */
function isColoured(data: Uint8Array): boolean {
  let [looked, coloured] = [0, 0]
  for (let from = 0; from + 2 < data.length; from += 3 * COLOUR_STEP) {
    const red = data[from] as number
    const green = data[from + 1] as number
    const blue = data[from + 2] as number
    looked += 1
    if (Math.max(red, green, blue) - Math.min(red, green, blue) >= COLOUR_SPREAD) coloured += 1
  }
  return coloured > looked * COLOURED_SHARE
}

function rednessOf(data: Uint8Array, width: number, height: number): Plane {
  const plane = emptyPlane(width >> 1, height >> 1)
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const here = (2 * y * width + 2 * x) * 3
      const below = here + width * 3
      let red = 0
      let green = 0
      let blue = 0
      for (const from of [here, here + 3, below, below + 3]) {
        red += data[from] as number
        green += data[from + 1] as number
        blue += data[from + 2] as number
      }
      plane.data[y * plane.width + x] = Math.max(0, red - Math.max(green, blue)) >> 2
    }
  }
  return plane
}

/** Decodes a page upright at the working resolution; a file that cannot be decoded throws sharp's error. */
export async function decodeScan(bytes: Uint8Array, turn: 0 | 90 | 180 | 270): Promise<Scan> {
  const options = { failOn: 'error', limitInputPixels: LIMIT_PIXELS, autoOrient: true } as const
  const image = sharp(bytes, options)
  const { autoOrient, density, space } = await image.metadata()
  const { width, height } = autoOrient
  const knownSize = density !== undefined && density >= LEAST_DPI && density <= MOST_DPI
  const dpi = knownSize ? density : (Math.max(width, height) / A4_LONG_MM) * 25.4
  const scale = Math.min(WORKING_DPI / dpi, MOST_SIDE / Math.max(width, height))
  const [toWidth, toHeight] = [
    Math.max(16, Math.round(width * scale)),
    Math.max(16, Math.round(height * scale)),
  ]
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .resize(toWidth, toHeight, { fit: 'fill', kernel: 'cubic' })
    .toColourspace(space === 'b-w' ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.length)
  if (info.channels === 1) {
    const luma = turnedPlane({ width: info.width, height: info.height, data: plain }, turn)
    return { luma, greyLuma: luma, redness: null, knownSize }
  }
  const { luma, greyLuma } = lumasOf(plain, info.width, info.height)
  const grey = turnedPlane(greyLuma, turn)
  // Grey pages come in colour files too.
  if (!isColoured(plain)) return { luma: grey, greyLuma: grey, redness: null, knownSize }
  return {
    luma: turnedPlane(luma, turn),
    greyLuma: grey,
    redness: turnedPlane(rednessOf(plain, info.width, info.height), turn),
    knownSize,
  }
}
