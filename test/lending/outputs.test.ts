import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createPdfReader } from '../../electron/intake/index.ts'
import { seat } from '../fixtures/people.ts'
import { freshFolder, OFFICERS } from '../fixtures/records-room.ts'
import { type LendingRoom, lend, lendingRoom, NUMBER } from './lending-room.ts'

const idsOf = (room: LendingRoom, ...printed: readonly string[]) =>
  room.pages.filter(({ printedNumber }) => printed.includes(printedNumber)).map(({ id }) => id)

test('pages leave the room marked, counted and recorded, and never beyond the loan', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const folder = await freshFolder()
  const file = path.join(folder, 'copies.pdf')
  const input = { volumeId: room.volumeId, file, purpose: '递交检察院', copies: 2 }

  // Reading alone does not allow a copy.
  const reading = await lend(room)
  await room.asReader()
  const plain = await room.refusal('pages.exportPdf', { ...input, pageIds: idsOf(room, '3', '4') })
  expect(plain).toMatchObject({ code: 'ACCESS_DENIED', details: { reason: 'no-copy' } })
  await expect(stat(file)).rejects.toThrow()

  await room.asKeeper()
  await room.call('loans.takeBack', { loanId: reading.id })
  await lend(room, { manners: ['electronic', 'copy'] })
  await room.asReader()
  const beyond = await room.refusal('pages.printPdf', { ...input, pageIds: idsOf(room, '3', '9') })
  expect(beyond).toMatchObject({ code: 'ACCESS_DENIED', details: { reason: 'out-of-scope' } })
  const written = await room.call('pages.printPdf', { ...input, pageIds: idsOf(room, '3', '4', '6') })
  expect(written).toMatchObject({ fileName: 'copies.pdf', pageCount: 3 })
  expect(written.jobNumber).toMatch(/^P\d{8}-0001$/)
  const exported = await room.call('pages.exportPdf', { ...input, pageIds: idsOf(room, '5') })
  expect(exported.jobNumber).toMatch(/-0002$/)
  expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await room.refusal('outputs.list', {})).code).toBe('ACCESS_DENIED')

  await seat(room, OFFICERS.auditor)
  const rows = await room.call('outputs.list', {})
  expect(
    rows.map(({ kind, pages, pageCount, copies, caseNumber, accountName, purpose }) => [
      ...[kind, pages, pageCount, copies, caseNumber, accountName, purpose],
    ]),
  ).toEqual([
    ['export', '5', 1, 2, NUMBER, '借阅人壬', '递交检察院'],
    ['print', '3-4、6', 3, 2, NUMBER, '借阅人壬', '递交检察院'],
  ])
  const records = room.desk
    .room()
    .catalogue.sql.all(
      `SELECT action, details, reason FROM audit_record WHERE result = 'done' AND action IN ('page.printed', 'page.exported') ORDER BY sequence`,
    )
  expect(records.map(({ action, details, reason }) => [action, JSON.parse(String(details)), reason])).toEqual(
    [
      [
        'page.printed',
        { pages: 6, items: expect.any(Number), copies: 2, jobNumber: written.jobNumber },
        '递交检察院',
      ],
      ['page.exported', { pages: 2, items: 1, copies: 2, jobNumber: exported.jobNumber }, '递交检察院'],
    ],
  )
})

test('the archivist prints any page, one sheet a page', { timeout: 180_000 }, async () => {
  const room = await lendingRoom()
  const file = path.join(await freshFolder(), 'copies.pdf')
  const pageIds = room.pages.slice(0, 3).map(({ id }) => id)
  const [turned = ''] = pageIds
  await room.call('pages.setTurn', { volumeId: room.volumeId, pageIds: [turned], turn: 90 })
  const { jobNumber } = await room.call('pages.exportPdf', {
    ...{ volumeId: room.volumeId, file, pageIds, purpose: '移送上级法院', copies: 1 },
  })
  await using reader = createPdfReader()
  const pdf = await reader.open(await readFile(file))
  // A page that was turned for showing leaves the room turned.
  expect(pdf.facts.pages.map(({ widthPoints, heightPoints }) => widthPoints > heightPoints)).toEqual([
    true,
    false,
    false,
  ])
  expect(jobNumber).toMatch(/^P\d{8}-0001$/)
})
