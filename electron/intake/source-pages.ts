import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import {
  decodeError,
  fromRaw,
  makeThumbnail,
  makeThumbnailOfRaw,
  type RawImage,
  type Thumbnail,
} from './decode-image.ts'
import { inspectSource } from './inspect.ts'
import type { PdfPixels } from './pdf-protocol.ts'
import type { OpenPdf, PdfReader } from './pdf-reader.ts'
import { readTiffFrames, type TiffDirectory } from './read-tiff.ts'
import {
  type ColourMode,
  type ImageFormat,
  type ImageFrame,
  INTAKE_LIMITS,
  type IntakeLimits,
  type SourceFormat,
  type SourceRemark,
} from './source-format.ts'
import { copyTiffPage } from './tiff-page.ts'

export const MEDIA_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  tiff: 'image/tiff',
}

/** One page, ready to be filed. */
export interface SourcePage {
  /** From 0. */
  readonly index: number
  /**
   * `original`: the file as it is. `copied`: one page of a multi-page TIFF, its data bit by bit. `decoded`: the
   * same where it could not be copied, without loss. `drawn`: a page of a PDF as a picture.
   */
  readonly origin: 'original' | 'copied' | 'decoded' | 'drawn'
  readonly format: ImageFormat
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** As stored: apply `orientation` to have it upright. */
  readonly widthPixels: number
  readonly heightPixels: number
  readonly orientation: number
  readonly dpiX: number | undefined
  readonly dpiY: number | undefined
  readonly colourMode: ColourMode
  readonly bitDepth: number
  readonly thumbnail: Thumbnail
  readonly remarks: readonly SourceRemark[]
}

export interface SourcePages {
  readonly format: SourceFormat
  readonly pageCount: number
  /** Remarks about the file; those about a page come with the page. */
  readonly remarks: readonly SourceRemark[]
  /**
   * The pages one by one from `first` (from 0). Each has been decoded to its end by the time it comes. The same
   * file gives the same bytes for the same page each time, so that an import may be taken up where it stopped.
   * Throws INTAKE_TRUNCATED_FILE or INTAKE_UNREADABLE_FILE `{ page }` (from 1), CALL_CANCELLED.
   */
  pages(first?: number): AsyncGenerator<SourcePage, void, undefined>
  [Symbol.asyncDispose](): Promise<void>
}

export interface OpenSourceOptions {
  readonly pdf: PdfReader
  readonly limits?: IntakeLimits
  readonly signal?: AbortSignal
}

/** Above this share of pure black and white a drawn grey page is text, which PNG keeps sharp and small. */
const TEXT_SHARE = 0.85
const JPEG_QUALITY = 92

async function encodePdfPage(pixels: PdfPixels): Promise<{ format: ImageFormat; bytes: Uint8Array }> {
  const image: RawImage = pixels
  const source = fromRaw(image).withDensity(pixels.dpi)
  if (pixels.bitonal) {
    const bytes = await source.toColourspace('b-w').png({ palette: true, colours: 2, effort: 1 }).toBuffer()
    return { format: 'png', bytes }
  }
  if (pixels.channels === 1 && pixels.flatShare > TEXT_SHARE) {
    return { format: 'png', bytes: await source.toColourspace('b-w').png({ compressionLevel: 6 }).toBuffer() }
  }
  const flat = pixels.channels === 1 ? source.toColourspace('b-w') : source
  return {
    format: 'jpeg',
    bytes: await flat.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer(),
  }
}

async function pdfPage(index: number, pixels: PdfPixels): Promise<SourcePage> {
  const [encoded, thumbnail] = await Promise.all([encodePdfPage(pixels), makeThumbnailOfRaw(pixels)])
  const remarks: SourceRemark[] = []
  if (pixels.fontMissing) remarks.push({ code: 'pdf-font-not-embedded', page: index + 1 })
  if (pixels.reduced) remarks.push({ code: 'pdf-resolution-reduced', page: index + 1, dpi: pixels.dpi })
  return {
    index,
    origin: 'drawn',
    ...encoded,
    mediaType: MEDIA_TYPES[encoded.format],
    widthPixels: pixels.widthPixels,
    heightPixels: pixels.heightPixels,
    orientation: 1,
    dpiX: pixels.dpi,
    dpiY: pixels.dpi,
    colourMode: pixels.bitonal ? 'bitonal' : pixels.channels === 1 ? 'grey' : 'colour',
    bitDepth: pixels.bitonal ? 1 : 8,
    thumbnail,
    remarks,
  }
}

function withPage(error: unknown, index: number, pageCount: number): unknown {
  if (!(error instanceof AppError) || pageCount === 1 || error.code === 'CALL_CANCELLED') return error
  return new AppError(
    error.code,
    { ...error.details, page: index + 1 },
    { retryable: error.retryable, cause: error },
  )
}

function stopWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CALL_CANCELLED', { operation: 'intake.pages' })
}

