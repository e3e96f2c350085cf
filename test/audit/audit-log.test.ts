import { copyFile, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditLog } from '../../electron/audit/index.ts'
import { openCatalogue } from '../../electron/catalogue/index.ts'
import { freshFolder } from '../fixtures/records-room.ts'
import { entry, freshLog, numbered, replaceAll, rowsOf, testSigner } from './chains.ts'

const LENGTH = 12

async function chainOf(length: number) {
  const made = await freshLog()
  for (let n = 1; n <= length; n++) made.log.append(entry(n))
  return made
}

/** Another value of the kind that stands there. */
function changed(value: unknown, seed: number): string | number | Uint8Array {
  if (value instanceof Uint8Array) {
    const bytes = Uint8Array.from(value)
    const at = seed % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (seed % 8))
    return bytes
  }
  if (typeof value === 'number') return value === 1 ? 2 : 1
  const text = value === null ? '' : String(value)
  if (text.startsWith('{')) return JSON.stringify({ ...JSON.parse(text), place: -1 - (seed % 9) })
  return `${text}${seed % 10}`
}

describe('the chain', () => {
  test('of records as they were written is whole', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const report = log.verify()
    expect(report).toMatchObject({ recordCount: LENGTH, brokenAt: null, damages: [] })
    const last = rowsOf(catalogue).at(-1)?.hash
    expect(report.headHash).toBe(Buffer.from(last as Uint8Array).toString('hex'))
    expect(await log.verifyGently()).toEqual(report)
  })

  test('begins with nothing and grows by one a record', async () => {
    const { log } = await chainOf(0)
    expect(log.verify()).toMatchObject({ recordCount: 0, headHash: '00'.repeat(32), brokenAt: null })
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

  test('says first that the clock went back, and by how much', async () => {
    const { log, clock, catalogue } = await chainOf(2)
    clock.now -= 3_600_000
    expect(log.append(entry(3))).toBe(4)
    const [, , back] = rowsOf(catalogue)
    expect(back).toMatchObject({ sequence: 3, action: 'audit.clock-went-back' })
    expect(JSON.parse(String(back?.details))).toMatchObject({ seconds: 3599 })
    expect(log.verify().damages).toEqual([])
  })
})

describe('one change of the log is found and located:', () => {
  test('any one field of any record', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    const columns = Object.keys(sound[0] ?? {}).filter((column) => column !== 'sequence')
    expect(columns).toHaveLength(21)
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.constantFrom(...columns), fc.nat(), (place, column, seed) => {
        const rows = sound.map((row, n) =>
          n === place ? { ...row, [column]: changed(row[column], seed) } : row,
        )
        replaceAll(catalogue, rows)
        const { brokenAt, damages } = log.verify()
        return brokenAt === place + 1 && damages.length === 1 && damages[0]?.kind === 'altered'
      }),
      { numRuns: 200 },
    )
    replaceAll(catalogue, sound)
    expect(log.verify().damages).toEqual([])
  })

  test('a record taken out, whether or not the others are numbered anew', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH - 2), fc.boolean(), (place, renumber) => {
        const rows = sound.filter((_, n) => n !== place)
        replaceAll(catalogue, renumber ? numbered(rows) : rows)
        expect(log.verify().damages).toEqual([{ kind: 'deleted', sequence: place + 1 }])
      }),
      { numRuns: 60 },
    )
  })

  test('two records that changed places', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.nat(LENGTH - 1), (a, b) => {
        fc.pre(a !== b)
        const rows = [...sound]
        rows[a] = sound[b] ?? {}
        rows[b] = sound[a] ?? {}
        replaceAll(catalogue, numbered(rows))
        const { brokenAt, damages } = log.verify()
        expect(brokenAt).toBe(Math.min(a, b) + 1)
        expect(new Set(damages.map(({ kind }) => kind))).toEqual(new Set(['reordered']))
      }),
      { numRuns: 60 },
    )
  })

  test('a record put in, a new one or a copy', async () => {
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

  test('the tail cut off, by any number of records', async () => {
    const { log, catalogue } = await chainOf(LENGTH)
    const sound = rowsOf(catalogue)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH }), (cut) => {
        replaceAll(catalogue, sound.slice(0, LENGTH - cut))
        expect(log.verify().damages).toEqual([{ kind: 'tail-cut', sequence: LENGTH - cut + 1 }])
      }),
    )
  })
})

