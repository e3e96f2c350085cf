import { describe, expect, test } from 'vitest'
import { sealReading } from '../../../electron/reconcile/rescan/sealed-content.ts'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { seat } from '../../fixtures/people.ts'
import { checkVault, KEEPER, OFFICERS } from '../../fixtures/records-room.ts'
import { granted, type SettlingRoom, settlingRoom } from './settling-room.ts'

const bare = { differenceId: null }

/** One difference of each kind that a fresh scan tells, judged: missing, extra, moved, upside down, stamped. */
async function judgedRoom(people = true): Promise<SettlingRoom> {
  const settling = await settlingRoom(6, people)
  const [one, two, three, four, five, six] = await settling.pages()
  if (!one || !two || !three || !four || !five || !six) throw new Error('pages')
  const { paper, found, file } = settling
  await paper(1, { page: one })
  const missing = await paper(2, { page: null })
  await paper(3, { page: two, turn: 180 })
  const stamped = await paper(4, { page: three })
  await paper(5, { page: six, moved: true })
  await paper(6, { page: four })
  file([
    found('D01', `D01|paper:${missing}`, { paperPageId: missing }),
    found('D05', `D05|page:${two.id}`, { pageId: two.id, versionId: two.versionId }),
    found('D18', `D18|version:${three.versionId}`, { paperPageId: stamped, pageId: three.id }),
    found('D04', `D04|page:${six.id}`, { pageId: six.id }),
    found('D02', `D02|page:${five.id}`, { pageId: five.id }),
  ])
  const handling = { D01: 'insert', D05: 'rotate', D18: 'replace', D04: 'reorder', D02: 'remove' } as const
  for (const row of await settling.rows())
    await settling.judge(row, handling[row.type as keyof typeof handling])
  return settling
}

async function prepared(settling: SettlingRoom) {
  const { room, volumeId, reconciliationId } = settling
  const { steps } = await room.call('settlements.propose', { volumeId, reconciliationId })
  return await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
}

const keyed = async ({ pages }: SettlingRoom) => (await pages()).map(({ id }) => id)

test('judged differences become steps, the plan is shown before and after, applied in one step and undone to the letter', async () => {
  const settling = await judgedRoom(false)
  const { room, volumeId, reconciliationId } = settling
  const ids = await keyed(settling)
  const { steps, unplanned } = await room.call('settlements.propose', { volumeId, reconciliationId })
  expect(unplanned).toEqual([])
  expect(steps.map(({ kind }) => kind).toSorted()).toEqual(['insert', 'move', 'remove', 'replace', 'rotate'])
  const seen = await room.call('settlements.preview', { volumeId, reconciliationId, steps })
  expect(seen.after.map(({ pageId, change }) => [pageId, change])).toEqual([
    [ids[0], 'none'],
    [null, 'inserted'],
    [ids[1], 'rotated'],
    [ids[2], 'replaced'],
    [ids[5], 'moved'],
    [ids[3], 'renumbered'],
  ])
  expect(seen.before.map(({ change }) => change)).toContain('removed')

  const before = settling.everything()
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
  expect(plan).toMatchObject({ state: 'prepared', needsApproval: false, afterDigest: seen.afterDigest })
  expect(plan.may).toEqual(['change', 'apply', 'drop'])
  expect(
    (await settling.rows()).every(({ planId, may }) => planId === plan.id && !may.includes('judge')),
  ).toBe(true)

  const applied = await room.call('settlements.apply', { volumeId, planId: plan.id })
  expect(applied).toMatchObject({ state: 'applied', applied: { by: KEEPER.name } })
  expect(applied.may).toEqual(['undo'])
  const after = await settling.pages()
  expect(after.map(({ printedNumber }) => printedNumber)).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(after.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6])
  expect([after[0]?.id, after[2]?.id, after[3]?.id, after[4]?.id, after[5]?.id]).toEqual([
    ids[0],
    ids[1],
    ids[2],
    ids[5],
    ids[3],
  ])
  expect(after[2]?.turn).toBe(180)
  const versions = await room.call('pages.versions', { pageId: ids[2] ?? '' })
  expect(versions.map(({ number, reason }) => [number, reason.includes('BF')])).toEqual([
    [2, true],
    [1, false],
  ])
  const rows = await settling.rows()
  expect(rows.every(({ state, noted }) => state === 'handled' && noted)).toBe(true)
  const stamped = rows.find(({ type }) => type === 'D18')
  expect(stamped).toMatchObject({ beforeDigest: versions[1]?.sha256, afterDigest: versions[0]?.sha256 })
  expect(rows.find(({ type }) => type === 'D02')?.afterDigest).toBe('')
  const [line] = await room.call('settlements.notes', { volumeId })
  expect(line?.numbers).toHaveLength(5)
  expect(line?.text).toContain('插入 1 页，替换 1 页，调序 1 页，旋转 1 页，移除 1 页')
  expect((await room.call('cases.tree', { caseId: settling.caseId })).case.pageCount).toBe(6)

  const undone = await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '看错了' })
  expect(undone.state).toBe('undone')
  expect(settling.everything()).toEqual(before)
  expect((await settling.rows()).every(({ state, planId }) => state === 'judged' && planId === null)).toBe(
    true,
  )
  expect(await room.call('pages.versions', { pageId: ids[2] ?? '' })).toHaveLength(2)
  expect((await checkVault(room)).problems).toEqual([])
})

