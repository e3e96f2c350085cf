import { useEffect, useState } from 'react'
import { useQuery } from '../app/use-call.ts'
import type { Watermark } from './watermark.tsx'

/** A timer that is set for longer than this would fire at once. */
const LONGEST_MS = 2_000_000_000

export interface ReaderMark {
  readonly mark: Watermark | undefined
  /** The loan by which these pages were read is over. */
  readonly ended: boolean
}

/** How pages of a volume are marked for this person, and when a loan of them ends. */
export function useWatermark(volumeId: string | undefined, onEnd: () => void): ReaderMark {
  const answer = useQuery('pages.watermark', volumeId === undefined ? undefined : { volumeId })
  const mark = answer.data?.watermark ?? undefined
  const untilAt = mark?.untilAt ?? undefined
  const [endedAt, setEndedAt] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the loan sets it off, not who is told
  useEffect(() => {
    if (untilAt === undefined) return
    const waitMs = Math.min(LONGEST_MS, Math.max(0, Date.parse(untilAt) - Date.now()))
    const timer = setTimeout(() => {
      if (Date.parse(untilAt) > Date.now()) return
      setEndedAt(untilAt)
      answer.reload()
      onEnd()
    }, waitMs)
    return () => clearTimeout(timer)
  }, [untilAt])
  // Also when the pages were closed while nobody looked: what the reading side still holds is not shown then.
  const { error } = answer
  const refused = error?.code === 'ACCESS_DENIED' && error.details.reason === 'out-of-scope'
  return { mark, ended: refused || (endedAt !== undefined && mark === undefined) }
}
