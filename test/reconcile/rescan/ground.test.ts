import { expect, test } from 'vitest'
import { Ground, groundWords } from '../../../shared/domain/reconcile/ground.ts'
import { settlingRoom } from '../settling/settling-room.ts'

const GROUNDS: readonly Ground[] = [
  { on: 'blank' },
  { on: 'other-page' },
  { on: 'red-ink' },
  { on: 'same-as-page', page: { at: 'page', book: null, image: 3, printed: '2' } },
  { on: 'same-as-paper', paper: '7' },
  { on: 'turn', degrees: 180 },
  { on: 'compared', strength: 0.97 },
  { on: 'coarse', pages: 3, least: 150, most: 180, wanted: 200 },
]

test('every ground is said in both languages, and none of them in the words of the other', () => {
  for (const ground of GROUNDS) {
    expect(Ground.parse(ground)).toEqual(ground)
    expect(groundWords(ground, 'en')).not.toMatch(/\p{Script=Han}/u)
    expect(groundWords(ground, 'zh')).toMatch(/\p{Script=Han}/u)
  }
})

test('the register has a ground in codes until a person writes another basis; what goes into 备考表 stays Chinese', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, reconciliationId, file, found } = settling
  const ground = { on: 'compared', strength: 0.97 } as const
  const basis = groundWords(ground, 'zh')
  const content = { itemWords: '', paperWords: '有章', electronicWords: '无章', regions: [], basis, ground }
  file([found('D16', 'D16|counts', { content }), found('D17', 'D17|cover:cause', { content })])
  const [one, other] = await settling.rows()
  if (!one || !other) throw new Error('rows')
  expect([one.ground, one.basis]).toEqual([ground, basis])
  await settling.judge(one, 'edit-note', { basis })
  const own = await settling.judge(other, 'edit-note', { basis: '以纸质为准' })
  expect([own.ground, own.basis]).toEqual([null, '以纸质为准'])
  const { steps } = await room.call('settlements.propose', { volumeId, reconciliationId })
  expect(steps).toMatchObject([
    { kind: 'note', said: { paper: '有章', electronic: '无章', ground } },
    { kind: 'note', said: { basis: '以纸质为准', ground: null } },
  ])
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  const notes = (await room.call('settlements.notes', { volumeId })).map(({ text }) => text)
  expect(notes).toContain(`${one.number} 页数三方不符：纸质 有章，电子 无章，${basis}`)
})
