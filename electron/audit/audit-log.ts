import { setImmediate as breathe } from 'node:timers/promises'
import type { Statements } from '../catalogue/index.ts'
import {
  type AuditEntry,
  type AuditRecord,
  bytesOf,
  chainHash,
  LATER_COLUMNS,
  recordLine,
  recordPages,
} from './audit-record.ts'
import { type HeadWitness, headBook } from './head-book.ts'
import { type HeadSigner, readHead, type SignedHead, signedHead } from './signed-head.ts'
import { type ChainReport, type ChainWalk, chainWalk } from './verify-chain.ts'

export interface AuditLog {
  /**
   * Appends one record; inside a catalogue transaction it commits with it. Returns its sequence number. When the
   * clock stands before the last record's time, a record of that comes first.
   */
  readonly append: (entry: AuditEntry) => number
  /** Proves the whole log in one go. */
  readonly verify: () => ChainReport
  /** As `verify`, letting other work in between. Throws the signal's reason. */
  readonly verifyGently: (onProgress?: (done: number) => void, signal?: AbortSignal) => Promise<ChainReport>
  /** Signs the end of the log and keeps the head in the catalogue, in the vault's folder and with the witness. */
  readonly signHead: (signer: HeadSigner, why: string) => SignedHead
  /**
   * Compares the end of the log with the last head and with the witness, as the room opens: a log that was set back
   * gets a record of that, which stays when the witness is told of the new end.
   */
  readonly noticeBreak: () => void
  /** The lines of all heads, in order. */
  readonly heads: () => readonly string[]
  /** As `signHead`, when records came since the last head; else tells the witness alone. */
  readonly signIfGrown: (signer: HeadSigner, why: string) => void
  /** Hears every record within the transaction that writes it. */
  readonly watch: (listener: (record: AuditRecord) => void) => void
}

export interface AuditLogOptions {
  readonly vaultId?: string
  /** The path of the file of heads in the vault's folder. */
  readonly headFile?: string | null
  readonly witness?: HeadWitness
  /** Filled in where an entry does not say. */
  readonly machine?: string
  readonly osUser?: string
  /** Says whether a head's key is the account's, as the vault knows it. Without it every key is taken. */
  readonly isKnownKey?: (head: SignedHead) => boolean
}

const COLUMNS = `sequence, at, action, account_id, session_id, subject, result, code, details, previous_hash, hash, format, ${LATER_COLUMNS.map(([, column]) => column).join(', ')}`
const INSERT = `INSERT INTO audit_record (${COLUMNS}) VALUES (${COLUMNS.split(', ')
  .map(() => '?')
  .join(', ')})`

/** The log is not what was seen of it before: cut off, written anew, or a vault set back from a copy. */
const CHAIN_BROKEN = 'audit.chain-broken'

const CLOCK_WENT_BACK = 'audit.clock-went-back'

