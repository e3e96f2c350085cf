import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshFolder } from '../fixtures/records-room.ts'
import { lendingRoom, NUMBER, request } from './lending-room.ts'

test('paper goes out with its pages counted, is late in words, and comes back counted', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const asked = await request(room, {
    manners: ['take-out'],
    extent: [{ volumeKind: 'main', book: null, pages: '' }],
    unit: '云州市人民检察院',
    identity: '工作证 0031',
  })
  const loanId = asked.id
  expect(asked.steps).toEqual(['withdraw'])
  await room.asKeeper()
  expect((await room.call('loans.list', {}))[0]?.steps).toEqual(['approve', 'refuse'])
  await room.call('loans.approve', { loanId })
  const out = await room.call('loans.handOut', { loanId, pageCount: 35 })
  expect(out).toMatchObject({ pageCount: 35, state: 'lent', due: 'none' })
  // Paper opens nothing on the screen.
  await room.asReader()
  expect((await room.refusal('pages.list', { volumeId: room.volumeId })).code).toBe('ACCESS_DENIED')

  const late: string[] = []
  await room.asKeeper()
  for (const days of [5, 4, 6, 24]) {
    room.clock.move(days)
    const [row] = await room.call('loans.list', { list: 'current' })
    late.push(row?.due ?? '')
    // The desk is left alone for days: whoever comes back signs in again.
    await room.asKeeper()
  }
  expect(late).toEqual(['due-soon', 'overdue', 'overdue-7', 'overdue-30'])
  expect(await room.call('loans.list', { list: 'overdue' })).toMatchObject([{ lateDays: 32 }])

  expect((await room.refusal('loans.takeBack', { loanId })).code).toBe('CALL_INVALID_INPUT')
  expect(await room.refusal('loans.takeBack', { loanId, countedPages: 34 })).toMatchObject({
    code: 'LOAN_COUNT_DIFFERS',
    details: { lent: 35, counted: 34 },
  })
  await room.call('loans.takeBack', { loanId, countedPages: 34, note: '缺第 12 页，已催' })
  expect((await room.refusal('loans.handOut', { loanId })).code).toBe('LOAN_STEP_REFUSED')
  await room.call('loans.close', { loanId, effect: '为抗诉提供依据' })

  const folder = await freshFolder()
  const table = path.join(folder, 'register.csv')
  expect(await room.call('loans.exportRegister', { file: table, as: 'csv' })).toEqual({
    fileName: 'register.csv',
    rowCount: 1,
  })
  const [head = '', row = ''] = (await readFile(table, 'utf8')).split('\r\n')
  expect(head).toContain(
    '序号,日期,单位,借阅人,证件,案号/档号,卷别册次页数,目的,方式,审批人,应还,实还,归还核对,经手',
  )
  for (const word of [
    NUMBER,
    '云州市人民检察院',
    '工作证 0031',
    '正卷全部（35页）',
    '借出35页，还34页',
    '借出',
    '为抗诉提供依据',
  ])
    expect(row).toContain(word)
  const sheet = path.join(folder, 'register.pdf')
  await room.call('loans.exportRegister', { file: sheet, as: 'pdf' })
  expect((await readFile(sheet)).subarray(0, 5).toString()).toBe('%PDF-')
})

test('nobody approves what they asked for themselves', { timeout: 180_000 }, async () => {
  const room = await lendingRoom()
  await room.asKeeper()
  const own = await room.call('loans.request', {
    caseNumber: NUMBER,
    extent: [{ volumeKind: 'main', book: null, pages: '' }],
    purpose: '编研',
    manners: ['read'],
    untilAt: room.inDays(3),
    borrowerName: '来访人',
  })
  expect(await room.refusal('loans.approve', { loanId: own.id })).toMatchObject({
    code: 'LOAN_STEP_REFUSED',
    details: { reason: 'own-request' },
  })
  await room.asReader()
  expect(await room.call('loans.list', { list: 'all' })).toEqual([])
  expect(await room.refusal('loans.withdraw', { loanId: own.id })).toMatchObject({
    details: { reason: 'not-yours' },
  })
  // An end that has passed is refused, by the clock of the log too.
  const past = await room.refusal('loans.request', {
    ...{ caseNumber: NUMBER, purpose: 'x', manners: ['electronic'], untilAt: room.inDays(-1) },
    extent: [{ volumeKind: 'main', book: null, pages: '' }],
  })
  expect(past.code).toBe('LOAN_END_PASSED')
})
