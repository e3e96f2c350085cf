import { PDFiumModule } from '@hyzyla/pdfium'
import { AppError } from '../../shared/errors.ts'
import { type FontHost, lendFont } from './pdf-font.ts'
import { flattenPixels } from './pdf-pixels.ts'
import type { PdfFacts, PdfPageSize, PdfPixels } from './pdf-protocol.ts'

/** The functions of PDFium that are used here; the package types only some of them. */
interface Pdfium extends FontHost {
  readonly HEAPF32: Float32Array
  readonly wasmExports: FontHost['wasmExports'] & {
    malloc(size: number): number
    free(pointer: number): void
  }
  _FPDF_InitLibrary(): void
  _FPDF_DestroyLibrary(): void
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number
  _FPDF_GetLastError(): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetPageCount(document: number): number
  _FPDF_DocumentHasValidCrossReferenceTable(document: number): number
  _FPDF_GetPageSizeByIndexF(document: number, page: number, size: number): number
  _FPDF_LoadPage(document: number, page: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidthF(page: number): number
  _FPDF_GetPageHeightF(page: number): number
  _FPDFPage_CountObjects(page: number): number
  _FPDFPage_GetObject(page: number, index: number): number
  _FPDFPageObj_GetType(object: number): number
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number
  _FPDFImageObj_GetImagePixelSize(object: number, width: number, height: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
  _FPDFTextObj_GetFont(object: number): number
  _FPDFFont_GetIsEmbedded(font: number): number
  _FPDFFont_GetBaseFontName(font: number, buffer: number, size: number): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, data: number, stride: number): number
  _FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    colour: number,
  ): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number
  _FPDFDOC_ExitFormFillEnvironment(form: number): void
  _FPDF_FFLDraw(
    form: number,
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void
}

/** Resolution of pages that are drawn, DA/T 31-2017 §7 asks for 200 at least. */
const PDF_DPI = 200
/** A scan inside a PDF is taken at its own resolution, up to this. */
const PDF_MAX_DPI = 300
const MIN_DPI = 72
const BGRX = 3
const ANNOTATIONS = 0x01
const REVERSE_BYTE_ORDER = 0x10
const TEXT_OBJECT = 1
const IMAGE_OBJECT = 3
const INVISIBLE_TEXT = 3
const PASSWORD_ERRORS: ReadonlySet<number> = new Set([4, 5])
const MAX_OBJECTS_LOOKED_AT = 20_000
const FORM_INFO_BYTES = 256
const NAME_BYTES = 256
const STANDARD_FONT = /^(?:Helvetica|Courier|Times|Symbol|ZapfDingbats|Arial)\b/

interface OpenDocument {
  readonly document: number
  readonly data: number
  readonly form: number
  readonly formInfo: number
}

export interface PdfEngine {
  /** Opens a document in place of the one before. */
  open(bytes: Uint8Array, maxPages: number): PdfFacts
  /** Draws a page, counted from 0, at no more than `maxPixels`. */
  render(page: number, maxPixels: number): PdfPixels
  close(): void
  destroy(): void
}

/**
 * True when the file is written to its end: nothing that belongs to a PDF follows its last end mark. Other bytes
 * may, as mail systems and disks add them.
 */
function isComplete(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = file.lastIndexOf('%%EOF')
  return end >= 0 && file.indexOf(' obj', end) < 0
}

function damaged(bytes: Uint8Array, reason: string): AppError {
  return new AppError(isComplete(bytes) ? 'INTAKE_UNREADABLE_FILE' : 'INTAKE_TRUNCATED_FILE', { reason })
}

/**
 * Starts PDFium, compiled to WebAssembly. Synchronous afterwards: it belongs in a worker. `readFont` gives the
 * font for Chinese text that comes without one.
 */
export async function startPdfEngine(readFont: (() => Buffer) | undefined): Promise<PdfEngine> {
  const pdfium = (await PDFiumModule({})) as unknown as Pdfium
  pdfium._FPDF_InitLibrary()
  if (readFont !== undefined) lendFont(pdfium, readFont)
  const scratch = pdfium.wasmExports.malloc(32)
  const name = pdfium.wasmExports.malloc(NAME_BYTES)
  let current: OpenDocument | undefined

  const close = (): void => {
    if (current === undefined) return
    const { document, data, form, formInfo } = current
    current = undefined
    if (form !== 0) pdfium._FPDFDOC_ExitFormFillEnvironment(form)
    pdfium._FPDF_CloseDocument(document)
    pdfium.wasmExports.free(formInfo)
    pdfium.wasmExports.free(data)
  }

  const pageSizes = (document: number, count: number): readonly PdfPageSize[] => {
    const sizes: PdfPageSize[] = []
    for (let page = 0; page < count; page++) {
      if (pdfium._FPDF_GetPageSizeByIndexF(document, page, scratch) === 0) {
        throw new AppError('INTAKE_UNREADABLE_FILE', {
          reason: 'pdf-page-missing',
          declaredPages: count,
          page: page + 1,
        })
      }
      sizes.push({
        widthPoints: pdfium.HEAPF32[scratch >> 2] ?? 0,
        heightPoints: pdfium.HEAPF32[(scratch >> 2) + 1] ?? 0,
      })
    }
    return sizes
  }

  const open = (bytes: Uint8Array, maxPages: number): PdfFacts => {
    close()
    const data = pdfium.wasmExports.malloc(bytes.length)
    if (data === 0) throw new AppError('INTAKE_FILE_TOO_LARGE', { sizeBytes: bytes.length })
    pdfium.HEAPU8.set(bytes, data)
    const document = pdfium._FPDF_LoadMemDocument(data, bytes.length, 0)
    if (document === 0) {
      pdfium.wasmExports.free(data)
      const cause = pdfium._FPDF_GetLastError()
      if (PASSWORD_ERRORS.has(cause)) throw new AppError('INTAKE_PASSWORD_PROTECTED')
      throw damaged(bytes, 'pdf-structure')
    }
    const formInfo = pdfium.wasmExports.malloc(FORM_INFO_BYTES)
    pdfium.HEAPU8.fill(0, formInfo, formInfo + FORM_INFO_BYTES)
    pdfium.HEAP32[formInfo >> 2] = 1
    const form = pdfium._FPDFDOC_InitFormFillEnvironment(document, formInfo)
    current = { document, data, form, formInfo }
    try {
      const count = pdfium._FPDF_GetPageCount(document)
      if (count > maxPages) throw new AppError('INTAKE_TOO_MANY_PAGES', { pages: count, limit: maxPages })
      const repaired = pdfium._FPDF_DocumentHasValidCrossReferenceTable(document) === 0
      // What could be saved of a cut file may look complete: a record with pages missing is worse than a refusal.
      if (repaired && !isComplete(bytes)) throw damaged(bytes, 'pdf-structure')
      if (count < 1) throw damaged(bytes, 'pdf-no-pages')
      return { pages: pageSizes(document, count), repaired }
    } catch (error) {
      close()
      throw error
    }
  }

  const boundsOf = (object: number): readonly [number, number, number, number] | undefined => {
    const found = pdfium._FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12)
    if (found === 0) return undefined
    const at = scratch >> 2
    const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(at, at + 4)
    return [left, bottom, right, top]
  }

