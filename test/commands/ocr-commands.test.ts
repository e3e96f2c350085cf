import path from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../fixtures/command-line.ts'
import { freshFolder, KEEPER, newCase, openRoom } from '../fixtures/records-room.ts'
import { damageImage, importWords } from '../recognition/reading-room.ts'

const NUMBER = '（2024）云0199民初3号'

test('reads a case from the command line and tells how far reading has come', async () => {
  const room = await openRoom(path.join(await freshFolder(), 'vault'))
  const { tree, volume } = await newCase(room, NUMBER, ['main', 'sub'])
  await importWords(room, volume.id, [['民事起诉状'], ['民事答辩状']])
  const [, sub] = tree.volumes
  const [bad] = await importWords(room, sub?.id ?? '', [['合议庭评议笔录']])
  await damageImage(room, bad?.versionId ?? '')
  await room.desk.close()
  const common = ['--vault', room.folder, '--user', KEEPER.name]

  const before = await run(['ocr', 'status', ...common, '--json'])
  expect(before.code).toBe(0)
  expect(JSON.parse(before.out)).toMatchObject({ pagesRead: 0, pagesLeft: 3, unavailable: null })

  const main = await run(['ocr', 'run', '(2024)云0199民初3号', '--volume', '正卷', ...common, '--json'])
  expect(main.err).toBe('')
  expect(main.code).toBe(0)
  expect(JSON.parse(main.out)).toMatchObject({
    ...{ number: NUMBER, problems: [] },
    volumes: [{ kind: 'main', state: 'succeeded', read: 2, skipped: 0, failed: 0 }],
  })

  // A page that cannot be read is no failure of the command, but what was asked does not hold.
  const all = await run(['ocr', 'run', NUMBER, '--all', ...common])
  expect(all.code).toBe(1)
  expect(all.out).toContain('已识别 2 页')
  expect(all.out).toContain('影像1 页号1  VAULT_OBJECT_DAMAGED')
  expect((await run(['ocr', 'run', NUMBER, '--volume', '执行卷', ...common])).code).toBe(2)

  const after = await run(['ocr', 'status', ...common])
  expect(after.out).toContain('已识别 read 2 · 待识别 left 0 · 失败 failed 1')
})
