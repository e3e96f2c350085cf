import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
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
import { checkVault, freshFolder, openRoom, outcomesOf } from '../../fixtures/records-room.ts'

test('only a registered medium in use is written, and never one of another vault', async () => {
  const { room } = await roomWithPages(1)
  const medium = await freshMedium(room)
  const start = { mediumId: medium.id, kind: 'incremental' as const }
  expect(
    await room.refusal('media.register', {
      ...{ folder: medium.folder, number: 'C-02', set: 'C', place: '库房' },
    }),
  ).toMatchObject({ code: 'BACKUP_SET_EXISTS', details: { medium: 'C-01' } })
  const elsewhere = path.join(await freshFolder(), 'drive')
  await mkdir(elsewhere)
  expect(
    await room.refusal('media.register', {
      ...{ folder: elsewhere, number: 'C-01', set: 'C', place: '库房' },
    }),
  ).toMatchObject({ code: 'CALL_INVALID_INPUT', details: { field: 'number', reason: 'taken' } })
  expect(
    await room.refusal('media.register', {
      ...{ folder: path.join(room.folder, 'objects'), number: 'C-03', set: 'C', place: '库房' },
    }),
  ).toMatchObject({ code: 'CALL_INVALID_INPUT', details: { field: 'folder', reason: 'insideVault' } })
  expect(
    await room.refusal('backup.run', { mediumId: room.desk.room().vault.id, kind: 'full' }),
  ).toMatchObject({
    code: 'BACKUP_MEDIUM_UNREGISTERED',
  })

  const lent = await room.call('media.note', {
    ...{ mediumId: medium.id, event: 'handed-over', toPlace: '市档案馆', counterpart: '王某' },
  })
  expect(lent).toMatchObject({ state: 'lent-out', place: '市档案馆' })
  const refused = await room.ended((await room.call('backup.run', start)).jobId)
  expect(refused).toMatchObject({ state: 'failed', errorCode: 'BACKUP_MEDIUM_UNREGISTERED' })
  await room.call('media.note', { mediumId: medium.id, event: 'moved', toPlace: '库房一柜' })
  expect((await ran(room, 'backup.run', start)).state).toBe('succeeded')
  expect(
    (await room.call('media.events', { mediumId: medium.id })).map(({ event, toPlace }) => [event, toPlace]),
  ).toEqual([
    ['moved', '库房一柜'],
    ['handed-over', '市档案馆'],
    ['registered', '库房一柜'],
  ])

  // A drive that is not plugged in, then another vault's in its place.
  await cp(medium.folder, elsewhere, { recursive: true })
  await rm(setFolderOf(medium), { recursive: true })
  const gone = await room.ended((await room.call('backup.run', start)).jobId)
  expect(gone).toMatchObject({ state: 'failed', errorCode: 'BACKUP_MEDIUM_GONE', resumable: true })
  expect(await room.call('media.list', {})).toMatchObject([{ present: false }])
  await room.desk.close()

  const other = await openRoom()
  expect(await other.call('media.look', { folder: elsewhere })).toMatchObject({ state: 'foreign' })
  expect(
    await other.refusal('media.register', {
      ...{ folder: elsewhere, number: 'X-01', set: 'C', place: '库房' },
    }),
  ).toMatchObject({ code: 'BACKUP_SET_FOREIGN' })
})

test('a run that is stopped leaves the backup before it whole and is taken up again; two never write at once', async () => {
  const { room, volume } = await roomWithPages(2)
  const medium = await freshMedium(room)
  const start = { mediumId: medium.id, kind: 'incremental' as const }
  await ran(room, 'backup.run', start)
  await importPages(room, volume.id, 3)
  const { jobId } = await room.call('backup.run', start)
  expect(await room.refusal('backup.verify', { mediumId: medium.id, depth: 'quick' })).toMatchObject({
    code: 'JOB_RESOURCE_BUSY',
  })
  await room.call('jobs.cancel', { jobId })
  expect(await room.ended(jobId)).toMatchObject({ state: 'cancelled', resumable: true })
  expect(await room.call('backup.list', {})).toHaveLength(1)
  expect(await ran(room, 'backup.verify', { mediumId: medium.id, depth: 'full' })).toMatchObject({
    tally: { sound: 1 },
  })
  await room.call('jobs.resume', { jobId })
  expect((await room.ended(jobId)).state).toBe('succeeded')
  const rows = await room.call('backup.list', {})
  expect(rows.map(({ pages, verifyResult }) => [pages, verifyResult])).toEqual([
    [5, 'sound'],
    [2, 'sound'],
  ])
  expect(await readdir(path.join(room.folder, 'incoming'))).toEqual([])
})