  /** The resolution of an image that covers the page, in pixels per inch. */
  const imageDpi = (object: number, width: number, height: number): number | undefined => {
    const bounds = boundsOf(object)
    if (bounds === undefined) return undefined
    const [left, bottom, right, top] = bounds
    const [wide, high] = [right - left, top - bottom]
    if (wide <= 0 || high <= 0) return undefined
    // A turned page has its sides swapped; area tells "covers the page" for both.
    if (wide * high < width * height * 0.85) return undefined
    if (pdfium._FPDFImageObj_GetImagePixelSize(object, scratch, scratch + 4) === 0) return undefined
    const pixelsWide = pdfium.HEAP32[scratch >> 2] ?? 0
    const pixelsHigh = pdfium.HEAP32[(scratch >> 2) + 1] ?? 0
    const long = Math.max(pixelsWide, pixelsHigh) / Math.max(wide, high)
    return long > 0 ? long * 72 : undefined
  }

  /** The fourteen standard fonts are built into the engine; every other font has to be in the file. */
  const isMissing = (font: number): boolean => {
    if (pdfium._FPDFFont_GetIsEmbedded(font) !== 0) return false
    const size = pdfium._FPDFFont_GetBaseFontName(font, name, NAME_BYTES)
    const text = Buffer.from(pdfium.HEAPU8.subarray(name, name + Math.min(size, NAME_BYTES))).toString(
      'latin1',
    )
    return !STANDARD_FONT.test(text)
  }

