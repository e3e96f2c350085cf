import type { ErrorEnvelope } from '../../shared/errors.ts'

/** What a worker is started with. */
export interface PdfWorkerData {
  readonly fallbackFontPath: string | undefined
}

/** What the core and the PDF worker say to each other. One request is under way at a time. */
export type PdfRequest =
  | { readonly id: number; readonly kind: 'open'; readonly bytes: Uint8Array; readonly maxPages: number }
  | { readonly id: number; readonly kind: 'render'; readonly page: number; readonly maxPixels: number }
  | { readonly id: number; readonly kind: 'close' }

export interface PdfPageSize {
  readonly widthPoints: number
  readonly heightPoints: number
}

export interface PdfFacts {
  readonly pages: readonly PdfPageSize[]
  /** The cross-reference table was damaged and has been rebuilt from the content. */
  readonly repaired: boolean
}

export interface PdfPixels {
  readonly data: Uint8Array
  readonly widthPixels: number
  readonly heightPixels: number
  readonly channels: 1 | 3
  readonly dpi: number
  readonly bitonal: boolean
  /** Share of pixels that are pure black or pure white, 0 to 1. */
  readonly flatShare: number
  /** The page has text in a font that the file does not carry: characters may be missing from the picture. */
  readonly fontMissing: boolean
  /** The resolution that was wanted was more than the limit on pixels allows. */
  readonly reduced: boolean
}

export type PdfReply =
  | { readonly id: number; readonly kind: 'opened'; readonly facts: PdfFacts }
  | { readonly id: number; readonly kind: 'rendered'; readonly pixels: PdfPixels }
  | { readonly id: number; readonly kind: 'closed' }
  /** `broken` means that the engine itself failed and must not be used again. */
  | { readonly id: number; readonly kind: 'failed'; readonly error: ErrorEnvelope; readonly broken: boolean }
