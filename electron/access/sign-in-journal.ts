import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isErrno, withSystemErrors } from '../errno.ts'
import type { MachineClock } from './sign-in-clock.ts'

/** Beside the vault, for what happens before it is open; FORMAT.md describes it. */
export const JOURNAL_FILE = 'sign-in.jsonl'

const LineSchema = z.strictObject({
  at: z.string(),
  account: z.string(),
  result: z.enum(['signed-in', 'failed', 'unlock-failed']),
  machine: z.string(),
  user: z.string(),
  boot: z.string().nullable(),
  uptime: z.number().int().nonnegative(),
  previous: z.string(),
  hash: z.string(),
})
export type JournalLine = Readonly<z.infer<typeof LineSchema>>
export type JournalEntry = Pick<JournalLine, 'account' | 'result'>

const FIRST_PREVIOUS = '0'.repeat(64)

/** How much of the journal has been taken into the audit log, and how it read. */
export interface JournalPosition {
  readonly sizeBytes: number
  readonly sha256: string
  readonly lineCount: number
}

export const JOURNAL_START: JournalPosition = { sizeBytes: 0, sha256: sha256(Buffer.alloc(0)), lineCount: 0 }

/** A journal as it stands on the disk. */
export interface Journal {
  readonly lines: readonly JournalLine[]
  /** Where lines begin that are none, or do not follow from the one before. */
  readonly breaks: readonly number[]
  readonly position: JournalPosition
  readonly bytes: Buffer
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function hashOf(line: Omit<JournalLine, 'hash'>): string {
  const { at, account, result, machine, user, boot, uptime, previous } = line
  return sha256(Buffer.from(JSON.stringify([at, account, result, machine, user, boot, uptime, previous])))
}

function parseLine(text: string): JournalLine | undefined {
  try {
    return LineSchema.safeParse(JSON.parse(text)).data
  } catch {
    // Not JSON: counted as damage by the caller.
    return undefined
  }
}

export async function readJournal(folder: string): Promise<Journal> {
  const whole = await withSystemErrors('journal.read', () =>
    readFile(path.join(folder, JOURNAL_FILE)).catch((error: unknown) => {
      if (isErrno(error, 'ENOENT')) return Buffer.alloc(0)
      throw error
    }),
  )
  // What stands behind the last line end was cut off by a power cut, and is written over.
  const bytes = whole.subarray(0, whole.lastIndexOf('\n') + 1)
  const texts = bytes.toString('utf8').split('\n').slice(0, -1)
  const lines: JournalLine[] = []
  const breaks: number[] = []
  let previous = FIRST_PREVIOUS
  let offset = 0
  for (const text of texts) {
    const line = parseLine(text)
    if (line === undefined || line.previous !== previous || line.hash !== hashOf(line)) breaks.push(offset)
    offset += Buffer.byteLength(text) + 1
    if (line === undefined) continue
    previous = line.hash
    lines.push(line)
  }
  return {
    lines,
    breaks,
    bytes,
    position: { sizeBytes: bytes.length, sha256: sha256(bytes), lineCount: lines.length },
  }
}

/** Appends one line and returns when it survives a power cut. Throws SYSTEM_* errors. */
export async function appendToJournal(
  folder: string,
  entry: JournalEntry,
  now: () => Date,
  clock: MachineClock,
): Promise<void> {
  const { lines, bytes } = await readJournal(folder)
  const line = {
    at: now().toISOString(),
    ...entry,
    machine: clock.machine,
    user: clock.user,
    boot: clock.boot(),
    uptime: clock.uptimeSeconds(),
    previous: lines.at(-1)?.hash ?? FIRST_PREVIOUS,
  }
  const text = `${JSON.stringify({ ...line, hash: hashOf(line) })}\n`
  await withSystemErrors('journal.append', async () => {
    const file = await open(path.join(folder, JOURNAL_FILE), 'a', 0o600)
    try {
      await file.truncate(bytes.length)
      await file.appendFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
  })
}

export interface UnreadLines {
  readonly lines: readonly JournalLine[]
  /** What had been read is no longer there, or no longer the same, or a line does not follow. */
  readonly damaged: boolean
}

/** What the audit log does not have yet. Of a damaged journal everything: twice is better than never. */
export function unreadLines(journal: Journal, read: JournalPosition): UnreadLines {
  const known = sha256(journal.bytes.subarray(0, read.sizeBytes)) === read.sha256
  if (!known) return { lines: journal.lines, damaged: true }
  // Damage that was recorded before is part of what had been read, and is not recorded again.
  const damaged = journal.breaks.some((offset) => offset >= read.sizeBytes)
  return { lines: journal.lines.slice(read.lineCount), damaged }
}
