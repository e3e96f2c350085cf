import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { type PdfEntries, pdfArray } from './pdf-file.ts'

/** An image as the vault keeps it, with what its headers say. */
export interface StoredImage {
  readonly bytes: Uint8Array
  readonly format: 'jpeg' | 'png' | 'tiff'
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number
  readonly colourMode: 'colour' | 'grey' | 'bitonal'
  /** One strip of CCITT group 4, as it stands in the TIFF. */
  readonly groupFour?: { readonly data: Uint8Array; readonly whiteIsZero: boolean } | undefined
  /** As stored, before the orientation is applied. */
  readonly widthPixels: number
  readonly heightPixels: number
  readonly dpiX: number | null
  readonly dpiY: number | null
}

/** An image as a PDF holds it; data and filter fit each other. */
export interface PagePicture {
  readonly entries: PdfEntries
  readonly data: Uint8Array
  /** What is left of the orientation for the page to apply. */
  readonly orientation: number
  /** The image's own bytes, not decoded and not encoded anew. */
  readonly untouched: boolean
}

const JPEG_QUALITY = 92

function entriesOf(
  image: { readonly widthPixels: number; readonly heightPixels: number },
  more: PdfEntries,
): PdfEntries {
  return {
    Type: '/XObject',
    Subtype: '/Image',
    Width: String(image.widthPixels),
    Height: String(image.heightPixels),
    ...more,
  }
}

/** The frame header's precision and components; undefined for what a PDF reader need not know (T.81 table B.1). */
function jpegFrame(
  bytes: Uint8Array,
): { readonly precision: number; readonly components: number } | undefined {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    // Baseline, extended and progressive by Huffman coding; the others are no DCTDecode.
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2)
      return { precision: bytes[at + 4] ?? 0, components: bytes[at + 9] ?? 0 }
    if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return undefined
    if (marker === 0xda || marker === 0xd9) return undefined
    at += 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0)
  }
  return undefined
}

function jpegPicture(image: StoredImage): PagePicture | undefined {
  const frame = jpegFrame(image.bytes)
  // Four components are ink, for which an archive file would need a second colour profile.
  if (frame === undefined || frame.precision !== 8 || (frame.components !== 1 && frame.components !== 3))
    return undefined
  return {
    entries: entriesOf(image, {
      ColorSpace: frame.components === 1 ? '/DeviceGray' : '/DeviceRGB',
      BitsPerComponent: '8',
      Filter: '/DCTDecode',
    }),
    data: image.bytes,
    orientation: image.orientation,
    untouched: true,
  }
}

