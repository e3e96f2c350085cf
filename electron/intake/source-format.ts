import { AppError } from '../../shared/errors.ts'

export type ImageFormat = 'jpeg' | 'png' | 'tiff'
export type SourceFormat = ImageFormat | 'pdf'
/** What a file is when it is none of the formats that can be filed. */
export type OtherFormat =
  | 'gif'
  | 'bmp'
  | 'webp'
  | 'heic'
  | 'jpeg2000'
  | 'ofd'
  | 'docx'
  | 'xlsx'
  | 'zip'
  | 'ole'
  | 'text'
  | 'unknown'

/** A thing worth a person's look that does not stop the file from being filed. */
export type SourceRemark =
  | { readonly code: 'name-differs-from-content'; readonly extension: string; readonly format: SourceFormat }
  | { readonly code: 'resolution-missing'; readonly frame: number }
  | { readonly code: 'reduced-frame-skipped'; readonly count: number }
  | { readonly code: 'image-data-suspicious'; readonly frame: number }
  | { readonly code: 'bytes-after-end'; readonly sizeBytes: number }
  | { readonly code: 'pdf-repaired' }
  | { readonly code: 'pdf-font-not-embedded'; readonly page: number }
  | { readonly code: 'pdf-resolution-reduced'; readonly page: number; readonly dpi: number }

export type ColourMode = 'colour' | 'grey' | 'bitonal'

export interface ImageFrame {
  /** From 0, among the frames that are pages. */
  readonly index: number
  /** Which directory of the file holds it (multi-page TIFF), from 0. */
  readonly sourceIndex: number
  /** As stored, before the EXIF orientation is applied. */
  readonly widthPixels: number
  readonly heightPixels: number
  /** Undefined when the file does not say. */
  readonly dpiX: number | undefined
  readonly dpiY: number | undefined
  readonly colourMode: ColourMode
  readonly bitDepth: number
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number
  readonly compression: string | undefined
}

export interface SourceInspection {
  readonly format: SourceFormat
  readonly sizeBytes: number
  readonly frames: readonly ImageFrame[]
  readonly remarks: readonly SourceRemark[]
}

/** Bounds that hold before anything is decoded, so that no file can take the machine with it. */
export interface IntakeLimits {
  readonly maxFileBytes: number
  readonly maxSidePixels: number
  readonly maxPixels: number
  readonly maxFrames: number
  readonly decodeSeconds: number
}

export const INTAKE_LIMITS: IntakeLimits = {
  maxFileBytes: 1024 ** 3,
  maxSidePixels: 30_000,
  maxPixels: 300_000_000,
  maxFrames: 3_000,
  decodeSeconds: 120,
}

export function checkImageSize(widthPixels: number, heightPixels: number, limits: IntakeLimits): void {
  if (widthPixels < 1 || heightPixels < 1) {
    throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'no-pixels' })
  }
  if (
    widthPixels > limits.maxSidePixels ||
    heightPixels > limits.maxSidePixels ||
    widthPixels * heightPixels > limits.maxPixels
  ) {
    throw new AppError('INTAKE_IMAGE_TOO_LARGE', { widthPixels, heightPixels })
  }
}

/** Resolutions that no scanner has are a default of some program, not a fact: they count as missing. */
export function plausibleDpi(dpi: number): number | undefined {
  return Number.isFinite(dpi) && dpi >= 10 && dpi <= 20_000 ? Math.round(dpi * 100) / 100 : undefined
}

export function truncated(reason: string): AppError {
  return new AppError('INTAKE_TRUNCATED_FILE', { reason })
}

export function unreadable(reason: string): AppError {
  return new AppError('INTAKE_UNREADABLE_FILE', { reason })
}
