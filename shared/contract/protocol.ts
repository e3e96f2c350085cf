import type { ErrorEnvelope } from '../errors.ts'
import type { CoreEvent } from './events.ts'

/** Messages between the shell and the core. `client` is the window's id: a session belongs to one window. */
export type ShellToCore =
  | {
      readonly type: 'request'
      readonly id: number
      readonly client: number
      readonly method: string
      readonly input: unknown
    }
  | {
      readonly type: 'page'
      readonly id: number
      readonly client: number
      readonly versionId: string
      readonly rendition: PageRendition
      readonly range: ByteRange | null
    }
  | { readonly type: 'client-gone'; readonly client: number }
  | { readonly type: 'stop' }

export type CoreToShell =
  | { readonly type: 'ready'; readonly nodeVersion: string }
  | { readonly type: 'refused'; readonly error: ErrorEnvelope }
  | { readonly type: 'reply'; readonly id: number; readonly result: CallResult }
  | { readonly type: 'page'; readonly id: number; readonly result: PageResult }
  | { readonly type: 'event'; readonly client: number | null; readonly event: CoreEvent }
  | { readonly type: 'stopped' }

export type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorEnvelope }

/** `thumbnail`: 240 px on the long side; `view`: what a browser can show, whole size; `source`: the file as it came. */
export type PageRendition = 'thumbnail' | 'view' | 'source'

/** Byte positions, both inclusive, as in RFC 9110 §14.1.2; `end` null means to the last byte. */
export interface ByteRange {
  readonly start: number
  readonly end: number | null
}

export type PageResult =
  | {
      readonly ok: true
      readonly mediaType: string
      readonly sizeBytes: number
      /** The range that `bytes` holds; null for the whole. */
      readonly range: { readonly start: number; readonly end: number } | null
      readonly bytes: Uint8Array
    }
  | { readonly ok: false; readonly error: ErrorEnvelope }

/** The frozen object that the preload script gives to the page. */
export interface JuankuBridge {
  readonly call: (method: string, input: unknown) => Promise<CallResult>
  readonly on: (listener: (event: CoreEvent) => void) => () => void
  /** Absolute path of a file dropped on the window; empty when it has none. */
  readonly pathOfFile: (file: unknown) => string
}
