import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { writeFileAtomically } from '../atomic-write.ts'
import type { Statements } from '../catalogue/index.ts'
import { withSystemErrors } from '../errno.ts'
import type { AuditLog } from './audit-log.ts'
import { type RecordFilter, whereOf } from './audit-queries.ts'
import {
  bytesOf,
  type ChainedRecord,
  chainedRecordOf,
  LATER_COLUMNS,
  lineDigest,
  recordLine,
  recordPages,
} from './audit-record.ts'
import { readMe, reportEnd, reportRow, reportStart } from './evidence-report.ts'
import { type HeadSigner, readHead } from './signed-head.ts'

export interface EvidenceParts {
  readonly sql: Statements
  readonly log: AuditLog
  readonly now: () => Date
  readonly vaultId: string
  readonly unitName: string
  /** The path of `check.mjs` as it ships. */
  readonly checker: string
  /** An account's name for showing. */
  readonly nameOf: (accountId: string) => string
}

export interface Evidence {
  /** The folder that was made inside the chosen one. */
  readonly folderName: string
  readonly from: number
  readonly to: number
  readonly shownCount: number
  readonly fingerprint: string
}

/** How a public key is read out and compared: sixteen bytes of its SHA-256, in groups. */
export function fingerprintOf(publicKey: Uint8Array): string {
  const hex = createHash('sha256').update(publicKey).digest('hex').slice(0, 32).toUpperCase()
  return hex.replace(/.{4}(?=.)/g, '$&-')
}

/** A record in full: named fields in a fixed order, so that the line can be checked byte by byte. */
function shownLine({ record, hash }: ChainedRecord): string {
  const { format, sequence, at, action, accountId, sessionId, subject, result, code } = record
  const details = Object.entries(record.details).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const first = { format, sequence, at, action, accountId, sessionId, subject, result, code, details }
  const later = Object.fromEntries(LATER_COLUMNS.map(([field]) => [field, record[field]]))
  return JSON.stringify({ ...first, ...later, hash: hash.toString('hex') })
}

/** A record that is kept back: enough to prove the chain across it, and nothing of what it says. */
function keptBackLine({ record, hash }: ChainedRecord): string {
  const digest = lineDigest(recordLine(record)).toString('hex')
  return JSON.stringify({ sequence: record.sequence, lineDigest: digest, hash: hash.toString('hex') })
}

/**
 * Writes a folder that anybody can check without this program: what the filter chooses in full, what lies between
 * as digests, up to the signed head that covers it. Signs a new head first.
 */
