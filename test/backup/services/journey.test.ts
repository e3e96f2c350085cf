import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readSnapshot } from '../../../electron/backup/repository/set.ts'
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
import { checkVault, freshFolder, OFFICERS, outcomesOf, reopen } from '../../fixtures/records-room.ts'

test('a backup is read back, the next one writes only what is new, and a restored vault is the same vault', async () => {
  const { room, volume } = await roomWithPages(3)
  const medium = await freshMedium(room)
  expect(medium).toMatchObject({ number: 'C-01', state: 'in-use', present: true, lastBackupAt: null })
  const set = setFolderOf(medium)

  const first = await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  expect(first).toMatchObject({ state: 'succeeded', label: 'C-01', tally: { sound: 1 } })
  expect(await objectsIn(set)).toEqual(await objectsIn(room.folder))
  expect(await readdir(path.join(room.folder, 'incoming'))).toEqual([])
  const [row] = await room.call('backup.list', {})
  expect(row).toMatchObject({
    ...{ mediumNumber: 'C-01', kind: 'incremental', cases: 1, volumes: 1, pages: 3, missing: 0 },
    ...{ verifyResult: 'sound', by: '档案员甲', firstCase: '（2024）云0199民初7号' },
  })
  expect(row?.verifiedAt).not.toBeNull()

  const before = (await objectsIn(set)).length
  await importPages(room, volume.id, 1)
  const second = await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const outcome = (await outcomesOf(room, second.id)).find(({ outcome: found }) => found === 'sound')
  expect(outcome?.details).toMatchObject({ newObjects: (await objectsIn(set)).length - before })
  expect((await objectsIn(set)).length).toBeGreaterThan(before)
  expect(await room.call('backup.list', {})).toHaveLength(2)

  const verified = await ran(room, 'backup.verify', { mediumId: medium.id, depth: 'full' })
  expect(verified.state).toBe('succeeded')
  expect(await room.call('backup.lastCheck', { mediumId: medium.id })).toMatchObject({
    ...{ depth: 'full', snapshots: 2, problems: [] },
  })

  const [newest] = await room.call('backup.list', {})
  const snapshotId = newest?.snapshotId ?? ''
  const target = path.join(await freshFolder(), 'restored')
  const { jobId } = await room.call('restores.vault', { mediumId: medium.id, snapshotId, target })
  expect((await room.ended(jobId)).state).toBe('succeeded')
  const audited = room.desk
    .room()
    .catalogue.sql.one(
      "SELECT details FROM audit_record WHERE action = 'backup.finished' ORDER BY sequence DESC",
    )
  expect(JSON.parse(String(audited?.details))).toMatchObject({ snapshot: snapshotId, medium: 'C-01' })
  await room.desk.close()

  const restored = await reopen(target)
  expect(await restored.call('vault.info', {})).toMatchObject({ caseCount: 1, pageCount: 4 })
  const { state, problems } = await checkVault(restored)
  expect({ state, problems }).toEqual({ state: 'succeeded', problems: [] })
  const pages = await restored.call('pages.list', { volumeId: volume.id })
  expect(pages).toHaveLength(4)
})

test('the head of the log that a snapshot names is the one that the restored vault has', async () => {
  const { room } = await roomWithPages(1)
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'full' })
  const [row] = await room.call('backup.list', {})
  const set = setFolderOf(medium)
  const { document } = await readSnapshot(set, row?.snapshotId ?? '')
  const target = path.join(await freshFolder(), 'restored')
  const { jobId } = await room.call('restores.vault', {
    ...{ mediumId: medium.id, snapshotId: row?.snapshotId ?? '', target },
  })
  await room.ended(jobId)
  await room.desk.close()
  const restored = await reopen(target)
  const { sql } = restored.desk.room().catalogue
  const found = sql.one('SELECT hash FROM audit_record WHERE sequence = ?', document.audit.records)
  expect(Buffer.from(found?.hash as Uint8Array).toString('hex')).toBe(document.audit.head)
  expect(restored.desk.room().audit.verify().damages).toEqual([])
})

