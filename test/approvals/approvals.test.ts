import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { DESCRIBED_METHODS } from '../../electron/approvals/index.ts'
import { contract, type MethodName, methodOf } from '../../shared/contract/index.ts'
import { seat } from '../fixtures/people.ts'
import { importInto, OFFICERS, outcomesOf } from '../fixtures/records-room.ts'
import { type FiledCase, filedCase, ITEM_TITLE, scansFolder, workedCase } from './filed-case.ts'

const DRAFT = { title: '民事起诉状（更正）', date: '20260103' }

const itemChange = ({ itemId }: FiledCase) => ({
  method: 'items.update',
  input: { itemId, draft: DRAFT },
  reason: '题名与纸质不符',
})

async function requested(filed: FiledCase): Promise<string> {
  await filed.as('clerk')
  return (await filed.room.call('approvals.request', itemChange(filed))).id
}

async function approved(filed: FiledCase): Promise<string> {
  const id = await requested(filed)
  await filed.as('handler')
  await filed.room.call('approvals.decide', { id, approve: true })
  return id
}

async function executed(filed: FiledCase): Promise<string> {
  const id = await approved(filed)
  await filed.as('keeper')
  await filed.room.call('approvals.execute', { id })
  return id
}

const stateOf = async ({ room }: FiledCase, id: string) => (await room.call('approvals.get', { id })).state
const titleOf = ({ room, itemId }: FiledCase) => room.desk.room().catalogue.volumes.requireItem(itemId).title

test('every method that waits for approval after filing can be described', () => {
  const waiting = (Object.keys(contract) as MethodName[]).filter(
    (name) => methodOf(name).afterFiling === 'approval',
  )
  expect([...DESCRIBED_METHODS].sort()).toEqual(waiting.sort())
})

test('a request shows what is hidden to nobody unasked, and says that it changes all the same', async () => {
  const filed = await filedCase()
  const { room, itemId } = filed
  await filed.as('clerk')
  const input = { itemId, draft: { title: '民事起诉状（原告身份证另附）', date: '2026-01-02' } }
  const { id } = await room.call('approvals.request', { method: 'items.update', input, reason: '改' })
  const shown = await room.call('approvals.get', { id })
  expect(shown.changes[0]).toMatchObject({ field: 'title', differs: true })
  expect(JSON.stringify(shown)).not.toContain('11010519491231002X')
  const whole = { kind: 'approval', id, field: 'change.0.before', reason: '核对' } as const
  expect((await room.refusal('fields.unmask', whole)).code).toBe('ACCESS_DENIED')
  await filed.as('handler')
  expect(await room.call('fields.unmask', whole)).toEqual({ value: ITEM_TITLE })
})

describe('归档', () => {
  test('is the archivist’s, once, and shows in the tree and the list', async () => {
    const filed = await filedCase()
    const { room, caseId } = filed
    expect((await room.refusal('cases.file', { caseId })).code).toBe('CATALOGUE_CONFLICT')
    const tree = await room.call('cases.tree', { caseId })
    expect(tree.case.status).toBe('filed')
    expect(tree.filed?.by).toBe('档案员甲')
    const list = await room.call('cases.list', { filter: { statuses: ['filed'] }, offset: 0, limit: 10 })
    expect(list.rows.map(({ id }) => id)).toEqual([caseId])
    await filed.as('clerk')
    expect((await room.refusal('cases.file', { caseId })).code).toBe('ACCESS_DENIED')
  })

  test('locks every change of what is in the case, for everybody, and the refusals are recorded', async () => {
    const filed = await filedCase()
    const { room, caseId, volumeId, itemId, pageIds } = filed
    const calls = [
      ['cases.update', { caseId, draft: { number: '（2026）云0199民初12号' } }],
      ['cases.setSecrecy', { caseId, secrecy: 'public', reason: '改' }],
      ['cases.setRetention', { caseId, retention: 'Y', reason: '改' }],
      ['cases.addVolume', { caseId, kind: 'sub' }],
      ['items.update', { itemId, draft: DRAFT }],
      ['pages.assign', { volumeId, pageIds, itemId }],
      ['pages.mark', { volumeId, pageIds, kind: 'cover' }],
      ['intake.start', { volumeId, paths: ['/x'] }],
    ] as const
    for (const [method, input] of calls)
      expect((await room.refusal(method, input)).code, method).toBe('ACCESS_APPROVAL_NEEDED')
    expect(filed.log('item.updated')).toMatchObject([{ result: 'refused', code: 'ACCESS_APPROVAL_NEEDED' }])
  })
})

