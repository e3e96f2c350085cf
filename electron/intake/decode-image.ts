import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { decodeAlone, decodeTogether } from './decode-turns.ts'
import { type ImageFrame, INTAKE_LIMITS, type IntakeLimits } from './source-format.ts'

// Several pages are decoded at once, so each takes one thread: sharing threads within a page only costs switching.
sharp.concurrency(1)

/** Long side of a thumbnail in pixels. */
export const THUMBNAIL_SIDE = 240

export interface Thumbnail {
  /** JPEG, upright, at most {@link THUMBNAIL_SIDE} on its long side. */
  readonly bytes: Uint8Array
  readonly widthPixels: number
  readonly heightPixels: number
  /** True when the decoder read every pixel but complained: the page should be looked at. */
  readonly suspicious: boolean
}

export interface RenderedView {
  readonly bytes: Uint8Array
  readonly mediaType: 'image/jpeg' | 'image/png'
  readonly widthPixels: number
  readonly heightPixels: number
}

/** Pixels that are already decoded, as a PDF page is when it leaves its renderer. */
export interface RawImage {
  readonly data: Uint8Array
  readonly widthPixels: number
  readonly heightPixels: number
  readonly channels: 1 | 3
}

type Strictness = 'warning' | 'error'

function open(bytes: Uint8Array, frame: ImageFrame, limits: IntakeLimits, failOn: Strictness): Sharp {
  return sharp(bytes, {
    failOn,
    page: frame.sourceIndex,
    limitInputPixels: limits.maxPixels,
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: limits.decodeSeconds })
}

const CUT = /premature end|truncated|unexpected end|end of file|not enough|short of|read error on strip|EOI/i

export function decodeError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : ''
  const cut = CUT.test(message)
  return new AppError(
    cut ? 'INTAKE_TRUNCATED_FILE' : 'INTAKE_UNREADABLE_FILE',
    { reason: /timeout/i.test(message) ? 'decode-timeout' : 'decode-failed' },
    { cause: error },
  )
}

/** Once more, alone: now what the decoder says is about this image. */
async function judged<T>(
  work: (failOn: Strictness) => Promise<T>,
): Promise<{ readonly value: T; readonly suspicious: boolean }> {
  try {
    return { value: await work('warning'), suspicious: false }
  } catch (strict) {
    const failure = decodeError(strict)
    if (failure.code === 'INTAKE_TRUNCATED_FILE' || failure.details.reason === 'decode-timeout') throw failure
    try {
      return { value: await work('error'), suspicious: true }
    } catch (error) {
      throw decodeError(error)
    }
  }
}

/** Runs strictly; when the decoder only complained, runs again and says so. A sound file is decoded once. */
async function decode<T>(
  work: (failOn: Strictness) => Promise<T>,
): Promise<{ readonly value: T; readonly suspicious: boolean }> {
  try {
    return { value: await decodeTogether(() => work('warning')), suspicious: false }
  } catch (strict) {
    if (decodeError(strict).details.reason === 'decode-timeout') throw decodeError(strict)
    return await decodeAlone(() => judged(work))
  }
}

function shrink(image: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  return image
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80 })
    .toBuffer({ resolveWithObject: true })
}

/**
 * Makes the thumbnail of one frame and proves on the way that the whole frame can be decoded: the reduced JPEG
 * decoding that makes this fast still reads the entropy-coded data to its end.
 *
 * Throws INTAKE_TRUNCATED_FILE or INTAKE_UNREADABLE_FILE.
 */
export async function makeThumbnail(
  bytes: Uint8Array,
  frame: ImageFrame,
  limits: IntakeLimits = INTAKE_LIMITS,
): Promise<Thumbnail> {
  const { value, suspicious } = await decode((failOn) => shrink(open(bytes, frame, limits, failOn)))
  return { bytes: value.data, widthPixels: value.info.width, heightPixels: value.info.height, suspicious }
}

/** The thumbnail of pixels that are decoded already. */
export async function makeThumbnailOfRaw(image: RawImage): Promise<Thumbnail> {
  const { data, info } = await shrink(fromRaw(image))
  return { bytes: data, widthPixels: info.width, heightPixels: info.height, suspicious: false }
}

export function fromRaw(image: RawImage): Sharp {
  return sharp(image.data, {
    raw: { width: image.widthPixels, height: image.heightPixels, channels: image.channels },
  })
}

export interface ViewSize {
  /** The long side is made no longer than this; without it the frame keeps its size. */
  readonly maxSidePixels?: number
}

/**
 * One frame as a browser can show it, upright: PNG for bitonal frames at full size, JPEG otherwise. Damage that
 * still leaves a picture is shown, because looking at it is how a person judges it.
 *
 * Throws INTAKE_TRUNCATED_FILE or INTAKE_UNREADABLE_FILE when there is no picture at all.
 */
export async function renderView(
  bytes: Uint8Array,
  frame: ImageFrame,
  size: ViewSize = {},
  limits: IntakeLimits = INTAKE_LIMITS,
): Promise<RenderedView> {
  try {
    const source = open(bytes, frame, limits, 'error')
    const side = size.maxSidePixels
    const scaled =
      side === undefined || side >= Math.max(frame.widthPixels, frame.heightPixels)
        ? undefined
        : source.resize(side, side, { fit: 'inside', withoutEnlargement: true })
    const image = (scaled ?? source).flatten({ background: '#ffffff' })
    const bitonal = frame.colourMode === 'bitonal' && scaled === undefined
    const encoded = bitonal
      ? image.toColourspace('b-w').png({ palette: true, colours: 2, effort: 1 })
      : image.jpeg({ quality: 88 })
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    return {
      bytes: data,
      mediaType: bitonal ? 'image/png' : 'image/jpeg',
      widthPixels: info.width,
      heightPixels: info.height,
    }
  } catch (error) {
    throw decodeError(error)
  }
}
