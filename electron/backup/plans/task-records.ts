import type { BackupTask } from '../../../shared/contract/backup.ts'
import type { Finding, RemedyCode } from '../../../shared/domain/backup/finding.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'

export interface NewTask {
  readonly origin: BackupTask['origin']
  /** A medium's or a drill's number. */
  readonly subject: string
  readonly findings: readonly Finding[]
}

/** 异常处置: what a failed check or drill left to do. */
export interface TaskRecords {
  /** A matter that is open already gets the newer findings instead of a second line. */
  readonly open: (task: NewTask) => void
  /** Throws CATALOGUE_NOT_FOUND; one that is closed stays as it was closed. */
  readonly close: (taskId: string, by: string, remedy: string) => BackupTask
  /** Closes what is open of a matter; how many. */
  readonly settle: (about: Pick<NewTask, 'origin' | 'subject'>, by: string, remedy: RemedyCode) => number
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
    findings: JSON.parse(text(row, 'findings')) as BackupTask['findings'],
    remedy: text(row, 'remedy'),
    remedyCode: (text(row, 'remedy_code') || null) as BackupTask['remedyCode'],
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
    open: ({ origin, subject, findings }) => {
      const found = JSON.stringify(findings)
      const renewed = sql.run(
        `UPDATE backup_task SET details = '', findings = ?
         WHERE origin = ? AND subject = ? AND closed_at IS NULL`,
        ...[found, origin, subject],
      )
      if (renewed > 0) return
      sql.run(
        `INSERT INTO backup_task (id, opened_at, origin, subject, details, findings) VALUES (?, ?, ?, ?, '', ?)`,
        ...[newId(), now().toISOString(), origin, subject, found],
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
        `UPDATE backup_task SET closed_at = ?, closed_by = ?, remedy_code = ?
         WHERE origin = ? AND subject = ? AND closed_at IS NULL`,
        ...[now().toISOString(), by, remedy, origin, subject],
      ),
    list: () =>
      sql
        .all('SELECT * FROM backup_task ORDER BY closed_at IS NOT NULL, opened_at DESC, id DESC')
        .map(backupTask),
  }
}