/** The log over the catalogue's tables. The clock is asked once a record. */
export function auditLog(sql: Statements, now: () => Date, options: AuditLogOptions = {}): AuditLog {
  const { witness } = options
  const book = headBook(sql, options.headFile ?? null)
  const listeners: ((record: AuditRecord) => void)[] = []
  const tail = () => sql.one('SELECT sequence, hash FROM audit_tail')

  const write = (
    entry: AuditEntry,
    at: string,
    before: { readonly sequence: number; readonly hash: Buffer },
  ): { readonly sequence: number; readonly hash: Buffer } => {
    const record: AuditRecord = {
      ...{ role: null, caseNumber: null, archiveNumber: null, page: null, beforeDigest: null },
      ...{ afterDigest: null, reason: null, approvalId: null },
      ...entry,
      machine: entry.machine ?? options.machine ?? null,
      osUser: entry.osUser ?? options.osUser ?? null,
      sequence: before.sequence + 1,
      at,
      format: 2,
    }
    const hash = chainHash(2, before.hash, recordLine(record))
    const { sequence } = record
    const later = LATER_COLUMNS.map(([field]) => record[field])
    sql.run(
      INSERT,
      ...[sequence, at, record.action, record.accountId, record.sessionId, record.subject, record.result],
      ...[record.code, JSON.stringify(record.details), before.hash, hash, 2, ...later],
    )
    sql.run(
      `INSERT INTO audit_tail VALUES (1, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
      sequence,
      hash,
    )
    for (const listener of listeners) listener(record)
    return { sequence, hash }
  }

  const append = (entry: AuditEntry): number =>
    sql.transaction(() => {
      const last = sql.one('SELECT sequence, at, hash FROM audit_record ORDER BY sequence DESC LIMIT 1')
      const before = { sequence: Number(last?.sequence ?? 0), hash: bytesOf(last?.hash) }
      const at = now().toISOString()
      if (last !== undefined && at < String(last.at)) {
        const seconds = Math.round((Date.parse(String(last.at)) - Date.parse(at)) / 1000)
        const details = { before: String(last.at), seconds }
        const { accountId, sessionId } = entry
        const clock = { action: CLOCK_WENT_BACK, accountId, sessionId, subject: '', code: null, details }
        write({ ...clock, result: 'done' }, at, before)
        // A listener may have appended behind it, so the end is asked for again.
        return append(entry)
      }
      return write(entry, at, before).sequence
    })

  const tellWitness = () => {
    const end = tail()
    const newest = book.lines().at(-1) ?? null
    const sequence = Number(end?.sequence ?? 0)
    witness?.write({ head: newest, sequence, hash: bytesOf(end?.hash).toString('hex') })
  }

  const beginWalk = () => {
    const { heads, damages } = book.check(options.isKnownKey ?? (() => true))
    const note = witness?.read()
    const told = note?.head === undefined || note.head === null ? undefined : readHead(note.head)
    const known = told === undefined || heads.some(({ signature }) => signature === told.signature)
    const all = known || told === undefined ? heads : [...heads, told].sort((a, b) => a.sequence - b.sequence)
    const lost =
      known || told === undefined
        ? []
        : [{ kind: 'head-missing', head: told.number, where: 'vault' } as const]
    const noted = note === undefined ? [] : [{ sequence: note.sequence, recordHash: note.hash }]
    const points = [...all, ...noted].sort((a, b) => a.sequence - b.sequence)
    return { walk: chainWalk(points), heads: all, headDamages: [...damages, ...lost] }
  }
  const endWalk = (begun: ReturnType<typeof beginWalk>, walk: ChainWalk): ChainReport => {
    const { heads } = begun
    const ended = walk.end(tail())
    return {
      recordCount: ended.recordCount,
      headHash: ended.headHash,
      brokenAt: ended.damages[0]?.sequence ?? null,
      damages: [...ended.damages, ...begun.headDamages],
      headCount: heads.length,
      signedTo: heads.at(-1)?.sequence ?? 0,
    }
  }

  const signHead = (signer: HeadSigner, why: string): SignedHead => {
    const end = tail()
    const before = book.last()
    const head = signedHead(
      {
        number: before.number + 1,
        vaultId: options.vaultId ?? '',
        sequence: Number(end?.sequence ?? 0),
        recordHash: bytesOf(end?.hash).toString('hex'),
        at: now().toISOString(),
        why,
        previous: before.lineHash,
      },
      signer,
    )
    book.put(head)
    tellWitness()
    return head
  }

  return {
    append,
    verify: () => {
      const begun = beginWalk()
      for (const rows of recordPages(sql)) for (const row of rows) begun.walk.take(row)
      return endWalk(begun, begun.walk)
    },
    verifyGently: async (onProgress, signal) => {
      const begun = beginWalk()
      let done = 0
      for (const rows of recordPages(sql)) {
        for (const row of rows) begun.walk.take(row)
        done += rows.length
        onProgress?.(done)
        await breathe()
        signal?.throwIfAborted()
      }
      return endWalk(begun, begun.walk)
    },
    signHead,
    signIfGrown: (signer, why) => {
      const signed = readHead(book.lines().at(-1) ?? '')?.sequence ?? 0
      if (Number(tail()?.sequence ?? 0) > signed) signHead(signer, why)
      else tellWitness()
    },
    noticeBreak: () => {
      const note = witness?.read()
      const head = readHead(book.lines().at(-1) ?? '')
      const points = [
        ...(note === undefined ? [] : [{ sequence: note.sequence, recordHash: note.hash }]),
        ...(head === undefined ? [] : [head]),
      ]
      const hashAt = (sequence: number) =>
        bytesOf(sql.one('SELECT hash FROM audit_record WHERE sequence = ?', sequence)?.hash).toString('hex')
      const broken = points.filter(({ sequence, recordHash }) => hashAt(sequence) !== recordHash)
      if (broken.length === 0) return
      const details = {
        seen: Math.max(...broken.map(({ sequence }) => sequence)),
        found: Number(tail()?.sequence ?? 0),
      }
      const nobody = { accountId: null, sessionId: null, subject: '', code: null }
      append({ ...nobody, action: CHAIN_BROKEN, result: 'failed', details })
    },
    heads: book.lines,
    watch: (listener) => {
      listeners.push(listener)
    },
  }
}