describe('a change to a filed case', () => {
  test('gives it another 档号, says so to who decides, and keeps the one that it had', async () => {
    const worked = await workedCase()
    const { room, caseId } = worked
    const draft = { number: '（2026）云0199民初12号', cause: '民间借贷纠纷', retention: 'D30' } as const
    await worked.as('clerk')
    const first = await room.call('cases.update', {
      caseId,
      draft: { ...draft, archiveNumber: 'j045－zy・ss·2026·D30-0001' },
    })
    expect(first.case.archiveNumber).toBe('J045-ZY·SS·2026·D30-0001')
    await worked.as('keeper')
    await room.call('cases.create', {
      draft: { number: '（2026）云0199民初13号', archiveNumber: 'J045-ZY·SS·2026·D30-0013' },
    })
    await room.call('cases.file', { caseId })
    await worked.as('clerk')
    const asked = (archiveNumber: string) => ({
      method: 'cases.update',
      input: { caseId, draft: { ...draft, archiveNumber } },
      reason: '与案卷目录不符',
    })
    const refusal = await room.refusal('approvals.request', asked('J045-ZY·SS·2026·D30-0013'))
    expect(refusal).toMatchObject({ code: 'ARCHIVE_NUMBER_TAKEN' })
    const { id } = await room.call('approvals.request', asked('J045-ZY・SS・2026・D30-0002'))
    const { changes } = await room.call('approvals.get', { id })
    expect(changes.find(({ field }) => field === 'archiveNumber')).toMatchObject({
      before: 'J045-ZY·SS·2026·D30-0001',
      after: 'J045-ZY·SS·2026·D30-0002',
    })
    await worked.as('handler')
    await room.call('approvals.decide', { id, approve: true })
    await worked.as('keeper')
    await room.call('approvals.execute', { id })
    for (const text of ['D30-0001', 'J045ZYSS2026D300002']) {
      const { cases } = await room.call('search.find', { text })
      expect(cases.map((found) => found.caseId)).toEqual([caseId])
    }
    const [record] = worked.log('case.updated').slice(-1)
    expect(record).toMatchObject({ approval_id: id, archive_number: 'J045-ZY·SS·2026·D30-0002' })
    expect(JSON.parse(String(record?.details))).toMatchObject({
      archiveNumberBefore: 'J045-ZY·SS·2026·D30-0001',
      archiveNumberAfter: 'J045-ZY·SS·2026·D30-0002',
    })
  })

  test('is requested, approved, executed and checked by people of their own', async () => {
    const filed = await filedCase()
    const id = await requested(filed)
    const detail = await filed.room.call('approvals.get', { id })
    expect(detail.changes.filter(({ before, after }) => before !== after)).toMatchObject([
      { field: 'title', after: '民事起诉状（更正）' },
      { field: 'date', before: '2026-01-02', after: '2026-01-03' },
    ])
    expect(detail.may).toEqual(['withdraw'])
    expect(titleOf(filed)).not.toBe(DRAFT.title)

    await filed.as('handler')
    const waiting = await filed.room.call('approvals.list', { view: 'decide' })
    expect(waiting.rows.map((row) => [row.id, row.may])).toEqual([[id, ['decide']]])
    expect(waiting.waiting).toEqual({ decide: 1, execute: 0, check: 0 })
    await filed.room.call('approvals.decide', { id, approve: true, note: '同意' })

    await filed.as('keeper')
    expect((await filed.room.call('approvals.list', { view: 'execute' })).rows).toHaveLength(1)
    expect((await filed.room.call('approvals.execute', { id })).state).toBe('executed')
    expect(titleOf(filed)).toBe(DRAFT.title)

    await filed.as('checker')
    expect((await filed.room.call('approvals.get', { id })).changes[0]?.now).toBe(DRAFT.title)
    const checked = await filed.room.call('approvals.check', { id, ok: true, note: '与纸质一致' })
    expect(checked).toMatchObject({
      state: 'checked',
      requested: { name: '书记员戊' },
      decided: { name: '承办人己', note: '同意' },
      executed: { name: '档案员甲' },
      checked: { name: '核对员庚', note: '与纸质一致' },
      may: [],
    })

    const steps = ['requested', 'decided', 'executed', 'checked'].map(
      (step) => filed.log(`approval.${step}`)[0],
    )
    for (const step of steps)
      expect(step).toMatchObject({ result: 'done', approval_id: id, subject: `approval:${id}` })
    expect(steps.map((step) => step?.case_number)).toEqual(Array(4).fill('（2026）云0199民初12号'))
    expect(steps[2]?.before_digest).not.toBe(steps[2]?.after_digest)
    expect(filed.log('item.updated').at(-1)).toMatchObject({ result: 'done', approval_id: id })
    expect(JSON.stringify(filed.log('approval.requested'))).not.toContain('起诉状')
  })

  test('is never decided by whoever asked, nor checked by anybody who had a part in it', async () => {
    const filed = await filedCase()
    const { room } = filed
    // A unit may give one role every right: the separation of people holds all the same.
    await seat(room, OFFICERS.security)
    const { matrix } = await room.call('roles.matrix', {})
    const grants = [...matrix.archivist, { permission: 'change.approve', scope: 'all' } as const]
    await room.call('roles.setGrants', { role: 'archivist', grants, reason: '人手不足' })
    await filed.as('keeper')
    const { id } = await room.call('approvals.request', itemChange(filed))
    expect((await room.refusal('approvals.decide', { id, approve: true })).code).toBe('APPROVAL_SAME_PERSON')
    await filed.as('handler')
    await room.call('approvals.decide', { id, approve: true })
    expect((await room.refusal('approvals.execute', { id })).code).toBe('ACCESS_DENIED')
    await filed.as('keeper')
    await room.call('approvals.execute', { id })
    expect((await room.refusal('approvals.check', { id, ok: true })).code).toBe('APPROVAL_SAME_PERSON')
    expect(filed.log('approval.checked')).toMatchObject([
      { result: 'refused', code: 'APPROVAL_SAME_PERSON', approval_id: id },
    ])
    expect(await stateOf(filed, id)).toBe('executed')
  })

  test('does nothing when what it was granted for has changed meanwhile', async () => {
    const filed = await filedCase()
    const { room, itemId } = filed
    const id = await approved(filed)
    const item = room.desk.room().catalogue.volumes.requireItem(itemId)
    room.desk
      .room()
      .catalogue.volumes.updateItem(itemId, { ...item, remark: '别处改过' }, new Date().toISOString())
    await filed.as('keeper')
    expect((await room.refusal('approvals.execute', { id })).code).toBe('APPROVAL_STALE')
    expect(await stateOf(filed, id)).toBe('stale')
    expect(titleOf(filed)).not.toBe(DRAFT.title)
    expect((await room.refusal('approvals.execute', { id })).code).toBe('APPROVAL_WRONG_STATE')
  })

  test('does nothing once its time is over', async () => {
    const filed = await filedCase()
    const { room } = filed
    await filed.as('clerk')
    const expiresAt = new Date(Date.now() + 300).toISOString()
    const { id } = await room.call('approvals.request', { ...itemChange(filed), expiresAt })
    await delay(400)
    expect(await stateOf(filed, id)).toBe('expired')
    await filed.as('handler')
    expect((await room.call('approvals.list', { view: 'decide' })).rows).toEqual([])
    expect((await room.refusal('approvals.decide', { id, approve: true })).code).toBe('APPROVAL_EXPIRED')
    expect((await room.refusal('approvals.decide', { id, approve: true })).code).toBe('APPROVAL_WRONG_STATE')
  })

  test('that was refused or withdrawn is not decided again', async () => {
    const filed = await filedCase()
    const { room } = filed
    const refused = await requested(filed)
    await filed.as('handler')
    expect((await room.refusal('approvals.decide', { id: refused, approve: false })).code).toBe(
      'CALL_INVALID_INPUT',
    )
    await room.call('approvals.decide', { id: refused, approve: false, note: '理由不足' })
    expect((await room.refusal('approvals.decide', { id: refused, approve: true })).code).toBe(
      'APPROVAL_WRONG_STATE',
    )
    const withdrawn = await requested(filed)
    await filed.as('keeper')
    expect((await room.refusal('approvals.withdraw', { id: withdrawn })).code).toBe('ACCESS_DENIED')
    await filed.as('clerk')
    await room.call('approvals.withdraw', { id: withdrawn })
    await filed.as('handler')
    expect((await room.refusal('approvals.decide', { id: withdrawn, approve: true })).code).toBe(
      'APPROVAL_WRONG_STATE',
    )
    await filed.as('keeper')
    for (const id of [refused, withdrawn])
      expect((await room.refusal('approvals.execute', { id })).code).toBe('APPROVAL_WRONG_STATE')
  })

  test('that the check rejects stands as it is, with the note, until another request puts it right', async () => {
    const filed = await filedCase()
    const { room } = filed
    const id = await executed(filed)
    await filed.as('checker')
    expect((await room.call('approvals.check', { id, ok: false, note: '日期不对' })).state).toBe(
      'rejected-by-check',
    )
    expect(titleOf(filed)).toBe(DRAFT.title)
    expect((await room.refusal('approvals.check', { id, ok: true })).code).toBe('APPROVAL_WRONG_STATE')
    await filed.as('clerk')
    expect(
      (
        await room.call('approvals.request', {
          ...itemChange(filed),
          input: { itemId: filed.itemId, draft: { title: '起诉状' } },
        })
      ).state,
    ).toBe('requested')
  })

  test('is carried out once only', async () => {
    const filed = await filedCase()
    const id = await executed(filed)
    expect((await filed.room.refusal('approvals.execute', { id })).code).toBe('APPROVAL_WRONG_STATE')
  })

  test('that was cut off in its middle is carried out, or found done, and never made twice', async () => {
    const filed = await filedCase()
    const { room } = filed
    const records = () => room.desk.room().catalogue.approvals
    const id = await approved(filed)
    await filed.as('keeper')
    const cutOff = { ...records().require(id), state: 'executing', executedBy: 'X' } as const
    records().save(cutOff)
    expect((await room.call('approvals.execute', { id })).state).toBe('executed')
    records().save(cutOff)
    const before = filed.log('item.updated').length
    expect((await room.call('approvals.execute', { id })).state).toBe('executed')
    expect(filed.log('item.updated')).toHaveLength(before)
  })

  test('needs a method that waits for approval, a good input, a filed case and a real difference', async () => {
    const filed = await filedCase()
    const { room, itemId, caseId } = filed
    await filed.as('clerk')
    const ask = async (method: string, input: unknown) =>
      (await room.refusal('approvals.request', { method, input, reason: '改' })).code
    expect(await ask('cases.tree', { caseId })).toBe('CALL_INVALID_INPUT')
    expect(await ask('accounts.leave', { accountId: itemId, reason: '无' })).toBe('CALL_INVALID_INPUT')
    expect(await ask('items.update', { itemId })).toBe('CALL_INVALID_INPUT')
    const own = await room.call('cases.create', { draft: { number: '（2026）云0199民初99号' } })
    expect(await ask('cases.addVolume', { caseId: own.case.id, kind: 'sub' })).toBe('APPROVAL_NOT_NEEDED')
    const same = await room.call('cases.tree', { caseId })
    const item = same.volumes[0]?.books[0]?.items[0]
    // As it was shown, masked: nothing was changed, and nothing is asked for.
    expect(await ask('items.update', { itemId, draft: { title: item?.title, date: item?.date } })).toBe(
      'CALL_INVALID_INPUT',
    )
  })

  test('of another case is neither seen nor touched by people outside it', async () => {
    const filed = await filedCase()
    const { room, caseId } = filed
    const id = await requested(filed)
    await filed.as('keeper')
    const handler = (await room.call('assignments.ofCase', { caseId })).people.find(
      ({ accountName }) => accountName === '承办人己',
    )
    await room.call('assignments.end', { caseId, assignmentId: handler?.id ?? '' })
    await filed.as('handler')
    expect((await room.call('approvals.list', {})).rows).toEqual([])
    expect((await room.refusal('approvals.get', { id })).code).toBe('ACCESS_DENIED')
    expect((await room.refusal('approvals.decide', { id, approve: true })).code).toBe('ACCESS_DENIED')
  })

  test('may be new pages: the files are listed by content, and brought in by the scanner', async () => {
    const filed = await filedCase()
    const { room, volumeId } = filed
    const folder = await scansFolder(1, 40)
    await filed.as('clerk')
    const ask = { method: 'intake.start', input: { volumeId, paths: [folder] }, reason: '补扫' }
    const { id } = await room.call('approvals.request', ask)
    const file = (await room.call('approvals.get', { id })).changes.find(({ field }) => field === 'file')
    expect(file?.subject).toMatch(/1\.jpg$/)
    expect(file?.after).toMatch(/SHA-256 [0-9a-f]{64}$/)
    await filed.as('handler')
    await room.call('approvals.decide', { id, approve: true })
    await filed.as('scanner')
    await room.call('approvals.execute', { id })
    const { jobId } = await room.call('approvals.get', { id })
    expect(jobId).not.toBeNull()
    expect((await room.ended(jobId ?? '')).state).toBe('succeeded')
    expect(await outcomesOf(room, jobId ?? '')).toHaveLength(1)
    expect(await room.call('pages.list', { volumeId })).toHaveLength(3)
    await filed.as('checker')
    expect((await room.call('approvals.check', { id, ok: true })).state).toBe('checked')
  })
})

test('new pages are not taken from a file that is another one by then', async () => {
  const filed = await filedCase()
  const { room, volumeId } = filed
  const folder = await scansFolder(1, 40)
  await filed.as('clerk')
  const ask = { method: 'intake.start', input: { volumeId, paths: [folder] }, reason: '补扫' }
  const { id } = await room.call('approvals.request', ask)
  await filed.as('handler')
  await room.call('approvals.decide', { id, approve: true })
  await copyFile(path.join(await scansFolder(1, 90), '1.jpg'), path.join(folder, '1.jpg'))
  await filed.as('keeper')
  expect((await room.refusal('approvals.execute', { id })).code).toBe('APPROVAL_STALE')
  expect(await room.call('pages.list', { volumeId })).toHaveLength(2)
})

test('an import that was cut off before 归档 is not taken up again after it', async () => {
  const worked = await workedCase()
  const { room, volumeId, caseId } = worked
  const job = await importInto(room, volumeId, [await scansFolder(1, 70)])
  await room.call('cases.file', { caseId })
  expect((await room.refusal('jobs.resume', { jobId: job.id })).code).toBe('ACCESS_APPROVAL_NEEDED')
})