test('what is damaged on a medium is named, mended from the vault and found whole again', async () => {
  const { room } = await roomWithPages(3)
  const medium = await freshMedium(room)
  const mediumId = medium.id
  await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
  const set = setFolderOf(medium)
  const [one = '', two = ''] = await objectsIn(set)
  await flipBit(objectFile(set, one))
  await rm(objectFile(set, two))

  const verified = await ran(room, 'backup.verify', { mediumId, depth: 'full' })
  expect(verified).toMatchObject({ state: 'succeeded', tally: { damaged: 1, missing: 1 } })
  const check = await room.call('backup.lastCheck', { mediumId })
  const [row] = await room.call('backup.list', {})
  expect(check?.problems.map(({ file, reason, repairable }) => ({ file, reason, repairable }))).toEqual(
    expect.arrayContaining([
      { file: `objects/${one.slice(0, 2)}/${one}`, reason: 'changed', repairable: true },
      { file: `objects/${two.slice(0, 2)}/${two}`, reason: 'missing', repairable: true },
    ]),
  )
  expect(check?.problems[0]?.snapshots).toEqual([row?.snapshotId])
  expect(row?.verifyResult).toBe('damaged')
  expect((await room.call('backup.overview', {})).lastProvenAt).toBeNull()
  expect(await room.call('backupTasks.list', {})).toMatchObject([
    {
      ...{ origin: 'verify', subject: 'C-01', closedAt: null },
      findings: [{ code: 'problems', details: { count: 2, changed: 1, missing: 1 } }],
    },
  ])

  const repaired = await ran(room, 'backup.repair', { mediumId })
  expect(repaired).toMatchObject({ state: 'succeeded' })
  expect((await room.call('backup.lastCheck', { mediumId }))?.problems).toEqual([])
  expect((await room.call('backup.list', {})).map(({ verifyResult }) => verifyResult)).toEqual([
    'sound',
    'sound',
  ])
  const [task] = await room.call('backupTasks.list', {})
  expect(task?.closedAt).not.toBeNull()
  expect(task?.remedyCode).toBe('verified-whole')
  const alarms = room.desk
    .room()
    .catalogue.sql.all("SELECT 1 FROM audit_record WHERE action = 'backup.unverified'")
  expect(alarms).toHaveLength(1)
})

test('an officer without any key backs up everything, and the restored vault is whole', async () => {
  const { room, volume } = await roomWithPages(2)
  // The texts' file of 正卷 comes to be: the officer has no key of it.
  const [page] = await room.call('pages.list', { volumeId: volume.id })
  await room.call('texts.page', { pageId: page?.id ?? '', versionId: page?.versionId ?? '' })
  await room.desk.close()
  const officer = await reopen(room.folder, OFFICERS.system)
  const medium = await freshMedium(officer, { set: 'A', number: 'A-01' })
  const job = await ran(officer, 'backup.run', { mediumId: medium.id, kind: 'full' })
  expect(job).toMatchObject({ state: 'succeeded', errorCode: null })
  const [row] = await officer.call('backup.list', {})
  const target = path.join(await freshFolder(), 'restored')
  const { jobId } = await officer.call('restores.vault', {
    ...{ mediumId: medium.id, snapshotId: row?.snapshotId ?? '', target },
  })
  expect((await officer.ended(jobId)).state).toBe('succeeded')
  await officer.desk.close()
  expect(await readdir(target)).toContain('texts-open.db')
  const restored = await reopen(target)
  expect((await checkVault(restored)).problems).toEqual([])
})

test('an index that alone was put back to an older one is named, by a check and by the next run', async () => {
  const { room } = await roomWithPages(1)
  const medium = await freshMedium(room)
  const mediumId = medium.id
  const index = path.join(setFolderOf(medium), 'index.json')
  await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
  const older = await readFile(index)
  await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
  await writeFile(index, older)

  expect(await ran(room, 'backup.verify', { mediumId, depth: 'quick' })).toMatchObject({
    tally: { damaged: 1 },
  })
  expect(await room.call('backup.lastCheck', { mediumId })).toMatchObject({
    problems: [{ file: 'index.json', reason: 'rolled-back' }],
  })
  const { sql } = room.desk.room().catalogue
  sql.run('DELETE FROM backup_task')
  const run = await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
  expect((await outcomesOf(room, run.id)).filter(({ outcome }) => outcome === 'damaged')).toMatchObject([
    { subject: 'index.json', details: { reason: 'rolled-back' } },
  ])
  expect(await room.call('backupTasks.list', {})).toMatchObject([
    { origin: 'verify', findings: [{ code: 'problems', details: { count: 1, 'rolled-back': 1 } }] },
  ])
  await ran(room, 'backup.verify', { mediumId, depth: 'full' })
  expect(await room.call('backup.lastCheck', { mediumId })).toMatchObject({ snapshots: 3, problems: [] })
  await ran(room, 'backup.verify', { mediumId, depth: 'quick' })
  expect(await room.call('backup.lastCheck', { mediumId })).toMatchObject({ problems: [] })
})
