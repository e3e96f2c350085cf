import type { EventOf } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'

export type ProofProgress = Pick<EventOf<'proof'>, 'phase' | 'done' | 'total'>

/** What long work on a report has in hand. */
export interface ProofWork {
  readonly progress: (progress: ProofProgress) => void
  /** Throws CALL_CANCELLED once the work was given up. */
  readonly goOn: () => void
}

/** For callers that show no progress and never give up. */
export const UNWATCHED: ProofWork = { progress: () => {}, goOn: () => {} }

export interface ProofWorks {
  readonly run: <T>(volumeId: string, work: (work: ProofWork) => Promise<T>) => Promise<T>
  readonly stop: (volumeId: string) => void
}

/** Progress is told at most about this often, so that hundreds of images make no storm of events. */
const STEPS_TOLD = 100

/** Keeps what is under way for each volume, so that it can be told of and given up. */
export function proofWorks(tell: (volumeId: string, progress: ProofProgress) => void): ProofWorks {
  const underWay = new Map<string, Set<AbortController>>()
  return {
    run: async (volumeId, work) => {
      const abort = new AbortController()
      const others = underWay.get(volumeId) ?? new Set()
      underWay.set(volumeId, others.add(abort))
      const goOn = () => {
        if (abort.signal.aborted) throw new AppError('CALL_CANCELLED', { operation: 'proof' })
      }
      try {
        return await work({
          goOn,
          progress: (progress) => {
            const { done, total } = progress
            if (done === total || done % Math.max(1, Math.floor(total / STEPS_TOLD)) === 0)
              tell(volumeId, progress)
          },
        })
      } finally {
        others.delete(abort)
        if (others.size === 0) underWay.delete(volumeId)
      }
    },
    stop: (volumeId) => {
      for (const abort of underWay.get(volumeId) ?? []) abort.abort()
    },
  }
}
