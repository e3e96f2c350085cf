import { useEffect, useRef } from 'react'
import type { InputOf, MethodName, OutputOf } from '../../../shared/contract/index.ts'
import { type Answer, useCoreEvent, useQuery } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary, useJobs } from '../../state/jobs.ts'

const KINDS: readonly string[] = [
  'backup-run',
  'backup-verify',
  'backup-repair',
  'backup-prune',
  'backup-drill',
  'restore-vault',
  'restore-case',
  'restore-objects',
]

export const isBackupJob = ({ kind }: JobSummary) => KINDS.includes(kind)

/** Whether anything is being written to or read from a medium now. */
export function useBackupAtWork(): boolean {
  return useJobs(({ jobs }) => jobs.some((job) => isBackupJob(job) && isUnderWay(job)))
}

/** Hears that something of the backups is no longer as it was shown. */
export function useBackupChanges(onChange: () => void): void {
  useCoreEvent('changed', ({ what }) => {
    if (what === 'backup') onChange()
  })
  const ended = useJobs(({ jobs }) => jobs.filter((job) => isBackupJob(job) && !isUnderWay(job)).length)
  const before = useRef(ended)
  const changed = useRef(onChange)
  changed.current = onChange
  useEffect(() => {
    if (before.current === ended) return
    before.current = ended
    changed.current()
  }, [ended])
}

/** A query that follows what happens to the backups. */
export function useBackupQuery<M extends MethodName>(
  method: M,
  input: InputOf<M> | undefined,
): Answer<OutputOf<M>> {
  const answer = useQuery(method, input)
  useBackupChanges(answer.reload)
  return answer
}
