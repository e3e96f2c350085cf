import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkVault, importInto, outcomesOf } from '../../fixtures/records-room.ts'
import {
  checkingOf,
  type DrawnWith,
  drawPage,
  knowingReader,
  placesOf,
  registered,
  rescan,
  sidesOf,
  wordsOf,
  writeScan,
} from './rescan-room.ts'

const page = (place: number, drawn: DrawnWith = {}) => drawPage(wordsOf(place), drawn)
const pagesOf = (...places: number[]) => places.map((place) => page(place))

describe('a fresh scan', { timeout: 60_000 }, () => {
  test('is imported, read, matched and compared, and what differs is registered', async () => {
    const knowing = knowingReader()
    // Missing: 2. In the same place as nothing: 20. Swapped: 4 and 5. Stamped since: 6. Upside down: 7.
    const electronic = await writeScan(
      [...pagesOf(0, 1, 3, 20, 5, 4, 6), page(7, { upsideDown: true }), page(8)],
      knowing.learn,
    )
    const paper = await writeScan(
      [...pagesOf(0, 1, 2, 3, 4, 5), page(6, { stamp: true }), ...pagesOf(7, 8)],
      knowing.learn,
    )
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    const job = await rescan(checking, [paper])
    expect(job).toMatchObject({ state: 'succeeded', tally: { imported: 9, read: 18 } })
    const sides = await sidesOf(checking)
    expect(placesOf(sides)).toEqual([
      ...['extra - 3', 'missing 2 -', 'same 0 0', 'same 1 1', 'same 3 2'],
      ...['same 4 5', 'same 5 4', 'same 6 6', 'same 7 7', 'same 8 8'],
    ])
    expect(sides).toMatchObject({ current: true, scans: [{ name: 'scans', pages: 9, part: false }] })
    const byType = new Map(registered(checking).map((one) => [one.type, one]))
    expect([...byType.keys()]).toEqual(['D01', 'D02', 'D04', 'D05', 'D18'])
    expect(byType.get('D01')).toMatchObject({
      paper: '纸质影像 3',
      electronic: '缺，应在第 2 页（影像 2）之后',
    })
    expect(byType.get('D02')).toMatchObject({
      electronic: '第 4 页（影像 4）',
      paper: '无，应在纸质影像 4之后',
    })
    expect(byType.get('D05')).toMatchObject({ electronic: '第 8 页（影像 8）' })
    expect(byType.get('D18')).toMatchObject({ paper: '纸质影像 7', electronic: '第 7 页（影像 7）' })

    const { room, volumeId, reconciliationId } = checking
    const stamped = sides.matches.find(({ strongest }) => strongest === 'added-stamp')
    const { comparison, text } = await room.call('reconcile.comparison', {
      ...{ volumeId, reconciliationId, matchId: stamped?.id ?? '' },
    })
    expect(comparison).toMatchObject({ registered: true, changes: [{ kind: 'added-stamp', on: 'paper' }] })
    expect(text.map((run) => run.paper).join('')).toContain(wordsOf(6)[0])
    expect(await room.call('reconcile.ofVolume', { volumeId })).toMatchObject({
      ...{ state: 'open', electronicPages: 9, paperPages: 9 },
      ways: { rescan: { scans: 1, toDecide: 0 } },
      differences: { found: registered(checking).length },
    })
    expect(await room.call('reconcile.list', {})).toMatchObject([{ id: reconciliationId }])
    // The sealed images of the paper are as safe as those of the volume.
    expect((await checkVault(room)).problems).toEqual([])
  })

  test('of a part leaves the rest of the volume alone, and a second part goes in its place', async () => {
    const knowing = knowingReader()
    const electronic = await writeScan(pagesOf(0, 1, 2, 3, 4, 5), knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    const part = { part: true }
    await rescan(checking, [await writeScan(pagesOf(1, 4), knowing.learn)], part)
    const first = await sidesOf(checking)
    expect(placesOf(first)).toEqual(['extra - 2', 'extra - 3', 'same 0 1', 'same 1 4'])
    const between = { ...part, afterPaperPageId: first.paper[0]?.id ?? '' }
    await rescan(checking, [await writeScan(pagesOf(2, 3), knowing.learn)], between)
    const second = await sidesOf(checking)
    expect(placesOf(second)).toEqual(['same 0 1', 'same 1 2', 'same 2 3', 'same 3 4'])
    expect(second.paper.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
    // What was found only for want of the second part is taken back.
    expect(registered(checking).map(({ state }) => state)).toEqual(['dismissed', 'dismissed'])
  })

  test('takes the good files, says what is wrong with the bad, and takes no file twice', async () => {
    const knowing = knowingReader()
    const electronic = await writeScan(pagesOf(0, 1), knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    const paper = await writeScan([page(0, { grey: true }), page(1, { grey: true })], knowing.learn)
    await writeFile(path.join(paper, '003.jpg'), 'not an image')
    const job = await rescan(checking, [paper])
    expect(job).toMatchObject({ state: 'succeeded', tally: { imported: 2, failed: 1 } })
    expect((await rescan(checking, [paper])).tally).toMatchObject({ duplicate: 2, failed: 1 })
    expect((await sidesOf(checking)).paper).toHaveLength(2)
    // The paper's images are none of the volume: the same files may still be imported into it.
    const imported = await importInto(checking.room, checking.volumeId, [paper])
    expect(imported.tally).toMatchObject({ imported: 2 })
    expect((await sidesOf(checking)).current).toBe(false)
  })

  test('without a reader is compared by its images, and the outcome says so', async () => {
    const knowing = knowingReader()
    const looks = [3, 14, 8].map((lines) =>
      Array.from({ length: lines }, (_, row) => '页'.repeat(3 + ((row * lines) % 11))),
    )
    const [first = [], second = [], third = []] = looks
    const electronic = await writeScan([drawPage(first), drawPage(second), drawPage(third)], knowing.learn)
    const openReader = () => ({ ...knowing.reader(), unavailable: async () => 'models-missing' as const })
    const checking = await checkingOf(electronic, { openReader })
    const paper = await writeScan(
      [drawPage(first, { grey: true }), drawPage(third, { grey: true })],
      knowing.learn,
    )
    const job = await rescan(checking, [paper])
    expect(job.state).toBe('succeeded')
    const unread = (await outcomesOf(checking.room, job.id)).filter(({ outcome }) => outcome === 'unread')
    expect(unread).toMatchObject([{ code: 'RECOGNITION_UNAVAILABLE', details: { reason: 'models-missing' } }])
    expect(placesOf(await sidesOf(checking))).toEqual(['extra - 1', 'same 0 0', 'same 1 2'])
    expect(registered(checking).map(({ type }) => type)).toEqual(['D02'])
  })
})

describe('a person', { timeout: 60_000 }, () => {
  test('decides what a page is, and the rest is matched anew around it without looking at any page again', async () => {
    const knowing = knowingReader()
    const electronic = await writeScan(pagesOf(0, 1, 2), knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    await rescan(checking, [await writeScan(pagesOf(0, 1, 2), knowing.learn)])
    const { room, volumeId, reconciliationId } = checking
    const before = await sidesOf(checking)
    const read = knowing.asked()
    await room.call('reconcile.decideMatch', {
      ...{ volumeId, reconciliationId, paperPageId: before.paper[1]?.id ?? '', pageId: null },
    })
    await Promise.all(
      room.desk
        .room()
        .jobs.list()
        .map(({ id }) => room.ended(id)),
    )
    const after = await sidesOf(checking)
    expect(placesOf(after)).toEqual(['extra - 1', 'missing 1 -', 'same 0 0', 'same 2 2'])
    expect(after.current).toBe(true)
    expect(after.matches.find(({ kind }) => kind === 'missing')).toMatchObject({ decidedBy: '档案员甲' })
    expect(knowing.asked()).toBe(read)
    expect(registered(checking).map(({ type }) => type)).toEqual(['D01', 'D02'])

    await room.call('reconcile.decideMatch', {
      ...{ volumeId, reconciliationId },
      ...{ paperPageId: before.paper[1]?.id ?? '', pageId: before.pages[1]?.id ?? '' },
    })
    await Promise.all(
      room.desk
        .room()
        .jobs.list()
        .map(({ id }) => room.ended(id)),
    )
    expect(placesOf(await sidesOf(checking))).toEqual(['same 0 0', 'same 1 1', 'same 2 2'])
  })

  test('takes a scan out again, and ends the checking with a reason', async () => {
    const knowing = knowingReader()
    const electronic = await writeScan(pagesOf(0, 1), knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    await rescan(checking, [await writeScan([page(0, { grey: true })], knowing.learn)])
    const { room, volumeId, reconciliationId } = checking
    const [scan] = (await sidesOf(checking)).scans
    const { catalogue, vault } = room.desk.room()
    const image = String(catalogue.sql.one('SELECT object_name AS name FROM paper_page')?.name)
    expect(await vault.objects.has(image)).toBe(true)
    await room.call('reconcile.removeScan', { volumeId, reconciliationId, scanId: scan?.id ?? '' })
    await Promise.all(
      room.desk
        .room()
        .jobs.list()
        .map(({ id }) => room.ended(id)),
    )
    expect(await sidesOf(checking)).toMatchObject({ scans: [], paper: [], matches: [], current: true })
    expect(await vault.objects.has(image)).toBe(false)
    expect((await checkVault(room)).problems).toEqual([])
    const again = await room.refusal('reconcile.rescan', { volumeId, reconciliationId, paths: [] })
    expect(again.code).toBe('RECONCILE_NOTHING_SCANNED')
    expect((await room.refusal('reconcile.start', { volumeId })).code).toBe('RECONCILE_ALREADY_OPEN')
    await room.call('reconcile.abandon', { volumeId, reconciliationId, reason: '纸质卷已调走' })
    const refused = await room.refusal('reconcile.rescan', {
      volumeId,
      reconciliationId,
      paths: [electronic],
    })
    expect(refused.code).toBe('RECONCILE_NOT_OPEN')
    const { id } = await room.call('reconcile.start', { volumeId })
    expect(id).not.toBe(reconciliationId)
    expect((await room.call('reconcile.list', {})).map((row) => row.id)).toEqual([id])
    expect(await room.call('reconcile.list', { ended: true })).toHaveLength(2)
  })
})
