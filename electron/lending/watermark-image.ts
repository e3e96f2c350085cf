import sharp from 'sharp'
import type { WatermarkWords } from './watermark-words.ts'

/** The family name inside the shipped font. */
const FAMILY = 'Noto Serif SC'
const ANGLE = -30
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 } as const

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

interface Writing {
  readonly font: string
  readonly sizePixels: number
  readonly colour: string
  readonly alpha: string
  readonly width?: number
}

function written(text: string, { font, sizePixels, colour, alpha, width }: Writing) {
  const markup = `<span foreground="${colour}" fgalpha="${alpha}">${escaped(text)}</span>`
  // At 72 dpi a point is a pixel.
  return sharp({
    text: {
      text: markup,
      fontfile: font,
      font: `${FAMILY} ${sizePixels}`,
      rgba: true,
      dpi: 72,
      ...(width === undefined ? {} : { width, wrap: 'char' as const }),
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
}

/** One stretch of slanting text with clear space round it, to be laid side by side. */
async function diagonalTile(text: string, font: string, sizePixels: number) {
  const line = await written(text, { font, sizePixels, colour: '#5a5a5a', alpha: '36%' })
  const gap = Math.round(sizePixels / 2)
  return await sharp(line.data)
    .extend({ top: gap, bottom: gap, left: gap, right: gap, background: CLEAR })
    .rotate(ANGLE, { background: CLEAR })
    .png()
    .toBuffer({ resolveWithObject: true })
}

/**
 * The image with the watermark in its pixels, as JPEG: whoever saves it saves the mark. Slanting text over the whole
 * page and a line at the foot, in the font that ships with the program.
 */
export async function drawWatermark(
  bytes: Uint8Array,
  words: WatermarkWords,
  font: string,
): Promise<Uint8Array> {
  const upright = sharp(bytes, { failOn: 'error', autoOrient: true })
  const { width, height } = await upright.metadata()
  const size = Math.max(9, Math.round(Math.min(width, height) / 48))
  const tile = await diagonalTile(words.diagonal, font, size)
  // Several smaller ones are needed on a thumbnail, where the tile is larger than the page.
  const slanting = await sharp(tile.data)
    .resize(Math.min(tile.info.width, width), Math.min(tile.info.height, height), { fit: 'inside' })
    .png()
    .toBuffer()
  const footSize = Math.max(8, Math.round(size * 0.7))
  const pad = Math.ceil(footSize / 2)
  const foot = await written(words.foot, {
    font,
    sizePixels: footSize,
    colour: '#222222',
    alpha: '95%',
    width: Math.max(1, width - 2 * pad),
  })
  const bandHeight = Math.min(height, foot.info.height + 2 * pad)
  const band = await sharp({
    create: { width, height: bandHeight, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0.82 } },
  })
    .png()
    .toBuffer()
  const fitsFoot = foot.info.width <= width && foot.info.height + pad <= height
  return await upright
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .composite([
      { input: slanting, tile: true, gravity: 'northwest' },
      { input: band, left: 0, top: height - bandHeight },
      ...(fitsFoot ? [{ input: foot.data, left: pad, top: height - foot.info.height - pad }] : []),
    ])
    .jpeg({ quality: 86 })
    .toBuffer()
}
