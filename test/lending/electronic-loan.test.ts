import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT } from '../fixtures/records-room.ts'
import { lend, lendingRoom, NUMBER, request } from './lending-room.ts'

const LENT = ['3', '4', '5', '6']

describe('an electronic loan', () => {
  test('opens its pages to its reader alone, from handing out to its end', { timeout: 180_000 }, async () => {
    const room = await lendingRoom()
    const lentPages = room.pages.filter(({ printedNumber }) => LENT.includes(printedNumber))
    const other = room.pages.find(({ printedNumber }) => printedNumber === '9')
    const [first] = lentPages
    if (first === undefined || other === undefined) throw new Error('the sample has no such pages')

    // Before: the reader sees nothing, and asks by number all the same.
    await room.asReader()
    const sees = async () => (await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })).rows
    expect(await sees()).toEqual([])
    expect((await room.refusal('cases.tree', { caseId: room.caseId })).details).toMatchObject({
      reason: 'out-of-scope',
    })
    const there = await request(room)
    const notThere = await request(room, { caseNumber: '（2023）云0199民初9999号' })
    expect(Object.keys(there)).toEqual(Object.keys(notThere))
    expect([there.caseId, there.state, there.needsSecond]).toEqual([
      notThere.caseId,
      notThere.state,
      notThere.needsSecond,
    ])
    expect((await room.refusal('loans.approve', { loanId: there.id })).code).toBe('ACCESS_DENIED')

    await room.asKeeper()
    expect((await room.refusal('loans.approve', { loanId: notThere.id })).code).toBe('LOAN_NOTHING_TO_LEND')
    await room.call('loans.approve', { loanId: there.id })
    await room.asReader()
    expect(await sees()).toEqual([])
    await room.asKeeper()
    const lent = await room.call('loans.handOut', { loanId: there.id })
    expect(lent).toMatchObject({ state: 'lent', pageCount: 4, borrowerName: '借阅人壬' })

    // While it runs: only those pages, in every way of asking.
    await room.asReader()
    expect((await sees()).map(({ number, pageCount }) => [number, pageCount])).toEqual([[NUMBER, 4]])
    const tree = await room.call('cases.tree', { caseId: room.caseId })
    expect(tree.case.pageCount).toBe(4)
    const items = tree.volumes.flatMap(({ books }) => books).flatMap((book) => book.items)
    expect(items.reduce((sum, { pageCount }) => sum + pageCount, 0)).toBeLessThanOrEqual(4)
    const listed = await room.call('pages.list', { volumeId: room.volumeId })
    expect(listed.map(({ printedNumber }) => printedNumber)).toEqual(LENT)
    expect((await room.call('pages.list', { volumeId: room.volumeId, first: 2 })).length).toBe(2)
    expect((await room.view(first.versionId)).ok).toBe(true)
    expect(await room.view(other.versionId)).toMatchObject({
      ok: false,
      error: { code: 'ACCESS_DENIED', details: { reason: 'out-of-scope' } },
    })
    expect((await room.view(other.versionId, 'thumbnail')).ok).toBe(false)
    // The file that a page came from holds other pages.
    expect((await room.view(first.versionId, 'source')).ok).toBe(false)
    expect((await room.refusal('pages.versions', { pageId: other.id })).code).toBe('ACCESS_DENIED')
    const shownItems = new Set(items.map(({ id }) => id))
    const { cases: found } = await room.call('search.find', { text: '书' })
    const hits = found.flatMap((each) => each.hits)
    const lentTitle = items[0]?.title ?? ''
    const { cases: lentFound } = await room.call('search.find', { text: lentTitle })
    expect(lentFound.flatMap((each) => each.hits).map(({ itemId }) => itemId)).toContain(items[0]?.id)
    expect(hits.filter(({ itemId }) => itemId !== null && !shownItems.has(itemId))).toEqual([])

    // After its end nothing opens, whatever the clock is set to.
    room.clock.move(8)
    expect((await room.view(first.versionId)).ok).toBe(false)
    expect((await room.refusal('pages.list', { volumeId: room.volumeId })).details).toMatchObject({
      reason: 'out-of-scope',
    })
    expect(await sees()).toEqual([])
    // The refusal stands in the log with its time: a clock set back to the middle of the loan is behind it.
    room.clock.move(-6)
    expect(await room.view(first.versionId)).toMatchObject({ ok: false, error: { code: 'ACCESS_DENIED' } })
    expect(await sees()).toEqual([])
    expect((await room.refusal('cases.tree', { caseId: room.caseId })).code).toBe('ACCESS_DENIED')
  })

  test('closes its pages at once when it is taken back, and opens them longer when renewed', {
    timeout: 180_000,
  }, async () => {
    const room = await lendingRoom()
    const lent = await lend(room)
    const [page] = room.pages.filter(({ printedNumber }) => printedNumber === '3')
    if (page === undefined) throw new Error('the sample has no page 3')
    await room.asReader()
    expect(
      (await room.refusal('loans.renew', { loanId: lent.id, untilAt: room.inDays(20), reason: 'x' })).code,
    ).toBe('ACCESS_DENIED')
    await room.asKeeper()
    expect(
      (await room.refusal('loans.renew', { loanId: lent.id, untilAt: room.inDays(1), reason: 'x' })).code,
    ).toBe('LOAN_END_PASSED')
    await room.call('loans.renew', { loanId: lent.id, untilAt: room.inDays(20), reason: '尚未阅毕' })
    room.clock.move(10)
    await room.asReader()
    expect((await room.view(page.versionId)).ok).toBe(true)
    await room.asKeeper()
    await room.call('loans.takeBack', { loanId: lent.id })
    await room.asReader()
    expect((await room.view(page.versionId)).ok).toBe(false)
    expect((await room.call('loans.list', { list: 'current' })).map(({ state }) => state)).toEqual([
      'returned',
    ])
  })

  test('never gives 副卷 to a borrower, and not even the key is theirs', { timeout: 180_000 }, async () => {
    const room = await lendingRoom({ sub: true })
    const { id: loanId } = await request(room, {
      extent: [{ volumeKind: 'sub', book: null, pages: '' }],
      manners: ['take-out', 'electronic'],
    })
    await room.asKeeper()
    // Nothing is scanned into it here, so that only paper could go; the screen has nothing to open.
    expect((await room.refusal('loans.approve', { loanId })).code).toBe('LOAN_NOTHING_TO_LEND')
    const sub = (await room.call('cases.tree', { caseId: room.caseId })).volumes[1]
    const job = await room.call('intake.start', {
      volumeId: sub?.id ?? '',
      paths: [path.join(PROJECT, 'assets/sample/scans/副卷')],
    })
    expect((await room.ended(job)).state).toBe('succeeded')
    const approved = await room.call('loans.approve', { loanId })
    expect(approved).toMatchObject({ state: 'second-approval', needsSecond: true })
    // The archivist may not be the second as well.
    expect((await room.refusal('loans.approveSecond', { loanId })).code).toBe('ACCESS_DENIED')
    await room.asHandler()
    expect((await room.call('loans.approveSecond', { loanId })).state).toBe('approved')
    await room.asKeeper()
    expect(await room.refusal('loans.handOut', { loanId })).toMatchObject({
      code: 'LOAN_READER_UNFIT',
      details: { reason: 'volume-kind' },
    })
    await room.asReader()
    const session = await room.call('session.state', {})
    expect(session).toMatchObject({ session: { compartments: ['open'] } })
  })
})