test('who prepared or applied a plan does not check it; a no leaves it to be undone, a yes closes and ends undoing', async () => {
  const settling = await judgedRoom()
  const { room, volumeId } = settling
  const first = await prepared(settling)
  await room.call('settlements.apply', { volumeId, planId: first.id })
  const asked = { volumeId, planId: first.id, ok: true }
  expect((await room.refusal('settlements.check', asked)).code).toBe('RECONCILE_SAME_PERSON')
  await settling.as('checker')
  const refused = await room.call('settlements.check', { ...asked, ok: false, note: '第 2 页不清' })
  expect(refused).toMatchObject({ state: 'applied', checked: { note: '第 2 页不清' } })
  expect((await room.refusal('settlements.check', asked)).code).toBe('RECONCILE_WRONG_STATE')
  expect((await settling.rows()).every(({ state }) => state === 'handled')).toBe(true)
  await settling.as('keeper')
  await room.call('settlements.undo', { volumeId, planId: first.id, reason: '复核不通过' })

  const second = await prepared(settling)
  await room.call('settlements.apply', { volumeId, planId: second.id })
  await settling.as('checker')
  const passed = await room.call('settlements.check', { volumeId, planId: second.id, ok: true })
  expect(passed.state).toBe('checked')
  expect(
    (await settling.rows()).every(({ state, closedAt }) => state === 'closed' && closedAt !== null),
  ).toBe(true)
  await settling.as('keeper')
  const undo = { volumeId, planId: second.id, reason: '再看' }
  expect((await room.refusal('settlements.undo', undo)).code).toBe('RECONCILE_WRONG_STATE')
})

test('a plan is not applied or undone once anything in the volume was changed otherwise', async () => {
  const settling = await judgedRoom(false)
  const { room, volumeId } = settling
  const plan = { volumeId, planId: (await prepared(settling)).id }
  const [page] = await settling.pages()
  const turn = (to: 0 | 90) => room.call('pages.setTurn', { volumeId, pageIds: [page?.id ?? ''], turn: to })
  await turn(90)
  expect((await room.refusal('settlements.apply', plan)).code).toBe('RECONCILE_CHANGED_MEANWHILE')
  await turn(0)
  await room.call('settlements.apply', plan)
  await turn(90)
  const undo = { ...plan, reason: '撤' }
  expect((await room.refusal('settlements.undo', undo)).code).toBe('RECONCILE_CHANGED_MEANWHILE')
  expect((await room.refusal('settlements.apply', plan)).code).toBe('RECONCILE_WRONG_STATE')
})

