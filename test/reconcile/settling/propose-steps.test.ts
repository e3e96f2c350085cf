import { expect, test } from 'vitest'
import { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import { checkVault } from '../../fixtures/records-room.ts'
import { type SettlingRoom, settlingRoom } from './settling-room.ts'

const proposed = ({ room, volumeId, reconciliationId }: SettlingRoom) =>
  room.call('settlements.propose', { volumeId, reconciliationId })

/** Judges all that stands in the register, each type as told. */
async function judgeAll(settling: SettlingRoom, handling: Readonly<Record<string, string>>) {
  for (const row of await settling.rows())
    await settling.judge(row, handling[row.type] as Parameters<SettlingRoom['judge']>[1])
  return await settling.rows()
}

test('what people found sheet by sheet becomes steps without any scan of the paper', async () => {
  const settling = await settlingRoom(5, false)
  const { room, found, file, subVolumeId, bookId } = settling
  const [one, two, three, four, five] = await settling.pages()
  if (!one || !two || !three || !four || !five) throw new Error('pages')
  // Its number, which a person confirmed, says that it stands behind the second page.
  room.desk
    .room()
    .catalogue.sql.run(`UPDATE page SET printed_number = '2-1', number_confirmed = 1 WHERE id = ?`, five.id)
  const at = (pageId: string) => ({ pageId })
  file(
    [
      found('D05', `D05|page:${one.id}`, at(one.id)),
      found('D02', `D02|page:${three.id}`, at(three.id)),
      found('D10', `D10|page:${four.id}`, at(four.id)),
      found('D04', `D04|page:${five.id}`, at(five.id)),
      found('D01', 'D01|printed:9', {}),
    ],
    'sheets',
  )
  const rows = await judgeAll(settling, {
    ...{ D05: 'rotate', D02: 'remove', D10: 'move-volume', D04: 'reorder', D01: 'insert' },
  })
  const { steps, unplanned } = await proposed(settling)
  expect(steps).toHaveLength(4)
  expect(steps).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'rotate', pageId: one.id, turn: 180 }),
      expect.objectContaining({
        kind: 'remove',
        pageId: three.id,
        reason: expect.stringMatching(/^BF\S+ /u),
      }),
      expect.objectContaining({ kind: 'move-volume', pageId: four.id, toVolumeId: subVolumeId }),
      expect.objectContaining({ kind: 'move', pageId: five.id, bookId, beforePageId: three.id }),
    ]),
  )
  // There is no image of it yet: a person has to scan that sheet.
  const missing = rows.find(({ type }) => type === 'D01')?.id
  expect(unplanned).toEqual([{ differenceId: missing, reason: 'no-paper-page' }])
})

test('a number that is missing by the sheets is put in from the scan that bears it, where one alone does', async () => {
  const settling = await settlingRoom(4, false)
  const { room, found, file, bookId, paper } = settling
  const [one, two] = await settling.pages()
  if (!one || !two) throw new Error('pages')
  await paper(1, { page: one })
  const inserted = await paper(2, { page: null })
  const other = await paper(3, { page: null })
  await paper(4, { page: two })
  const numbered = (id: string, number: string) =>
    room.desk.room().catalogue.sql.run('UPDATE paper_page SET printed_number = ? WHERE id = ?', number, id)
  numbered(inserted, '1-1')
  numbered(other, '1-2')
  file([found('D01', 'D01|printed:1-1', {})], 'sheets')
  const [row] = await judgeAll(settling, { D01: 'insert' })
  expect((await proposed(settling)).steps).toEqual([
    {
      ...{ kind: 'insert', differenceId: row?.id, paperPageId: inserted },
      ...{ bookId, beforePageId: two.id, itemId: one.itemId },
    },
  ])
  numbered(other, '1-1')
  expect(await proposed(settling)).toEqual({
    ...{ steps: [], unplanned: [{ differenceId: row?.id, reason: 'no-paper-page' }] },
  })
})

test('a back that a person missed behind a page comes from the scan behind that page; coarse pages are replaced one and all', async () => {
  const settling = await settlingRoom(4, false)
  const { found, file, paper } = settling
  const [one, two, three] = await settling.pages()
  if (!one || !two || !three) throw new Error('pages')
  await paper(1, { page: one })
  const back = await paper(2, { page: null })
  const second = await paper(3, { page: two })
  const third = await paper(4, { page: three })
  const words = { itemWords: '', paperWords: '', electronicWords: '', regions: [] }
  file([found('D06', `D06|page:${one.id}`, { pageId: one.id })], 'sheets')
  file([
    found('D08', `D08|pages:${two.id}`, {
      ...{ pageId: two.id, paperPageId: second },
      content: { ...words, pageIds: [two.id, three.id] },
    }),
  ])
  await judgeAll(settling, { D06: 'insert', D08: 'rescan' })
  const { steps, unplanned } = await proposed(settling)
  expect(unplanned).toEqual([])
  expect(steps).toMatchObject([
    { kind: 'insert', paperPageId: back, beforePageId: two.id },
    { kind: 'replace', paperPageId: second, pageId: two.id },
    { kind: 'replace', paperPageId: third, pageId: three.id },
  ])
})

test('a row that the electronic catalogue lacks goes between the rows that it stands between on paper', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, reconciliationId, itemIds, bookId } = settling
  const catalogue = PaperCatalogue.parse({
    rows: [
      { title: '民事起诉状', pages: '1' },
      {
        title: '送达回证',
        pages: '2-3',
        date: '2026年1月5日',
        responsible: '临江法院',
        documentNumber: '12',
      },
      { title: '答辩状', pages: '4' },
    ],
    ...{ note: {}, cover: {} },
  })
  await room.call('paperCatalogue.set', { volumeId, reconciliationId, catalogue })
  const row = (await settling.rows()).find(({ type }) => type === 'D15')
  if (row === undefined) throw new Error('D15')
  await settling.judge(row, 'edit-catalogue')
  const { steps } = await proposed(settling)
  const added = {
    ...{ kind: 'add-item', differenceId: row.id, bookId, beforeItemId: itemIds[1], title: '送达回证' },
    ...{ responsible: '临江法院', documentNumber: '12', firstPrinted: '2', lastPrinted: '3' },
  }
  expect(steps).toMatchObject([added])
  const before = settling.everything()
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  const items = room.desk.room().catalogue.volumes.books(volumeId)[0]?.items ?? []
  expect(items.map(({ sequence, title, date }) => [sequence, title, date])).toEqual([
    ...[
      [1, '民事起诉状', items[0]?.date],
      [2, '送达回证', '2026-01-05'],
      [3, '答辩状', items[2]?.date],
    ],
  ])
  await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '看错了' })
  expect(settling.everything()).toEqual(before)
  expect((await checkVault(room)).problems).toEqual([])
})
