import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts'
import { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import { PEOPLE, seat, staff } from '../../fixtures/people.ts'
import { importInto, KEEPER, newCase, openRoom, PROJECT } from '../../fixtures/records-room.ts'

const SCANS = path.join(PROJECT, 'assets/sample/scans/副卷')
type Said = Partial<InputOf<'sheets.judge'>['verdict']> & {
  readonly verdict?: 'agrees' | 'differs' | 'doubtful'
}
type Pages = OutputOf<'pages.list'>

/** A checking of six images with two people who may judge: the archivist and a checker. */
async function sheetRoom({ alone = false } = {}) {
  const room = await openRoom()
  const { tree, volume } = await newCase(room, '（2023）云0199民初1024号', ['sub'])
  await importInto(room, volume.id, [SCANS])
  if (!alone) {
    const ids = await staff(room, ['checker'])
    await room.call('assignments.add', { caseId: tree.case.id, accountId: ids.checker, kind: 'assigned' })
  }
  const { id: reconciliationId } = await room.call('reconcile.start', { volumeId: volume.id })
  const work = { volumeId: volume.id, reconciliationId }
  const pages = () => room.call('pages.list', { volumeId: volume.id })
  const verdictOf = (page: Pages[number], said: Said = {}) => ({
    ...{ pageId: page.id, versionId: page.versionId, verdict: 'agrees' as const, type: null },
    ...said,
  })
  const judge = async (page: Pages[number] | undefined, said?: Said) => {
    if (page === undefined) throw new Error('no such page')
    return await room.call('sheets.judge', { ...work, verdict: verdictOf(page, said) })
  }
  return {
    ...{ room, work, volume, pages, judge, verdictOf },
    /** Judges every page, with something else of some of them, and ends the pass. */
    pass: async (said: Readonly<Record<number, Said>>) => {
      await room.call('sheets.begin', work)
      for (const [at, page] of (await pages()).entries()) await judge(page, said[at])
      return await room.call('sheets.finish', work)
    },
    get: () => room.call('sheets.get', work),
    asKeeper: () => seat(room, KEEPER),
    asChecker: () => seat(room, PEOPLE.checker),
    found: async () =>
      (await room.call('differences.list', { filter: { volumeId: volume.id } })).rows
        .filter(({ state }) => state === 'found')
        .map(({ type, paperPlace, pageId }) => ({ type, paperPlace, pageId })),
  }
}

describe('a pass sheet by sheet', () => {
  it('stops and goes on anywhere, ends only when every page has a verdict, and brings what it found into the register', async () => {
    const { room, work, pages, judge, get, asKeeper, found, verdictOf } = await sheetRoom({ alone: true })
    const [a, b, c, d, ...rest] = await pages()
    if (a === undefined) throw new Error('no pages')
    expect((await room.refusal('sheets.judge', { ...work, verdict: verdictOf(a) })).code).toBe(
      'RECONCILE_WRONG_STATE',
    )
    expect(await room.call('sheets.begin', work)).toMatchObject({ number: 1, mine: true, done: 0, of: 6 })
    expect(await judge(a)).toEqual({ done: 1, of: 6, nextPageId: b?.id })
    expect(await judge(c, { verdict: 'differs', type: 'D05' })).toMatchObject({ done: 2, nextPageId: d?.id })

    await asKeeper()
    expect(await room.call('sheets.begin', work)).toMatchObject({ number: 1, done: 2 })
    expect(await get()).toMatchObject({ nextPageId: b?.id, passes: [{ done: 2, finishedAt: null }] })
    expect(await room.refusal('sheets.finish', work)).toMatchObject({
      ...{ code: 'RECONCILE_PASS_UNFINISHED', details: { left: 4 } },
    })
    expect(await found()).toEqual([])

    await judge(b, { missingAfter: '12-1、12-2', note: '夹页两张未扫' })
    await judge(c, { verdict: 'differs', type: 'D07' })
    await judge(d, { verdict: 'doubtful', note: '印章看不清' })
    for (const page of rest) await judge(page)
    expect(await room.call('sheets.finish', work)).toEqual({ newDifferences: 4, disagreements: 0 })
    expect(await found()).toEqual(
      expect.arrayContaining([
        { type: 'D01', paperPlace: '第 12-1 页', pageId: null },
        { type: 'D01', paperPlace: '第 12-2 页', pageId: null },
        expect.objectContaining({ type: 'D07', pageId: c?.id }),
        expect.objectContaining({ type: 'D19', pageId: d?.id }),
      ]),
    )
    expect((await get()).mine).toHaveLength(6)
    expect((await room.refusal('sheets.judge', { ...work, verdict: verdictOf(a) })).code).toBe(
      'RECONCILE_WRONG_STATE',
    )
    // who made the first does not make the second
    expect((await room.refusal('sheets.begin', work)).code).toBe('RECONCILE_SAME_PERSON')
  })

  it('wants a type for 不符, the image as it stands, and a page of the volume', async () => {
    const { room, work, pages, verdictOf } = await sheetRoom({ alone: true })
    await room.call('sheets.begin', work)
    const [page, other] = await pages()
    if (page === undefined || other === undefined) throw new Error('no pages')
    const refused = async (verdict: InputOf<'sheets.judge'>['verdict']) =>
      (await room.refusal('sheets.judge', { ...work, verdict })).code
    expect(await refused(verdictOf(page, { verdict: 'differs' }))).toBe('CALL_INVALID_INPUT')
    expect(await refused({ ...verdictOf(page), versionId: other.versionId })).toBe(
      'RECONCILE_CHANGED_MEANWHILE',
    )
    expect(await refused({ ...verdictOf(page), pageId: other.versionId })).toBe('CATALOGUE_NOT_FOUND')
  })

  it('asks again for a page that has another image since, and keeps notes sealed', async () => {
    const { room, work, pages, pass, get, judge } = await sheetRoom({ alone: true })
    const before = await pages()
    await pass({ 1: { verdict: 'differs', type: 'D07', note: '只此一处的批注' } })
    const { sql } = room.desk.room().catalogue
    const kept = JSON.stringify(sql.all('SELECT * FROM sheet_verdict'), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    )
    expect(kept).not.toContain('只此一处')

    const page = before[2]
    if (page === undefined) throw new Error('no pages')
    const newVersion = `${page.versionId.slice(0, 25)}${page.versionId.endsWith('Z') ? 'Y' : 'Z'}`
    const columns = `source_file_id, source_frame, compartment, object_name, format, width_pixels, height_pixels, dpi_x,
      dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, reason, created_at, created_by`
    sql.run(
      `INSERT INTO page_version (id, page_id, number, ${columns})
       SELECT ?, page_id, 2, ${columns} FROM page_version WHERE id = ?`,
      ...[newVersion, page.versionId],
    )
    sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', newVersion, page.id)
    expect(await get()).toMatchObject({ nextPageId: page.id, passes: [{ done: 5, of: 6 }] })
    expect(await room.call('sheets.begin', work)).toMatchObject({ number: 1, finishedAt: null, done: 5 })
    await judge({ ...page, versionId: newVersion })
    expect(await room.call('sheets.finish', work)).toMatchObject({ newDifferences: 0 })
  })
})

describe('the second pass', () => {
  it('is blind: before both have ended it learns nothing of the first, and the register nothing of either', async () => {
    const { room, work, pages, judge, get, asKeeper, asChecker, found } = await sheetRoom()
    const all = await pages()
    await room.call('sheets.begin', work)
    await judge(all[0], { verdict: 'differs', type: 'D05', missingAfter: '2' })
    await asChecker()
    expect(await room.call('sheets.begin', work)).toMatchObject({ number: 2, mine: true, done: 0 })
    await asKeeper()
    for (const page of all.slice(1)) await judge(page)
    expect(await room.call('sheets.finish', work)).toEqual({ newDifferences: 0, disagreements: 0 })

    await asChecker()
    const seen = await get()
    expect(seen.mine).toEqual([])
    expect(seen.disagreements).toEqual([])
    expect(seen.nextPageId).toBe(all[0]?.id)
    expect(JSON.stringify(seen)).not.toContain('D05')
    expect(await found()).toEqual([])
    const early = { ...work, pageId: all[0]?.id, holds: 'first' }
    expect((await room.refusal('sheets.settle', early)).code).toBe('RECONCILE_WRONG_STATE')

    for (const page of all) await judge(page, page.id === all[1]?.id ? { verdict: 'doubtful' } : undefined)
    expect(await room.call('sheets.finish', work)).toEqual({ newDifferences: 3, disagreements: 2 })
    const after = await get()
    expect(after.disagreements.map(({ pageId, settled }) => [pageId, settled])).toEqual([
      [all[0]?.id, false],
      [all[1]?.id, false],
    ])
    expect(after.disagreements[0]).toMatchObject({
      first: { verdict: 'differs' },
      second: { verdict: 'agrees' },
    })

    await room.call('sheets.settle', { ...work, pageId: all[0]?.id ?? '', holds: 'first' })
    await room.call('sheets.settle', { ...work, pageId: all[1]?.id ?? '', holds: 'first' })
    expect((await found()).map(({ type }) => type).sort()).toEqual(['D01', 'D05'])
    expect((await get()).disagreements.every(({ settled }) => settled)).toBe(true)
    // the word can be taken back
    await room.call('sheets.settle', { ...work, pageId: all[0]?.id ?? '', holds: 'second' })
    expect(await found()).toEqual([])
  })

  it('that says the same leaves nothing to settle', async () => {
    const { room, work, pass, get, asChecker, found } = await sheetRoom()
    const said: Record<number, Said> = { 3: { verdict: 'differs', type: 'D04' } }
    expect(await pass(said)).toMatchObject({ newDifferences: 1 })
    await asChecker()
    expect(await pass(said)).toEqual({ newDifferences: 0, disagreements: 0 })
    expect((await get()).disagreements).toEqual([])
    expect((await found()).map(({ type }) => type)).toEqual(['D04'])
    const { id: pageId } = (await room.call('pages.list', { volumeId: work.volumeId }))[3] ?? { id: '' }
    const refused = await room.refusal('sheets.settle', { ...work, pageId, holds: 'first' })
    expect(refused).toMatchObject({ code: 'RECONCILE_WRONG_STATE', details: { reason: 'no-disagreement' } })
  })
})

it('hides from a person at the second pass what the first pass alone brought into the register', async () => {
  const { room, work, pass, asChecker, found, pages, judge } = await sheetRoom()
  await pass({ 1: { verdict: 'differs', type: 'D07' } })
  expect(await found()).toHaveLength(1)
  await asChecker()
  expect(await found()).toHaveLength(1)
  await room.call('sheets.begin', work)
  expect(await found()).toEqual([])
  for (const page of await pages()) await judge(page)
  await room.call('sheets.finish', work)
  expect(await found()).toHaveLength(1)
})

it('tells how many pages the paper says there are beside the images, and which numbers are missing behind the last', async () => {
  const { room, work, pages, volume, get } = await sheetRoom({ alone: true })
  const { sql } = room.desk.room().catalogue
  const all = await pages()
  for (const [at, { id }] of all.entries())
    sql.run('UPDATE page SET printed_number = ? WHERE id = ?', String(at + 1), id)
  const bookId = volume.books[0]?.id
  expect(await get()).toMatchObject({ totals: [{ bookId, printed: null, images: 6 }], gaps: [] })
  const said = (note: object, cover: object) =>
    room.call('paperCatalogue.set', { ...work, catalogue: PaperCatalogue.parse({ rows: [], note, cover }) })
  await said({}, { pageCount: 7 })
  const last = { afterPageId: all[5]?.id, beforePageId: null, kind: 'missing' }
  expect(await get()).toMatchObject({
    totals: [{ bookId, printed: 7, images: 6 }],
    gaps: [{ ...last, numbers: '7' }],
  })
  // 备考表 was written when the volume was bound: it counts more than the cover.
  await said({ pageCount: 8 }, { pageCount: 7 })
  expect((await get()).gaps).toEqual([{ ...last, numbers: '7、8' }])
  await said({ pageCount: 6 }, {})
  expect((await get()).gaps).toEqual([])
})
