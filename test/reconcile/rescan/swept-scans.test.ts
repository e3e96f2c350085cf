import { expect, test } from 'vitest'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import { checkVault } from '../../fixtures/records-room.ts'
import { settlingRoom } from '../settling/settling-room.ts'

test('an abandoned checking leaves no image of the paper but those that a difference rests on or the volume shows', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, reconciliationId, bookId, paper, found } = settling
  const [one, two] = await settling.pages()
  if (!one || !two) throw new Error('pages')
  const matched = await paper(1, { page: one })
  const missing = await paper(2, { page: null })
  const inserted = await paper(3, { page: null })
  const { catalogue, vault } = room.desk.room()
  const objectOf = new Map(
    catalogue.sql
      .all('SELECT id, object_name FROM paper_page')
      .map((row) => [String(row.id), String(row.object_name)]),
  )
  const kept = (id: string) => vault.objects.has(objectOf.get(id) ?? '')
  settling.file([found('D01', `D01|paper:${missing}`, { paperPageId: missing })])
  const step: PlanStep = {
    ...{ kind: 'insert', differenceId: null, paperPageId: inserted },
    ...{ bookId, beforePageId: two.id, itemId: null },
  }
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps: [step] })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  await vault.objects.putDerived('open', `thumbnail|${matched}`, Buffer.from('x'))
  expect([await kept(matched), await kept(missing), await kept(inserted)]).toEqual([true, true, true])

  await room.call('reconcile.abandon', { volumeId, reconciliationId, reason: '纸质卷已调走' })
  expect([await kept(matched), await kept(missing), await kept(inserted)]).toEqual([false, true, true])
  expect(await vault.objects.getDerived('open', `thumbnail|${matched}`)).toBeUndefined()
  expect(await settling.pages()).toHaveLength(5)
  expect((await checkVault(room)).problems).toEqual([])
})
