import sharp, { type Sharp } from 'sharp'
import type { Turn } from '../../shared/domain/page-text.ts'

/** Decoded pixels: red, green, blue, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Nothing larger than A3 at 400 dpi is needed to read print; larger images are read reduced. */
const MOST_PIXELS = 32_000_000

export interface PagePixels {
  /** Size of the image as it is shown. */
  readonly widthPixels: number
  readonly heightPixels: number
  /** Pixels of the image for each of `pixels`: above 1 when it was reduced. */
  readonly reduction: number
  readonly pixels: Pixels
}

async function raw(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

function shown(image: Sharp): Sharp {
  return image.flatten({ background: '#ffffff' }).toColourspace('srgb')
}

export function sharpOf({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
}

/** Decodes an image as it is shown: turned by its EXIF orientation, on white. */
export async function decodePage(bytes: Uint8Array, limitPixels: number): Promise<PagePixels> {
  const options = { failOn: 'error', limitInputPixels: limitPixels, autoOrient: true } as const
  const { autoOrient } = await sharp(bytes, options).metadata()
  const { width, height } = autoOrient
  const reduction = Math.max(1, Math.sqrt((width * height) / MOST_PIXELS))
  const image = shown(sharp(bytes, options))
  const pixels = await raw(
    reduction === 1 ? image : image.resize(Math.round(width / reduction), Math.round(height / reduction)),
  )
  return { widthPixels: width, heightPixels: height, reduction: width / pixels.width, pixels }
}

export async function resized(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  return await raw(sharpOf(pixels).resize(width, height, { fit: 'fill', kernel: 'linear' }))
}

/** Turned clockwise by quarter turns. */
export async function turned(pixels: Pixels, turn: Turn): Promise<Pixels> {
  return turn === 0 ? pixels : await raw(sharpOf(pixels).rotate(turn))
}
