import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isGenuineDrill, signedDrill } from '../../../electron/backup/drills/drill-record.ts'
import { drillRecords } from '../../../electron/backup/drills/drill-records.ts'
import type { InputOf } from '../../../shared/contract/index.ts'
import {
  flipBit,
  freshMedium,
  importPages,
  objectFile,
  objectsIn,
  ran,
  roomWithPages,
  setFolderOf,
} from '../../fixtures/backup-room.ts'
import {
  FOUNDERS,
  freshFolder,
  KEEPER,
  newCase,
  newId,
  OFFICERS,
  outcomesOf,
  reopen,
  type TestRoom,
  testDesk,
} from '../../fixtures/records-room.ts'

type DrillInput = InputOf<'drills.run'>

const PASSWORD: DrillInput['key'] = { way: 'password', accountName: KEEPER.name, password: KEEPER.password }

/** Backs up once; gives what a drill on it takes. */
async function backedUp(room: TestRoom) {
  const medium = await freshMedium(room)
  const run = await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  expect(run.state).toBe('succeeded')
  const [row] = await room.call('backup.list', {})
  const order: DrillInput = {
    ...{ mediumId: medium.id, snapshotId: row?.snapshotId ?? '', scenario: '主机硬盘损坏', key: PASSWORD },
    participants: '值班员甲、值班员乙',
  }
  return { medium, set: setFolderOf(medium), order }
}

async function drilled(room: TestRoom, order: DrillInput) {
  const { jobId } = await room.call('drills.run', order)
  return await room.ended(jobId)
}

const incoming = (room: TestRoom) => readdir(path.join(room.folder, 'incoming'))

test('a drill with a password proves a backup, writes a signed record and leaves nothing behind', async () => {
  const { room: first } = await roomWithPages(3)
  // Closing signs a head of the log, which the drill then proves too.
  await first.desk.close()
  const room = await reopen(first.folder)
  const { order, medium } = await backedUp(room)
  const lock = async () => JSON.parse(await readFile(path.join(room.folder, 'vault.lock'), 'utf8')).token
  const lockBefore = await lock()
  const heads = await readFile(path.join(room.folder, 'audit-heads.jsonl'), 'utf8')

  const job = await drilled(room, order)
  expect(job).toMatchObject({ state: 'succeeded', errorCode: null })
  const [drill] = await room.call('drills.list', {})
  expect(drill?.points.filter(({ passed }) => !passed)).toEqual([])
  expect(drill).toMatchObject({
    ...{ passed: true, mediumNumber: medium.number, snapshotId: order.snapshotId, way: 'password' },
    ...{ by: '档案员甲', scenario: '主机硬盘损坏', participants: '值班员甲、值班员乙', rpoHours: 0 },
    ...{ approvedBy: null, number: `${new Date().getFullYear()}-0001` },
  })
  expect(drill?.rtoMinutes).toBeGreaterThan(0)
  const checked = Object.fromEntries(drill?.points.map(({ point, checked }) => [point, checked]) ?? [])
  const objects = (await objectsIn(room.folder)).length
  expect(checked).toMatchObject({ restore: objects, objects, pages: 3, counts: 3 })
  expect(drill?.points.find(({ point }) => point === 'pages')?.findings).toContainEqual({
    ...{ code: 'compared', details: { count: 3 } },
  })
  expect(drill?.points.at(-1)).toMatchObject({ point: 'targets', passed: true, checked: 2, wrong: 0 })

  const { sql } = room.desk.room().catalogue
  const [record] = drillRecords(sql).list()
  if (record === undefined) throw new Error('no record')
  expect(isGenuineDrill(record)).toBe(true)
  expect(isGenuineDrill({ ...record, rtoMinutes: 0 })).toBe(false)
  expect(record.publicKey).toBe(room.desk.room().vault.signer().publicKey.toString('base64'))

  expect(await incoming(room)).toEqual([])
  expect(await lock()).toBe(lockBefore)
  expect(await readFile(path.join(room.folder, 'audit-heads.jsonl'), 'utf8')).toBe(heads)
  expect(await room.call('backupTasks.list', {})).toEqual([])
  const audited = sql.one("SELECT result, details FROM audit_record WHERE action = 'drill.finished'")
  expect(audited?.result).toBe('done')
  // The key is written nowhere: neither in the job, nor in the log.
  for (const table of ['job', 'audit_record', 'restore_drill'])
    expect(JSON.stringify(sql.all(`SELECT * FROM ${table}`))).not.toContain(KEEPER.password)
})

