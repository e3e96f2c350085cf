import { randomBytes } from 'node:crypto'
import type { Duty } from '../../shared/contract/backup.ts'
import type { AuditLog } from '../audit/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import type { OpenTextShelf } from '../search/index.ts'
import type { OpenVault } from '../vault/index.ts'
import type { BackupRoom } from './backup-room.ts'
import { drillJob } from './drills/drill-job.ts'
import { type DrillKeys, drillKeys as newDrillKeys } from './drills/drill-keys.ts'
import { mediumRecords } from './media/medium-records.ts'
import { mediumShelf } from './media/medium-shelf.ts'
import { watchPresence } from './media/presence-watch.ts'
import { type AutomaticBackups, automaticBackups } from './plans/automatic-backups.ts'
import { planRecords } from './plans/duty-records.ts'
import { dutyStandings } from './plans/duty-standings.ts'
import { type IdleStation, idleBackups } from './plans/idle-backups.ts'
import { noteOverdue } from './plans/note-overdue.ts'
import { taskRecords } from './plans/task-records.ts'
import { restoreCaseJob } from './restoring/restore-case-job.ts'
import { restoreObjectsJob } from './restoring/restore-objects-job.ts'
import { restoreVaultJob } from './restoring/restore-vault-job.ts'
import { snapshotCatalogues } from './restoring/snapshot-catalogues.ts'
import { checkRecords } from './runs/check-records.ts'
import { pruneJob } from './runs/prune-job.ts'
import { repairJob } from './runs/repair-job.ts'
import { runJob } from './runs/run-job.ts'
import { snapshotRecords } from './runs/snapshot-records.ts'
import { verifyJob } from './runs/verify-job.ts'

export interface BackupDeskParts {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly texts: OpenTextShelf
  readonly jobs: JobDesk
  /** The folder of what goes with every set: the note and the checker. */
  readonly readerFolder: string
  readonly now: () => Date
  readonly newId: () => string
  /** Bytes that nobody can guess, for names; the system's unless told. */
  readonly random?: (bytes: number) => Uint8Array
  readonly station: IdleStation
  /** A register, a duty or the presence of a medium has changed. */
  readonly changed: () => void
  readonly onFault: (operation: string, error: unknown) => void
}

/** Backup over one open room. */
export interface BackupDesk extends BackupRoom {
  readonly duties: () => Duty[]
  /** The keys of drills that are about to begin, in memory alone. */
  readonly drillKeys: DrillKeys
  readonly automatic: AutomaticBackups
  /** Looks now at which media are plugged in, without waiting for the next turn. */
  readonly lookForMedia: () => Promise<void>
  /** Looks now whether a backup is to begin by itself, without waiting for the next turn. */
  readonly lookForIdle: () => Promise<void>
  readonly close: () => void
}

export function backupDesk(parts: BackupDeskParts): BackupDesk {
  const { vault, catalogue, audit, texts, jobs, now, newId } = parts
  const { sql } = catalogue
  const media = mediumRecords(sql)
  const snapshots = snapshotRecords(sql)
  const room: BackupRoom = {
    ...{ vault, catalogue, audit, texts, media, snapshots, now, newId },
    shelf: mediumShelf({ vault, media, snapshots, now }),
    checks: checkRecords(sql),
    opened: snapshotCatalogues(vault, newId),
    tasks: taskRecords(sql, { now, newId }),
    plans: planRecords(sql),
    readerFolder: parts.readerFolder,
    random: parts.random ?? ((bytes) => randomBytes(bytes)),
    changed: parts.changed,
  }
  const runs = [runJob, verifyJob, repairJob, pruneJob]
  const restores = [restoreVaultJob, restoreCaseJob, restoreObjectsJob]
  for (const kind of [...runs, ...restores]) jobs.register(kind(room) as ReturnType<typeof runJob>)
  const drillKeys = newDrillKeys()
  jobs.register(drillJob(room, drillKeys))
  const duties = (aheadMs = 0) =>
    dutyStandings({ ...room, sql, now: () => new Date(now().getTime() + aheadMs) })
  noteOverdue(room, duties())
  const automatic = automaticBackups({ room, jobs, duties })
  const watch = watchPresence({ media, shelf: room.shelf, changed: parts.changed, onFault: parts.onFault })
  const idle = idleBackups({ room, automatic, duties, station: parts.station, onFault: parts.onFault })
  return {
    ...{ ...room, duties, drillKeys, automatic, lookForMedia: watch.look, lookForIdle: idle.look },
    close: () => {
      idle.close()
      watch.close()
      room.opened.close()
    },
  }
}
