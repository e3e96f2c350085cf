import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { OutputOf } from '../../shared/contract/index.ts'
import { bringIn, seat } from '../fixtures/people.ts'
import { freshFolder, KEEPER, OFFICERS, outcomesOf } from '../fixtures/records-room.ts'
import { evenLine, upright } from '../forms/made-pages.ts'
import { nameOf, readPdf, textOf } from '../forms/read-pdf.ts'
import { type LendingRoom, lend, lendingRoom, NUMBER } from './lending-room.ts'

const OTHER = { name: '档案员癸', password: 'Dunlin-62-wicker', own: 'Siskin-84-harbour' } as const
const TITLE_LINE = '民间借贷纠纷一案'

/** Files a line of text for pages, as recognition does. */
function readPages(room: LendingRoom, pages: OutputOf<'pages.list'>): void {
  const { texts } = room.desk.room()
  for (const page of pages) {
    texts.put('open', {
      ...{ versionId: page.versionId, pageId: page.id, volumeId: room.volumeId, caseId: room.caseId },
      ...{ widthPixels: page.widthPixels, heightPixels: page.heightPixels, turn: 0, confidence: 0.99 },
      ...{ engine: 'test', model: 'test 1', readAt: '2026-01-02T03:04:05.678Z' },
      lines: [evenLine(TITLE_LINE, upright(200, 200, 1000, 260))],
    })
  }
}

async function exportTo(room: LendingRoom, folder: string, more: object = {}) {
  const extent = { kind: 'volume' as const, id: room.volumeId }
  return await room.call('pages.exportSearchable', { extent, folder, purpose: '移送上级法院', ...more })
}

test('a volume goes out as one searchable file: counted, recorded, with every page and its text', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const folder = await freshFolder()
  const [unread, ...read] = room.pages
  readPages(room, read)
  const answer = await exportTo(room, folder)
  expect(answer).toMatchObject({ fileCount: 1, pageCount: room.pages.length, volumesLeftOut: 0 })
  const job = await room.ended(answer.jobId)
  expect(job).toMatchObject({
    state: 'succeeded',
    tally: { exported: 1, unread: 1 },
    progress: { done: room.pages.length, total: room.pages.length },
  })
  const outcomes = await outcomesOf(room, job.id)
  expect(outcomes.map(({ outcome, pageCount }) => [outcome, pageCount])).toEqual([
    ['exported', room.pages.length],
    ['unread', 0],
  ])
  expect(outcomes[1]?.subject).toContain(unread?.printedNumber === '' ? '封面' : unread?.printedNumber)

  const names = await readdir(folder)
  expect(names).toEqual(['2023_云0199_民初_01024_正_p1-30.pdf'.replace('30', lastPrinted(room))])
  const bytes = await readFile(path.join(folder, names[0] ?? ''))
  const pdf = readPdf(bytes)
  const root = pdf.dictionary(pdf.trailer.get('Root'))
  expect(pdf.dictionary(root.get('Pages')).get('Count')).toBe(room.pages.length)
  expect(textOf(pdf.dictionary(pdf.trailer.get('Info')).get('Title'))).toBe(`${NUMBER} 正卷`)

  await seat(room, OFFICERS.auditor)
  const [row, ...others] = await room.call('outputs.list', {})
  expect(others).toEqual([])
  expect(row).toMatchObject({
    ...{ kind: 'export', jobNumber: answer.jobNumbers[0], purpose: '移送上级法院' },
    ...{ pageCount: room.pages.length, caseNumber: NUMBER },
  })
  const [record] = room.desk
    .room()
    .catalogue.sql.all(`SELECT details, reason FROM audit_record WHERE action = 'volume.exported'`)
  expect(record?.reason).toBe('移送上级法院')
  expect(JSON.parse(String(record?.details))).toMatchObject({
    ...{ pages: room.pages.length, volumes: 1, jobNumber: answer.jobNumbers[0], form: 'searchable-pdf' },
  })
  expect(JSON.stringify(record)).not.toContain(folder)
})

function lastPrinted(room: LendingRoom): string {
  return room.pages.findLast(({ printedNumber }) => printedNumber !== '')?.printedNumber ?? ''
}

test('every document becomes a file of its own, no page is lost, and no file that is there is written over', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const folder = await freshFolder()
  const tree = await room.call('cases.tree', { caseId: room.caseId })
  const items = tree.volumes[0]?.books.flatMap((book) => book.items) ?? []
  const [item] = items
  const alone = await exportTo(room, folder, { extent: { kind: 'item', id: item?.id } })
  await room.ended(alone.jobId)
  const [first = ''] = await readdir(folder)
  expect(first).toMatch(/^2023_云0199_民初_01024_正1_001_.+_p\d+-\d+\.pdf$/)
  await writeFile(path.join(folder, first), 'kept')

  const all = await exportTo(room, folder, { files: 'item' })
  const job = await room.ended(all.jobId)
  expect(job.tally.exported).toBe(all.fileCount)
  const names = await readdir(folder)
  expect(names.length).toBe(all.fileCount + 1)
  expect(names).toContain(first.replace(/\.pdf$/, '_2.pdf'))
  expect(await readFile(path.join(folder, first), 'utf8')).toBe('kept')
  const loose = room.pages.some(({ itemId }) => itemId === null)
  expect(names.some((name) => name.includes('目录外页面'))).toBe(loose)
  const outcomes = await outcomesOf(room, job.id)
  const written = outcomes.filter(({ outcome }) => outcome === 'exported')
  expect(written.reduce((sum, { pageCount }) => sum + pageCount, 0)).toBe(room.pages.length)
  expect(names.filter((name) => !name.endsWith('.pdf'))).toEqual([])
})

