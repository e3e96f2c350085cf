import { readdir, truncate } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importInto, newCase, openRoom, PROJECT, type TestRoom } from '../fixtures/records-room.ts'
import { lend, lendingRoom } from '../lending/lending-room.ts'

const raised = (room: TestRoom, rule: string) =>
  room.desk.room().catalogue.sql.all('SELECT id FROM alarm WHERE rule = ?', rule).length

test('A10: a sealed object that is damaged on the disk raises an alarm at the next check', async () => {
  const room = await openRoom()
  const { volume } = await newCase(room, '（2026）云0199民初51号')
  await importInto(room, volume.id, [path.join(PROJECT, 'assets/sample/scans/副卷/001.jpg')])
  await room.ended(await room.call('vault.check', {}))
  expect(raised(room, 'A10')).toBe(0)
  const objects = path.join(room.folder, 'objects')
  const [group = ''] = await readdir(objects)
  const [name = ''] = await readdir(path.join(objects, group))
  await truncate(path.join(objects, group, name), 300)
  await room.ended(await room.call('vault.check', {}))
  expect(raised(room, 'A10')).toBe(1)
})

test('A16: paper that is not back raises one alarm, however often somebody signs in', {
  timeout: 60_000,
}, async () => {
  const room = await lendingRoom()
  await lend(room, { manners: ['take-out'] })
  await room.asKeeper()
  expect(raised(room, 'A16')).toBe(0)
  room.clock.move(9)
  await room.asKeeper()
  await room.asKeeper()
  expect(raised(room, 'A16')).toBe(1)
})

test('the head of the log is signed while a person stays, not only when they leave', async () => {
  const room = await openRoom()
  const heads = () => room.desk.room().audit.heads().length
  const before = heads()
  for (let n = 0; n < 210; n++) await room.call('drafts.save', { key: 'x', value: String(n) })
  expect(heads()).toBeGreaterThan(before)
})
