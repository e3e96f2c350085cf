import { expect, test } from 'vitest'
import { checkVault } from '../../fixtures/records-room.ts'
import { settlingRoom } from './settling-room.ts'

const NOTE = '评议笔录，甲主张驳回'

test('what was noted sheet by sheet about a page goes to 副卷 with it, and undoing brings it back', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, reconciliationId } = settling
  const { catalogue, vault } = room.desk.room()
  const work = { volumeId, reconciliationId }
  const pages = await settling.pages()
  const [page, other] = pages
  if (!page || !other) throw new Error('pages')
  await room.call('sheets.begin', work)
  for (const { id: pageId, versionId } of pages) {
    const at = { pageId, versionId, verdict: 'agrees' as const, type: null }
    const verdict =
      pageId === page.id
        ? { ...at, verdict: 'differs' as const, type: 'D10' as const, note: NOTE, missingAfter: '1-1' }
        : pageId === other.id
          ? { ...at, note: '边缘有折痕' }
          : at
    await room.call('sheets.judge', { ...work, verdict })
  }
  await room.call('sheets.finish', work)
  /** Whatever the open key opens of what was said of pages and differences. */
  const openWords = () => {
    const opened = (label: string, sealed: unknown) => {
      if (!(sealed instanceof Uint8Array)) return ''
      try {
        return vault.openDraft({ label, compartment: 'open' }, sealed).toString('utf8')
      } catch {
        return ''
      }
    }
    return [
      ...catalogue.sql
        .all('SELECT * FROM sheet_verdict')
        .flatMap((row) =>
          [row.content, row.moved_content].map((sealed) =>
            opened(`sheet|${String(row.pass_id)}|${String(row.page_id)}`, sealed),
          ),
        ),
      ...catalogue.sql
        .all('SELECT * FROM difference')
        .flatMap((row) =>
          [row.content, row.moved_content].map((sealed) => opened(`difference|${String(row.id)}`, sealed)),
        ),
    ].join('\n')
  }
  const mine = async () =>
    (await room.call('sheets.get', work)).mine.toSorted((a, b) => (a.pageId < b.pageId ? -1 : 1))
  const before = { mine: await mine(), rows: await settling.rows() }
  expect(openWords()).toContain(NOTE)
  expect(before.rows.map(({ type, paperWords }) => [type, paperWords]).toSorted()).toEqual([
    ['D01', NOTE],
    ['D10', NOTE],
  ])

  for (const row of before.rows) if (row.type === 'D10') await settling.judge(row, 'move-volume')
  const { steps } = await room.call('settlements.propose', work)
  const plan = await room.call('settlements.prepare', { ...work, steps })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  expect(openWords()).not.toContain(NOTE)
  expect(openWords()).toContain('边缘有折痕')
  expect((await room.call('sheets.get', work)).mine.find(({ pageId }) => pageId === page.id)).toBeUndefined()

  await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '不是副卷材料' })
  expect(openWords()).toContain(NOTE)
  expect(await mine()).toEqual(before.mine)
  expect((await settling.rows()).map(({ id, paperWords }) => [id, paperWords])).toEqual(
    before.rows.map(({ id, paperWords }) => [id, paperWords]),
  )
  expect((await checkVault(room)).problems).toEqual([])
})
