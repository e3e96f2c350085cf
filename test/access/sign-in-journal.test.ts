import { appendFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendToJournal,
  JOURNAL_FILE,
  JOURNAL_START,
  LOCKOUT,
  lockoutOf,
  readJournal,
  unreadLines,
} from '../../electron/access/index.ts'
import { freshFolder } from '../fixtures/records-room.ts'

const WAIT = LOCKOUT.minutes * 60

/** A machine whose time stands still until it is told. */
function machine() {
  const state = { boot: 'boot-1' as string | null, uptime: 5000 }
  const clock = { boot: () => state.boot, uptimeSeconds: () => state.uptime, machine: 'pc-3', user: 'lin' }
  return { state, clock }
}

async function journalWith(results: readonly ('failed' | 'signed-in' | 'unlock-failed')[]) {
  const folder = await freshFolder()
  const { state, clock } = machine()
  const add = (result: (typeof results)[number], account = '甲') =>
    appendToJournal(folder, { account, result }, () => new Date('2026-03-01T08:00:00Z'), clock)
  for (const result of results) await add(result)
  return { folder, state, clock, add, file: path.join(folder, JOURNAL_FILE) }
}

const fails = (count: number) => Array.from({ length: count }, () => 'failed' as const)

describe('the sign-in journal', () => {
  test('keeps each line with the machine, its user and its time since the start', async () => {
    const { folder } = await journalWith(['failed', 'signed-in'])
    const { lines, breaks } = await readJournal(folder)
    expect(breaks).toEqual([])
    expect(lines).toMatchObject([
      { account: '甲', result: 'failed', machine: 'pc-3', user: 'lin', boot: 'boot-1', uptime: 5000 },
      { result: 'signed-in', previous: lines[0]?.hash },
    ])
  })

  test('is empty where there is none', async () => {
    const journal = await readJournal(await freshFolder())
    expect(journal.position).toEqual(JOURNAL_START)
    expect(unreadLines(journal, JOURNAL_START)).toEqual({ lines: [], damaged: false })
  })

  test('goes on after a line that a power cut left unfinished', async () => {
    const { folder, file, add } = await journalWith(['failed'])
    await appendFile(file, '{"at":"2026')
    await add('failed')
    const { lines, breaks } = await readJournal(folder)
    expect([lines.length, breaks]).toEqual([2, []])
  })

  test('gives only what was not read before', async () => {
    const { folder, add } = await journalWith(['failed', 'failed'])
    const { position } = await readJournal(folder)
    await add('unlock-failed')
    const { lines, damaged } = unreadLines(await readJournal(folder), position)
    expect([lines.map(({ result }) => result), damaged]).toEqual([['unlock-failed'], false])
  })

  test('that is gone, shorter, or changed anywhere in what was read is told to be damaged, once', async () => {
    const { folder, file } = await journalWith(fails(4))
    const before = await readFile(file, 'utf8')
    const { position } = await readJournal(folder)
    const [first = '', ...rest] = before.split('\n')
    const damages = ['', `${first}\n`, rest.join('\n'), before.replace('pc-3', 'pc-4'), `x${before}`]
    for (const damage of damages) {
      await writeFile(file, damage)
      const journal = await readJournal(folder)
      expect(unreadLines(journal, position).damaged, damage).toBe(true)
      expect(unreadLines(journal, journal.position).damaged).toBe(false)
    }
    await writeFile(file, before)
    expect(unreadLines(await readJournal(folder), position).damaged).toBe(false)
  })

  test('with any byte changed in what nobody read yet is told to be damaged', async () => {
    const { folder, file } = await journalWith(fails(3))
    const before = await readFile(file)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: before.length - 2 }), async (at) => {
        const changed = Buffer.from(before)
        changed[at] = (changed[at] ?? 0) ^ 1
        await writeFile(file, changed)
        const { damaged } = unreadLines(await readJournal(folder), JOURNAL_START)
        expect(damaged).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the lock-out', () => {
  test('begins with the fifth failure in a row, and for that account alone', async () => {
    const { folder, clock, add } = await journalWith(fails(4))
    const stand = async (account = '甲') => lockoutOf((await readJournal(folder)).lines, account, clock)
    expect(await stand()).toEqual({ seconds: 0, attemptsLeft: 1 })
    await add('signed-in')
    expect(await stand()).toEqual({ seconds: 0, attemptsLeft: 5 })
    for (const result of fails(4)) await add(result)
    await add('unlock-failed')
    expect(await stand()).toEqual({ seconds: WAIT, attemptsLeft: 0 })
    expect((await stand('乙')).seconds).toBe(0)
  })

  test('is counted in the machine’s running time, whatever the clock says', async () => {
    const { folder, clock, state, add } = await journalWith(fails(5))
    const stand = async () => lockoutOf((await readJournal(folder)).lines, '甲', clock)
    state.uptime += WAIT - 1
    expect((await stand()).seconds).toBe(1)
    state.uptime += 1
    expect(await stand()).toEqual({ seconds: 0, attemptsLeft: 5 })
    await add('failed')
    expect(await stand()).toEqual({ seconds: 0, attemptsLeft: 4 })
  })

  test('goes on after a restart of the machine', async () => {
    const { folder, clock, state } = await journalWith(fails(5))
    const stand = async () => lockoutOf((await readJournal(folder)).lines, '甲', clock).seconds
    Object.assign(state, { boot: 'boot-2', uptime: 100 })
    expect(await stand()).toBe(WAIT - 100)
    // Longer running than at the failure, but of another start.
    Object.assign(state, { boot: 'boot-3', uptime: 899 })
    expect(await stand()).toBe(1)
    state.uptime = 900
    expect(await stand()).toBe(0)
  })

  test('where starts cannot be told apart is never shorter', async () => {
    const { folder, clock, state } = await journalWith([])
    state.boot = null
    const at = () => new Date()
    for (const result of fails(5)) await appendToJournal(folder, { account: '甲', result }, at, clock)
    const stand = async () => lockoutOf((await readJournal(folder)).lines, '甲', clock).seconds
    state.uptime = 5000 + WAIT - 1
    expect(await stand()).toBe(1)
    state.uptime = 899
    expect(await stand()).toBe(1)
    state.uptime = 5000 + WAIT
    expect(await stand()).toBe(0)
  })
})