export async function exportEvidence(
  parts: EvidenceParts,
  signer: HeadSigner,
  filter: RecordFilter,
  intoFolder: string,
): Promise<Evidence> {
  const { sql, log, now, nameOf } = parts
  log.signHead(signer, 'export')
  const where = whereOf(filter)
  const range = sql.one(
    `SELECT min(sequence) AS first, max(sequence) AS last FROM audit_record WHERE TRUE${where.sql}`,
    ...where.values,
  )
  const lines = log.heads()
  const end = readHead(lines.at(-1) ?? '')?.sequence ?? 0
  // An empty choice still shows something: that the log ends at this head.
  const from = range?.first === null || range === undefined ? Math.max(1, end) : Number(range.first)
  const last = range?.last === null || range === undefined ? end : Number(range.last)
  const covering = lines.findIndex((line) => (readHead(line)?.sequence ?? 0) >= last)
  const heads = lines.slice(0, covering + 1)
  const to = readHead(heads.at(-1) ?? '')?.sequence ?? end
  const before = sql.one('SELECT hash FROM audit_record WHERE sequence = ?', from - 1)

  const at = now().toISOString()
  const folderName = `juanku-evidence-${at.replace(/[-:]|\.\d+/g, '')}`
  const folder = path.join(intoFolder, folderName)
  await withSystemErrors('audit.export', () => mkdir(folder, { mode: 0o700 }))
  const files: Record<string, string> = {}
  const write = async (name: string, content: AsyncIterable<string> | string) => {
    const digest = createHash('sha256')
    await writeFileAtomically(path.join(folder, name), digested(content, digest), { mode: 0o644 })
    files[name] = digest.digest('hex')
  }

  let shownCount = 0
  const chosen = new Set<number>()
  const records = async function* () {
    for (const rows of recordPages(sql, from, to)) {
      const [start, stop] = [Number(rows[0]?.sequence), Number(rows.at(-1)?.sequence)]
      chosen.clear()
      for (const row of sql.all(
        `SELECT sequence FROM audit_record WHERE sequence BETWEEN ? AND ?${where.sql}`,
        ...[start, stop, ...where.values],
      ))
        chosen.add(Number(row.sequence))
      for (const row of rows) {
        const chained = chainedRecordOf(row)
        // Format 1 binds its words and not their digest, so it cannot be kept back.
        const inFull = chosen.has(chained.record.sequence) || chained.record.format === 1
        if (inFull) shownCount += 1
        yield { chained, inFull }
      }
      await breathe()
    }
  }
  await write(
    'records.jsonl',
    mapped(records(), ({ chained, inFull }) => `${inFull ? shownLine(chained) : keptBackLine(chained)}\n`),
  )
  const counted = shownCount
  await write('heads.jsonl', heads.map((line) => `${line}\n`).join(''))
  const signers = new Map(heads.flatMap((line) => readHead(line) ?? []).map((head) => [head.publicKey, head]))
  const keys = [...signers.values()].map(({ accountId, publicKey }) => ({
    accountId,
    name: nameOf(accountId),
    publicKey,
    fingerprint: fingerprintOf(Buffer.from(publicKey, 'hex')),
  }))
  await write('keys.json', `${JSON.stringify(keys, null, 2)}\n`)
  const facts = { unitName: parts.unitName, vaultId: parts.vaultId, at, from, to, shownCount: counted, keys }
  const report = async function* () {
    yield reportStart(facts)
    for await (const { chained, inFull } of records()) {
      if (inFull) yield reportRow(chained.record, nameOf)
    }
    yield reportEnd()
  }
  await write('report.html', report())
  await write('README.md', readMe(facts))
  await withSystemErrors('audit.export', () => copyFile(parts.checker, path.join(folder, 'check.mjs')))
  files['check.mjs'] = createHash('sha256')
    .update(await readFile(parts.checker))
    .digest('hex')

  const statement = {
    format: 'juanku-evidence-1',
    vaultId: parts.vaultId,
    unitName: parts.unitName,
    exportedAt: at,
    exportedBy: signer.accountId,
    filter,
    before: { sequence: from - 1, hash: bytesOf(before?.hash).toString('hex') },
    to,
    shownCount: counted,
    files,
  }
  const signature = signer.sign(Buffer.from(`juanku-evidence-1\n${JSON.stringify(statement)}`, 'utf8'))
  const publicKey = Buffer.from(signer.publicKey).toString('hex')
  // Written last: without it the checker takes the folder for unfinished.
  const signed = { statement, publicKey, signature: Buffer.from(signature).toString('hex') }
  await writeFileAtomically(path.join(folder, 'evidence.json'), `${JSON.stringify(signed, null, 2)}\n`, {
    mode: 0o644,
  })
  return { folderName, from, to, shownCount: counted, fingerprint: fingerprintOf(signer.publicKey) }
}

async function* mapped<T>(items: AsyncIterable<T>, line: (item: T) => string): AsyncGenerator<string> {
  for await (const item of items) yield line(item)
}

const GATHERED_CHARACTERS = 65_536

async function* digested(
  content: AsyncIterable<string> | string,
  digest: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  const give = (text: string) => {
    const bytes = Buffer.from(text, 'utf8')
    digest.update(bytes)
    return bytes
  }
  if (typeof content === 'string') return yield give(content)
  let gathered = ''
  for await (const piece of content) {
    gathered += piece
    if (gathered.length < GATHERED_CHARACTERS) continue
    yield give(gathered)
    gathered = ''
  }
  yield give(gathered)
}
