import { describe, expect, test } from 'vitest'
import { maskSensitive } from '../../shared/domain/sensitive-text.ts'
import { type FiledCase, ITEM_TITLE, workedCase } from './filed-case.ts'

const PARTY = '王小样（电话13812345678）'
const MASKED_PARTY = '王小样（电话138****5678）'
const MASKED_TITLE = '民事起诉状（原告身份证110105********002X）'
const NUMBER = '（2026）云0199民初12号'

const stored = ({ room, itemId }: FiledCase) => room.desk.room().catalogue.volumes.requireItem(itemId)
const treeOf = ({ room, caseId }: FiledCase) => room.call('cases.tree', { caseId })

describe('密级 and 保管期限', () => {
  test('change for nobody without their own permission, whatever else comes along', async () => {
    const worked = await workedCase()
    const { room, caseId } = worked
    await worked.as('clerk')
    const { case: row, parties } = await treeOf(worked)
    const draft = {
      number: NUMBER,
      cause: row.cause,
      parties,
      retention: row.retention,
      secrecy: row.secrecy,
    }
    expect(
      (await room.call('cases.update', { caseId, draft: { ...draft, handler: '陈拟文' } })).case.handler,
    ).toBe('陈拟文')
    for (const change of [{ retention: 'Y' }, { retention: null }, { secrecy: 'public' }] as const) {
      const refusal = await room.refusal('cases.update', { caseId, draft: { ...draft, ...change } })
      expect(refusal.code).toBe('ACCESS_DENIED')
    }
    expect((await room.refusal('cases.setRetention', { caseId, retention: 'Y', reason: '改' })).code).toBe(
      'ACCESS_DENIED',
    )
    expect((await room.refusal('cases.setSecrecy', { caseId, secrecy: 'public', reason: '改' })).code).toBe(
      'ACCESS_DENIED',
    )
    expect((await treeOf(worked)).case).toMatchObject({ retention: 'D30', secrecy: 'internal' })
  })

  test('are changed by the archivist, with a reason, and the log says from what to what', async () => {
    const worked = await workedCase()
    const { room, caseId } = worked
    const tree = await room.call('cases.setRetention', { caseId, retention: 'Y', reason: '重大影响' })
    expect(tree.case.retention).toBe('Y')
    await room.call('cases.setSecrecy', { caseId, secrecy: 'work-secret', reason: '涉内部意见' })
    expect(worked.log('case.retention-changed')).toMatchObject([
      { reason: '重大影响', details: JSON.stringify({ before: 'D30', after: 'Y' }) },
    ])
    expect((await room.refusal('cases.setSecrecy', { caseId, secrecy: 'secret', reason: '改' })).code).toBe(
      'INTAKE_SECRECY_FORBIDS',
    )
  })
})

describe('sensitive fields', () => {
  test('are masked for everybody in every reply', async () => {
    const worked = await workedCase()
    const { room, itemId, volumeId } = worked
    for (const who of ['keeper', 'handler', 'clerk', 'checker'] as const) {
      await worked.as(who)
      const tree = await treeOf(worked)
      expect(tree.parties[0]?.name).toBe(MASKED_PARTY)
      expect(tree.volumes[0]?.books[0]?.items[0]?.title).toBe(MASKED_TITLE)
      const list = await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })
      const { cases: found } = await room.call('search.find', { text: '起诉状' })
      const [hit] = found[0]?.hits ?? []
      const texts = JSON.stringify([tree, list, found])
      expect(texts).not.toMatch(/13812345678|11010519491231002X/)
      expect(hit?.marks.map(({ start, end }) => hit.text.slice(start, end))).toEqual(['起诉状'])
    }
    await worked.as('keeper')
    const updated = await room.call('items.update', { itemId, draft: { title: ITEM_TITLE } })
    expect(updated.title).toBe(MASKED_TITLE)
    expect(await room.call('cases.setTemplate', { volumeId, templateId: 'x' }).catch(() => null)).toBeNull()
  })

  test('are not spoilt by somebody who edits what is shown masked', async () => {
    const worked = await workedCase()
    const { room, caseId, itemId } = worked
    await worked.as('clerk')
    await room.call('items.update', { itemId, draft: { title: `${MASKED_TITLE}副本`, remark: '补' } })
    expect(stored(worked)).toMatchObject({ title: `${ITEM_TITLE}副本`, remark: '补' })
    const { case: row, parties } = await treeOf(worked)
    await room.call('cases.update', {
      caseId,
      draft: { number: NUMBER, parties: [...parties].reverse(), retention: row.retention },
    })
    expect(
      room.desk
        .room()
        .catalogue.cases.parties(caseId)
        .map(({ name }) => name),
    ).toEqual(['李样本', PARTY])
    expect(maskSensitive(PARTY)).toBe(MASKED_PARTY)
  })

  test('are shown one by one, with a reason, to the archivist and the handler, and the log never has the value', async () => {
    const worked = await workedCase()
    const { room, caseId, itemId } = worked
    const title = { kind: 'item', id: itemId, field: 'title', reason: '核对身份' } as const
    const party = { kind: 'case', id: caseId, field: 'party.0', reason: '电话送达' } as const
    expect(await room.call('fields.unmask', title)).toEqual({ value: ITEM_TITLE })
    await worked.as('handler')
    expect(await room.call('fields.unmask', party)).toEqual({ value: PARTY })
    expect((await room.refusal('fields.unmask', { ...party, field: 'party.9' })).code).toBe(
      'CALL_INVALID_INPUT',
    )
    expect((await room.refusal('fields.unmask', { ...party, reason: ' ' })).code).toBe('CALL_INVALID_INPUT')
    for (const who of ['clerk', 'checker', 'scanner'] as const) {
      await worked.as(who)
      expect((await room.refusal('fields.unmask', title)).code, who).toBe('ACCESS_DENIED')
    }
    const log = worked.log('field.unmasked')
    expect(log.slice(0, 2)).toMatchObject([
      { result: 'done', reason: '核对身份', subject: `item:${itemId}`, details: '{"field":"title"}' },
      { result: 'done', reason: '电话送达', subject: `case:${caseId}`, details: '{"field":"party.0"}' },
    ])
    expect(JSON.stringify(log)).not.toMatch(/13812345678|11010519491231002X|王小样/)
  })
})