function pngChunks(bytes: Uint8Array): readonly { readonly type: string; readonly body: Buffer }[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: { type: string; body: Buffer }[] = []
  for (let at = 8; at + 12 <= whole.length; ) {
    const length = whole.readUInt32BE(at)
    chunks.push({
      type: whole.toString('latin1', at + 4, at + 8),
      body: whole.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

const PNG_COLOURS: Readonly<
  Record<number, { readonly channels: number; readonly space: string } | undefined>
> = {
  0: { channels: 1, space: '/DeviceGray' },
  2: { channels: 3, space: '/DeviceRGB' },
  3: { channels: 1, space: '' },
}

/** A PNG's own compressed rows: PDF has the same filters (ISO 32000-1 §7.4.4.4). Not with alpha, nor interlaced. */
function pngPicture(image: StoredImage): PagePicture | undefined {
  const chunks = pngChunks(image.bytes)
  const header = chunks.find(({ type }) => type === 'IHDR')?.body
  if (header === undefined || header.length < 13 || chunks.some(({ type }) => type === 'tRNS'))
    return undefined
  const depth = header[8] ?? 0
  const colours = PNG_COLOURS[header[9] ?? -1]
  if (colours === undefined || header[12] !== 0) return undefined
  const palette = chunks.find(({ type }) => type === 'PLTE')?.body
  if (colours.space === '' && palette === undefined) return undefined
  const space =
    colours.space === '' && palette !== undefined
      ? pdfArray(['/Indexed', '/DeviceRGB', String(palette.length / 3 - 1), `<${palette.toString('hex')}>`])
      : colours.space
  return {
    entries: entriesOf(image, {
      ColorSpace: space,
      BitsPerComponent: String(depth),
      Filter: '/FlateDecode',
      DecodeParms: `<</Predictor 15 /Colors ${colours.channels} /BitsPerComponent ${depth} /Columns ${image.widthPixels}>>`,
    }),
    data: Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)),
    orientation: image.orientation,
    untouched: true,
  }
}

function groupFourPicture(image: StoredImage): PagePicture | undefined {
  if (image.groupFour === undefined) return undefined
  const { data, whiteIsZero } = image.groupFour
  return {
    entries: entriesOf(image, {
      ColorSpace: '/DeviceGray',
      BitsPerComponent: '1',
      Filter: '/CCITTFaxDecode',
      DecodeParms: `<</K -1 /Columns ${image.widthPixels} /Rows ${image.heightPixels} /BlackIs1 ${String(!whiteIsZero)}>>`,
    }),
    data,
    orientation: image.orientation,
    untouched: true,
  }
}

/** Eight pixels a byte, most significant first, white as 1. */
function packed(pixels: Uint8Array, width: number, height: number): Buffer {
  const rowBytes = Math.ceil(width / 8)
  const rows = Buffer.alloc(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((pixels[y * width + x] ?? 0) < 128) continue
      const at = y * rowBytes + (x >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return rows
}

/** Everything else is decoded once, upright: bitonal without loss, the rest as JPEG. */
async function encodedPicture(image: StoredImage): Promise<PagePicture> {
  const upright = sharp(image.bytes, { failOn: 'error', autoOrient: true, limitInputPixels: false }).flatten({
    background: '#ffffff',
  })
  if (image.colourMode === 'bitonal') {
    const { data, info } = await upright.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    return {
      entries: entriesOf(
        { widthPixels: info.width, heightPixels: info.height },
        { ColorSpace: '/DeviceGray', BitsPerComponent: '1', Filter: '/FlateDecode' },
      ),
      data: deflateSync(packed(data, info.width, info.height)),
      orientation: 1,
      untouched: false,
    }
  }
  const grey = image.colourMode === 'grey'
  const { data, info } = await upright
    .toColourspace(grey ? 'b-w' : 'srgb')
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer({ resolveWithObject: true })
  return {
    entries: entriesOf(
      { widthPixels: info.width, heightPixels: info.height },
      {
        ColorSpace: info.channels === 1 ? '/DeviceGray' : '/DeviceRGB',
        BitsPerComponent: '8',
        Filter: '/DCTDecode',
      },
    ),
    data,
    orientation: 1,
    untouched: false,
  }
}

/**
 * The image as a PDF holds it: its own bytes wherever a PDF reader can decode them. Throws INTAKE_UNREADABLE_FILE for
 * what has to be decoded and cannot.
 */
export async function pagePicture(image: StoredImage): Promise<PagePicture> {
  const own =
    image.format === 'jpeg'
      ? jpegPicture(image)
      : image.format === 'png'
        ? pngPicture(image)
        : groupFourPicture(image)
  if (own !== undefined) return own
  try {
    return await encodedPicture(image)
  } catch (error) {
    throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'decode-failed' }, { cause: error })
  }
}

const POINTS_PER_INCH = 72
/** 297 mm. */
const A4_LONG_SIDE = 841.89
const A3_LONG_SIDE = 1190.55
/** Fewer dots than any scanner for documents gives: what cameras and programs write for want of a better number. */
const LEAST_DPI = 100
const LONGEST_SIDE = 14_400

export interface PageSize {
  readonly width: number
  readonly height: number
  /** Pixels of the image as it is shown, before the page is turned. */
  readonly widthPixels: number
  readonly heightPixels: number
}

/**
 * The size in points of the page on which an image lies as it is shown. Its own resolution decides; without one that
 * can be believed the long side is that of A4.
 */
export function pageSize(image: StoredImage): PageSize {
  const lying = image.orientation >= 5
  const [widthPixels, heightPixels] = lying
    ? [image.heightPixels, image.widthPixels]
    : [image.widthPixels, image.heightPixels]
  const [dpiX, dpiY] = lying ? [image.dpiY, image.dpiX] : [image.dpiX, image.dpiY]
  const longPixels = Math.max(widthPixels, heightPixels)
  if (dpiX !== null && dpiY !== null) {
    const width = (widthPixels * POINTS_PER_INCH) / dpiX
    const height = (heightPixels * POINTS_PER_INCH) / dpiY
    const long = Math.max(width, height)
    const guessed = Math.min(dpiX, dpiY) < LEAST_DPI && long > A3_LONG_SIDE
    if (!guessed && long <= LONGEST_SIDE && Math.min(width, height) >= 3)
      return { width, height, widthPixels, heightPixels }
  }
  const scale = A4_LONG_SIDE / longPixels
  return {
    width: Math.max(3, widthPixels * scale),
    height: Math.max(3, heightPixels * scale),
    ...{ widthPixels, heightPixels },
  }
}

/** How the unit square of an image is laid on a page of this size, by EXIF orientation. */
export function pictureMatrix(orientation: number, width: number, height: number): readonly number[] {
  switch (orientation) {
    case 2:
      return [-width, 0, 0, height, width, 0]
    case 3:
      return [-width, 0, 0, -height, width, height]
    case 4:
      return [width, 0, 0, -height, 0, height]
    case 5:
      return [0, -height, -width, 0, width, height]
    case 6:
      return [0, -height, width, 0, 0, height]
    case 7:
      return [0, height, width, 0, 0, 0]
    case 8:
      return [0, height, -width, 0, width, 0]
    default:
      return [width, 0, 0, height, 0, 0]
  }
}
