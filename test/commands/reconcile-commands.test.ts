import path from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../fixtures/command-line.ts'
import { freshFolder, importInto, KEEPER, newCase, openRoom } from '../fixtures/records-room.ts'
import { wordPages } from '../fixtures/word-page.ts'

const NUMBER = '（2024）云0199民初31号'
const COMPLAINT = ['民事起诉状', '原告白塔巷住户', '请求归还借款三万元']
const ANSWER = ['民事答辩状', '被告石榴园住户', '已于二月归还一万元']
const NOTE = ['证据清单', '收条一张', '转账凭证两份']

test('checks a volume against a fresh scan from the command line, and says what differs', {
  timeout: 60_000,
}, async () => {
  const room = await openRoom(path.join(await freshFolder(), 'vault'))
  const { volume } = await newCase(room, NUMBER)
  const scans = await freshFolder()
  await importInto(room, volume.id, [await wordPages(path.join(scans, 'images'), [COMPLAINT, ANSWER])])
  const paper = await wordPages(path.join(scans, 'paper'), [COMPLAINT, NOTE, ANSWER])
  await room.desk.close()
  const common = ['--case', NUMBER, '--vault', room.folder, '--user', KEEPER.name]

  const checked = await run(['reconcile', '正卷', '--paper', paper, ...common, '--json'])
  expect(checked.err).toBe('')
  // A difference is open: what was checked does not hold.
  expect(checked.code).toBe(1)
  expect(JSON.parse(checked.out)).toMatchObject({
    reconciliation: { state: 'open', electronicPages: 2, paperPages: 3 },
    job: { state: 'succeeded' },
    matches: { same: 2, missing: 1 },
    differences: [{ type: 'D01', paperPlace: '纸质影像 2' }],
  })

  const status = await run(['reconcile', '正卷', ...common])
  expect(status.code).toBe(1)
  expect(status.out).toContain('D01 缺页、漏扫  纸质影像 2')
  expect(status.out).toContain('same 2 · missing 1')

  expect((await run(['reconcile', '执行卷', ...common])).code).toBe(2)
  const caseless = await run(['reconcile', '正卷', '--vault', room.folder, '--user', KEEPER.name])
  expect(caseless).toMatchObject({ code: 2, out: '' })
})