  const lookAt = (page: number, width: number, height: number): { dpi: number; fontMissing: boolean } => {
    const count = Math.min(pdfium._FPDFPage_CountObjects(page), MAX_OBJECTS_LOOKED_AT)
    let scanDpi: number | undefined
    let scans = 0
    let drawn = false
    let fontMissing = false
    for (let index = 0; index < count; index++) {
      const object = pdfium._FPDFPage_GetObject(page, index)
      if (object === 0) continue
      const type = pdfium._FPDFPageObj_GetType(object)
      if (type === TEXT_OBJECT) {
        if (pdfium._FPDFTextObj_GetTextRenderMode(object) === INVISIBLE_TEXT) continue
        drawn = true
        const font = pdfium._FPDFTextObj_GetFont(object)
        if (font !== 0 && isMissing(font)) fontMissing = true
      } else if (type === IMAGE_OBJECT) {
        const dpi = imageDpi(object, width, height)
        if (dpi !== undefined) {
          scans++
          scanDpi = dpi
        } else drawn = true
      } else drawn = true
    }
    if (scans !== 1 || scanDpi === undefined) return { dpi: PDF_DPI, fontMissing }
    const floor = drawn ? PDF_DPI : MIN_DPI
    return { dpi: Math.max(floor, Math.min(PDF_MAX_DPI, scanDpi)), fontMissing }
  }

  const draw = (page: number, maxPixels: number): PdfPixels => {
    const width = pdfium._FPDF_GetPageWidthF(page)
    const height = pdfium._FPDF_GetPageHeightF(page)
    if (!(width > 0 && height > 0)) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-page-size' })
    const { dpi: wanted, fontMissing } = lookAt(page, width, height)
    const fitting = Math.sqrt(maxPixels / ((width * height) / 5184))
    const dpi = Math.min(wanted, fitting)
    const widthPixels = Math.max(1, Math.min(30_000, Math.round((width * dpi) / 72)))
    const heightPixels = Math.max(1, Math.min(30_000, Math.round((height * dpi) / 72)))
    const data = pdfium.wasmExports.malloc(widthPixels * heightPixels * 4)
    if (data === 0) throw new AppError('INTAKE_IMAGE_TOO_LARGE', { widthPixels, heightPixels })
    const bitmap = pdfium._FPDFBitmap_CreateEx(widthPixels, heightPixels, BGRX, data, widthPixels * 4)
    try {
      if (bitmap === 0) throw new AppError('INTAKE_IMAGE_TOO_LARGE', { widthPixels, heightPixels })
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, widthPixels, heightPixels, 0xffffffff)
      const flags = ANNOTATIONS | REVERSE_BYTE_ORDER
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPixels, heightPixels, 0, flags)
      const form = current?.form ?? 0
      if (form !== 0)
        pdfium._FPDF_FFLDraw(form, bitmap, page, 0, 0, widthPixels, heightPixels, 0, REVERSE_BYTE_ORDER)
      const pixels = pdfium.HEAPU8.subarray(data, data + widthPixels * heightPixels * 4)
      const reduced = dpi < wanted * 0.99
      return {
        ...flattenPixels(pixels),
        widthPixels,
        heightPixels,
        dpi: Math.round(dpi * 10) / 10,
        fontMissing,
        reduced,
      }
    } finally {
      if (bitmap !== 0) pdfium._FPDFBitmap_Destroy(bitmap)
      pdfium.wasmExports.free(data)
    }
  }

  const render = (index: number, maxPixels: number): PdfPixels => {
    if (current === undefined) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-closed' })
    const page = pdfium._FPDF_LoadPage(current.document, index)
    if (page === 0) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-page', page: index + 1 })
    try {
      return draw(page, maxPixels)
    } finally {
      pdfium._FPDF_ClosePage(page)
    }
  }

  const destroy = (): void => {
    close()
    pdfium.wasmExports.free(scratch)
    pdfium.wasmExports.free(name)
    pdfium._FPDF_DestroyLibrary()
  }

  return { open, render, close, destroy }
}
