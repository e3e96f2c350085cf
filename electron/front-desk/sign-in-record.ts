import {
  JOURNAL_START,
  type Journal,
  type JournalLine,
  type JournalPosition,
  unreadLines,
} from '../access/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { accountNamed } from '../vault/index.ts'

type RoomPart = Pick<RecordsRoom, 'catalogue' | 'audit' | 'vault'>

const ACTIONS: Readonly<Record<Exclude<JournalLine['result'], 'signed-in'>, string>> = {
  failed: 'session.sign-in-failed',
  'unlock-failed': 'session.unlock-failed',
}

function positionRead({ catalogue }: RoomPart): JournalPosition {
  const row = catalogue.sql.one('SELECT * FROM sign_in_journal')
  if (row === undefined) return JOURNAL_START
  return {
    sizeBytes: Number(row.size_bytes),
    sha256: String(row.sha256),
    lineCount: Number(row.line_count),
  }
}

/** Remembers how far the journal was read, and how that part reads. */
function rememberPosition({ catalogue }: RoomPart, { sizeBytes, sha256, lineCount }: JournalPosition): void {
  catalogue.sql.run(
    'INSERT OR REPLACE INTO sign_in_journal (id, size_bytes, sha256, line_count) VALUES (1, ?, ?, ?)',
    ...[sizeBytes, sha256, lineCount],
  )
}

/**
 * Takes what happened before the vault was open into the audit log, in the same order, and says there when lines
 * that had been read are gone or changed. What succeeded is in the log already.
 */
export function recordJournal(room: RoomPart, journal: Journal): void {
  const read = positionRead(room)
  const { lines, damaged } = unreadLines(journal, read)
  const { accounts } = room.vault.info()
  const whole = { sessionId: null, subject: '', result: 'failed', code: null } as const
  room.catalogue.transaction(() => {
    if (damaged) {
      const details = { linesRead: read.lineCount, linesFound: journal.position.lineCount }
      room.audit.append({ ...whole, action: 'audit.journal-damaged', accountId: null, details })
    }
    for (const line of lines) {
      if (line.result === 'signed-in') continue
      const { at, machine, user: osUser, account } = line
      const accountId = accountNamed(accounts, account)?.accountId ?? null
      const details = { at, account, uptime: line.uptime, ...(damaged ? { afterDamage: true } : {}) }
      room.audit.append({ ...whole, action: ACTIONS[line.result], accountId, machine, osUser, details })
    }
    rememberPosition(room, journal.position)
  })
}
