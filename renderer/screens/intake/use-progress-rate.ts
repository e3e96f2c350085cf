import { useRef } from 'react'
import type { JobSummary } from '../../state/jobs.ts'

const WINDOW_MS = 12_000
const LEAST_MS = 1_500

interface Sample {
  readonly at: number
  readonly done: number
  readonly bytes: number
}

export interface ProgressRate {
  readonly filesPerSecond: number
  readonly bytesPerSecond: number
  readonly secondsLeft: number | undefined
}

/** How fast a job goes, over the last seconds; undefined until that can be said. */
export function useProgressRate(job: JobSummary | undefined): ProgressRate | undefined {
  const samples = useRef<Sample[]>([])
  const jobId = useRef<string>(undefined)
  if (jobId.current !== job?.id) {
    jobId.current = job?.id
    samples.current = []
  }
  if (job === undefined || job.state !== 'running' || job.progress.phase !== 'importing') return undefined
  const now = { at: performance.now(), done: job.progress.done, bytes: job.progress.bytes }
  const last = samples.current.at(-1)
  if (last === undefined || last.done !== now.done || now.at - last.at > 1000) samples.current.push(now)
  while (samples.current.length > 2 && now.at - (samples.current[0]?.at ?? 0) > WINDOW_MS)
    samples.current.shift()
  const first = samples.current[0]
  if (first === undefined || now.at - first.at < LEAST_MS || now.done <= first.done) return undefined
  const seconds = (now.at - first.at) / 1000
  const filesPerSecond = (now.done - first.done) / seconds
  const left = job.progress.total === null ? undefined : job.progress.total - now.done
  return {
    filesPerSecond,
    bytesPerSecond: (now.bytes - first.bytes) / seconds,
    secondsLeft: left === undefined ? undefined : left / filesPerSecond,
  }
}
