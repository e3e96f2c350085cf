import type { DueBackup, Duty } from '../../../shared/contract/backup.ts'
import {
  type AutomaticAttempt,
  isPausing,
  LOOK_AHEAD_MS,
  type RunReason,
} from '../../../shared/domain/backup/automation.ts'
import { dueBackup } from '../../../shared/domain/backup/due-backup.ts'
import { text, textOrNull } from '../../catalogue/index.ts'
import type { JobDesk } from '../../jobs/index.ts'
import type { BackupRoom } from '../backup-room.ts'
import { RUN_JOB } from '../runs/run-job.ts'

export type AutomaticReason = Exclude<RunReason, 'asked'>

export interface StartedBackup extends DueBackup {
  readonly jobId: string
}

/** The backups that run by themselves. */
export interface AutomaticBackups {
  /** The next that would run now, leaving out the media to pass over; null: none. */
  readonly due: (reason: AutomaticReason, passOver?: readonly string[]) => Promise<DueBackup | null>
  /** Begins it, or takes up the one of its kind that was interrupted. Throws JOB_RESOURCE_BUSY. */
  readonly start: (
    reason: AutomaticReason,
    by: string,
    passOver?: readonly string[],
  ) => Promise<StartedBackup | null>
}

export interface AutomaticBackupsParts {
  readonly room: BackupRoom
  readonly jobs: Pick<JobDesk, 'start' | 'resume' | 'runningCount'>
  /** The duties as they will stand so many milliseconds from now. */
  readonly duties: (aheadMs: number) => readonly Duty[]
}

/** Runs by themselves of one medium: what tells them from others is the reason in their input. */
const AUTOMATIC = `SELECT id, state, finished_at FROM job WHERE kind = '${RUN_JOB}'
  AND json_extract(input, '$.mediumId') = ? AND json_extract(input, '$.reason') IN ('idle', 'sign-out', 'scheduler')`

export function automaticBackups({ room, jobs, duties }: AutomaticBackupsParts): AutomaticBackups {
  const { sql } = room.catalogue

  const lastAttempt = (mediumId: string): AutomaticAttempt | undefined => {
    const row = sql.one(
      `${AUTOMATIC} AND state IN ('failed', 'cancelled', 'succeeded') ORDER BY finished_at DESC LIMIT 1`,
      mediumId,
    )
    const endedAt = row === undefined ? null : textOrNull(row, 'finished_at')
    if (row === undefined || endedAt === null) return undefined
    return { endedAt, failed: text(row, 'state') !== 'succeeded' }
  }
  const interrupted = (mediumId: string, kind: DueBackup['kind']): string | undefined => {
    const row = sql.one(
      `${AUTOMATIC} AND state = 'interrupted' AND json_extract(input, '$.kind') = ? ORDER BY id DESC LIMIT 1`,
      ...[mediumId, kind],
    )
    return row === undefined ? undefined : text(row, 'id')
  }

  const due: AutomaticBackups['due'] = async (reason, passOver = []) => {
    if (jobs.runningCount() > 0) return null
    const standings = duties(LOOK_AHEAD_MS[reason])
    for (const medium of room.media.all()) {
      const kind = dueBackup({ ...medium, present: true }, standings)
      if (kind === undefined || passOver.includes(medium.id)) continue
      const attempt = lastAttempt(medium.id)
      // The system's scheduler keeps its own pauses.
      const pausing = attempt !== undefined && isPausing(attempt, medium.lastSeenAt, room.now())
      if (pausing && reason !== 'scheduler') continue
      if (await room.shelf.present(medium)) return { mediumId: medium.id, mediumNumber: medium.number, kind }
    }
    return null
  }

  return {
    due,
    start: async (reason, by, passOver) => {
      const found = await due(reason, passOver)
      if (found === null) return null
      const { mediumId, kind } = found
      const left = interrupted(mediumId, kind)
      if (left === undefined) return { ...found, jobId: jobs.start(RUN_JOB, { mediumId, kind, reason }, by) }
      jobs.resume(left)
      return { ...found, jobId: left }
    },
  }
}
