import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { flipBit, importPages, objectFile, objectsIn } from '../fixtures/backup-room.ts'
import { run } from '../fixtures/command-line.ts'
import { freshFolder, KEEPER, newCase, openRoom, reopen } from '../fixtures/records-room.ts'

test('backs up, verifies, repairs, prunes and restores from the command line, even when the vault is gone', async () => {
  const room = await openRoom(path.join(await freshFolder(), 'vault'))
  const { volume } = await newCase(room, '（2024）云0199民初9号')
  await importPages(room, volume.id, 2)
  await room.desk.close()
  const drive = await freshFolder()
  const set = path.join(drive, 'juanku-backup')
  const common = ['--vault', room.folder, '--user', KEEPER.name, '--json']
  const backup = async (...words: string[]) => {
    const { code, out, err } = await run(['backup', ...words, ...common])
    return { code, err, answer: out === '' ? undefined : JSON.parse(out) }
  }

  // A room with pages and no backup at all is overdue: the scheduler's script sees it.
  expect(await backup('due')).toMatchObject({ code: 1, answer: { lastProvenAt: null, overdue: true } })
  expect((await backup('init', drive, '--number', 'C-01', '--set', 'Q', '--place', '库房')).code).toBe(2)
  expect(await backup('init', drive, '--number', 'C-01', '--set', 'c', '--place', '库房')).toMatchObject({
    ...{ code: 0, answer: { number: 'C-01', set: 'C' } },
  })
  expect(await backup('run')).toMatchObject({ code: 0, answer: { medium: 'C-01', clean: true } })
  expect(await backup('due')).toMatchObject({ code: 0, answer: { overdue: false } })
  expect(await backup('list')).toMatchObject({ code: 0, answer: [{ pages: 2, verifyResult: 'sound' }] })

  const [name = ''] = await objectsIn(set)
  await flipBit(objectFile(set, name))
  expect(await backup('verify', '--quick')).toMatchObject({ code: 0 })
  expect(await backup('verify')).toMatchObject({
    ...{ code: 1, answer: { problems: [{ subject: `objects/${name.slice(0, 2)}/${name}` }] } },
  })
  expect(await backup('repair')).toMatchObject({ code: 0, answer: { clean: true } })
  expect(await backup('prune')).toMatchObject({ code: 0, answer: { removed: [] } })

  await rm(room.folder, { recursive: true })
  const target = path.join(await freshFolder(), 'restored')
  const restored = await run(['backup', 'restore', '--from', drive, '--to', target, '--json'], {
    password: undefined,
  })
  expect(restored.err).toBe('')
  expect(restored).toMatchObject({ code: 0 })
  expect(JSON.parse(restored.out)).toMatchObject({ clean: true, objects: (await objectsIn(target)).length })
  const again = await run(['backup', 'restore', '--from', drive, '--to', path.join(drive, 'x'), '--json'])
  expect(again.err).toContain('BACKUP_TARGET_IN_USE')
  const opened = await reopen(target)
  expect(await opened.call('vault.info', {})).toMatchObject({ caseCount: 1, pageCount: 2 })
}, 240_000)
