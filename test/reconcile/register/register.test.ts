import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pngFile } from '../../fixtures/good-files.ts'
import { seat } from '../../fixtures/people.ts'
import { checkVault, freshFolder, KEEPER, OFFICERS } from '../../fixtures/records-room.ts'
import { settlingRoom } from '../settling/settling-room.ts'

const words = (itemWords: string, paperWords = '') => ({
  content: { itemWords, paperWords, electronicWords: '', regions: [] },
})

test('what a way finds gets a number of its own, is brought up to date, and is taken back when it is found no more', async () => {
  const settling = await settlingRoom(40, false)
  const { file, found } = settling
  const [page] = await settling.pages()
  const one = found('D01', 'D01|paper:A', words('2 判决书'))
  const two = found('D03', 'D03|page:B', words('答辩状'))
  const three = found('D05', 'D05|page:C')
  expect(file([one, two, three])).toEqual({ added: 3, kept: 0, gone: 0 })
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  expect(
    (await settling.rows()).map(({ number, severity, severityRule, cause }) => [
      number,
      severity,
      severityRule,
      cause,
    ]),
  ).toEqual([
    [`BF${year}-0001`, 'serious', 'key-document', 'overlooked'],
    [`BF${year}-0002`, 'ordinary', 'ordinary', 'feeder'],
    [`BF${year}-0003`, 'slight', 'minor', 'feeder'],
  ])
  expect(file([{ ...two, paperPlace: '第 7 页' }, three], 'sheets')).toEqual({ added: 0, kept: 2, gone: 0 })
  expect(file([one, two])).toEqual({ added: 0, kept: 2, gone: 0 })
  const rows = await settling.rows()
  expect(rows.map(({ methods }) => methods)).toEqual([['rescan'], ['rescan', 'sheets'], ['sheets']])
  expect(file([], 'sheets')).toEqual({ added: 0, kept: 0, gone: 1 })
  expect((await settling.rows())[2]).toMatchObject({ state: 'dismissed', may: ['reopen'] })
  expect(file([three], 'sheets')).toEqual({ added: 1, kept: 0, gone: 0 })
  expect((await settling.rows()).map(({ state }) => state)).toEqual(['found', 'found', 'found'])

  const judged = await settling.judge(rows[0] ?? fail(), 'insert')
  expect(judged).toMatchObject({ state: 'judged', handling: 'insert', judged: { by: KEEPER.name } })
  expect(file([])).toMatchObject({ gone: 1 })
  expect((await settling.rows())[0]?.state).toBe('judged')
  const reported = await settling.room.call('differences.report', {
    ...{ volumeId: settling.volumeId, type: 'D07', pageId: page?.id ?? '', box: [0, 0, 0.5, 0.1] },
    ...{ paperWords: '清楚', electronicWords: '页眉模糊' },
  })
  expect(reported).toMatchObject({
    ...{ number: `BF${year}-0004`, methods: ['hand'], confidence: 1, electronicPlace: '第 1 页（影像 1）' },
    ...{ itemWords: '1 民事起诉状', electronicWords: '页眉模糊', versionId: page?.versionId },
  })
})

function fail(): never {
  throw new Error('a row was expected')
}

test('more than 5 % of the pages make each page difference serious', async () => {
  const settling = await settlingRoom(40, false)
  const { file, found } = settling
  const pages = await settling.pages()
  const extra = pages.map(({ id }) => found('D02', `D02|page:${id}`, { pageId: id }))
  file(extra.slice(0, 2))
  expect((await settling.rows()).map(({ severity }) => severity)).toEqual(['ordinary', 'ordinary'])
  file(extra.slice(0, 3))
  expect((await settling.rows()).map(({ severityRule }) => severityRule)).toEqual(['share', 'share', 'share'])
})

