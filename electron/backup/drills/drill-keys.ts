import type { z } from 'zod'
import type { drills } from '../../../shared/contract/restores.ts'

/** What a drill opens the restored copy with. */
export type DrillKey = z.output<(typeof drills)['drills.run']['input']>['key']

/** Keys of drills that are about to run: in memory alone, since a job's input is written into the database. */
export interface DrillKeys {
  readonly keep: (jobId: string, key: DrillKey) => void
  /** Gives the key once and forgets it. */
  readonly take: (jobId: string) => DrillKey | undefined
}

export function drillKeys(): DrillKeys {
  const kept = new Map<string, DrillKey>()
  return {
    keep: (jobId, key) => {
      kept.set(jobId, key)
    },
    take: (jobId) => {
      const key = kept.get(jobId)
      kept.delete(jobId)
      return key
    },
  }
}