test('an impossible step is named, and a dropped plan gives its differences back', async () => {
  const settling = await judgedRoom(false)
  const { room, volumeId, reconciliationId } = settling
  const [page] = await settling.pages()
  const remove: PlanStep = { ...bare, kind: 'remove', pageId: page?.id ?? '', reason: '多扫' }
  const move: PlanStep = {
    ...bare,
    kind: 'move',
    pageId: page?.id ?? '',
    bookId: settling.bookId,
    beforePageId: null,
  }
  expect(
    await room.refusal('settlements.preview', { volumeId, reconciliationId, steps: [remove, move] }),
  ).toMatchObject({ code: 'RECONCILE_PLAN_IMPOSSIBLE', details: { step: 2, reason: 'page-handled-twice' } })
  const plan = await prepared(settling)
  const again = { volumeId, reconciliationId, steps: plan.steps }
  expect((await room.refusal('settlements.prepare', again)).code).toBe('RECONCILE_WRONG_STATE')
  await room.call('settlements.drop', { volumeId, planId: plan.id })
  expect((await settling.rows()).every(({ planId }) => planId === null)).toBe(true)
  expect((await room.refusal('settlements.apply', { volumeId, planId: plan.id })).code).toBe(
    'RECONCILE_WRONG_STATE',
  )
})

test('rows of the catalogue are corrected, entered and taken out, found by search accordingly, and put back by undoing', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, itemIds, found, file } = settling
  const words = (paperWords: string) => ({
    content: { itemWords: '', paperWords, electronicWords: '', regions: [] },
  })
  file(
    [
      found('D11', `D11|item:${itemIds[0]}`, { itemId: itemIds[0] ?? '', ...words('民事起诉书') }),
      found('D13', `D13|item:${itemIds[0]}`, { itemId: itemIds[0] ?? '', ...words('1-2') }),
      found('D12', `D12|item:${itemIds[0]}|date`, { itemId: itemIds[0] ?? '', ...words('2026年1月5日') }),
      found('D15', 'D15|row:3', words('送达回证')),
      found('D14', `D14|item:${itemIds[1]}`, { itemId: itemIds[1] ?? '' }),
      found('D16', 'D16|counts', words('5')),
    ],
    'catalogue',
  )
  for (const row of await settling.rows())
    await settling.judge(row, row.type === 'D16' ? 'edit-note' : 'edit-catalogue')
  const before = settling.everything()
  const plan = await prepared(settling)
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  const rows = room.desk.room().catalogue.volumes.books(volumeId)[0]?.items
  expect(rows?.map(({ title, sequence, pageCount }) => [sequence, title, pageCount])).toEqual([
    [1, '民事起诉书', 2],
    [2, '送达回证', 0],
  ])
  expect(rows?.[0]).toMatchObject({ firstPrinted: '1', lastPrinted: '2', date: '2026-01-05' })
  expect(await room.call('settlements.notes', { volumeId })).toHaveLength(2)
  expect((await checkVault(room)).problems).toEqual([])
  await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '看错了' })
  expect(settling.everything()).toEqual(before)
  expect((await checkVault(room)).problems).toEqual([])
})

test('a page put in from the paper has its sheet, side and kind, and its text without being read again', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, reconciliationId, bookId } = settling
  const [one, two] = await settling.pages()
  if (!one || !two) throw new Error('pages')
  await settling.paper(1, { page: one })
  const back = await settling.paper(2, { page: null })
  const blank = await settling.paper(3, { page: null })
  const { catalogue, vault, texts } = room.desk.room()
  const reading: PageReading = {
    ...{ widthPixels: 900, heightPixels: 1260, turn: 0, confidence: 0.9, engine: 'e', model: 'm' },
    lines: [],
  }
  catalogue.sql.run(`UPDATE paper_page SET side = 'front' WHERE sequence IN (1, 3)`)
  catalogue.sql.run(
    `UPDATE paper_page SET side = 'back', reading = ? WHERE id = ?`,
    ...[sealReading(vault, 'open', back, reading), back],
  )
  catalogue.sql.run(`UPDATE paper_page SET kind = 'blank' WHERE id = ?`, blank)
  const insert = { ...bare, kind: 'insert', bookId, beforePageId: two.id, itemId: null } as const
  const steps: PlanStep[] = [
    { ...insert, paperPageId: back },
    { ...insert, paperPageId: blank },
  ]
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  const [front, second, third, fourth] = await settling.pages()
  expect(second).toMatchObject({ side: 'B', sheet: front?.sheet, kind: 'content', printedNumber: '2' })
  expect(third).toMatchObject({ side: 'A', kind: 'blank', printedNumber: '' })
  expect(third?.sheet).not.toBe(front?.sheet)
  expect(fourth?.printedNumber).toBe('3')
  expect(texts.get('open', second?.versionId ?? '')).toMatchObject({
    pageId: second?.id,
    volumeId,
    confidence: 0.9,
  })
  const stateOf = (id = '') =>
    catalogue.sql.one('SELECT state FROM page_reading WHERE page_id = ?', id)?.state
  expect([stateOf(second?.id), stateOf(third?.id)]).toEqual(['read', 'waiting'])
  const [line] = await room.call('settlements.notes', { volumeId })
  expect(line).toMatchObject({
    text: '插入 2 页；全卷由 4 页变为 6 页。',
    plan: { done: [{ kind: 'insert', count: 2 }], pagesBefore: 4, pagesAfter: 6 },
  })
})