test('a drill with two recovery shares opens everything, and the living vault keeps its accounts', async () => {
  const desk = await testDesk()
  const folder = path.join(await freshFolder(), 'vault')
  const created = await desk.call('vault.create', {
    ...{ folder, unitName: '云州市临江区人民法院', accounts: FOUNDERS },
  })
  await desk.call('vault.finishSetup', {})
  const room: TestRoom = { ...desk, folder }
  const { tree } = await newCase(room, '（2024）云0199民初8号', ['main', 'sub'])
  for (const volume of tree.volumes) await importPages(room, volume.id, 2)
  const { order } = await backedUp(room)
  const header = await readFile(path.join(folder, 'vault.json'), 'utf8')
  const shares = created.shares.map((share) => share.text)

  const job = await drilled(room, {
    ...order,
    key: { way: 'shares', shares: [shares[2] ?? '', shares[0] ?? ''] },
  })
  expect(job).toMatchObject({ state: 'succeeded', errorCode: null })
  const [drill] = await room.call('drills.list', {})
  expect(drill).toMatchObject({ passed: true, way: 'shares' })
  expect(drill?.points.find(({ point }) => point === 'objects')?.checked).toBe(
    (await objectsIn(folder)).length,
  )
  expect(await readFile(path.join(folder, 'vault.json'), 'utf8')).toBe(header)
})

test('damage on the medium fails the drill at its points, opens a task, and another person approves the record', async () => {
  const { room } = await roomWithPages(2)
  const { order, set } = await backedUp(room)
  const [victim = ''] = await objectsIn(set)
  await flipBit(objectFile(set, victim))
  const job = await drilled(room, order)
  expect(job.state).toBe('succeeded')
  const [drill] = await room.call('drills.list', {})
  const failed = drill?.points.filter(({ passed }) => !passed) ?? []
  expect(drill?.passed).toBe(false)
  expect(failed.map(({ point }) => point)).toEqual(expect.arrayContaining(['restore', 'objects']))
  const [task] = await room.call('backupTasks.list', {})
  expect(task).toMatchObject({ origin: 'drill', closedAt: null })
  expect(task?.subject).toBe(`${drill?.number} · C-01`)
  expect(task?.findings).toContainEqual({ code: 'point-failed', details: { point: 'objects' } })
  expect(task?.findings.find(({ code }) => code === 'wrong-objects')?.details.names).toBe(victim.slice(0, 12))
  const rows = await outcomesOf(room, job.id)
  expect(rows.filter(({ outcome }) => outcome === 'damaged').map(({ subject }) => subject)).toContain(
    'objects',
  )

  const drillId = drill?.id ?? ''
  const conclusion = '载体更换后重做'
  expect((await room.refusal('drills.approve', { drillId, conclusion })).code).toBe('APPROVAL_SAME_PERSON')
  await room.desk.close()
  const other = await reopen(room.folder, OFFICERS.system)
  const approved = await other.call('drills.approve', { drillId, conclusion })
  expect(approved).toMatchObject({ approvedBy: '系统员乙', conclusion, by: '档案员甲' })
  expect((await other.refusal('drills.approve', { drillId, conclusion })).code).toBe('APPROVAL_WRONG_STATE')
  const [kept] = drillRecords(other.desk.room().catalogue.sql).list()
  expect(kept !== undefined && isGenuineDrill(kept)).toBe(true)
})

test('a snapshot that somebody altered ends the drill at its first point, and the rest stands as not done', async () => {
  const { room } = await roomWithPages(1)
  const { order, set } = await backedUp(room)
  await flipBit(path.join(set, 'snapshots', `${order.snapshotId}.json`))
  expect((await drilled(room, order)).state).toBe('succeeded')
  const [drill] = await room.call('drills.list', {})
  expect(drill?.passed).toBe(false)
  expect(drill?.points.map(({ passed }) => passed)).toEqual(Array.from({ length: 9 }, () => false))
  expect(drill?.points[0]).toMatchObject({ point: 'set', wrong: 1 })
  expect(drill?.points[7]).toMatchObject({
    point: 'pages',
    checked: 0,
    findings: [{ code: 'not-done', details: {} }],
  })
  expect(drill?.points[8]).toMatchObject({ point: 'targets', findings: [{ code: 'not-done' }] })
})

test('a mistyped password is no finding: no record, nothing restored, and the drill is begun anew', async () => {
  const { room } = await roomWithPages(1)
  const { order } = await backedUp(room)
  const job = await drilled(room, { ...order, key: { ...PASSWORD, password: 'Kestrel-91-lamb' } as never })
  expect(job).toMatchObject({ state: 'failed', errorCode: 'VAULT_WRONG_PASSWORD' })
  expect(await room.call('drills.list', {})).toEqual([])
  expect(await incoming(room)).toEqual([])
  await room.call('jobs.resume', { jobId: job.id })
  expect(await room.ended(job.id)).toMatchObject({ state: 'failed', errorCode: 'BACKUP_DRILL_KEY_GONE' })
})

