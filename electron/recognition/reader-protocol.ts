import type { PageReading } from '../../shared/domain/page-text.ts'
import type { ErrorEnvelope } from '../../shared/errors.ts'
import type { ReaderUnavailable } from './page-reader-contract.ts'

/** What the worker is told when it starts. */
export interface ReaderWorkerData {
  readonly modelsFolder: string
  /** Threads within one inference. */
  readonly threads: number
  readonly engine: string
  readonly model: string
  readonly limitPixels: number
}

export type ReaderRequest =
  | { readonly id: number; readonly kind: 'probe' }
  | { readonly id: number; readonly kind: 'read'; readonly image: Uint8Array }
  /** The request of this id is not wanted any more; it is answered all the same, once the worker has stopped. */
  | { readonly id: number; readonly kind: 'give-up' }

export type ReaderReply =
  | { readonly id: number; readonly kind: 'probed'; readonly unavailable: ReaderUnavailable | null }
  | { readonly id: number; readonly kind: 'read'; readonly reading: PageReading }
  | { readonly id: number; readonly kind: 'failed'; readonly error: ErrorEnvelope }
