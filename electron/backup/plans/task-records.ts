import type { BackupTask } from '../../../shared/contract/backup.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'

export interface NewTask {
  readonly origin: BackupTask['origin']
  readonly subject: string
  readonly details: string
}

/** 异常处置: what a failed check or drill left to do. */
export interface TaskRecords {
  /** A matter that is open already gets the newer details instead of a second line. */
  readonly open: (task: NewTask) => void
  /** Throws CATALOGUE_NOT_FOUND; one that is closed stays as it was closed. */
  readonly close: (taskId: string, by: string, remedy: string) => BackupTask
  /** Closes what is open of a matter; how many. */
  readonly settle: (about: Pick<NewTask, 'origin' | 'subject'>, by: string, remedy: string) => number
  /** Open ones first, then newest first. */
  readonly list: () => BackupTask[]
}

function backupTask(row: Row): BackupTask {
  return {
    id: text(row, 'id'),
    openedAt: text(row, 'opened_at'),
    origin: text(row, 'origin') as BackupTask['origin'],
    subject: text(row, 'subject'),
    details: text(row, 'details'),
    closedAt: textOrNull(row, 'closed_at'),
    closedBy: textOrNull(row, 'closed_by'),
    remedy: text(row, 'remedy'),
  }
}

export function taskRecords(
  sql: Statements,
  { now, newId }: { readonly now: () => Date; readonly newId: () => string },
): TaskRecords {
  const get = (taskId: string) => {
    const row = sql.one('SELECT * FROM backup_task WHERE id = ?', taskId)
    if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'task', id: taskId })
    return backupTask(row)
  }
  return {
    open: ({ origin, subject, details }) => {
      const renewed = sql.run(
        'UPDATE backup_task SET details = ? WHERE origin = ? AND subject = ? AND closed_at IS NULL',
        ...[details, origin, subject],
      )
      if (renewed > 0) return
      sql.run(
        'INSERT INTO backup_task (id, opened_at, origin, subject, details) VALUES (?, ?, ?, ?, ?)',
        ...[newId(), now().toISOString(), origin, subject, details],
      )
    },
    close: (taskId, by, remedy) => {
      get(taskId)
      sql.run(
        'UPDATE backup_task SET closed_at = ?, closed_by = ?, remedy = ? WHERE id = ? AND closed_at IS NULL',
        ...[now().toISOString(), by, remedy, taskId],
      )
      return get(taskId)
    },
    settle: ({ origin, subject }, by, remedy) =>
      sql.run(
        `UPDATE backup_task SET closed_at = ?, closed_by = ?, remedy = ?
         WHERE origin = ? AND subject = ? AND closed_at IS NULL`,
        ...[now().toISOString(), by, remedy, origin, subject],
      ),
    list: () =>
      sql
        .all('SELECT * FROM backup_task ORDER BY closed_at IS NOT NULL, opened_at DESC, id DESC')
        .map(backupTask),
  }
}
