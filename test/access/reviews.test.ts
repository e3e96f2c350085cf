import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../shared/domain/permission.ts'
import { reviewPeriodOf } from '../../shared/domain/review-period.ts'
import { seat } from '../fixtures/people.ts'
import { freshFolder, KEEPER, OFFICERS, openRoom, type TestRoom } from '../fixtures/records-room.ts'

const PERIOD = reviewPeriodOf(new Date())
const PASSWORD = 'Barn-owl-41-silver'

interface Staff {
  readonly name: string
  readonly roles: Role[]
  readonly keys: ('open' | 'restricted')[]
}

/** Accounts by the way of the three officers: made, approved, and their keys handed over. */
async function employ(room: TestRoom, staff: readonly Staff[]): Promise<readonly string[]> {
  const ids: string[] = []
  await seat(room, OFFICERS.system)
  for (const { name, roles } of staff)
    ids.push((await room.call('accounts.create', { name, roles, password: PASSWORD })).id)
  await seat(room, OFFICERS.security)
  for (const [place, { roles, keys }] of staff.entries())
    await room.call('accounts.approve', { accountId: ids[place] ?? '', roles, compartments: keys })
  await seat(room, KEEPER)
  for (const accountId of ids) await room.call('accounts.deliverKeys', { accountId })
  await seat(room, OFFICERS.security)
  return ids
}

/** A room with a clerk, a handler who also borrows, and a borrower with a key too many; 安全保密管理员 at the desk. */
async function roomUnderReview() {
  const room = await openRoom()
  const [clerk = '', borrower = '', lender = ''] = await employ(room, [
    { name: 'shujiyuan', roles: ['clerk'], keys: ['open'] },
    { name: 'jieyue', roles: ['borrower', 'handler'], keys: ['open', 'restricted'] },
    { name: 'waijie', roles: ['borrower'], keys: ['open', 'restricted'] },
  ])
  return { room, clerk, borrower, lender }
}