test('what the vault has damaged does not go onto a medium, raises an alarm, and comes back from another', async () => {
  const { room, volume } = await roomWithPages(2)
  const good = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: good.id, kind: 'incremental' })
  const [snapshot] = await room.call('backup.list', {})
  const [broken = '', lost = ''] = await objectsIn(room.folder)
  await flipBit(objectFile(room.folder, broken))
  await rm(objectFile(room.folder, lost))

  const second = await freshMedium(room, { number: 'B-01', set: 'B' })
  const job = await ran(room, 'backup.run', { mediumId: second.id, kind: 'incremental' })
  expect(job).toMatchObject({ state: 'succeeded', tally: { damaged: 1, missing: 1 } })
  expect(await objectsIn(setFolderOf(second))).not.toContain(broken)
  const [row] = await room.call('backup.list', { mediumId: second.id })
  expect(row).toMatchObject({ missing: 2, verifyResult: 'sound' })
  const { sql } = room.desk.room().catalogue
  expect(sql.all("SELECT 1 FROM audit_record WHERE action = 'fixity.failed'")).toHaveLength(1)
  expect(sql.all("SELECT 1 FROM alarm WHERE rule = 'A10'")).not.toHaveLength(0)

  const given = { mediumId: good.id, snapshotId: snapshot?.snapshotId ?? '' }
  const back = await room.ended((await room.call('restores.objects', given)).jobId)
  expect(back).toMatchObject({ state: 'succeeded', tally: { sound: 2 } })
  expect((await outcomesOf(room, back.id)).map(({ details }) => details.was).sort()).toEqual([
    'damaged',
    'missing',
  ])
  expect((await checkVault(room)).problems).toEqual([])
  expect(await readdir(path.join(room.folder, 'quarantine'))).toEqual([broken])
  await ran(room, 'backup.run', { mediumId: second.id, kind: 'incremental' })
  expect(await objectsIn(setFolderOf(second))).toContain(broken)

  // What a snapshot has is compared with today before anybody restores it.
  const same = await room.call('restores.compare', given)
  expect(same).toMatchObject({ pagesOnlyToday: 0, pagesOnlyThen: 0, pagesChanged: 0, today: { pages: 2 } })
  await importPages(room, volume.id, 1)
  expect(await room.call('restores.compare', given)).toMatchObject({
    ...{ pagesOnlyToday: 1, pagesOnlyThen: 0, inSnapshot: { pages: 2 }, today: { pages: 3 } },
  })

  // Never over what is kept.
  const taken = path.join(await freshFolder(), 'taken')
  await mkdir(taken)
  await writeFile(path.join(taken, 'note.txt'), '')
  for (const [target, reason] of [
    [room.folder, 'vault'],
    [path.join(room.folder, 'new'), 'vault'],
    [path.dirname(room.folder), 'vault'],
    [path.join(good.folder, 'new'), 'medium'],
  ])
    expect(await room.refusal('restores.vault', { ...given, target })).toMatchObject({
      ...{ code: 'BACKUP_TARGET_IN_USE', details: { reason } },
    })
  const over = await room.ended((await room.call('restores.vault', { ...given, target: taken })).jobId)
  expect(over).toMatchObject({ state: 'failed', errorCode: 'BACKUP_TARGET_IN_USE' })
})

