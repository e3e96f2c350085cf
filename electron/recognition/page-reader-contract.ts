import type { PageReading } from '../../shared/domain/page-text.ts'

/** Why pages cannot be read on this machine. */
export type ReaderUnavailable = 'native-library' | 'models-missing' | 'models-changed'

/**
 * Reads the text of page images, in a worker thread, without a network. Opening it is cheap; the models are loaded
 * with the first page.
 */
export interface PageReader {
  readonly engine: string
  /** Name and version of the models. A text by another model is read again. */
  readonly model: string
  /** Whether the native library and the models, by their pinned SHA-256, are there; asked once, then remembered. */
  readonly unavailable: () => Promise<ReaderUnavailable | null>
  /**
   * Reads one image as it is stored: JPEG, PNG or a TIFF of one page. Calls wait for their turn.
   * @throws RECOGNITION_UNAVAILABLE, RECOGNITION_FAILED, CALL_CANCELLED (a running page is given up)
   */
  readonly read: (image: Uint8Array, signal?: AbortSignal) => Promise<PageReading>
  /** Gives the models' memory back; the next page loads them again. */
  readonly rest: () => Promise<void>
  readonly close: () => Promise<void>
}
