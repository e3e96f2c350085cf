import type { Duty } from '../../../shared/contract/backup.ts'
import { AppError } from '../../../shared/errors.ts'
import { type BackupRoom, noteDeed } from '../backup-room.ts'
import type { AutomaticBackups } from './automatic-backups.ts'
import { noteOverdue } from './note-overdue.ts'

/** Whether somebody needs this machine, and whether a backup may begin without being asked for. */
export interface IdleStation {
  /** Whole seconds since somebody last did something here; infinite while the desk is covered. */
  readonly secondsAlone: () => number
  /** Somebody is signed in who may run backups, or the desk is covered; never on the command line. */
  readonly mayBackUp: () => boolean
}

export interface IdleBackupsParts {
  readonly room: BackupRoom
  readonly automatic: AutomaticBackups
  readonly duties: () => readonly Duty[]
  readonly station: IdleStation
  readonly onFault: (operation: string, error: unknown) => void
  readonly everyMs?: number
}

const EVERY_MS = 30_000
const HOUR_MS = 3_600_000

/** Begins what is due once nobody was at the station for long enough, as long as the room is open. */
export function idleBackups({
  room,
  automatic,
  duties,
  station,
  onFault,
  everyMs = EVERY_MS,
}: IdleBackupsParts): { readonly look: () => Promise<void>; readonly close: () => void } {
  let looking = false
  let closed = false
  let notedAt = room.now().getTime()
  const isIdle = () => {
    const { idle, idleMinutes } = room.plans.automation()
    return idle && station.mayBackUp() && station.secondsAlone() >= idleMinutes * 60
  }
  const look = async () => {
    if (looking || closed) return
    looking = true
    try {
      // A room may stay open for days: what falls overdue meanwhile is told as well.
      if (room.now().getTime() - notedAt >= HOUR_MS) {
        notedAt = room.now().getTime()
        noteOverdue(room, duties())
      }
      if (!isIdle()) return
      const by = room.vault.account.accountId
      // Looking at a drive takes its time, and somebody may be back meanwhile.
      if ((await automatic.due('idle')) === null || closed || !isIdle()) return
      const run = await automatic.start('idle', by)
      if (run === null) return
      const { mediumId, kind, jobId } = run
      noteDeed(room, {
        ...{ action: 'backup.idle-started', mediumId, by },
        details: { kind, job: jobId },
      })
    } catch (error) {
      const busy = error instanceof AppError && error.code === 'JOB_RESOURCE_BUSY'
      if (!closed && !busy) onFault('backup.idle', error)
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return {
    look,
    close: () => {
      closed = true
      clearInterval(timer)
    },
  }
}