test('pruning removes exactly what the preview let go, and a preview that changed is refused', async () => {
  let day = Date.parse('2026-03-02T02:00:00Z')
  const { room } = await roomWithPages(1, () => new Date(day))
  const medium = await freshMedium(room)
  const mediumId = medium.id
  for (let n = 0; n < 3; n++) {
    await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
    day += 86_400_000
  }
  expect(await room.call('backup.retention', {})).toEqual({ daily: 14, weekly: 8, monthly: 12, yearly: 10 })
  await room.call('backup.setRetention', { daily: 2, weekly: 0, monthly: 0, yearly: 0 })
  const preview = await room.call('backup.prunePreview', { mediumId })
  expect(preview.map(({ reasons }) => reasons)).toEqual([['newest', 'daily'], ['daily'], []])
  const gone = preview[2]?.snapshotId ?? ''
  expect(
    await room.refusal('backup.prune', { mediumId, remove: [preview[1]?.snapshotId, gone] }),
  ).toMatchObject({
    code: 'CALL_INVALID_INPUT',
  })
  expect(await ran(room, 'backup.prune', { mediumId, remove: [gone] })).toMatchObject({ state: 'succeeded' })
  const rows = await room.call('backup.list', {})
  expect(rows.map(({ prunedAt }) => prunedAt === null)).toEqual([true, true, false])
  await ran(room, 'backup.verify', { mediumId, depth: 'full' })
  expect(await room.call('backup.lastCheck', { mediumId })).toMatchObject({ snapshots: 2, problems: [] })

  // Ten days later the daily duty is overdue for everybody, and the log says so once.
  const duties = await room.call('duties.list', {})
  expect(duties.find(({ kind }) => kind === 'incremental')?.state).toBe('done')
  expect(await room.call('backup.age', {})).toMatchObject({ overdue: false, mayAct: true })
  day += 10 * 86_400_000
  expect(await room.call('backup.age', {})).toMatchObject({ overdue: true })
  await room.call('duties.set', { kind: 'incremental', everyDays: 30, active: true })
  await room.call('duties.set', { kind: 'inspection', everyDays: 30, active: false })
  const changed = await room.call('duties.list', {})
  expect(changed.find(({ kind }) => kind === 'incremental')).toMatchObject({ everyDays: 30, state: 'done' })
  expect(changed.find(({ kind }) => kind === 'inspection')?.state).toBe('off')
})

test('a drive that is plugged in is noticed, and one that reads badly is not written any more', async () => {
  const { room } = await roomWithPages(1)
  const medium = await freshMedium(room)
  const aside = `${setFolderOf(medium)}-aside`
  await cp(setFolderOf(medium), aside, { recursive: true })
  await rm(setFolderOf(medium), { recursive: true })
  const { backup } = room.desk.room()
  await backup.lookForMedia()
  room.events.length = 0
  await backup.lookForMedia()
  expect(room.events).toEqual([])
  await cp(aside, setFolderOf(medium), { recursive: true })
  await backup.lookForMedia()
  expect(room.events).toEqual([{ event: 'changed', what: 'backup' }])

  expect(await room.refusal('media.note', { mediumId: medium.id, event: 'inspected' })).toMatchObject({
    code: 'CALL_INVALID_INPUT',
    details: { field: 'sampled' },
  })
  const failing = await room.call('media.note', {
    ...{ mediumId: medium.id, event: 'inspected', sampled: 20, unreadable: 1 },
  })
  expect(failing.state).toBe('failing')
  const [task] = await room.call('backupTasks.list', {})
  expect(task).toMatchObject({ origin: 'inspection', subject: 'C-01', closedAt: null })
  const closed = await room.call('backupTasks.close', { taskId: task?.id ?? '', remedy: '已迁移到 C-02' })
  expect(closed).toMatchObject({ remedy: '已迁移到 C-02', closedBy: '档案员甲' })
  expect((await ran(room, 'backup.run', { mediumId: medium.id, kind: 'full' })).errorCode).toBe(
    'BACKUP_MEDIUM_UNREGISTERED',
  )
})
