import { describe, expect, test } from 'vitest'
import { bringIn, PEOPLE, seat, staff } from '../fixtures/people.ts'
import { drawnReading } from '../fixtures/recognition/drawn-text.ts'
import { KEEPER, openRoom, type TestRoom } from '../fixtures/records-room.ts'
import { lend, lendingRoom } from '../lending/lending-room.ts'
import { fileTexts, readVolume, samplePage } from './proposal-room.ts'

const COMPLAINT = samplePage('main-005')
const COMPLAINT_END = samplePage('main-006')
const ANSWER = samplePage('main-007')
const NOTICE = samplePage('main-009')
const APPROVAL_FORM = samplePage('inner-004')
const DELIBERATION = samplePage('inner-003')

const recordsOf = (room: TestRoom, action: string) =>
  room.desk
    .room()
    .catalogue.sql.all('SELECT * FROM audit_record WHERE action = ? ORDER BY sequence', action)
    .map((row) => ({ result: row.result, details: JSON.parse(String(row.details)) }))

describe('an item that begins', () => {
  test('is proposed with its title, date, row and pages, and made when accepted', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END], [ANSWER]])
    const [first, second, ...more] = await volume.of('new-item')
    expect(more).toEqual([])
    expect(first).toMatchObject({
      ...{ proposed: '民事起诉状', position: 1, state: 'open', mayDecide: true },
      newItem: { date: '2023-02-20', templateRow: 1, pageCount: 2 },
    })
    expect(second).toMatchObject({ proposed: '民事答辩状', newItem: { date: '2023-03-09', pageCount: 1 } })
    expect(first?.places.length).toBeGreaterThan(0)
    for (const place of first?.places ?? []) expect(place.every((part) => part >= 0 && part <= 1)).toBe(true)

    await room.call('proposals.accept', { volumeId: volume.volumeId, id: first?.id ?? '' })
    const tree = await room.call('cases.tree', { caseId: volume.caseId })
    expect(tree.volumes[0]?.books[0]?.items).toMatchObject([
      { title: '民事起诉状', date: '2023-02-20', templateRow: 1, pageCount: 2 },
    ])
    expect((await volume.of('new-item')).map(({ proposed }) => proposed)).toEqual(['民事答辩状'])
  })

  test('leaves a record of the command that made it, which names the proposal', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END]])
    const [proposal] = await volume.of('new-item')
    const id = proposal?.id ?? ''
    await room.call('proposals.accept', { volumeId: volume.volumeId, id })
    expect(recordsOf(room, 'item.created')).toEqual([{ result: 'done', details: { proposal: id } }])
    expect(recordsOf(room, 'pages.assigned')).toEqual([{ result: 'done', details: { proposal: id } }])
    const [accepted] = recordsOf(room, 'proposal.accepted')
    expect(accepted).toMatchObject({ result: 'done', details: { proposal: id, kind: 'new-item' } })
    // A record says which proposal, never what the page says.
    expect(JSON.stringify(accepted)).not.toContain('起诉状')
  })
})

describe('printed numbers', () => {
  test('read otherwise than counted are confirmed, and those after them are counted on', async () => {
    const room = await openRoom()
    const pages = ['main-005', 'main-006', 'main-007', 'main-009'].map((id) => [samplePage(id)] as const)
    const volume = await readVolume(room, pages)
    const numbers = await volume.of('printed-number')
    expect(numbers.map(({ present, proposed }) => `${present}→${proposed}`)).toEqual([
      '1→3',
      '2→4',
      '3→5',
      '4→7',
    ])
    // Both neighbours run through the second; after the third a number is missing, as where a sheet was not scanned.
    expect(numbers[1]?.confidence).toBeGreaterThanOrEqual(0.85)
    expect(numbers[2]?.reasons).toContainEqual({ code: 'run-gap', value: '7' })
    const result = await room.call('proposals.acceptMany', {
      volumeId: volume.volumeId,
      ids: numbers.slice(0, 1).map(({ id }) => id),
    })
    expect(result).toEqual({ accepted: 1, failed: [] })
    const rows = await room.call('pages.list', { volumeId: volume.volumeId })
    expect(rows.map(({ printedNumber }) => printedNumber)).toEqual(['3', '4', '5', '6'])
    expect((await volume.of('printed-number')).map(({ proposed }) => proposed)).toEqual(['7'])
    // Marking a page counts anew, and leaves what was confirmed.
    await room.call('pages.mark', {
      volumeId: volume.volumeId,
      pageIds: [rows[1]?.id ?? ''],
      kind: 'blank',
    })
    const after = await room.call('pages.list', { volumeId: volume.volumeId })
    expect(after.map(({ printedNumber }) => printedNumber)).toEqual(['3', '', '4', '5'])
  })

  test('tell what became of each when several are accepted', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END], [ANSWER]])
    const numbers = await volume.of('printed-number')
    const gone = numbers[0]?.id.replace(/[0-9a-f]{8}$/, '00000000') ?? ''
    const result = await room.call('proposals.acceptMany', {
      volumeId: volume.volumeId,
      ids: [gone, ...numbers.map(({ id }) => id)],
    })
    expect(result.accepted).toBe(numbers.length)
    expect(result.failed).toEqual([{ id: gone, code: 'CATALOGUE_NOT_FOUND' }])
  })
})

