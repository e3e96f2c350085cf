import type { Duty } from '../../../shared/contract/backup.ts'
import { textOrNull } from '../../catalogue/index.ts'
import type { BackupRoom } from '../backup-room.ts'

const ACTION = 'backup.overdue'
const DAY_MS = 86_400_000

/**
 * Says in the log, once a day at most, which duties are overdue: the watch over the log raises an alarm from it, which
 * everyone who should act sees (domain.md §10).
 */
export function noteOverdue({ catalogue, audit, now }: BackupRoom, duties: readonly Duty[]): void {
  const overdue = duties.filter(({ state }) => state === 'overdue').map(({ kind }) => kind)
  if (overdue.length === 0) return
  const row = catalogue.sql.one('SELECT max(at) AS at FROM audit_record WHERE action = ?', ACTION)
  const last = row === undefined ? null : textOrNull(row, 'at')
  if (last !== null && now().getTime() - Date.parse(last) < DAY_MS) return
  audit.append({
    ...{ action: ACTION, accountId: null, sessionId: null, subject: '', result: 'done', code: null },
    details: { duties: overdue.join(',') },
  })
}
