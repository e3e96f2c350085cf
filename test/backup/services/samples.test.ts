import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkSet } from '../../../electron/backup/repository/check-set.ts'
import { drawOf, drawSample } from '../../../electron/backup/repository/sample-draw.ts'
import { readSnapshot } from '../../../electron/backup/repository/set.ts'
import {
  flipBit,
  freshMedium,
  objectFile,
  objectsIn,
  ran,
  roomWithPages,
  setFolderOf,
} from '../../fixtures/backup-room.ts'
import { freshFolder, outcomesOf } from '../../fixtures/records-room.ts'

async function* named(count: number) {
  for (let at = 0; at < count; at++) yield { name: drawOf('name', String(at)) }
}

test.each([
  [10, 10],
  [400, 50],
  [20_000, 1000],
])('of %i objects %i are drawn, the same ones for the same seed', async (count, wanted) => {
  const drawn = async (seed: string) => {
    const isDrawn = await drawSample(named(count), seed)
    const names: string[] = []
    for await (const { name } of named(count)) if (isDrawn(name)) names.push(name)
    return names
  }
  const first = await drawn('seed-1')
  expect(first).toHaveLength(wanted)
  expect(await drawn('seed-1')).toEqual(first)
  if (count > wanted) expect(await drawn('seed-2')).not.toEqual(first)
})

test('a sample reads what it draws back from the medium, and stands in the record, the duty and the register', async () => {
  const { room } = await roomWithPages(3)
  const medium = await freshMedium(room)
  const mediumId = medium.id
  await ran(room, 'backup.run', { mediumId, kind: 'incremental' })
  const sampleDuty = async () =>
    (await room.call('duties.list', {})).find(({ kind }) => kind === 'sample')?.lastAt
  expect(await sampleDuty()).toBeNull()
  await ran(room, 'backup.verify', { mediumId, depth: 'quick' })
  expect(await sampleDuty()).toBeNull()

  const set = setFolderOf(medium)
  const [victim = ''] = await objectsIn(set)
  await flipBit(objectFile(set, victim))
  const job = await ran(room, 'backup.verify', { mediumId, depth: 'sample' })
  const all = (await objectsIn(set)).length
  expect(job).toMatchObject({ state: 'succeeded', tally: { damaged: 1 } })
  const check = await room.call('backup.lastCheck', { mediumId })
  expect(check).toMatchObject({ depth: 'sample', sample: { sampled: all, unreadable: 1 } })
  expect(check?.sample?.seed).toMatch(/^[0-9a-f]{16}$/)
  expect((await outcomesOf(room, job.id)).at(-1)?.details).toMatchObject({ sampled: all, unreadable: 1 })
  expect(await sampleDuty()).toBe(check?.at)
  const duties = await room.call('duties.list', {})
  expect(duties.find(({ kind }) => kind === 'rehash')?.lastAt).toBeNull()
  const audited = room.desk
    .room()
    .catalogue.sql.one("SELECT details FROM audit_record WHERE action = 'backup.unverified'")
  expect(JSON.parse(String(audited?.details))).toMatchObject({ seed: check?.sample?.seed, sampled: all })

  const target = path.join(await freshFolder(), 'inspections.csv')
  await room.call('backupForms.write', { register: 'inspections', format: 'csv', target })
  const [, line = ''] = (await readFile(target, 'utf8')).trim().split(/\r?\n/)
  expect(line).toContain(`${all},1`)
  expect(line).toContain(`种子 ${check?.sample?.seed}`)
})

test('what a sample does not draw is looked at, not read', async () => {
  const { room } = await roomWithPages(70)
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const set = setFolderOf(medium)
  const names = await objectsIn(set)
  expect(names.length).toBeGreaterThan(60)
  const list = async function* () {
    for (const name of names) yield { name }
  }
  const isDrawn = await drawSample(list(), 'fixed')
  const drawn = names.find(isDrawn) ?? ''
  const others = names.filter((name) => !isDrawn(name))
  await flipBit(objectFile(set, drawn))
  await flipBit(objectFile(set, others[0] ?? ''))
  await rm(objectFile(set, others[1] ?? ''))
  const { problems, sample, wasRead } = await checkSet(set, { depth: 'sample', seed: 'fixed' })
  expect(problems.map(({ file, reason }) => [path.basename(file), reason]).sort()).toEqual(
    [
      [drawn, 'changed'],
      [others[1], 'missing'],
    ].sort(),
  )
  expect(sample).toEqual({ seed: 'fixed', sampled: 50, unreadable: 1 })
  expect([drawn, others[0] ?? ''].map((name) => wasRead(`objects/${name.slice(0, 2)}/${name}`))).toEqual([
    true,
    false,
  ])
})

test('what the vault had lost or damaged when a backup was made is named in it and in the register', async () => {
  const { room } = await roomWithPages(3)
  const medium = await freshMedium(room)
  const [lost = '', broken = ''] = await objectsIn(room.folder)
  await rm(objectFile(room.folder, lost))
  await flipBit(objectFile(room.folder, broken))
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const [row] = await room.call('backup.list', {})
  expect(row).toMatchObject({ missing: 2, missingNames: [lost, broken].sort() })
  const { document } = await readSnapshot(setFolderOf(medium), row?.snapshotId ?? '')
  expect(document.missing).toEqual([lost, broken].sort())
  expect(document.missingCount).toBeUndefined()
})
