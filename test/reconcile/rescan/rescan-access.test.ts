import { expect, test } from 'vitest'
import { paperRecords } from '../../../electron/reconcile/records/paper-records.ts'
import { bringIn, seat } from '../../fixtures/people.ts'
import { CLIENT, KEEPER, newId } from '../../fixtures/records-room.ts'
import { lend, lendingRoom } from '../../lending/lending-room.ts'
import {
  checkingOf,
  drawPage,
  knowingReader,
  registered,
  rescan,
  sidesOf,
  wordsOf,
  writeScan,
} from './rescan-room.ts'

const SECRET = '合议庭评议意见'
const NEWCOMER = {
  name: '档案员壬',
  password: 'Thicket-42-plume',
  roles: ['archivist' as const],
  compartments: ['open' as const],
}

test('what a fresh scan of 副卷 shows is nothing to the catalogue key, nor to who lacks the key of 副卷', {
  timeout: 60_000,
}, async () => {
  const knowing = knowingReader()
  const lines = [SECRET, ...wordsOf(1)]
  const electronic = await writeScan([drawPage(lines), drawPage(wordsOf(2))], knowing.learn)
  const checking = await checkingOf(electronic, { openReader: knowing.reader, kind: 'sub' })
  await rescan(checking, [await writeScan([drawPage(lines, { stamp: true })], knowing.learn)])
  const { room, volumeId, reconciliationId } = checking
  expect(registered(checking).map(({ type }) => type)).toEqual(['D02', 'D18'])
  const { catalogue } = room.desk.room()
  for (const table of [
    'paper_scan',
    'paper_page',
    'page_match',
    'difference',
    'reconciliation',
    'job_outcome',
  ]) {
    const rows = catalogue.sql.all(`SELECT * FROM ${table}`)
    expect(rows.length).toBeGreaterThan(0)
    const bytes = rows.flatMap((row) =>
      Object.values(row).map((value) =>
        value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)),
      ),
    )
    for (const word of [SECRET, wordsOf(1)[0] ?? '', wordsOf(2)[0] ?? ''])
      expect(bytes.some((value) => value.includes(word))).toBe(false)
  }
  const { matches, paper } = await sidesOf(checking)
  const [shown] = paper
  const served = await room.desk.page(CLIENT, shown?.id ?? '', 'view', null)
  expect(served).toMatchObject({ ok: true, mediaType: 'image/jpeg' })
  const [record] = catalogue.sql.all(`SELECT * FROM audit_record ORDER BY sequence DESC LIMIT 1`)
  expect(JSON.stringify(record)).toContain(`paper-page:${shown?.id}`)

  await bringIn(room, [NEWCOMER])
  await seat(room, { ...NEWCOMER, own: `${NEWCOMER.password}-own-6` })
  const work = { volumeId, reconciliationId }
  const closed = { code: 'VAULT_COMPARTMENT_CLOSED' }
  expect(await room.refusal('reconcile.sides', work)).toMatchObject(closed)
  expect(await room.refusal('reconcile.rescan', { ...work, paths: [electronic] })).toMatchObject(closed)
  const matchId = matches.find(({ changes }) => changes !== null)?.id ?? ''
  expect(await room.refusal('reconcile.comparison', { ...work, matchId })).toMatchObject(closed)
  expect(await room.desk.page(CLIENT, shown?.id ?? '', 'thumbnail', null)).toMatchObject({
    ...{ ok: false, error: closed },
  })
  expect(await room.call('reconcile.list', {})).toEqual([])
  await seat(room, KEEPER)
  expect(await room.call('reconcile.list', {})).toHaveLength(1)
})

test('a checking answers for its own volume alone', async () => {
  const knowing = knowingReader()
  const electronic = await writeScan([drawPage(wordsOf(1))], knowing.learn)
  const { room, caseId, reconciliationId } = await checkingOf(electronic, { openReader: knowing.reader })
  const other = await room.call('cases.addVolume', { caseId, kind: 'procuratorate' })
  const work = { volumeId: other.id, reconciliationId }
  for (const [method, input] of [
    ['reconcile.sides', work],
    ['reconcile.rescan', { ...work, paths: [electronic] }],
    ['reconcile.abandon', { ...work, reason: '试' }],
    ['reconcile.removeScan', { ...work, scanId: newId() }],
    ['reconcile.decideMatch', { ...work, paperPageId: newId(), pageId: null }],
    ['reconcile.comparison', { ...work, matchId: newId() }],
  ] as const)
    expect(await room.refusal(method, input)).toMatchObject({ code: 'CATALOGUE_NOT_FOUND' })
})

test('a loan of pages does not lend the fresh scan of their paper', async () => {
  const room = await lendingRoom()
  const { volumeId } = room
  const { id: reconciliationId } = await room.call('reconcile.start', { volumeId })
  const { catalogue } = room.desk.room()
  const { id: pageId = '', versionId = '' } = room.pages[3] ?? {}
  const papers = paperRecords(catalogue)
  const [scanId, paperPageId] = [newId(), newId()]
  const deed = { at: new Date().toISOString(), by: KEEPER.name }
  papers.insertScan({
    ...deed,
    id: scanId,
    reconciliationId,
    jobId: null,
    name: '重扫',
    part: false,
    duplex: false,
  })
  const row = catalogue.sql.one('SELECT * FROM page_version WHERE id = ?', versionId) ?? {}
  papers.insertPages(
    [
      {
        ...{ id: paperPageId, reconciliationId, scanId, sourceFileId: String(row.source_file_id) },
        ...{ sourceFrame: 0, compartment: 'open', objectName: String(row.object_name), format: 'jpeg' },
        ...{ widthPixels: 10, heightPixels: 10, dpiX: null, dpiY: null, colourMode: 'colour', bitDepth: 8 },
        ...{ sizeBytes: Number(row.size_bytes), sha256: String(row.sha256) },
      },
    ],
    0,
  )
  expect(await room.desk.page(CLIENT, paperPageId, 'view', null)).toMatchObject({ ok: true })
  await lend(room)
  await room.asReader()
  expect(pageId).not.toBe('')
  const denied = { code: 'ACCESS_DENIED' }
  expect(await room.desk.page(CLIENT, paperPageId, 'view', null)).toMatchObject({ ok: false, error: denied })
  expect(await room.refusal('reconcile.sides', { volumeId, reconciliationId })).toMatchObject(denied)
})
