import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshMedium, importPages, objectFile, ran } from '../fixtures/backup-room.ts'
import { run } from '../fixtures/command-line.ts'
import { freshFolder, KEEPER, newCase, openRoom } from '../fixtures/records-room.ts'

test('one case, and the lost image of one page, come back from the command line', async () => {
  const room = await openRoom(path.join(await freshFolder(), 'vault'))
  const { volume } = await newCase(room, '（2024）云0199民初9号')
  await importPages(room, volume.id, 2)
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const [, second] = await room.call('pages.list', { volumeId: volume.id })
  const name = room.desk.room().catalogue.pages.imageRef(second?.versionId ?? '')?.objectName ?? ''
  await room.desk.close()
  const restore = async (...words: string[]) => {
    const common = ['--vault', room.folder, '--user', KEEPER.name, '--json']
    const { code, out } = await run(['backup', 'restore', ...words, ...common])
    return { code, answer: out === '' ? undefined : JSON.parse(out) }
  }

  const target = path.join(await freshFolder(), 'one-case')
  expect(await restore('--case', '2024云0199民初9号', '--to', target)).toMatchObject({
    ...{ code: 0, answer: { clean: true, case: '（2024）云0199民初9号' } },
  })
  expect(await readdir(target)).toContain('vault.json')
  await rm(objectFile(room.folder, name))
  const page = ['--case', '（2024）云0199民初9号', '--volume', '正卷', '--page', '2']
  expect(await restore(...page)).toMatchObject({ code: 0, answer: { page: { difference: 'missing' } } })
  expect(await restore(...page, '--image-only')).toMatchObject({ code: 0, answer: { mended: 1 } })
  expect(await restore('--case', '9', '--page', 'x')).toMatchObject({ code: 2 })
}, 240_000)
