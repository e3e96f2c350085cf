import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { addPage } from '../fixtures/catalogue/open.ts'
import { bringIn, seat } from '../fixtures/people.ts'
import { freshFolder, newCase, openRoom, outcomesOf } from '../fixtures/records-room.ts'
import { pageTextOf } from '../fixtures/search-room.ts'

async function room() {
  const opened = await openRoom()
  const { tree, volume } = await newCase(opened, '（2023）云0199民初1号', ['main'], {
    cause: '民间借贷纠纷',
    parties: [{ role: 'plaintiff', name: '王小样' }],
  })
  const { catalogue, texts } = opened.desk.room()
  const bookId = volume.books[0]?.id ?? ''
  const { pageId, versionId } = addPage(catalogue, { volumeId: volume.id, bookId }, 'one')
  texts.put(
    'open',
    pageTextOf({ pageId, versionId, volumeId: volume.id, caseId: tree.case.id }, [
      '借条',
      '电话13812345678，王小样',
    ]),
  )
  return { ...opened, caseId: tree.case.id, catalogue, texts, pageId }
}

describe('the search at the desk', () => {
  test('keeps questions for each account alone', async () => {
    const desk = await room()
    await bringIn(desk, [
      { name: '书记员戊', password: 'Willow-37-tin-drum', roles: ['clerk'], compartments: ['open'] },
    ])
    const kept = await desk.call('search.save', {
      name: '借贷',
      question: { text: '案由:借贷', order: 'best' },
    })
    const again = await desk.call('search.save', { name: '借贷', question: { text: '案由:民间借贷' } })
    expect(again.id).toBe(kept.id)
    expect(await desk.call('search.saved', {})).toMatchObject([
      { id: kept.id, question: { text: '案由:民间借贷' } },
    ])
    await seat(desk, { name: '书记员戊', password: 'Willow-37-tin-drum', own: 'Heron-52-quiet-lamp' })
    expect(await desk.call('search.saved', {})).toEqual([])
    expect(await desk.refusal('search.removeSaved', { id: kept.id })).toMatchObject({
      code: 'CATALOGUE_NOT_FOUND',
    })
    // A clerk takes no lists out.
    const file = path.join(await freshFolder(), 'list.csv')
    expect(await desk.refusal('search.exportList', { text: '借条', file, as: 'csv' })).toMatchObject({
      code: 'ACCESS_DENIED',
    })
  })

  test('writes the list as table and as PDF, masked, and records how much left without what was asked', async () => {
    const desk = await room()
    const folder = await freshFolder()
    const csv = path.join(folder, 'list.csv')
    expect(await desk.call('search.exportList', { text: '王小样', file: csv, as: 'csv' })).toEqual({
      fileName: 'list.csv',
      rowCount: 2,
      complete: true,
    })
    const lines = (await readFile(csv, 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain('138****5678')
    expect(lines.join()).not.toContain('13812345678')
    const pdf = path.join(folder, 'list.pdf')
    await desk.call('search.exportList', { text: '王小样', file: pdf, as: 'pdf' })
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
    const records = desk.catalogue.sql.all(`SELECT * FROM audit_record WHERE action = 'search.exported'`)
    expect(records).toHaveLength(2)
    expect(JSON.stringify(records)).not.toContain('王小样')
    expect(JSON.stringify(records)).not.toContain(folder)
    expect(String(records[0]?.details)).toContain('"rows":2')
  })

  test('tells a page text from its page when it says where the hit stands', async () => {
    const desk = await room()
    const { cases } = await desk.call('search.find', { text: '电话' })
    expect(cases[0]?.hits).toMatchObject([
      { field: 'page', pageId: desk.pageId, text: '电话138****5678，王小样' },
    ])
  })
})

describe('the index', () => {
  const check = async (desk: Awaited<ReturnType<typeof room>>, rebuild: boolean) => {
    const { jobId } = await desk.call('search.checkIndex', { rebuild })
    const job = await desk.ended(jobId)
    return { state: job.state, rows: await outcomesOf(desk, jobId) }
  }

  test('is checked against catalogue and texts, and written anew', async () => {
    const desk = await room()
    const before = await desk.call('search.find', { text: '王小样' })
    expect((await check(desk, false)).rows.map(({ outcome }) => outcome)).toEqual(['sound', 'sound', 'sound'])
    // A row that was changed past the index, one that the index lost, and one that nothing stands behind.
    desk.catalogue.sql.run(`UPDATE case_file SET cause = '盗窃罪'`)
    desk.catalogue.sql.run(`INSERT INTO search_index (rowid, party) VALUES (5, '"张三"')`)
    desk.texts.sql('open').run('DELETE FROM page_index')
    const { rows } = await check(desk, false)
    expect(rows.map(({ subject, outcome, details }) => ({ subject, outcome, details }))).toMatchObject([
      { subject: 'cases', outcome: 'damaged', details: { stale: 1, extra: 1, missing: 0 } },
      { subject: 'texts-open', outcome: 'damaged', details: { missing: 1 } },
      { subject: 'texts-restricted', outcome: 'sound' },
    ])
    expect((await check(desk, true)).state).toBe('succeeded')
    expect((await check(desk, false)).rows.map(({ outcome }) => outcome)).toEqual(['sound', 'sound', 'sound'])
    expect((await desk.call('search.find', { text: '盗窃' })).cases).toHaveLength(1)
    expect((await desk.call('search.find', { text: '王小样' })).total).toEqual(before.total)
  })

  test('that was half written goes on where it was', async () => {
    const desk = await room()
    for (let n = 2; n < 1300; n++)
      desk.catalogue.sql.run(
        `INSERT INTO case_file (id, number_raw, number, number_unique, number_sort, number_tail, number_file_safe, scheme,
           court, type_text, cause, handler, title, filter_text, status, secrecy, created_at, created_by, updated_at, search_key)
         VALUES (?, '', ?, ?, ?, '', '', 'court', '', '', '', '', '', '', 'open', 'internal', '', '', '', ?)`,
        ...[`x${n}`, `（2023）云0199民初${n}号`, `x${n}`, `x${String(n).padStart(5, '0')}`, n],
      )
    const { jobId } = await desk.call('search.checkIndex', { rebuild: true })
    await desk.call('jobs.cancel', { jobId })
    expect((await desk.ended(jobId)).state).toBe('cancelled')
    await desk.call('jobs.resume', { jobId })
    expect((await desk.ended(jobId)).state).toBe('succeeded')
    expect((await check(desk, false)).rows[0]).toMatchObject({ outcome: 'sound', details: { rows: 1299 } })
  })
})
