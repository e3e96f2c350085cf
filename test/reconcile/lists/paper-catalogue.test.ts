import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { paperRecords } from '../../../electron/reconcile/records/paper-records.ts'
import { sealReading } from '../../../electron/reconcile/rescan/sealed-content.ts'
import { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import type { PageText } from '../../../shared/domain/page-text.ts'
import { sampleReadings } from '../../fixtures/recognition/sample-volumes.ts'
import { importInto, newCase, newId, openRoom, PROJECT, type TestRoom } from '../../fixtures/records-room.ts'

const SAMPLE = path.join(PROJECT, 'assets/sample')
const NUMBER = '（2023）云0199民初1024号'

/** A checking of the sample's 副卷: six images, three rows. */
async function checking(kind: 'main' | 'sub' = 'sub') {
  const room = await openRoom()
  const { tree, volume } = await newCase(room, NUMBER, [kind], {
    ...{ cause: '民间借贷纠纷', acceptedOn: '2023-02-23', handler: '陈拟文' },
    parties: [
      { role: 'plaintiff', name: '王小样', sheltered: true },
      { role: 'defendant', name: '李样本' },
    ],
  })
  await importInto(room, volume.id, [path.join(SAMPLE, 'scans', kind === 'sub' ? '副卷' : '正卷')], {
    table: { path: path.join(SAMPLE, 'rows.csv') },
    frontMatter: ['cover', 'catalogue'],
    ...(kind === 'main' ? { backMatter: ['note' as const] } : {}),
  })
  const { id: reconciliationId } = await room.call('reconcile.start', { volumeId: volume.id })
  return { room, tree, volume, work: { volumeId: volume.id, reconciliationId } }
}

const ROWS = [
  { order: '1', title: '合议庭评议笔录', pages: '1' },
  { order: '2', title: '法律文书审批表', pages: '2' },
  { order: '3', title: '民事判决书签发稿', pages: '3-4', remark: '节录，有修改' },
]
const given = (change: Partial<Record<keyof PaperCatalogue, unknown>> = {}) =>
  PaperCatalogue.parse({ rows: ROWS, note: { itemCount: 3, pageCount: 4 }, cover: {}, ...change })
const registered = async (room: TestRoom, volumeId: string) =>
  (await room.call('differences.list', { filter: { volumeId } })).rows.filter(
    ({ state }) => state === 'found',
  )

describe('the paper’s catalogue', () => {
  it('that says what the electronic one says brings nothing into the register, and is compared anew as that changes', async () => {
    const { room, work, tree } = await checking()
    expect(await room.call('paperCatalogue.set', { ...work, catalogue: given() })).toEqual({
      findings: 0,
      newDifferences: 0,
    })
    const kept = await room.call('paperCatalogue.get', work)
    expect(kept.catalogue).toEqual(given())
    expect(kept.pairs.map(({ paperRow }) => paperRow)).toEqual([0, 1, 2])
    expect(kept.givenBy).not.toBeNull()

    const [volume] = (await room.call('cases.tree', { caseId: tree.case.id })).volumes
    const item = volume?.books[0]?.items[1]
    if (item === undefined) throw new Error('the volume has three rows')
    await room.call('items.update', { itemId: item.id, draft: { title: '文书审签单' } })
    const { findings } = await room.call('paperCatalogue.get', work)
    expect(findings).toMatchObject([{ type: 'D11', paper: '法律文书审批表', electronic: '文书审签单' }])
  })

  it('brings each difference once, sealed, however often it is given, and takes back what was a slip of typing', async () => {
    const { room, work } = await checking()
    const catalogue = given({
      rows: [
        ROWS[0],
        { ...ROWS[1], title: '法律文书审签表' },
        { ...ROWS[2], pages: '3-5' },
        { order: '4', title: '案件质量评查表', pages: '6' },
      ],
      note: { itemCount: 4, pageCount: 6 },
      cover: {
        caseNumber: '(2023)云0199民初1024号',
        cause: '买卖合同纠纷',
        parties: '原告：王小样 被告：张三',
      },
    })
    const first = await room.call('paperCatalogue.set', { ...work, catalogue })
    expect(first.newDifferences).toBe(first.findings)
    const rows = await registered(room, work.volumeId)
    expect(rows.map(({ type }) => type).sort()).toEqual(['D11', 'D13', 'D14', 'D16', 'D16', 'D17', 'D17'])
    expect(rows.find(({ type }) => type === 'D11')).toMatchObject({
      ...{ paperWords: '法律文书审签表', electronicWords: '法律文书审批表', methods: ['catalogue'] },
    })
    expect(rows.find(({ type }) => type === 'D13')).toMatchObject({
      paperWords: '3-5',
      electronicWords: '3-4',
    })
    expect(rows.find(({ type }) => type === 'D14')).toMatchObject({
      paperWords: '案件质量评查表',
      itemId: null,
    })

    const again = await room.call('paperCatalogue.set', { ...work, catalogue })
    expect(again).toEqual({ findings: first.findings, newDifferences: 0 })
    const mended = given({ rows: [ROWS[0], { ...ROWS[1], title: '法律文书审签表' }, ROWS[2]] })
    await room.call('paperCatalogue.set', { ...work, catalogue: mended })
    expect((await registered(room, work.volumeId)).map(({ type }) => type)).toEqual(['D11'])

    // sealed: no title stands in the tables that the catalogue's own key opens
    const { sql } = room.desk.room().catalogue
    const row = sql.one('SELECT catalogue_content FROM reconciliation WHERE id = ?', work.reconciliationId)
    expect(row?.catalogue_content).toBeInstanceOf(Uint8Array)
    const stored = JSON.stringify([row, sql.all('SELECT * FROM difference')], (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    )
    expect(stored).not.toContain('法律文书审签表')
  })

  it('shows a sheltered name masked, and keeps it whole when it is given back so', async () => {
    const { room, work } = await checking()
    const catalogue = given({ cover: { parties: '原告：王小样 被告：李样本' } })
    expect((await room.call('paperCatalogue.set', { ...work, catalogue })).findings).toBe(0)
    const shown = await room.call('paperCatalogue.get', work)
    expect(shown.catalogue?.cover.parties).toBe('原告：王*** 被告：李样本')
    if (shown.catalogue === null) throw new Error('it was given')
    expect((await room.call('paperCatalogue.set', { ...work, catalogue: shown.catalogue })).findings).toBe(0)
  })

  it('is read from a file and from pasted text; not for a checking of another volume, nor after its end', async () => {
    const { room, work } = await checking()
    const file = await room.call('paperCatalogue.readFile', { ...work, path: path.join(SAMPLE, 'rows.csv') })
    expect(file.rows.map(({ title }) => title)).toEqual(ROWS.map(({ title }) => title))
    const text = await readFile(path.join(SAMPLE, 'rows.csv'), 'utf8')
    const pasted = await room.call('paperCatalogue.readText', { ...work, text })
    expect(pasted).toEqual(file)
    expect((await room.refusal('paperCatalogue.readText', { ...work, text: '　\n' })).code).toBe(
      'RECONCILE_TABLE_UNREADABLE',
    )

    const { volume: other } = await newCase(room, '（2023）云0199民初1025号')
    const elsewhere = { ...work, volumeId: other.id }
    expect((await room.refusal('paperCatalogue.get', elsewhere)).code).toBe('CATALOGUE_NOT_FOUND')
    await room.call('reconcile.abandon', { ...work, reason: '重来' })
    const refused = await room.refusal('paperCatalogue.set', { ...work, catalogue: given() })
    expect(refused.code).toBe('RECONCILE_NOT_OPEN')
  })
})

describe('what was read on the volume’s own images', () => {
  it('gives the rows and the counts, which agree with the electronic catalogue; nothing before it is read; the fresh scan first', async () => {
    const { room, volume, work } = await checking('main')
    expect(await room.call('paperCatalogue.readScan', work)).toMatchObject({ rows: [], pages: 0 })
    for (const page of await room.call('pages.list', { volumeId: volume.id })) {
      const reading = sampleReadings[`main-${String(page.position).padStart(3, '0')}`]
      if (reading === undefined) throw new Error(`no reading of page ${page.position}`)
      const text: PageText = {
        ...reading,
        ...{ versionId: page.versionId, pageId: page.id, volumeId: volume.id, caseId: volume.caseId },
        readAt: '2026-02-03T04:05:06.000Z',
      }
      room.desk.room().texts.put('open', text)
    }
    const read = await room.call('paperCatalogue.readScan', work)
    expect(read).toMatchObject({ pages: 2, note: { itemCount: 23, pageCount: 34 } })
    expect(read.rows).toHaveLength(23)
    const catalogue = given({ rows: read.rows, note: read.note })
    expect((await room.call('paperCatalogue.set', { ...work, catalogue })).findings).toBe(0)

    // a fresh scan of the paper speaks first: here of another volume's list
    const open = room.desk.room()
    const papers = paperRecords(open.catalogue)
    const [scanId, id, at] = [newId(), newId(), '2026-02-03T04:05:06.000Z']
    const reading = sampleReadings['inner-002']
    const source = open.catalogue.sql.one('SELECT id FROM source_file LIMIT 1')
    if (reading === undefined || source === undefined) throw new Error('the sample has a catalogue')
    const { reconciliationId } = work
    papers.insertScan({
      id: scanId,
      reconciliationId,
      jobId: null,
      name: '重扫',
      part: true,
      duplex: false,
      at,
      by: newId(),
    })
    const image = {
      format: 'jpeg',
      widthPixels: 10,
      heightPixels: 10,
      dpiX: null,
      dpiY: null,
      bitDepth: 8,
    } as const
    const file = {
      sourceFileId: String(source.id),
      sourceFrame: 0,
      objectName: 'x',
      sizeBytes: 1,
      sha256: 'x',
    }
    const page = { id, reconciliationId, scanId, compartment: 'open', colourMode: 'grey' } as const
    papers.insertPages([{ ...page, ...image, ...file }], 0)
    papers.setReading(id, sealReading(open.vault, 'open', id, reading), 0)
    const fresh = await room.call('paperCatalogue.readScan', work)
    expect(fresh.pages).toBe(1)
    expect(fresh.rows.map(({ title }) => title)).toEqual(ROWS.map(({ title }) => title))
  })
})