test('a page that stands on its head is turned for showing, its image left as it is', async () => {
  const room = await openRoom()
  const volume = await readVolume(room, [[COMPLAINT, { turn: 180 }], [COMPLAINT_END]])
  const [turn, ...more] = await volume.of('turn')
  expect(more).toEqual([])
  expect(turn).toMatchObject({ present: '0', proposed: '180' })
  const before = await room.call('pages.versions', { pageId: volume.pages[0]?.id ?? '' })
  await room.call('proposals.accept', { volumeId: volume.volumeId, id: turn?.id ?? '' })
  const [page, next] = await room.call('pages.list', { volumeId: volume.volumeId })
  expect([page?.turn, next?.turn]).toEqual([180, undefined])
  const [version] = await room.call('pages.versions', { pageId: page?.id ?? '' })
  expect(version?.sha256).toBe(before[0]?.sha256)
  expect(await volume.of('turn')).toEqual([])
})

describe('what was dismissed', () => {
  test('is not proposed again for the same text, until it is taken back', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END]])
    const [proposal] = await volume.of('new-item')
    const one = { volumeId: volume.volumeId, id: proposal?.id ?? '' }
    await room.call('proposals.dismiss', one)
    expect(await volume.of('new-item')).toEqual([])
    // Read again by whatever model, the page says the same.
    fileTexts(room, volume.volumeId, volume.pages, [[COMPLAINT], [COMPLAINT_END]])
    expect(await volume.of('new-item')).toEqual([])
    const all = await volume.list({ dismissed: true })
    expect(all.dismissed).toBe(1)
    expect(all.proposals.find(({ id }) => id === one.id)?.state).toBe('dismissed')
    expect((await room.refusal('proposals.accept', one)).code).toBe('CATALOGUE_CONFLICT')
    await room.call('proposals.reopen', one)
    expect(await volume.of('new-item')).toHaveLength(1)
  })

  test('is proposed anew when the page is another one', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END]])
    const [proposal] = await volume.of('new-item')
    await room.call('proposals.dismiss', { volumeId: volume.volumeId, id: proposal?.id ?? '' })
    fileTexts(room, volume.volumeId, volume.pages, [[ANSWER]])
    expect((await volume.of('new-item')).map(({ proposed }) => proposed)).toEqual(['民事答辩状'])
  })
})

describe('a suspicion', () => {
  test('of 副卷 material in a 正卷 is put down as confirmed and changes nothing else', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [DELIBERATION], [APPROVAL_FORM]])
    const before = await room.call('cases.tree', { caseId: volume.caseId })
    const [found] = await volume.of('restricted')
    expect(found).toMatchObject({ position: 2, notes: true, state: 'open' })
    expect(found?.confidence).toBeGreaterThan(0.8)
    await room.call('proposals.accept', { volumeId: volume.volumeId, id: found?.id ?? '' })
    expect((await volume.of('restricted'))[0]?.state).toBe('accepted')
    expect(await room.call('cases.tree', { caseId: volume.caseId })).toEqual(before)
    await room.call('proposals.reopen', { volumeId: volume.volumeId, id: found?.id ?? '' })
    expect((await volume.of('restricted'))[0]?.state).toBe('open')
  })

  test('is not raised in the 副卷 itself', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[DELIBERATION], [APPROVAL_FORM]], 'sub')
    expect(await volume.of('restricted')).toEqual([])
    expect((await volume.list()).proposals.length).toBeGreaterThan(0)
  })
})