async function* pdfPages(
  pdf: OpenPdf,
  signal: AbortSignal | undefined,
  first: number,
): AsyncGenerator<SourcePage, void, undefined> {
  const count = pdf.facts.pages.length
  // One page is drawn ahead, so that drawing and encoding overlap; two pages is all that is ever in memory.
  const draw = (index: number): Promise<PdfPixels> | undefined => {
    if (index >= count) return undefined
    const drawing = pdf.render(index, signal)
    // It is awaited below, unless the caller stops first; then nobody is left to hear of it.
    drawing.catch(() => undefined)
    return drawing
  }
  let ahead = draw(first)
  for (let index = first; index < count; index++) {
    stopWhenAborted(signal)
    try {
      const pixels = await ahead
      if (pixels === undefined) return
      ahead = draw(index + 1)
      yield await pdfPage(index, pixels)
    } catch (error) {
      throw withPage(error, index, count)
    }
  }
}

async function decodedTiffPage(
  bytes: Uint8Array,
  frame: ImageFrame,
  limits: IntakeLimits,
): Promise<Uint8Array> {
  try {
    return await sharp(bytes, {
      page: frame.sourceIndex,
      failOn: 'error',
      limitInputPixels: limits.maxPixels,
    })
      .timeout({ seconds: limits.decodeSeconds })
      .keepMetadata()
      .tiff({ compression: 'lzw', predictor: 'horizontal' })
      .toBuffer()
  } catch (error) {
    throw decodeError(error)
  }
}

interface PageBytes {
  readonly origin: 'original' | 'copied' | 'decoded'
  readonly bytes: Uint8Array
  /** Where the page stands inside `bytes`. */
  readonly frame: ImageFrame
}

async function bytesOfPage(
  bytes: Uint8Array,
  frame: ImageFrame,
  directory: TiffDirectory | undefined,
  limits: IntakeLimits,
): Promise<PageBytes> {
  if (directory === undefined) return { origin: 'original', bytes, frame }
  const alone = { ...frame, sourceIndex: 0 }
  const copy = copyTiffPage(bytes, directory)
  if (copy !== undefined) return { origin: 'copied', bytes: copy, frame: alone }
  return { origin: 'decoded', bytes: await decodedTiffPage(bytes, frame, limits), frame: alone }
}

async function* imagePages(
  source: {
    bytes: Uint8Array
    format: ImageFormat
    frames: readonly ImageFrame[]
    remarks: readonly SourceRemark[]
  },
  limits: IntakeLimits,
  signal: AbortSignal | undefined,
  first: number,
): AsyncGenerator<SourcePage, void, undefined> {
  const { bytes, format, frames } = source
  const directories = format === 'tiff' && frames.length > 1 ? readTiffFrames(bytes, limits).directories : []
  for (const frame of frames.slice(first)) {
    stopWhenAborted(signal)
    try {
      const page = await bytesOfPage(bytes, frame, directories[frame.index], limits)
      const thumbnail = await makeThumbnail(page.bytes, page.frame, limits)
      const remarks = source.remarks.filter((remark) => 'frame' in remark && remark.frame === frame.index)
      if (thumbnail.suspicious) remarks.push({ code: 'image-data-suspicious', frame: frame.index })
      const { index, widthPixels, heightPixels, orientation, dpiX, dpiY, colourMode, bitDepth } = frame
      yield {
        index,
        origin: page.origin,
        format,
        mediaType: MEDIA_TYPES[format],
        bytes: page.bytes,
        widthPixels,
        heightPixels,
        orientation,
        dpiX,
        dpiY,
        colourMode,
        bitDepth,
        thumbnail,
        remarks,
      }
    } catch (error) {
      throw withPage(error, frame.index, frames.length)
    }
  }
}

/**
 * Opens the bytes of one file as the pages it holds, whatever its format: the front door of the import. Sizes and
 * page counts are judged before anything is decoded or drawn.
 *
 * Throws what {@link inspectSource} and {@link PdfReader.open} throw. Dispose of it, also after an error: the next
 * PDF waits for that.
 */
export async function openSource(
  bytes: Uint8Array,
  name: string,
  options: OpenSourceOptions,
): Promise<SourcePages> {
  const limits = options.limits ?? INTAKE_LIMITS
  const { signal } = options
  const { format, frames, remarks } = inspectSource(bytes, name, limits)
  if (format !== 'pdf') {
    return {
      format,
      pageCount: frames.length,
      remarks: remarks.filter((remark) => !('frame' in remark)),
      pages: (first = 0) => imagePages({ bytes, format, frames, remarks }, limits, signal, first),
      [Symbol.asyncDispose]: async () => undefined,
    }
  }
  const pdf = await options.pdf.open(bytes, signal)
  return {
    format,
    pageCount: pdf.facts.pages.length,
    remarks: pdf.facts.repaired ? [...remarks, { code: 'pdf-repaired' }] : remarks,
    pages: (first = 0) => pdfPages(pdf, signal, first),
    [Symbol.asyncDispose]: () => pdf[Symbol.asyncDispose](),
  }
}