test('what is lent goes out only where copying is allowed, marked in its pixels, and no further than the loan', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  readPages(room, room.pages)
  const folder = await freshFolder()
  const reading = await lend(room)
  await room.asReader()
  const extent = { kind: 'volume', id: room.volumeId }
  const input = { extent, folder, purpose: '申诉准备' }
  const plain = await room.refusal('pages.exportSearchable', input)
  expect(plain).toMatchObject({ code: 'ACCESS_DENIED', details: { reason: 'no-copy' } })
  expect(await readdir(folder)).toEqual([])

  await room.asKeeper()
  await room.call('loans.takeBack', { loanId: reading.id })
  const copying = await lend(room, { manners: ['electronic', 'copy'] })
  await room.asReader()
  const answer = await room.call('pages.exportSearchable', {
    ...input,
    extent: { kind: 'case', id: room.caseId },
  })
  expect(answer).toMatchObject({ pageCount: 4, fileCount: 1 })
  expect((await room.ended(answer.jobId)).state).toBe('succeeded')
  const [name = ''] = await readdir(folder)
  const pdf = readPdf(await readFile(path.join(folder, name)))
  const images = [...pdf.objects.values()].filter(
    ({ value }) => value instanceof Map && nameOf(value.get('Subtype')) === 'Image',
  )
  expect(images.length).toBe(4)
  const stored = new Set<string>()
  for (const { versionId } of room.pages) {
    const { bytes } = await room.desk.room().images.stored(versionId)
    stored.add(Buffer.from(bytes).toString('base64'))
  }
  for (const { stream } of images) expect(stored.has(stream?.toString('base64') ?? '')).toBe(false)

  await room.asKeeper()
  await room.call('loans.takeBack', { loanId: copying.id })
  await room.asReader()
  expect((await room.refusal('pages.exportSearchable', input)).code).toBe('ACCESS_DENIED')
})

test('an export that was stopped leaves whole files only, and is carried on by whoever began it alone', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const folder = await freshFolder()
  const answer = await exportTo(room, folder, { files: 'item' })
  await expect.poll(async () => (await readdir(folder)).some((name) => name.endsWith('.pdf'))).toBe(true)
  await room.call('pages.stopExport', { jobId: answer.jobId })
  const stopped = await room.ended(answer.jobId)
  expect(stopped.state).toBe('cancelled')
  const before = await readdir(folder)
  expect(before.filter((name) => !name.endsWith('.pdf'))).toEqual([])
  expect(before.length).toBeLessThan(answer.fileCount)
  const times = await Promise.all(before.map(async (name) => (await stat(path.join(folder, name))).mtimeMs))

  // Another person who may steer jobs, but did not give this purpose.
  await bringIn(room, [{ ...OTHER, roles: ['archivist'], compartments: ['open'] }])
  await seat(room, OTHER)
  const others = await room.refusal('jobs.resume', { jobId: answer.jobId })
  expect(others).toMatchObject({ code: 'ACCESS_DENIED', details: { needs: 'page.export' } })
  expect((await room.refusal('pages.stopExport', { jobId: answer.jobId })).code).toBe('JOB_NOT_FOUND')
  await seat(room, KEEPER)
  await room.call('jobs.resume', { jobId: answer.jobId })
  expect((await room.ended(answer.jobId)).state).toBe('succeeded')
  expect((await readdir(folder)).length).toBe(answer.fileCount)
  expect(
    await Promise.all(before.map(async (name) => (await stat(path.join(folder, name))).mtimeMs)),
  ).toEqual(times)
  expect((await room.call('outputs.list', {})).length).toBe(1)
})

test('nothing is given out of a restricted volume by whoever lacks its key, and the folder must be there', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom({ sub: true })
  const folder = await freshFolder()
  const missing = await exportTo(room, path.join(folder, 'none'))
  expect(await room.ended(missing.jobId)).toMatchObject({ state: 'failed', errorCode: 'SYSTEM_FILE_MISSING' })
  const sub = (await room.call('cases.tree', { caseId: room.caseId })).volumes.find(
    ({ kind }) => kind === 'sub',
  )
  const empty = await room.refusal('pages.exportSearchable', {
    ...{ extent: { kind: 'volume', id: sub?.id }, folder, purpose: '移送' },
  })
  expect(empty.code).toBe('EXPORT_NOTHING')
  await mkdir(path.join(folder, 'reader'))
  await room.asReader()
  expect(
    (
      await room.refusal('pages.exportSearchable', {
        ...{ extent: { kind: 'volume', id: sub?.id }, folder, purpose: '移送' },
      })
    ).code,
  ).toBe('ACCESS_DENIED')
})

test('a page that is damaged costs its own file, named with its reason, and no other', {
  timeout: 180_000,
}, async () => {
  const room = await lendingRoom()
  const folder = await freshFolder()
  const page = room.pages.find(({ itemId }) => itemId !== null)
  const { catalogue } = room.desk.room()
  const { objectName } = catalogue.pages.imageRef(page?.versionId ?? '') ?? { objectName: '' }
  const object = path.join(room.folder, 'objects', objectName.slice(0, 2), objectName)
  const bytes = await readFile(object)
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
  await writeFile(object, bytes)

  const answer = await exportTo(room, folder, { files: 'item' })
  const job = await room.ended(answer.jobId)
  expect(job).toMatchObject({ state: 'succeeded', tally: { failed: 1, exported: answer.fileCount - 1 } })
  const [failed] = (await outcomesOf(room, job.id)).filter(({ outcome }) => outcome === 'failed')
  expect(failed).toMatchObject({ code: 'VAULT_OBJECT_DAMAGED', details: { page: page?.printedNumber } })
  const names = await readdir(folder)
  expect(names.length).toBe(answer.fileCount - 1)
  expect(names.filter((name) => !name.endsWith('.pdf'))).toEqual([])
})
