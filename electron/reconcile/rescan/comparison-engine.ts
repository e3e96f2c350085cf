import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../shared/errors.ts'
import type { AnswerOf, ComparisonReply, ComparisonTask } from './comparison-protocol.ts'

/**
 * Signs, matches and compares pages in worker threads, so that the core goes on answering. Each thread has one task in
 * hand; what one comparison needs is all that it keeps.
 */
export interface ComparisonEngine {
  /** How many tasks run at once; more than that wait. */
  readonly lanes: number
  /** @throws CALL_CANCELLED, INTAKE_UNREADABLE_FILE for an image that cannot be decoded */
  readonly run: <T extends ComparisonTask>(task: T, signal: AbortSignal) => Promise<AnswerOf<T>>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Each holds two decoded pages; two lanes keep a small machine usable. */
const MOST_LANES = 2

interface Lane {
  readonly run: (task: ComparisonTask) => Promise<ComparisonReply>
  readonly isAlive: () => boolean
  readonly end: () => Promise<void>
}

function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./comparison-worker.ts', import.meta.url)
    : new URL('./comparison-worker.mjs', import.meta.url)
}

function startLane(): Lane {
  const worker = new Worker(workerUrl(), { execArgv: [], env: {}, stdout: true, stderr: true })
  worker.stdout.resume()
  worker.stderr.resume()
  worker.unref()
  let alive = true
  let waiting: { resolve: (reply: ComparisonReply) => void; reject: (error: AppError) => void } | undefined
  const settle = () => {
    const mine = waiting
    waiting = undefined
    worker.unref()
    return mine
  }
  const fail = (cause?: unknown) => {
    alive = false
    settle()?.reject(new AppError('CALL_INTERNAL', { method: 'reconcile.rescan' }, { cause }))
  }
  worker.on('message', (reply: ComparisonReply) => settle()?.resolve(reply))
  worker.on('error', fail)
  worker.on('exit', () => fail())
  return {
    run: async (task) => {
      const { promise, resolve, reject } = Promise.withResolvers<ComparisonReply>()
      waiting = { resolve, reject }
      worker.ref()
      worker.postMessage(task)
      return await promise
    },
    isAlive: () => alive,
    end: async () => {
      alive = false
      await worker.terminate()
    },
  }
}

/** Its threads start with the first task. */
export function openComparisonEngine(): ComparisonEngine {
  const lanes = Math.min(MOST_LANES, Math.max(1, availableParallelism() - 1))
  const idle: Lane[] = []
  const all = new Set<Lane>()
  const turns: (() => void)[] = []
  let busy = 0

  const take = async (): Promise<Lane> => {
    while (busy >= lanes) await new Promise<void>((resolve) => turns.push(resolve))
    busy += 1
    for (let lane = idle.pop(); lane !== undefined; lane = idle.pop()) if (lane.isAlive()) return lane
    const lane = startLane()
    all.add(lane)
    return lane
  }
  const give = (lane: Lane) => {
    busy -= 1
    if (lane.isAlive()) idle.push(lane)
    else all.delete(lane)
    turns.shift()?.()
  }
  const cancelled = () => new AppError('CALL_CANCELLED', { operation: 'reconcile.rescan' })

  return {
    lanes,
    run: async <T extends ComparisonTask>(task: T, signal: AbortSignal): Promise<AnswerOf<T>> => {
      if (signal.aborted) throw cancelled()
      const lane = await take()
      const { promise: stopped, reject } = Promise.withResolvers<never>()
      const stop = () => {
        // Matching a thick volume takes seconds; an image in hand is left to its end.
        if (task.kind === 'match') void lane.end()
        reject(cancelled())
      }
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      const work = lane.run(task)
      void work.catch(() => undefined).finally(() => give(lane))
      try {
        const reply = await Promise.race([work, stopped])
        if (reply.kind === 'failed') throw AppError.fromEnvelope(reply.error)
        return reply as AnswerOf<T>
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map((lane) => lane.end()))
    },
  }
}
