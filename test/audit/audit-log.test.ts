import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuditEntry, auditLog } from '../../electron/audit/index.ts'
import type { Catalogue, Row } from '../../electron/catalogue/index.ts'
import { freshCatalogue } from '../fixtures/catalogue/open.ts'

const COLUMNS = [
  'at',
  'action',
  'account_id',
  'session_id',
  'subject',
  'result',
  'code',
  'details',
  'previous_hash',
  'hash',
] as const
const LENGTH = 12

function entry(n: number): AuditEntry {
  return {
    action: n % 2 === 0 ? 'case.created' : 'access.denied',
    accountId: n % 3 === 0 ? null : `account${n % 2}`,
    sessionId: `session${n % 2}`,
    subject: `case:${n}`,
    result: n % 2 === 0 ? 'done' : 'refused',
    code: n % 2 === 0 ? null : 'ACCESS_DENIED',
    details: { place: n, 'with "quotes"': true, none: null },
  }
}

async function chainOf(length: number) {
  const { catalogue } = await freshCatalogue()
  let tick = Date.UTC(2026, 0, 1)
  const log = auditLog(catalogue.sql, () => {
    tick += 1_000
    return new Date(tick)
  })
  for (let n = 1; n <= length; n++) log.append(entry(n))
  return { catalogue, log }
}

const rowsOf = (catalogue: Catalogue) => catalogue.sql.all('SELECT * FROM audit_record ORDER BY sequence')

function replaceAll(catalogue: Catalogue, rows: readonly Row[]): void {
  catalogue.transaction(() => {
    catalogue.sql.run('DELETE FROM audit_record')
    for (const row of rows) {
      catalogue.sql.run(
        'INSERT INTO audit_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        row.sequence as number,
        ...COLUMNS.map((column) => row[column] as string | Uint8Array | null),
      )
    }
  })
}

/** Another value of the kind that stands there. */
function changed(value: unknown, seed: number): string | Uint8Array {
  if (value instanceof Uint8Array) {
    const bytes = Uint8Array.from(value)
    const at = seed % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (seed % 8))
    return bytes
  }
  const text = value === null ? '' : String(value)
  if (text.startsWith('{')) return JSON.stringify({ ...JSON.parse(text), place: -1 - (seed % 9) })
  return `${text}${seed % 10}`
}

const numbered = (rows: readonly Row[]) => rows.map((row, place) => ({ ...row, sequence: place + 1 }))

describe('the chain', () => {
  test('of records as they were written is whole', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const report = log.verify()
    expect(report).toMatchObject({ recordCount: LENGTH, brokenAt: null })
    const last = rowsOf(catalogue).at(-1)?.hash
    expect(report.headHash).toBe(Buffer.from(last as Uint8Array).toString('hex'))
  })

  test('begins with nothing and grows by one a record', async () => {
    const { log } = await chainOf(0)
    expect(log.verify()).toEqual({ recordCount: 0, headHash: '00'.repeat(32), brokenAt: null })
    expect([log.append(entry(1)), log.append(entry(2))]).toEqual([1, 2])
  })

  test('loses a record together with the transaction that it was written in', async () => {
    const { log, catalogue } = await chainOf(3)
    expect(() =>
      catalogue.transaction(() => {
        log.append(entry(4))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(log.append(entry(5))).toBe(4)
    expect(log.verify()).toMatchObject({ recordCount: 4, brokenAt: null })
  })

  // What cutting records off its end does is not shown by a chain alone, and is not claimed here.
  test('shows where any one field was changed', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.constantFrom(...COLUMNS), fc.nat(), (place, column, seed) => {
        const rows = sound.map((row, n) =>
          n === place ? { ...row, [column]: changed(row[column], seed) } : row,
        )
        replaceAll(catalogue, rows)
        return log.verify().brokenAt === place + 1
      }),
      { numRuns: 120 },
    )
    replaceAll(catalogue, sound)
    expect(log.verify().brokenAt).toBeNull()
  })

  test('shows where a record was taken out, whether or not the others are numbered anew', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH - 2), fc.boolean(), (place, renumber) => {
        const rows = sound.filter((_, n) => n !== place)
        replaceAll(catalogue, renumber ? numbered(rows) : rows)
        return log.verify().brokenAt === place + 1
      }),
      { numRuns: 60 },
    )
  })

  test('shows where two records changed places', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.nat(LENGTH - 1), (a, b) => {
        fc.pre(a !== b)
        const rows = [...sound]
        rows[a] = sound[b] ?? {}
        rows[b] = sound[a] ?? {}
        replaceAll(catalogue, numbered(rows))
        return log.verify().brokenAt === Math.min(a, b) + 1
      }),
      { numRuns: 60 },
    )
  })

  test('shows where a record was put in, a new one or a copy', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH), fc.nat(LENGTH - 1), fc.boolean(), (place, model, invented) => {
        const copy = { ...sound[model] }
        const put = invented
          ? { ...copy, action: 'case.invented', previous_hash: sound[place - 1]?.hash }
          : copy
        fc.pre(put.previous_hash !== undefined)
        replaceAll(catalogue, numbered([...sound.slice(0, place), put, ...sound.slice(place)]))
        const { brokenAt } = log.verify()
        // A copy put right behind or before its model moves the break one further: the first of the two still fits.
        return brokenAt === place + 1 || (!invented && model === place && brokenAt === place + 2)
      }),
      { numRuns: 120 },
    )
  })
})