describe('after 归档', () => {
  test('a plan is applied only as an approved request, and its check is the request’s check', async () => {
    const settling = await judgedRoom()
    const { room, volumeId } = settling
    const plan = { volumeId, planId: (await prepared(settling)).id }
    await room.call('cases.file', { caseId: settling.caseId })
    expect((await room.refusal('settlements.apply', plan)).code).toBe('ACCESS_APPROVAL_NEEDED')
    const approvalId = await granted(settling, plan.planId)
    await settling.as('keeper')
    const [waiting] = await room.call('settlements.list', { volumeId })
    expect(waiting).toMatchObject({ state: 'requested', approvalId, needsApproval: true, may: ['apply'] })
    expect((await room.refusal('settlements.drop', plan)).code).toBe('RECONCILE_WRONG_STATE')
    await room.call('approvals.execute', { id: approvalId })
    const rows = await settling.rows()
    expect(rows[0]).toMatchObject({ state: 'handled', approved: { by: '承办人己' } })

    const shown = await room.call('approvals.get', { id: approvalId })
    expect(shown.changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['volumeState', 'page', 'image', 'position', 'turn', 'printedNumber']),
    )
    expect(shown.changes.every(({ now, after }) => now === after)).toBe(true)
    const check = { ...plan, ok: true }
    expect((await room.refusal('settlements.check', check)).code).toBe('RECONCILE_SAME_PERSON')
    await settling.as('checker')
    await room.call('settlements.check', check)
    expect((await room.call('approvals.get', { id: approvalId })).state).toBe('checked')
    expect((await settling.rows()).every(({ state }) => state === 'closed')).toBe(true)
  })

  test('undoing ends the request, a changed volume makes it stale, and checking it checks the plan', async () => {
    const settling = await judgedRoom()
    const { room, volumeId } = settling
    const first = { volumeId, planId: (await prepared(settling)).id }
    await room.call('cases.file', { caseId: settling.caseId })
    const undoneId = await granted(settling, first.planId)
    await settling.as('keeper')
    await room.call('approvals.execute', { id: undoneId })
    await room.call('settlements.undo', { ...first, reason: '改主意' })
    expect(await room.call('approvals.get', { id: undoneId })).toMatchObject({
      ...{ state: 'withdrawn', requested: { note: '执行后撤销：改主意' } },
    })
    const stale = { volumeId, planId: (await prepared(settling)).id }
    const staleId = await granted(settling, stale.planId)
    await settling.as('keeper')
    const { pages } = room.desk.room().catalogue
    const [page] = await settling.pages()
    pages.setTurn(volumeId, [page?.id ?? ''], 90)
    expect((await room.refusal('approvals.execute', { id: staleId })).code).toBe('APPROVAL_STALE')
    pages.setTurn(volumeId, [page?.id ?? ''], 0)
    await room.call('settlements.drop', stale)
    const second = await prepared(settling)
    const checkedId = await granted(settling, second.id)
    await settling.as('keeper')
    await room.call('approvals.execute', { id: checkedId })
    await settling.as('checker')
    await room.call('approvals.check', { id: checkedId, ok: true })
    const plans = await room.call('settlements.list', { volumeId })
    expect(plans.map(({ state }) => state)).toEqual(['checked', 'dropped', 'undone'])
  })
})

test('who may not read the volume is told of no plan', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId } = settling
  await seat(room, OFFICERS.auditor)
  expect((await room.refusal('settlements.list', { volumeId })).code).toBe('ACCESS_DENIED')
})
