import { availableParallelism } from 'node:os'
import { AppError } from '../../../shared/errors.ts'
import { workerLanes } from '../../worker-lanes.ts'
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

function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./comparison-worker.ts', import.meta.url)
    : new URL('./comparison-worker.mjs', import.meta.url)
}

/** Its threads start with the first task. */
export function openComparisonEngine(): ComparisonEngine {
  const workers = workerLanes<ComparisonTask, ComparisonReply>({
    url: workerUrl(),
    lanes: Math.min(MOST_LANES, Math.max(1, availableParallelism() - 1)),
    lost: (cause) => new AppError('CALL_INTERNAL', { method: 'reconcile.rescan' }, { cause }),
  })
  const cancelled = () => new AppError('CALL_CANCELLED', { operation: 'reconcile.rescan' })

  return {
    lanes: workers.lanes,
    run: async <T extends ComparisonTask>(task: T, signal: AbortSignal): Promise<AnswerOf<T>> => {
      if (signal.aborted) throw cancelled()
      const inHand = await workers.start(task)
      const { promise: stopped, reject } = Promise.withResolvers<never>()
      const stop = () => {
        // Matching a thick volume takes seconds; an image in hand is left to its end.
        if (task.kind === 'match') void inHand.end()
        reject(cancelled())
      }
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      try {
        const reply = await Promise.race([inHand.reply, stopped])
        if (reply.kind === 'failed') throw AppError.fromEnvelope(reply.error)
        return reply as AnswerOf<T>
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    [Symbol.asyncDispose]: workers[Symbol.asyncDispose],
  }
}