describe('signed heads', () => {
  const cutTo = (made: Awaited<ReturnType<typeof chainOf>>, length: number) => {
    const rows = rowsOf(made.catalogue).slice(0, length)
    replaceAll(made.catalogue, rows)
    // Whoever cuts the records sets the note of their end right as well.
    made.catalogue.sql.run(
      'UPDATE audit_tail SET sequence = ?, hash = ?',
      length,
      rows.at(-1)?.hash as Uint8Array,
    )
  }

  test('cover the log up to their record, and stand in table and file alike', async () => {
    const { log, places } = await chainOf(LENGTH)
    const signer = testSigner()
    log.signHead(signer, 'first')
    log.append(entry(13))
    const head = log.signHead(signer, 'second')
    expect(head).toMatchObject({ number: 2, sequence: 13, why: 'second', vaultId: 'vault1' })
    expect(log.verify()).toMatchObject({ damages: [], headCount: 2, signedTo: 13 })
    expect(await readFile(places.headFile, 'utf8')).toBe(`${log.heads().join('\n')}\n`)
  })

  test('show a cut tail whose note of the end was set right', async () => {
    const made = await chainOf(LENGTH)
    made.log.signHead(testSigner(), 'asked')
    cutTo(made, 9)
    expect(made.log.verify().damages).toEqual([{ kind: 'tail-cut', sequence: 10 }])
  })

  test('show a cut tail even when every head in the vault is gone, by what the workstation remembers', async () => {
    const made = await chainOf(LENGTH)
    made.log.signHead(testSigner(), 'asked')
    cutTo(made, 9)
    made.catalogue.sql.run('DELETE FROM audit_head')
    await rm(made.places.headFile)
    expect(made.log.verify().damages).toEqual([
      { kind: 'tail-cut', sequence: 10 },
      { kind: 'head-missing', head: 1, where: 'vault' },
    ])
  })

  test('show records written anew as a whole', async () => {
    const made = await chainOf(LENGTH)
    made.log.signHead(testSigner(), 'asked')
    const other = await freshLog()
    for (let n = 1; n <= LENGTH; n++) other.log.append(entry(n === 5 ? 50 : n))
    const rows = rowsOf(other.catalogue)
    replaceAll(made.catalogue, rows)
    made.catalogue.sql.run('UPDATE audit_tail SET hash = ?', rows.at(-1)?.hash as Uint8Array)
    expect(made.log.verify().damages).toContainEqual({ kind: 'head-mismatch', sequence: LENGTH })
  })

  test('let a cut be recorded as the room opens, before the workstation is told of the new end', async () => {
    const made = await chainOf(LENGTH)
    made.log.signHead(testSigner(), 'asked')
    made.log.noticeBreak()
    expect(rowsOf(made.catalogue)).toHaveLength(LENGTH)
    cutTo(made, 9)
    made.catalogue.sql.run('DELETE FROM audit_head')
    await rm(made.places.headFile)
    const after = made.open()
    after.noticeBreak()
    expect(rowsOf(made.catalogue).at(-1)).toMatchObject({
      sequence: 10,
      action: 'audit.chain-broken',
      details: JSON.stringify({ seen: LENGTH, found: 9 }),
    })
  })

  test('lost or falsified in table or file are named by number', async () => {
    const made = await chainOf(3)
    const { log, catalogue } = made
    const signer = testSigner()
    for (const why of ['a', 'b', 'c']) log.signHead(signer, why)
    const [, second = ''] = log.heads()
    catalogue.sql.run('DELETE FROM audit_head WHERE number = 2')
    expect(log.verify().damages).toEqual([{ kind: 'head-missing', head: 2, where: 'table' }])
    const forged = second.replace('"why":"b"', '"why":"x"')
    catalogue.sql.run('INSERT INTO audit_head VALUES (2, 3, ?)', forged)
    expect(log.verify().damages).toContainEqual({ kind: 'head-signature', head: 2, where: 'table' })
    await rm(made.places.headFile)
    expect(log.verify().damages).toContainEqual({ kind: 'head-missing', head: 3, where: 'file' })
  })

  test('of a key that is not the account’s do not count', async () => {
    const made = await chainOf(3)
    made.log.signHead(testSigner(), 'asked')
    const strict = made.open({ isKnownKey: () => false })
    expect(strict.verify().damages).toContainEqual({ kind: 'head-signature', head: 1, where: 'table' })
  })

  test('written to the file just before a crash are taken over', async () => {
    const made = await chainOf(3)
    made.log.signHead(testSigner(), 'asked')
    made.catalogue.sql.run('DELETE FROM audit_head')
    const after = made.open()
    expect(after.verify()).toMatchObject({ damages: [], headCount: 1 })
  })
})

test('a log of format 1 goes on in format 2 and stays whole', async () => {
  const folder = path.join(import.meta.dirname, '../fixtures/catalogue')
  const file = path.join(await freshFolder(), 'catalogue.db')
  await copyFile(path.join(folder, 'v1.db'), file)
  const { key } = JSON.parse(await readFile(path.join(folder, 'v1.json'), 'utf8')) as { key: string }
  const catalogue = openCatalogue(file, Buffer.from(key, 'hex'))
  const log = auditLog(catalogue.sql, () => new Date())
  expect(log.verify().damages).toEqual([])
  const before = log.verify().recordCount
  log.append(entry(1, { reason: '复核' }))
  expect(log.verify()).toMatchObject({ damages: [], recordCount: before + 1 })
  catalogue.close()
})
