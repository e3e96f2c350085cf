import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { PageResult } from '../../shared/contract/index.ts'
import { seat } from '../fixtures/people.ts'
import { KEEPER, OFFICERS } from '../fixtures/records-room.ts'
import { lend, lendingRoom, NUMBER } from './lending-room.ts'

async function greyPixels(result: PageResult) {
  if (!result.ok) throw new Error(result.error.code)
  const { data, info } = await sharp(result.bytes)
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, mediaType: result.mediaType }
}

/** How many pixels of every thousand are clearly another grey, in a band of the page from 0 (top) to 1 (foot). */
function changedPerMille(
  a: Awaited<ReturnType<typeof greyPixels>>,
  b: Awaited<ReturnType<typeof greyPixels>>,
  from: number,
  to: number,
): number {
  const start = Math.floor(a.height * from) * a.width
  const end = Math.floor(a.height * to) * a.width
  let changed = 0
  for (let at = start; at < end; at++) if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > 30) changed++
  return (changed / (end - start)) * 1000
}

test('what is served by loan carries the mark in its pixels, over the page and at its foot', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  await lend(room, { purpose: '申诉<准备>&核对' })
  const page = room.pages.find(({ printedNumber }) => printedNumber === '3')
  if (page === undefined) throw new Error('the sample has no page 3')
  const plain = await greyPixels(await room.view(page.versionId))
  expect((await room.call('pages.watermark', { volumeId: room.volumeId })).watermark).toBeNull()

  await room.asReader()
  const { watermark } = await room.call('pages.watermark', { volumeId: room.volumeId })
  expect(watermark).toMatchObject({
    name: '借阅人壬',
    staffNumber: 'JY-0031',
    caseNumber: NUMBER,
    purpose: '申诉<准备>&核对',
    drawn: true,
    mayCopy: false,
  })
  const served = await room.view(page.versionId)
  const marked = await greyPixels(served)
  expect([marked.width, marked.height, marked.mediaType]).toEqual([plain.width, plain.height, 'image/jpeg'])
  for (const [from, to] of [
    [0, 0.25],
    [0.25, 0.5],
    [0.5, 0.75],
  ] as const)
    expect(changedPerMille(plain, marked, from, to)).toBeGreaterThan(5)
  expect(changedPerMille(plain, marked, 0.97, 1)).toBeGreaterThan(20)
  // A range of it is answered with the whole: bytes of two moments never mix.
  const ranged = await room.desk.page(7, page.versionId, 'view', { start: 100, end: 200 })
  expect(ranged).toMatchObject({ ok: true, range: null })
  const thumbnail = await room.view(page.versionId, 'thumbnail')
  expect(thumbnail.ok).toBe(true)
  expect(room.faults).toEqual([])
  // Reading is recorded each time, with the page.
  const reads = room.desk
    .room()
    .catalogue.sql.all(
      `SELECT page FROM audit_record WHERE action = 'page.read' AND account_id = ?`,
      room.readerId,
    )
  expect(reads.length).toBeGreaterThanOrEqual(1)
})

test('everybody is marked on the screen once the unit wants it, and nobody’s image is changed by that', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const [page] = room.pages
  if (page === undefined) throw new Error('no page')
  const before = await room.view(page.versionId)
  expect((await room.refusal('outputs.setPolicy', { watermarkAll: true })).code).toBe('ACCESS_DENIED')
  await seat(room, OFFICERS.system)
  await room.call('outputs.setPolicy', { watermarkAll: true })
  await room.asKeeper()
  const { watermark } = await room.call('pages.watermark', { volumeId: room.volumeId })
  expect(watermark).toMatchObject({ name: KEEPER.name, drawn: false, untilAt: null, mayCopy: true })
  expect(await room.view(page.versionId)).toEqual(before)
})
