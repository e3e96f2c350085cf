import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { machineClock } from '../../../electron/access/index.ts'
import { freshMedium, importPages, ran, setFolderOf } from '../../fixtures/backup-room.ts'
import { KEEPER, newCase, OFFICERS, openRoom, reopen, type TestRoom } from '../../fixtures/records-room.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A room with a page and a medium in use that is plugged in, on clocks that stand still until they are moved. */
async function station() {
  const clock = { now: Date.parse('2026-03-02T02:00:00.000Z'), uptime: 1000 }
  const room = await openRoom(undefined, () => new Date(clock.now), {
    clock: { ...machineClock(), uptimeSeconds: () => clock.uptime },
    backsUpWhenIdle: true,
  })
  const { volume } = await newCase(room, '（2024）云0199民初7号')
  await importPages(room, volume.id, 1)
  const medium = await freshMedium(room)
  const pass = (minutes: number) => {
    clock.now += minutes * MINUTE_MS
    clock.uptime += minutes * 60
  }
  return { room, volume, medium, clock, pass }
}

const backup = (room: TestRoom) => room.desk.room().backup

/** Looks once, and waits for what that began. */
async function lookAndWait(room: TestRoom) {
  await backup(room).lookForIdle()
  const runs = (await room.call('jobs.list', {})).filter(({ kind }) => kind === 'backup-run')
  return await Promise.all(runs.map(({ id }) => room.ended(id)))
}

const reasons = async (room: TestRoom) =>
  (await room.call('backup.list', {})).map(({ reason, kind }) => `${reason} ${kind}`)

const actions = (room: TestRoom, like: string) =>
  room.desk
    .room()
    .catalogue.sql.all('SELECT action, details FROM audit_record WHERE action LIKE ? ORDER BY sequence', like)
    .map(({ action, details }) => ({ action, ...JSON.parse(String(details)) }))

describe('while nobody is at the station', () => {
  test('what is due on a medium that is there runs by itself, once, and says so everywhere', async () => {
    const { room, pass } = await station()
    expect(await lookAndWait(room)).toEqual([])
    pass(9)
    expect(await lookAndWait(room)).toEqual([])
    pass(2)
    expect(await lookAndWait(room)).toMatchObject([{ state: 'succeeded', label: 'C-01' }])
    expect(await reasons(room)).toEqual(['idle full'])
    expect(actions(room, 'backup.%')).toMatchObject([
      { action: 'backup.idle-started', kind: 'full', medium: 'C-01' },
      { action: 'backup.finished', reason: 'idle' },
      { action: 'backup.verified' },
    ])
    pass(60)
    expect(await lookAndWait(room)).toHaveLength(1)
    pass(24 * 60)
    await lookAndWait(room)
    expect(await reasons(room)).toEqual(['idle incremental', 'idle full'])
  })

  test('nothing runs when the unit does not want it, and sooner or later as it says', async () => {
    const { room, pass } = await station()
    await room.call('backup.setAutomation', { idle: false, idleMinutes: 10, signOut: false })
    pass(60)
    expect(await lookAndWait(room)).toEqual([])
    await room.call('backup.setAutomation', { idle: true, idleMinutes: 30, signOut: false })
    pass(29)
    expect(await lookAndWait(room)).toEqual([])
    pass(1)
    expect(await lookAndWait(room)).toHaveLength(1)
    expect(actions(room, 'backup.automation-set')).toMatchObject([{ idle: false }, { idleMinutes: 30 }])
  })

  test('it waits for the medium, and for somebody who may back up unless the desk is covered', async () => {
    const { room, medium, pass } = await station()
    const aside = `${setFolderOf(medium)}-aside`
    await cp(setFolderOf(medium), aside, { recursive: true })
    await rm(setFolderOf(medium), { recursive: true })
    pass(60)
    expect(await lookAndWait(room)).toEqual([])
    await cp(aside, setFolderOf(medium), { recursive: true })
    await room.desk.close()

    const uptime = { seconds: 0 }
    const other = await reopen(room.folder, OFFICERS.security, false, {
      clock: { ...machineClock(), uptimeSeconds: () => uptime.seconds },
      backsUpWhenIdle: true,
    })
    const runs = () =>
      other.desk
        .room()
        .jobs.list()
        .filter(({ kind }) => kind === 'backup-run')
    uptime.seconds += 3600
    await backup(other).lookForIdle()
    expect(runs()).toEqual([])
    await other.call('session.lock', {})
    await backup(other).lookForIdle()
    expect(await Promise.all(runs().map(({ id }) => other.ended(id)))).toMatchObject([{ state: 'succeeded' }])
  })

  test('a run that fails makes one task and rests for an hour, or until the medium is plugged in anew', async () => {
    const { room, medium, pass } = await station()
    const incoming = path.join(setFolderOf(medium), 'incoming')
    await rm(incoming, { recursive: true })
    await writeFile(incoming, 'in the way')
    pass(11)
    expect(await lookAndWait(room)).toMatchObject([{ state: 'failed' }])
    const [failed] = await lookAndWait(room)
    const tasks = async () => await room.call('backupTasks.list', {})
    expect(await tasks()).toMatchObject([
      {
        ...{ origin: 'automatic', subject: 'C-01', closedAt: null, details: '' },
        findings: [{ code: 'run-failed', details: { reason: 'idle', code: failed?.errorCode } }],
      },
    ])
    pass(59)
    expect(await lookAndWait(room)).toHaveLength(1)
    pass(2)
    expect(await lookAndWait(room)).toHaveLength(2)
    pass(1)
    expect(await lookAndWait(room)).toHaveLength(2)

    // Taken out, put right and plugged in again.
    const aside = `${setFolderOf(medium)}-aside`
    await cp(setFolderOf(medium), aside, { recursive: true })
    await rm(setFolderOf(medium), { recursive: true })
    await backup(room).lookForMedia()
    await rm(path.join(aside, 'incoming'))
    await mkdir(path.join(aside, 'incoming'))
    await cp(aside, setFolderOf(medium), { recursive: true })
    await backup(room).lookForMedia()
    expect((await lookAndWait(room)).map(({ state }) => state)).toEqual(['succeeded', 'failed', 'failed'])
    expect(await tasks()).toMatchObject([
      { origin: 'automatic', remedyCode: 'backed-up', closedBy: '档案员甲' },
    ])
    expect(room.faults.filter(({ operation }) => operation === 'backup.idle')).toEqual([])
  })
})

