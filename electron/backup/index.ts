/**
 * 备份: media and what happened to them, snapshots on media, their checks and repairs, restoring, and the duties that
 * keep it all regular. What lies on a medium is written down in FORMAT.md.
 */
import type { Handlers } from '../access/index.ts'
import type { BackupHandlerParts } from './backup-handler-parts.ts'
import { drillHandlers } from './drills/drill-handlers.ts'
import { mediaHandlers } from './media/media-handlers.ts'
import { planHandlers } from './plans/plan-handlers.ts'
import { backupFormHandlers } from './registers/register-handlers.ts'
import { restoreHandlers } from './restoring/restore-handlers.ts'
import { backupHandlers } from './runs/backup-handlers.ts'

/** Backup over one open room: registers its jobs and watches which media are plugged in, until it is closed. */
export { type BackupDesk, type BackupDeskParts, backupDesk } from './backup-desk.ts'
/** What the handlers need of the open room. */
export type { BackupHandlerParts } from './backup-handler-parts.ts'
/** A backup that began by itself. */
export type { StartedBackup } from './plans/automatic-backups.ts'
/**
 * Restoring from a medium alone, when the vault is lost: what lies on it, and a snapshot put into a new folder. No
 * password is asked, since the bytes stay sealed. Throw BACKUP_* and SYSTEM_* errors.
 */
export { type MediumContent, mediumContent, restoreFromMedium } from './restoring/restore-from-medium.ts'

type BackupAreaMethod =
  | keyof ReturnType<typeof backupHandlers>
  | keyof ReturnType<typeof mediaHandlers>
  | keyof ReturnType<typeof planHandlers>
  | keyof ReturnType<typeof restoreHandlers>
  | keyof ReturnType<typeof drillHandlers>
  | keyof ReturnType<typeof backupFormHandlers>

/** Answers the contract areas backup, media, duties, restores, drills, backupTasks and backupForms. */
export function backupAreaHandlers(parts: BackupHandlerParts): Handlers<BackupAreaMethod> {
  return {
    ...backupHandlers(parts),
    ...mediaHandlers(parts),
    ...planHandlers(parts),
    ...restoreHandlers(parts),
    ...drillHandlers(parts),
    ...backupFormHandlers(parts),
  }
}
