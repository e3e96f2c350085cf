import { expect, test } from 'vitest'
import type { PageText } from '../../shared/domain/page-text.ts'
import { type LendingRoom, lend, lendingRoom } from '../lending/lending-room.ts'

/** Files a text as recognition would, without reading the image. */
function fileText(room: LendingRoom, place: number, line: string): PageText {
  const { id: pageId, versionId, widthPixels, heightPixels } = room.pages[place] ?? room.pages[0] ?? never()
  const { texts } = room.desk.room()
  const text: PageText = {
    ...{ versionId, pageId, volumeId: room.volumeId, caseId: room.caseId, widthPixels, heightPixels },
    ...{ turn: 0, confidence: 0.99, engine: 'test', model: 'test', readAt: new Date().toISOString() },
    lines: [
      { quad: [10, 10, 90, 10, 90, 30, 10, 30], text: line, confidence: 0.99, kind: 'printed', places: [] },
    ],
  }
  texts.put('open', text)
  return text
}

function never(): never {
  throw new Error('no pages')
}

test('a borrower reads the text of lent pages alone, and copies it only where the loan allows copies', async () => {
  const room = await lendingRoom()
  const inside = room.pages.findIndex(({ printedNumber }) => printedNumber === '4')
  const outside = room.pages.findIndex(({ printedNumber }) => printedNumber === '9')
  const lent = fileText(room, inside, '借条一张')
  const kept = fileText(room, outside, '证人名单')
  const ask = ({ pageId, versionId }: PageText) => room.call('texts.page', { pageId, versionId })
  expect((await ask(kept)).text?.lines[0]?.text).toBe('证人名单')

  await room.asReader()
  expect(await room.refusal('texts.page', { pageId: lent.pageId, versionId: lent.versionId })).toMatchObject({
    code: 'ACCESS_DENIED',
  })
  await room.asKeeper()
  await lend(room)
  await room.asReader()
  expect((await ask(lent)).text?.lines[0]?.text).toBe('借条一张')
  expect(await room.refusal('texts.page', { pageId: kept.pageId, versionId: kept.versionId })).toMatchObject({
    code: 'ACCESS_DENIED',
    details: { reason: 'out-of-scope' },
  })
  // A version of another page is not a way round.
  expect((await room.refusal('texts.page', { pageId: lent.pageId, versionId: kept.versionId })).code).toBe(
    'CATALOGUE_NOT_FOUND',
  )
  expect((await room.call('recognition.ofPage', { pageId: lent.pageId })).reading?.state).toBe('waiting')
  expect((await room.refusal('recognition.ofPage', { pageId: kept.pageId })).code).toBe('ACCESS_DENIED')
  expect(await room.refusal('texts.copy', { pageId: lent.pageId, characters: 4 })).toMatchObject({
    code: 'ACCESS_DENIED',
    details: { reason: 'no-copy' },
  })

  await room.asKeeper()
  await lend(room, { manners: ['electronic', 'copy'] })
  await room.asReader()
  expect(await room.call('texts.copy', { pageId: lent.pageId, characters: 4 })).toEqual({})
  expect((await room.refusal('texts.copy', { pageId: kept.pageId, characters: 4 })).code).toBe(
    'ACCESS_DENIED',
  )
  room.clock.move(8)
  expect((await room.refusal('texts.page', { pageId: lent.pageId, versionId: lent.versionId })).code).toBe(
    'ACCESS_DENIED',
  )
})
