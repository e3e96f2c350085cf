import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import { MODEL } from './page-models.ts'
import type { PageReader, ReaderUnavailable } from './page-reader-contract.ts'
import type { ReaderReply, ReaderRequest, ReaderWorkerData } from './reader-protocol.ts'

export interface PageReaderOptions {
  /** The folder that holds the three model files: see page-models.ts. */
  readonly modelsFolder: string
  /** Threads within one page; half of the machine's, at most four, unless given. */
  readonly threads?: number
  /** How long one page may take before its worker is given up. */
  readonly timeoutMs?: number
  /** Larger images are refused. */
  readonly limitPixels?: number
}

const ENGINE = 'juanku-reader/1 onnxruntime-node/1.30.0'
const TIMEOUT_MS = 120_000
/** Longer than any single run of a model. */
const LAST_RUN_MS = 15_000
const LIMIT_PIXELS = 400_000_000
const MOST_THREADS = 4

type Body<T> = T extends ReaderRequest ? Omit<T, 'id'> : never

interface Session {
  readonly ask: (body: Body<ReaderRequest>, signal?: AbortSignal) => Promise<ReaderReply>
  readonly isAlive: () => boolean
  readonly end: () => Promise<void>
}

function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./page-reader-worker.ts', import.meta.url)
    : new URL('./page-reader-worker.mjs', import.meta.url)
}

function cancelled(): AppError {
  return new AppError('CALL_CANCELLED', { operation: 'recognition' })
}

/** Whoever gives up while still waiting for a turn need not wait for it. */
async function orCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = () => reject(cancelled())
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function startSession(workerData: ReaderWorkerData, timeoutMs: number): Session {
  const worker = new Worker(workerUrl(), { workerData, execArgv: [], env: {}, stdout: true, stderr: true })
  worker.stdout.resume()
  worker.stderr.resume()
  // An idle worker keeps no process open.
  worker.unref()
  const waiting = new Map<
    number,
    { resolve: (reply: ReaderReply) => void; reject: (error: AppError) => void }
  >()
  let alive = true
  let lastId = 0
  const give = (reason: AppError): void => {
    alive = false
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  }
  let busyWith = 0
  let onIdle: (() => void) | undefined
  /** Ending a thread within a run of the native library ends the process: it is asked to stop, and ended once it has. */
  const end = async (): Promise<void> => {
    if (busyWith !== 0) {
      worker.postMessage({ id: busyWith, kind: 'give-up' } satisfies ReaderRequest)
      worker.ref()
      const { promise, resolve } = Promise.withResolvers<void>()
      onIdle = resolve
      const patience = setTimeout(resolve, LAST_RUN_MS)
      await promise
      clearTimeout(patience)
      worker.unref()
    }
    // One that hangs in the library is left alone: it holds nothing open.
    if (busyWith === 0) await worker.terminate()
  }
  const stop = (reason: AppError): void => {
    give(reason)
    void end()
  }
  worker.on('message', (reply: ReaderReply) => {
    if (reply.id === busyWith) busyWith = 0
    onIdle?.()
    const found = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.kind === 'failed') found?.reject(AppError.fromEnvelope(reply.error))
    else found?.resolve(reply)
  })
  worker.on('error', (cause) => give(new AppError('RECOGNITION_FAILED', { reason: 'engine' }, { cause })))
  worker.on('exit', () => {
    busyWith = 0
    onIdle?.()
    give(new AppError('RECOGNITION_FAILED', { reason: 'engine' }))
  })
  const ask: Session['ask'] = async (body, signal) => {
    if (signal?.aborted === true) throw cancelled()
    if (!alive) throw new AppError('RECOGNITION_FAILED', { reason: 'engine' })
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<ReaderReply>()
    waiting.set(id, { resolve, reject })
    worker.ref()
    const cancel = () => worker.postMessage({ id, kind: 'give-up' } satisfies ReaderRequest)
    const timer = setTimeout(() => stop(new AppError('RECOGNITION_FAILED', { reason: 'timeout' })), timeoutMs)
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      busyWith = id
      worker.postMessage({ ...body, id })
      return await promise
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      worker.unref()
    }
  }
  return {
    ask,
    isAlive: () => alive,
    end: async () => {
      give(cancelled())
      await end()
    },
  }
}

/**
 * Makes a reader of pages; its worker starts with the first page, and again after a page that crashed or hung it.
 */
export function createPageReader(options: PageReaderOptions): PageReader {
  const threads =
    options.threads ?? Math.min(MOST_THREADS, Math.max(1, Math.ceil(availableParallelism() / 2)))
  const workerData: ReaderWorkerData = {
    modelsFolder: options.modelsFolder,
    threads,
    engine: ENGINE,
    model: MODEL,
    limitPixels: options.limitPixels ?? LIMIT_PIXELS,
  }
  let session: Session | undefined
  let last: Promise<unknown> = Promise.resolve()
  let known: Promise<ReaderUnavailable | null> | undefined
  let closed = false

  const open = (): Session => {
    if (session === undefined || !session.isAlive())
      session = startSession(workerData, options.timeoutMs ?? TIMEOUT_MS)
    return session
  }
  const endSession = async (): Promise<void> => {
    const mine = session
    session = undefined
    await mine?.end()
  }
  /** One after another, in the order of the calls. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.then(
      () => undefined,
      () => undefined,
    )
    return await mine
  }
  const probe = async (): Promise<ReaderUnavailable | null> => {
    const reply = await open().ask({ kind: 'probe' })
    return reply.kind === 'probed' ? reply.unavailable : null
  }

  return {
    engine: ENGINE,
    model: MODEL,
    unavailable: async () => {
      // A library that crashes the thread on loading is a library that cannot be loaded.
      known ??= inTurn(async () => await probe().catch(() => 'native-library' as const))
      return await known
    },
    read: async (image, signal) => {
      const reading = inTurn(async () => {
        if (closed || signal?.aborted === true) throw cancelled()
        const reply = await open().ask({ kind: 'read', image }, signal)
        if (reply.kind !== 'read') throw new AppError('CALL_INTERNAL')
        return reply.reading
      })
      return await orCancelled(reading, signal)
    },
    rest: async () => await inTurn(endSession),
    close: async () => {
      closed = true
      await endSession()
    },
  }
}