describe('a review of rights', () => {
  test('has a line for every role of every active account, and says what is odd about it', async () => {
    const { room, clerk, borrower, lender } = await roomUnderReview()
    expect((await room.call('reviews.list', {})).due).toMatchObject({ period: PERIOD, state: 'missing' })
    const review = await room.call('reviews.start', { period: PERIOD })
    const of = (id: string) => review.lines.filter(({ accountId }) => accountId === id)
    expect(of(clerk)).toMatchObject([{ role: 'clerk', concerns: [], verdict: null }])
    expect(of(borrower).map(({ role }) => role)).toEqual(['borrower', 'handler'])
    expect(of(borrower)[0]?.concerns).toEqual(['several-roles'])
    expect(of(lender)[0]?.concerns).toEqual(['restricted-key'])
    expect((await room.refusal('reviews.start', { period: PERIOD })).code).toBe('CATALOGUE_CONFLICT')
    expect((await room.refusal('reviews.start', { period: '2020-Q1' })).code).toBe('CALL_INVALID_INPUT')
    expect((await room.call('reviews.list', {})).due.state).toBe('open')
  })

  test('takes a revoked role away at once, with the keys that no role left reads', async () => {
    const { room, borrower } = await roomUnderReview()
    const review = await room.call('reviews.start', { period: PERIOD })
    const line = review.lines.find(({ accountId, role }) => accountId === borrower && role === 'handler')
    if (line === undefined) throw new Error('no line of the handler')
    const unsaid = { lineId: line.id, verdict: 'revoke' }
    expect((await room.refusal('reviews.decideLine', unsaid)).code).toBe('CALL_INVALID_INPUT')
    await room.call('reviews.decideLine', { lineId: line.id, verdict: 'revoke', note: '已调离审判庭' })
    const row = (await room.call('accounts.list', {})).find(({ id }) => id === borrower)
    expect(row).toMatchObject({ roles: ['borrower'], keysHeld: ['open'] })
    const again = { lineId: line.id, verdict: 'confirm', note: '' }
    expect((await room.refusal('reviews.decideLine', again)).code).toBe('CATALOGUE_CONFLICT')
  })

  test('has a line of its own for a role that is lent, and ends the delegation when it is revoked', async () => {
    const { room, clerk, borrower } = await roomUnderReview()
    const day = 86_400_000
    const at = (days: number) => new Date(Date.now() + days * day).toISOString()
    const days = { fromAt: at(-1), untilAt: at(1), reason: '休假' }
    await room.call('delegations.add', {
      ...{ fromAccountId: clerk, toAccountId: borrower, roles: ['clerk'], ...days },
    })
    const review = await room.call('reviews.start', { period: PERIOD })
    const lent = review.lines.find(({ delegationId }) => delegationId !== null)
    expect(lent).toMatchObject({
      accountId: borrower,
      role: 'clerk',
      concerns: ['delegated', 'several-roles'],
    })
    await room.call('reviews.decideLine', { lineId: lent?.id ?? '', verdict: 'revoke', note: '已返岗' })
    expect(await room.call('delegations.list', {})).toMatchObject([{ inForce: false }])
    const row = (await room.call('accounts.list', {})).find(({ id }) => id === borrower)
    expect(row?.roles).toEqual(['borrower', 'handler'])
  })

  test('calls a role widened that has more than it was shipped with, and not one that has less', async () => {
    const { room } = await roomUnderReview()
    const { matrix } = await room.call('roles.matrix', {})
    const reason = '试行'
    const more = [...(matrix.borrower ?? []), { permission: 'page.print' as const, scope: 'all' as const }]
    const less = (matrix.clerk ?? []).filter(({ permission }) => permission !== 'case.edit')
    await room.call('roles.setGrants', { role: 'borrower', grants: more, reason })
    await room.call('roles.setGrants', { role: 'clerk', grants: less, reason })
    const { lines } = await room.call('reviews.start', { period: PERIOD })
    const widened = lines.filter(({ concerns }) => concerns.includes('role-widened')).map(({ role }) => role)
    expect(new Set(widened)).toEqual(new Set(['borrower']))
  })

  test('never lets the officer take their own role', async () => {
    const { room } = await roomUnderReview()
    const review = await room.call('reviews.start', { period: PERIOD })
    const own = review.lines.find(({ accountName }) => accountName === OFFICERS.security.name)
    const refusal = await room.refusal('reviews.decideLine', {
      ...{ lineId: own?.id, verdict: 'revoke', note: '误' },
    })
    expect(refusal).toMatchObject({ code: 'ACCESS_DENIED', details: { reason: 'own-account' } })
  })

  test('is signed once every line is decided, and a changed line breaks the signature', async () => {
    const { room } = await roomUnderReview()
    const { id: reviewId, lines } = await room.call('reviews.start', { period: PERIOD })
    const early = await room.refusal('reviews.finish', { reviewId })
    expect(early).toMatchObject({ code: 'REVIEW_LINES_OPEN', details: { undecided: lines.length } })
    for (const { id } of lines) await room.call('reviews.decideLine', { lineId: id, verdict: 'confirm' })
    const done = await room.call('reviews.finish', { reviewId })
    expect(done.signature).toMatchObject({ valid: true, keyInVault: true, signedBy: OFFICERS.security.name })
    expect((await room.call('reviews.list', {})).due.state).toBe('done')
    const late = { lineId: lines[0]?.id, verdict: 'confirm' }
    expect((await room.refusal('reviews.decideLine', late)).code).toBe('CATALOGUE_CONFLICT')

    const { sql } = room.desk.room().catalogue
    sql.run(`UPDATE right_review_line SET note = '改过' WHERE sequence = 1`)
    expect((await room.call('reviews.get', { reviewId })).signature).toMatchObject({ valid: false })
    sql.run(`UPDATE right_review_line SET note = '' WHERE sequence = 1`)
    expect((await room.call('reviews.get', { reviewId })).signature).toMatchObject({ valid: true })
    sql.run(`UPDATE right_review SET finished_at = '2020-01-01T00:00:00.000Z'`)
    expect((await room.call('reviews.get', { reviewId })).signature).toMatchObject({ valid: false })
    sql.run(`UPDATE right_review SET public_key = 'zz', signature = ''`)
    expect((await room.call('reviews.get', { reviewId })).signature).toMatchObject({ valid: false })
  })

  test('goes out as a PDF to sign and as a table', async () => {
    const { room } = await roomUnderReview()
    const { id: reviewId } = await room.call('reviews.start', { period: PERIOD })
    const folder = await freshFolder()
    const pdf = path.join(folder, '复核.pdf')
    const csv = path.join(folder, '复核.csv')
    expect(await room.call('reviews.export', { reviewId, file: pdf, format: 'pdf' })).toMatchObject({
      fileName: '复核.pdf',
    })
    await room.call('reviews.export', { reviewId, file: csv, format: 'csv' })
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await readFile(csv, 'utf8')).toContain('shujiyuan')
  })
})