test('a sample opens so many objects, and its seed is in the record', async () => {
  const { room } = await roomWithPages(4)
  const { order } = await backedUp(room)
  await drilled(room, { ...order, sample: 2 })
  const [drill] = await room.call('drills.list', {})
  const objects = drill?.points.find(({ point }) => point === 'objects')
  expect(objects).toMatchObject({ passed: true, checked: 2 })
  expect(objects?.findings).toMatchObject([
    { code: 'sample', details: { count: 2, seed: expect.stringMatching(/^[0-9a-f]{16}$/) } },
  ])
  // A sample is no full drill.
  const duties = await room.call('duties.list', {})
  const last = (kind: string) => duties.find((duty) => duty.kind === kind)?.lastAt
  expect(last('drill')).toBe(drill?.endedAt)
  expect(last('full-drill')).toBeNull()
})

test('changes that came after the snapshot count as what would be lost, and a missed target is no drill passed', async () => {
  const clock = { now: Date.now() }
  const { room, volume } = await roomWithPages(1, () => new Date(clock.now))
  const { order } = await backedUp(room)
  clock.now += 30 * 3_600_000
  await importPages(room, volume.id, 1)
  await drilled(room, { ...order, rpoTargetHours: 24 })
  const [drill] = await room.call('drills.list', {})
  expect(drill?.passed).toBe(false)
  expect(drill?.points.filter(({ passed }) => !passed)).toMatchObject([
    {
      ...{ point: 'targets', checked: 2, wrong: 1 },
      findings: [
        { code: 'rto' },
        { code: 'rpo-missed', details: { actual: drill?.rpoHours ?? 0, target: 24 } },
      ],
    },
  ])
  const standing = (await room.call('duties.list', {})).find(({ kind }) => kind === 'drill')
  expect(standing).toMatchObject({ lastAt: null, state: 'never' })
  expect(drill?.rpoHours).toBeGreaterThanOrEqual(30)
  expect(drill?.rpoHours).toBeLessThan(31)
  const [task] = await room.call('backupTasks.list', {})
  expect(task?.findings).toMatchObject([{ code: 'rpo-missed', details: { target: 24 } }])
})

test('any change that the log knows would be lost, and what only looks or backs up would not', async () => {
  const clock = { now: Date.now() }
  const { room, tree } = await roomWithPages(1, () => new Date(clock.now))
  const { order, medium } = await backedUp(room)
  const held = async () => {
    await drilled(room, order)
    return (await room.call('drills.list', {}))[0]?.rpoHours
  }
  clock.now += 5 * 3_600_000
  await room.call('backup.age', {})
  await ran(room, 'backup.verify', { mediumId: medium.id, depth: 'quick' })
  expect(await held()).toBe(0)
  await room.call('assignments.add', {
    ...{ caseId: tree.case.id, accountId: room.desk.room().vault.account.accountId, kind: 'own' },
  })
  expect(await held()).toBeGreaterThanOrEqual(5)
})

test('what a record of an earlier version says in words is shown as it stands, and stays genuine', async () => {
  const { room } = await roomWithPages(1)
  const { order } = await backedUp(room)
  await drilled(room, order)
  const { catalogue, vault } = room.desk.room()
  const records = drillRecords(catalogue.sql)
  const [whole] = records.list()
  if (whole === undefined) throw new Error('no record')
  const points = whole.points.map(({ findings: _, ...point }) => ({ ...point, note: '与现库比对 1 页' }))
  records.insert(signedDrill({ ...whole, id: newId(), serial: 7, points }, vault.signer()))
  const [earlier] = records.list()
  expect(earlier !== undefined && isGenuineDrill(earlier)).toBe(true)
  const [shown] = await room.call('drills.list', {})
  expect(shown?.points[0]).toMatchObject({ note: '与现库比对 1 页', findings: [] })
  catalogue.sql.run(
    `INSERT INTO backup_task (id, opened_at, origin, subject, details)
     VALUES (?, '2026-01-01T00:00:00.000Z', 'verify', 'C-01', '核验发现 1 处问题：缺失 1')`,
    newId(),
  )
  expect(await room.call('backupTasks.list', {})).toMatchObject([
    { details: '核验发现 1 处问题：缺失 1', findings: [], remedyCode: null },
  ])
  const folder = await freshFolder()
  const target = path.join(folder, 'tasks.csv')
  await room.call('backupForms.write', { register: 'tasks', format: 'csv', target })
  expect(await readFile(target, 'utf8')).toContain('核验发现 1 处问题：缺失 1')
})