describe('at sign-out', () => {
  test('it is offered only where the unit wants it and something is due', async () => {
    const { room, medium } = await station()
    expect(await room.call('backup.dueOnLeaving', {})).toBeNull()
    await room.call('backup.setAutomation', { idle: false, idleMinutes: 10, signOut: true })
    expect(await room.call('backup.dueOnLeaving', {})).toEqual({
      ...{ mediumId: medium.id, mediumNumber: 'C-01', kind: 'full' },
    })
    await ran(room, 'backup.run', { mediumId: medium.id, kind: 'full' })
    expect(await room.call('backup.dueOnLeaving', {})).toBeNull()
    expect(await room.call('session.leaveAfterBackup', {})).toEqual({ jobId: null })
    expect(await room.call('session.state', {})).toMatchObject({ state: 'signed-in' })
  })

  test('what falls due before tomorrow runs already', async () => {
    const { room, medium, clock } = await station()
    await room.call('backup.setAutomation', { idle: true, idleMinutes: 1, signOut: true })
    await ran(room, 'backup.run', { mediumId: medium.id, kind: 'full' })
    clock.now += DAY_MS - 30 * MINUTE_MS
    expect(await room.call('backup.dueOnLeaving', {})).toMatchObject({ kind: 'incremental' })
    clock.uptime += 3600
    expect(await lookAndWait(room)).toHaveLength(1)
  })

  test('the person is signed out once it has run, even when the desk was covered meanwhile', async () => {
    const { room } = await station()
    const { jobs } = room.desk.room()
    const { jobId } = await room.call('session.leaveAfterBackup', {})
    await room.call('session.lock', {})
    expect(await jobs.ended(jobId ?? '')).toMatchObject({ state: 'succeeded' })
    await expect
      .poll(() => room.events.at(-1), { timeout: 20_000 })
      .toEqual({ event: 'session', state: { state: 'signed-out' } })
    expect((await room.refusal('backup.list', {})).code).toBe('ACCESS_NOT_SIGNED_IN')
    const again = await reopen(room.folder)
    expect(await reasons(again)).toEqual(['sign-out full'])
    expect(actions(again, 'session.leaving')).toMatchObject([{ kind: 'full', reason: 'sign-out' }])
  })

  test('who does not wait leaves it to be taken up the next time, and who stays is not signed out', async () => {
    const { room } = await station()
    const { jobId } = await room.call('session.leaveAfterBackup', {})
    await room.call('session.signOut', {})
    const again = await reopen(room.folder)
    expect(await again.call('jobs.get', { jobId: jobId ?? '' })).toMatchObject({ state: 'interrupted' })
    expect(await again.call('session.leaveAfterBackup', {})).toEqual({ jobId })
    await again.call('session.stay', {})
    expect(await again.ended(jobId ?? '')).toMatchObject({ state: 'succeeded' })
    expect(await again.call('session.state', {})).toMatchObject({ state: 'signed-in' })
    expect(await reasons(again)).toEqual(['sign-out full'])
  })
})

test('a medium that fails keeps neither the others from their backup nor the person from leaving', async () => {
  const { room, medium } = await station()
  const second = await freshMedium(room, { number: 'B-01', set: 'B' })
  const incoming = path.join(setFolderOf(medium), 'incoming')
  await rm(incoming, { recursive: true })
  await writeFile(incoming, 'in the way')
  await room.call('session.leaveAfterBackup', {})
  await expect.poll(() => room.events.at(-1), { timeout: 20_000 }).toMatchObject({ event: 'session' })
  const again = await reopen(room.folder)
  expect(await reasons(again)).toEqual(['sign-out full'])
  expect(await again.call('backup.list', { mediumId: second.id })).toHaveLength(1)
  expect(await again.call('backupTasks.list', {})).toMatchObject([{ subject: 'C-01', origin: 'automatic' }])
})

test('the scheduler is given each due medium in turn', async () => {
  const { room, medium } = await station()
  const first = await room.call('backup.runDue', {})
  expect(first).toMatchObject({ mediumId: medium.id, kind: 'full' })
  await expect(room.call('backup.runDue', {})).resolves.toBeNull()
  await room.ended(first?.jobId ?? '')
  expect(await room.call('backup.runDue', { passOver: [medium.id] })).toBeNull()
  expect(await reasons(room)).toEqual(['scheduler full'])
})

test('that something is overdue stands before everybody, and who may act is told so', async () => {
  const { room } = await station()
  await room.desk.close()
  const seen: Record<string, object> = {}
  for (const [role, account] of Object.entries({ archivist: KEEPER, ...OFFICERS })) {
    const own = await reopen(room.folder, account)
    seen[role] = await own.call('backup.age', {})
    await own.desk.close()
  }
  const overdue = { lastProvenAt: null, overdue: true }
  expect(seen).toEqual({
    archivist: { ...overdue, mayAct: true },
    system: { ...overdue, mayAct: true },
    security: { ...overdue, mayAct: false },
    auditor: { ...overdue, mayAct: false },
  })
})
