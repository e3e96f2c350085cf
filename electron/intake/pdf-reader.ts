import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import type { PdfFacts, PdfPixels, PdfReply, PdfRequest, PdfWorkerData } from './pdf-protocol.ts'
import { INTAKE_LIMITS, type IntakeLimits } from './source-format.ts'

export interface PdfReaderOptions {
  readonly limits?: IntakeLimits
  /** How long one request may take before its worker is given up. */
  readonly timeoutMs?: number
  /**
   * An OpenType font for Chinese text whose font is not in the file. Without it such text is not drawn at all; in
   * both cases the page carries the remark `pdf-font-not-embedded`.
   */
  readonly fallbackFontPath?: string
}

export interface OpenPdf {
  readonly facts: PdfFacts
  /** Draws a page, counted from 0. Calls are answered in order. */
  render(page: number, signal?: AbortSignal): Promise<PdfPixels>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens PDF files in a worker thread, one at a time. A file that hangs or crashes the engine costs that file:
 * the worker is ended and the next file gets a new one.
 */
export interface PdfReader {
  /**
   * Waits for its turn, then opens the file. Close it, or no other can be opened.
   *
   * Throws INTAKE_PASSWORD_PROTECTED, INTAKE_TRUNCATED_FILE, INTAKE_UNREADABLE_FILE `{ reason }`,
   * INTAKE_TOO_MANY_PAGES `{ pages, limit }` before any page is drawn, CALL_CANCELLED.
   */
  open(bytes: Uint8Array, signal?: AbortSignal): Promise<OpenPdf>
  /** Ends the worker. */
  [Symbol.asyncDispose](): Promise<void>
}

type Body<T> = T extends PdfRequest ? Omit<T, 'id'> : never

/** No page is drawn larger than A0 at 200 dpi and a little more. */
const MAX_PAGE_PIXELS = 64_000_000
const TIMEOUT_MS = 60_000

function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './pdf-worker.ts' : './pdf-worker.mjs', import.meta.url)
}

interface Later<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: AppError) => void
}

function later<T>(): Later<T> {
  let resolve: Later<T>['resolve'] = () => undefined
  let reject: Later<T>['reject'] = () => undefined
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

interface Pending {
  readonly resolve: (reply: PdfReply) => void
  readonly reject: (error: AppError) => void
}

interface Session {
  call(body: Body<PdfRequest>, signal: AbortSignal | undefined): Promise<PdfReply>
  isAlive(): boolean
  end(): Promise<void>
}

function startSession(timeoutMs: number, workerData: PdfWorkerData): Session {
  const worker = new Worker(workerUrl(), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    // Nothing of the core's command line or environment is its business.
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  })
  worker.stdout.resume()
  worker.stderr.resume()
  const pending = new Map<number, Pending>()
  let alive = true
  let nextId = 1

  const give = (reason: AppError): void => {
    alive = false
    for (const { reject } of pending.values()) reject(reason)
    pending.clear()
  }
  const end = async (): Promise<void> => {
    give(new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-engine' }))
    await worker.terminate()
  }
  worker.on('message', (reply: PdfReply) => {
    const waiting = pending.get(reply.id)
    pending.delete(reply.id)
    if (reply.kind !== 'failed') {
      waiting?.resolve(reply)
      return
    }
    waiting?.reject(AppError.fromEnvelope(reply.error))
    if (reply.broken) void end()
  })
  worker.on('error', (cause) =>
    give(new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-engine' }, { cause })),
  )
  worker.on('exit', () => give(new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-engine' })))

  const call = async (body: Body<PdfRequest>, signal: AbortSignal | undefined): Promise<PdfReply> => {
    if (signal?.aborted === true) throw new AppError('CALL_CANCELLED', { operation: 'intake.pdf' })
    if (!alive) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-engine' })
    const id = nextId++
    const { promise, resolve, reject } = later<PdfReply>()
    pending.set(id, { resolve, reject })
    const stop = (reason: AppError) => (): void => {
      reject(reason)
      void end()
    }
    const cancel = stop(new AppError('CALL_CANCELLED', { operation: 'intake.pdf' }))
    const timer = setTimeout(
      stop(new AppError('INTAKE_UNREADABLE_FILE', { reason: 'pdf-timeout' })),
      timeoutMs,
    )
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      worker.postMessage({ ...body, id })
      return await promise
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
    }
  }
  return { call, isAlive: () => alive, end }
}

/** Makes a reader; its worker starts with the first file. Dispose of it when the import is over. */
export function createPdfReader(options: PdfReaderOptions = {}): PdfReader {
  const limits = options.limits ?? INTAKE_LIMITS
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const maxPixels = Math.min(limits.maxPixels, MAX_PAGE_PIXELS)
  let session: Session | undefined
  let turn: Promise<void> = Promise.resolve()

  const openNow = async (
    bytes: Uint8Array,
    signal: AbortSignal | undefined,
    release: () => void,
  ): Promise<OpenPdf> => {
    if (session === undefined || !session.isAlive())
      session = startSession(timeoutMs, { fallbackFontPath: options.fallbackFontPath })
    const mine = session
    const reply = await mine.call({ kind: 'open', bytes, maxPages: limits.maxFrames }, signal)
    if (reply.kind !== 'opened') throw new AppError('CALL_INTERNAL')
    let closed = false
    return {
      facts: reply.facts,
      render: async (page, renderSignal) => {
        const rendered = await mine.call({ kind: 'render', page, maxPixels }, renderSignal)
        if (rendered.kind !== 'rendered') throw new AppError('CALL_INTERNAL')
        return rendered.pixels
      },
      [Symbol.asyncDispose]: async () => {
        // A second time would close the file of whoever came next.
        if (closed) return
        closed = true
        if (mine.isAlive()) await mine.call({ kind: 'close' }, undefined).catch(() => mine.end())
        release()
      },
    }
  }

  return {
    open: async (bytes, signal) => {
      const before = turn
      const { promise, resolve } = later<void>()
      turn = promise
      await before
      try {
        return await openNow(bytes, signal, resolve)
      } catch (error) {
        resolve()
        throw error
      }
    },
    [Symbol.asyncDispose]: async () => {
      await session?.end()
    },
  }
}
