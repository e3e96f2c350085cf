import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { AppError } from '../../shared/errors.ts'
import { failureOf, pageAddress } from './page-address.ts'

/** pdf.js and what it reads at run time lie beside the page, put there by the build. */
const PARTS = 'pdfjs/'
const CHUNK_BYTES = 256 * 1024

async function readRange(versionId: string, begin: number, end: number): Promise<Uint8Array> {
  const response = await fetch(pageAddress(versionId, 'source'), {
    headers: { Range: `bytes=${begin}-${end - 1}` },
  }).catch((cause: unknown) => {
    throw new AppError('CORE_STOPPED', {}, { retryable: true, cause })
  })
  if (!response.ok) throw failureOf(response)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return response.status === 206 ? bytes : bytes.subarray(begin, end)
}

/** pdf.js asks for no ranges on a scheme of our own: it is fed. */
class SourceTransport extends PDFDataRangeTransport {
  readonly #versionId: string
  readonly #onFailure: (thrown: unknown) => void

  constructor(versionId: string, sizeBytes: number, onFailure: (thrown: unknown) => void) {
    super(sizeBytes, null)
    this.#versionId = versionId
    this.#onFailure = onFailure
  }

  override requestDataRange(begin: number, end: number): void {
    readRange(this.#versionId, begin, end).then(
      (bytes) => this.onDataRange(begin, bytes),
      (thrown: unknown) => this.#onFailure(thrown),
    )
  }
}

export interface OpeningPdf {
  readonly document: Promise<PDFDocumentProxy>
  readonly close: () => void
}

/** Opens the source file of a page version, reading only what is looked at. */
export function openSourcePdf(versionId: string, sizeBytes: number): OpeningPdf {
  const at = (part: string) => new URL(PARTS + part, window.document.baseURI).href
  GlobalWorkerOptions.workerSrc = at('pdf.worker.mjs')
  let fail: (thrown: unknown) => void = () => {}
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  // Heard through the race below; alone it must not count as unheard.
  failed.catch(() => undefined)
  const task = getDocument({
    range: new SourceTransport(versionId, sizeBytes, fail),
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: at('cmaps/'),
    standardFontDataUrl: at('standard_fonts/'),
    wasmUrl: at('wasm/'),
    isEvalSupported: false,
  })
  return {
    document: Promise.race([task.promise, failed]),
    close: () => {
      task.destroy().catch((error: unknown) => console.warn('source not closed', error))
    },
  }
}