test('words on record are closed by another person, with a line in 备考表 and the sealed attachment; a no opens it again', async () => {
  const settling = await settlingRoom(4)
  const { room, volumeId, file, found } = settling
  file([
    ...[found('D22', 'D22|page:A', { paperPlace: '第 3 页' }), found('D23', 'D23|page:B')],
    ...[found('D01', 'D01|paper:C'), found('D19', 'D19|version:D')],
  ])
  const [torn, lent, alarm, version] = await settling.rows()
  if (!torn || !lent || !alarm || !version) throw new Error('rows')
  const folder = await freshFolder()
  const statement = path.join(folder, '情况说明.png')
  await writeFile(statement, await pngFile())
  const without = { cause: 'paper-condition', originStage: 'storage', handling: 'explanation' } as const
  expect(
    await room.refusal('differences.judge', { volumeId, differenceId: torn.id, ...without }),
  ).toMatchObject({ code: 'CALL_INVALID_INPUT', details: { field: 'basis' } })
  expect(await settling.judge(torn, 'explanation', { basis: '破损，内容无缺' })).toMatchObject({
    state: 'handled',
  })
  const attached = await room.call('differences.attach', {
    ...{ volumeId, differenceId: torn.id, paths: [statement] },
  })
  expect(attached.attachments).toMatchObject([{ name: '情况说明.png' }])
  await settling.judge(lent, 'return-to-handler')
  await room.call('differences.dismiss', { volumeId, differenceId: alarm.id, reason: '折角' })
  const check = (row: { readonly id: string }, ok = true, note = '') => ({
    ...{ volumeId, differenceId: row.id, ok, note },
  })
  expect((await room.refusal('differences.check', check(torn))).code).toBe('RECONCILE_SAME_PERSON')
  expect((await room.refusal('differences.check', check(version))).code).toBe('RECONCILE_WRONG_STATE')
  await settling.judge(version, 'leave', { basis: '以正本为准' })

  await settling.as('checker')
  expect((await room.refusal('differences.check', check(lent))).code).toBe('RECONCILE_WRONG_STATE')
  const closed = await room.call('differences.check', check(torn))
  expect(closed).toMatchObject({ state: 'closed', noted: true, checked: { by: '核对员庚' } })
  const dismissed = await room.call('differences.check', check(alarm))
  expect(dismissed).toMatchObject({ state: 'dismissed', noted: false })
  expect(dismissed.closedAt).not.toBeNull()
  const open = await room.call('differences.check', check(version, false, '应附说明'))
  expect(open).toMatchObject({ state: 'found', checked: { note: '应附说明' }, basis: '以正本为准' })
  await settling.as('handler')
  await room.call('differences.explain', { volumeId, differenceId: lent.id, explanation: '已归还' })
  await settling.as('checker')
  expect(await room.call('differences.check', check(lent))).toMatchObject({ state: 'closed' })
  const notes = await room.call('settlements.notes', { volumeId })
  expect(notes.map(({ text }) => text)).toEqual([
    `${torn.number} 纸质缺失或破损（第 3 页）：情况说明，破损，内容无缺`,
    `${lent.number} 纸质已抽出或借出：退回承办，已归还`,
  ])

  await settling.as('keeper')
  const copy = path.join(folder, 'copy.png')
  const attachmentId = attached.attachments[0]?.id ?? ''
  await room.call('differences.exportAttachment', {
    volumeId,
    differenceId: torn.id,
    attachmentId,
    path: copy,
  })
  expect(await readFile(copy)).toEqual(await readFile(statement))
  expect((await checkVault(room)).problems).toEqual([])
  const reopened = await room.call('differences.reopen', {
    volumeId,
    differenceId: torn.id,
    reason: '又缺一角',
  })
  expect(reopened).toMatchObject({ state: 'found', closedAt: null, judged: null })
  const late = await room.call('differences.report', { volumeId, type: 'D20' })
  await settling.as('checker')
  await settling.judge(late, 'leave', { basis: '光盘另存' })
  await settling.as('keeper')
  // Who saw it with their own eyes does not pass it either.
  expect((await room.refusal('differences.check', check(late))).code).toBe('RECONCILE_SAME_PERSON')
})

test('the register goes out with all its columns, and without words for an auditor who may not read the volume', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, file, found } = settling
  file([found('D18', 'D18|version:A', words('3 判决书', '加盖红章，证号11010519491231002X'))])
  const folder = await freshFolder()
  const csv = path.join(folder, 'register.csv')
  const pdf = path.join(folder, 'register.pdf')
  const filter = { volumeId }
  expect(await room.call('differences.exportRegister', { filter, format: 'csv', path: csv })).toEqual({
    rows: 1,
  })
  await room.call('differences.exportRegister', { filter, format: 'pdf', path: pdf })
  const table = await readFile(csv, 'utf8')
  expect(
    table.startsWith(
      '\uFEFF编号,发现日期,发现环节,案号,档号,卷别/册,目录序号/题名,纸质页次,电子页序/文件,类型代码',
    ),
  ).toBe(true)
  expect(table).toContain('加盖红章')
  expect(table).toContain('严重：裁判文书、笔录或证据')
  expect(table).not.toContain('11010519491231002X')
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
  await seat(room, OFFICERS.auditor)
  await room.call('differences.exportRegister', { filter: {}, format: 'csv', path: csv })
  const blind = await readFile(csv, 'utf8')
  expect(blind).toContain('（2026）云0199民初12号')
  expect(blind).toContain('D18')
  expect(blind).not.toContain('加盖红章')
  expect(blind).not.toContain('判决书,')
  expect((await room.refusal('differences.list', { filter: {} })).code).toBe('ACCESS_DENIED')
})
