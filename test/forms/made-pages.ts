import sharp from 'sharp'
import type { PageLayer, SearchablePage, SearchablePdf, StoredImage } from '../../electron/forms/index.ts'
import type { Quad, TextLine, Turn } from '../../shared/domain/page-text.ts'

export const CREATED_AT = new Date('2026-03-04T05:06:07.000Z')

/** Pixels that are the same each time and do not compress to nothing. */
export function noise(width: number, height: number, channels: 1 | 3): Buffer {
  const bytes = Buffer.alloc(width * height * channels)
  let state = 12_345
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

export function raw(width: number, height: number, channels: 1 | 3) {
  return sharp(noise(width, height, channels), { raw: { width, height, channels } })
}

export async function jpegImage(
  width = 400,
  height = 560,
  more: Partial<StoredImage> = {},
): Promise<StoredImage> {
  const bytes = await raw(width, height, 3).jpeg({ quality: 60 }).toBuffer()
  return {
    bytes,
    format: 'jpeg',
    orientation: 1,
    colourMode: 'colour',
    widthPixels: width,
    heightPixels: height,
    dpiX: 200,
    dpiY: 200,
    ...more,
  }
}

/** A line whose characters all take the same part of it. */
export function evenLine(text: string, quad: Quad): TextLine {
  const count = Array.from(text).length
  const places = Array.from({ length: count }, (_, place) => [
    Math.round((1000 * place) / count),
    Math.round((1000 * (place + 1)) / count),
  ]).flat()
  return { quad, text, confidence: 0.99, kind: 'printed', places }
}

export function upright(left: number, top: number, right: number, bottom: number): Quad {
  return [left, top, right, top, right, bottom, left, bottom]
}

export function layerOf(lines: readonly TextLine[], more: Partial<PageLayer> = {}): PageLayer {
  return { widthPixels: 400, heightPixels: 560, lines, ...more }
}

export function pageOf(
  label: string,
  image: StoredImage,
  layer: PageLayer | null,
  turn: Turn = 0,
): SearchablePage {
  return { label, turn, image: () => Promise.resolve(image), layer: () => layer }
}

export function documentOf(
  pages: readonly SearchablePage[],
  more: Partial<SearchablePdf> = {},
): SearchablePdf {
  return {
    title: '（2024）云0199民初1号 正卷',
    creator: '云州市临江区人民法院',
    caseNumber: '（2024）云0199民初1号',
    jobNumber: 'P20260304-0001',
    createdAt: CREATED_AT,
    producer: 'Juanku 0.0.0',
    bookmarks: [],
    pages,
    ...more,
  }
}

export async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(Buffer.from(piece))
  return Buffer.concat(all)
}