describe('who may do what', () => {
  test('a reader of an assigned case sees proposals and decides on none', async () => {
    const room = await openRoom()
    const { checker } = await staff(room, ['checker'])
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END]])
    const { caseId, volumeId } = volume
    await room.call('assignments.add', { caseId, accountId: checker, kind: 'assigned' })
    await seat(room, PEOPLE.checker)
    const { proposals } = await volume.list()
    expect(proposals.length).toBeGreaterThan(0)
    expect(proposals.every(({ mayDecide }) => !mayDecide)).toBe(true)
    for (const { id } of proposals) {
      expect((await room.refusal('proposals.accept', { volumeId, id })).code).toBe('ACCESS_DENIED')
      expect((await room.refusal('proposals.dismiss', { volumeId, id })).code).toBe('ACCESS_DENIED')
    }
    await seat(room, KEEPER)
    expect((await volume.list()).proposals).toHaveLength(proposals.length)
  })

  test('without the key of a compartment nothing is listed or counted', async () => {
    const room = await openRoom()
    const { clerk } = PEOPLE
    const [accountId = ''] = await bringIn(room, [{ ...clerk, roles: ['clerk'], compartments: ['open'] }])
    const volume = await readVolume(room, [[DELIBERATION]], 'sub')
    const { caseId, volumeId } = volume
    await room.call('assignments.add', { caseId, accountId, kind: 'own' })
    expect(await room.call('proposals.counts', { caseId })).toMatchObject([{ volumeId }])
    const [proposal] = (await volume.list()).proposals
    await seat(room, clerk)
    expect(await room.call('proposals.counts', { caseId })).toEqual([])
    const one = { volumeId, id: proposal?.id ?? '' }
    for (const [method, input] of [
      ['proposals.list', { volumeId }],
      ['proposals.accept', one],
      ['proposals.dismiss', one],
    ] as const)
      expect((await room.refusal(method, input)).code).toBe('VAULT_COMPARTMENT_CLOSED')
  })

  test('who reads by loan is told of none, though the pages are open to them', async () => {
    const room = await lendingRoom()
    const { volumeId, caseId } = room
    fileTexts(room, volumeId, room.pages.slice(2, 5), [[DELIBERATION], [COMPLAINT], [ANSWER]])
    const [proposal] = (await room.call('proposals.list', { volumeId })).proposals
    expect(proposal).toBeDefined()
    await lend(room)
    await room.asReader()
    expect((await room.call('pages.list', { volumeId })).length).toBeGreaterThan(0)
    expect(await room.call('proposals.list', { volumeId, dismissed: true })).toEqual({
      ...{ proposals: [], unread: 0, dismissed: 0 },
    })
    expect(await room.call('proposals.counts', { caseId })).toEqual([])
    const one = { volumeId, id: proposal?.id ?? '' }
    for (const method of ['proposals.accept', 'proposals.dismiss', 'proposals.reopen'] as const)
      expect((await room.refusal(method, one)).code).toBe('CATALOGUE_NOT_FOUND')
    expect(await room.call('proposals.acceptMany', { volumeId, ids: [one.id] })).toMatchObject({
      accepted: 0,
    })
  })

  test('what is sensitive is masked as everywhere, and written whole when it is accepted', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END]])
    const { volumeId, pages, caseId } = volume
    const identity = '11010519491231002X'
    const { texts, proposals } = room.desk.room()
    const reading = drawnReading(COMPLAINT)
    const lines = reading.lines.map((line, at) => (at === 0 ? { ...line, text: `${identity}身份证` } : line))
    const text = {
      ...{ ...reading, lines, pageId: pages[0]?.id ?? '', versionId: pages[0]?.versionId ?? '' },
      ...{ volumeId, caseId, readAt: '2026-11-23T08:00:00.000Z' },
    }
    texts.put('open', text)
    proposals.readPage('open', text)
    const list = await volume.list()
    const [found] = list.proposals.filter(({ kind }) => kind === 'new-item')
    expect(found?.proposed).toContain('身份证')
    expect(JSON.stringify(list)).not.toContain(identity)
    await room.call('proposals.accept', { volumeId, id: found?.id ?? '' })
    const items = room.desk.room().catalogue.volumes.books(volumeId)[0]?.items
    expect(items?.[0]?.title).toBe(`${identity}身份证`)
  })

  test('a filed case is changed by a request, and the proposal waits for it', async () => {
    const room = await openRoom()
    const volume = await readVolume(room, [[COMPLAINT], [COMPLAINT_END], [NOTICE]])
    const { caseId, volumeId } = volume
    await room.call('cases.file', { caseId })
    const [proposal] = await volume.of('new-item')
    const one = { volumeId, id: proposal?.id ?? '' }
    expect((await room.refusal('proposals.accept', one)).code).toBe('ACCESS_APPROVAL_NEEDED')
    await room.call('proposals.request', { ...one, reason: '目录漏登' })
    expect((await volume.of('new-item'))[0]?.state).toBe('requested')
    const { rows } = await room.call('approvals.list', { view: 'own', caseId })
    expect(rows).toMatchObject([{ method: 'items.create', state: 'requested', reason: '目录漏登' }])
  })

  test.each([
    ['turn', { turn: 180 }, [{ field: 'turn', subject: '#1 · 1', before: '0', after: '180' }]],
    [
      'printed-number',
      {},
      [
        { field: 'printedNumber', subject: '#1', before: '1', after: '3' },
        { field: 'printedNumber', subject: '#2', before: '2', after: '4' },
      ],
    ],
  ] as const)('a request for a %s says what it would change', async (kind, options, changes) => {
    const room = await openRoom()
    const { caseId, volumeId, of } = await readVolume(room, [[COMPLAINT, options], [COMPLAINT_END]])
    await room.call('cases.file', { caseId })
    const [proposal] = await of(kind)
    await room.call('proposals.request', { volumeId, id: proposal?.id ?? '', reason: '核对原件' })
    const [row] = (await room.call('approvals.list', { view: 'own', caseId })).rows
    const detail = await room.call('approvals.get', { id: row?.id ?? '' })
    expect(detail.changes).toMatchObject(changes)
  })
})
