import { createHash } from 'node:crypto'
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  AWKWARD_NAMES,
  badFiles,
  grow,
  LEFT_BEHIND,
  vanish,
  writeLinks,
  writeLongPath,
} from '../fixtures/bad-files.ts'
import { joinTiffs, jpegFile, pngFile, textPdf, tiffFile } from '../fixtures/good-files.ts'
import {
  CLIENT,
  checkVault,
  freshFolder,
  importInto,
  newCase,
  newId,
  openRoom,
  outcomesOf,
  PROJECT,
  reopen,
  type TestRoom,
} from '../fixtures/records-room.ts'

const NUMBER = '（2024）云0199民初1号'
const SAMPLE = path.join(PROJECT, 'assets/sample')
const CLERK = { name: '书记员乙', password: 'Willow-37-tin-drum' } as const

async function roomWithCase(volumes: Parameters<typeof newCase>[2] = ['main']) {
  const room = await openRoom()
  return { room, ...(await newCase(room, NUMBER, volumes)) }
}

async function folderOf(files: Readonly<Record<string, Uint8Array>>, name = 'scans'): Promise<string> {
  const folder = path.join(await freshFolder(), name)
  await mkdir(folder)
  for (const [file, bytes] of Object.entries(files)) await writeFile(path.join(folder, file), bytes)
  return folder
}

/** Rows that name something which is not there; the objects and the rows are compared by the vault's own check. */
function orphanRows(room: TestRoom): number {
  const count = (sql: string) => Number(room.desk.room().catalogue.sql.one(sql)?.n)
  return (
    count('SELECT count(*) AS n FROM page WHERE current_version_id NOT IN (SELECT id FROM page_version)') +
    count('SELECT count(*) AS n FROM page_version WHERE page_id NOT IN (SELECT id FROM page)') +
    count('SELECT count(*) AS n FROM source_file WHERE id NOT IN (SELECT source_file_id FROM page_version)')
  )
}

const linesOf = async (room: TestRoom, jobId: string) =>
  (await outcomesOf(room, jobId)).map(({ subject, outcome, code }) => [subject, code ?? outcome] as const)

describe('importing the sample case', () => {
  test('files every page with its number, its item, its row of the template and a thumbnail', async () => {
    const sample = JSON.parse(await readFile(path.join(SAMPLE, 'case.json'), 'utf8'))
    const main = sample.volumes[0]
    const room = await openRoom()
    const { volume } = await newCase(room, sample.caseNumber)
    await room.call('cases.setTemplate', { volumeId: volume.id, templateId: 'court-main-civil-first' })
    const kinds: ('cover' | 'catalogue' | 'note' | 'back' | 'content' | 'blank')[] = main.pages.map(
      (page: { kind: 'content' }) => page.kind,
    )
    const job = await importInto(room, volume.id, [path.join(SAMPLE, 'scans/正卷')], {
      table: { path: path.join(SAMPLE, 'rows.csv') },
      frontMatter: kinds.slice(0, kinds.indexOf('content')),
      backMatter: kinds.slice(kinds.findLastIndex((kind) => kind === 'content' || kind === 'blank') + 1),
    })
    expect(job).toMatchObject({ state: 'succeeded', errorCode: null })
    const pages = await room.call('pages.list', { volumeId: volume.id })
    expect(pages.map((page) => page.printedNumber)).toEqual(
      main.pages.map((page: { printed: string | null }) => page.printed ?? ''),
    )
    expect(pages.map((page) => page.position)).toEqual(pages.map((_, place) => place + 1))
    const tree = await room.call('cases.tree', { caseId: volume.caseId })
    const items = tree.volumes[0]?.books[0]?.items ?? []
    expect(items.map(({ title, templateRow }) => [title, templateRow])).toEqual(
      main.items.map((item: { title: string; templateNo: number | null }) => [item.title, item.templateNo]),
    )
    expect(items.filter((item) => item.pageCount === 0)).toEqual([])
    expect(tree.case.pageCount).toBe(main.images)

    const { vault } = room.desk.room()
    for (const { versionId } of pages) {
      expect(await vault.objects.getDerived('open', `thumbnail|${versionId}`)).toBeDefined()
    }
    // The originals are kept byte for byte.
    const [first] = main.files
    const [version] = await room.call('pages.versions', { pageId: pages[0]?.id ?? '' })
    expect(version).toMatchObject({
      sourceSha256: first.sha256,
      sourceSizeBytes: first.sizeBytes,
      reason: 'import',
    })
    expect((await checkVault(room)).problems).toEqual([])
    expect(orphanRows(room)).toBe(0)
  })
})

describe('a file that the volume has', () => {
  test('is left out and named, or brought again when that is asked for', async () => {
    const { room, volume } = await roomWithCase()
    const page = await jpegFile()
    const folder = await folderOf({ '1.jpg': page, '2.jpg': await jpegFile({ seed: 2 }), '3 copy.jpg': page })
    const first = await importInto(room, volume.id, [folder])
    expect(first.tally).toEqual({ imported: 2, duplicate: 1 })
    const copy = (await outcomesOf(room, first.id)).find(({ outcome }) => outcome === 'duplicate')
    const subjects = new Set([copy?.subject, copy?.details.of])
    expect(subjects).toEqual(new Set(['scans/1.jpg', 'scans/3 copy.jpg']))
    expect((await importInto(room, volume.id, [folder])).tally).toEqual({ duplicate: 3 })
    expect((await importInto(room, volume.id, [folder], { duplicates: 'keep' })).tally).toEqual({
      imported: 3,
    })
    expect(await room.call('pages.list', { volumeId: volume.id })).toHaveLength(5)
    expect((await checkVault(room)).problems).toEqual([])
  })

  test('is taken into another case, and said to be there too', async () => {
    const { room, volume } = await roomWithCase()
    const folder = await folderOf({ '1.jpg': await jpegFile() })
    await importInto(room, volume.id, [folder])
    const other = await newCase(room, '（2024）云0199民初2号')
    const job = await importInto(room, other.volume.id, [folder])
    const [line] = await outcomesOf(room, job.id)
    expect(line).toMatchObject({
      outcome: 'imported',
      details: { sameAs: 'scans/1.jpg', sameInCase: volume.caseId },
    })
  })

  test('is not what a copy of a bad file is called', async () => {
    const { room, volume } = await roomWithCase()
    const half = (await jpegFile()).subarray(0, 400)
    const folder = await folderOf({ 'a.jpg': half, 'b.jpg': half, 'c.jpg': half })
    const job = await importInto(room, volume.id, [folder])
    expect(new Set((await linesOf(room, job.id)).map(([, code]) => code))).toEqual(
      new Set(['INTAKE_TRUNCATED_FILE']),
    )
    expect(job.tally).toEqual({ failed: 3 })
  })

  test('of the same name, size and time in another folder is another file', async () => {
    const { room, volume } = await roomWithCase()
    const time = new Date('2024-01-02T03:04:06Z')
    const chosen: string[] = []
    for (const letter of ['a', 'b']) {
      const file = path.join(await freshFolder(), '001.jpg')
      const page = await jpegFile()
      const comment = Buffer.from([0xff, 0xfe, 0, 3, letter.charCodeAt(0)])
      await writeFile(file, Buffer.concat([page.subarray(0, 2), comment, page.subarray(2)]))
      await utimes(file, time, time)
      chosen.push(file)
    }
    const job = await importInto(room, volume.id, chosen)
    expect(job.tally).toEqual({ imported: 2 })
    expect(await linesOf(room, job.id)).toHaveLength(2)
  })
})

describe('bad files among good ones', () => {
  test('have one line each with the code that names what is wrong, and hinder nothing', {
    timeout: 120_000,
  }, async () => {
    const { room, volume } = await roomWithCase()
    const good = {
      '00 good.jpg': await jpegFile({ seed: 1 }),
      'good.png': await pngFile({ seed: 2 }),
      'good.tif': await tiffFile('g4', { seed: 3 }),
      'good-two.tif': joinTiffs([await tiffFile('lzw', { seed: 4 }), await tiffFile('none', { seed: 5 })]),
      'good.pdf': await textPdf(3),
      'zz good.jpg': await jpegFile({ seed: 6 }),
    }
    const bad = await badFiles()
    const folder = await folderOf({
      ...good,
      ...Object.fromEntries(bad.map((file) => [file.name, file.bytes])),
      ...Object.fromEntries(LEFT_BEHIND.map((name) => [name, Buffer.from('x')])),
    })
    const job = await importInto(room, volume.id, [folder])
    expect(job).toMatchObject({ state: 'succeeded', tally: { imported: 6, failed: bad.length } })
    const wanted = [
      ...Object.keys(good).map((name) => [`scans/${name}`, 'imported'] as const),
      ...bad.map((file) => [`scans/${file.name}`, file.code] as const),
    ]
    expect((await linesOf(room, job.id)).sort()).toEqual(wanted.sort())
    const pages = await room.call('pages.list', { volumeId: volume.id })
    expect(pages.map((page) => page.position)).toEqual(Array.from({ length: 9 }, (_, place) => place + 1))
    const { state, problems, summary } = await checkVault(room)
    // Pages of a file whose later page is bad may have been sealed: they are set aside, never named.
    expect({ state, bad: problems.filter(({ outcome }) => outcome !== 'orphan') }).toEqual({
      state: 'succeeded',
      bad: [],
    })
    expect(summary.sound).toBe(summary.objects)
    expect(orphanRows(room)).toBe(0)
    expect((await checkVault(room)).problems).toEqual([])
  })

  test('that vanish or grow between the list and the reading are said to, and the rest is taken', async () => {
    const { room, volume } = await roomWithCase()
    const files: Record<string, Buffer> = {}
    for (let n = 10; n < 50; n++)
      files[`${n}.jpg`] = await jpegFile({ seed: n, widthPixels: 500, heightPixels: 700 })
    const folder = await folderOf(files)
    const jobId = await room.call('intake.start', { volumeId: volume.id, paths: [folder] })
    // Groups of 16 are read in order: the last files are listed long before they are read.
    while ((await room.call('jobs.get', { jobId })).progress.total === null) await new Promise(setImmediate)
    await vanish(path.join(folder, '48.jpg'))
    await grow(path.join(folder, '49.jpg'))
    const job = await room.ended(jobId)
    expect(job).toMatchObject({ state: 'succeeded', tally: { imported: 38, failed: 2 } })
    expect((await linesOf(room, jobId)).filter(([, code]) => code !== 'imported')).toEqual([
      ['scans/48.jpg', 'INTAKE_FILE_VANISHED'],
      ['scans/49.jpg', 'INTAKE_FILE_CHANGED'],
    ])
    await writeFile(path.join(folder, '48.jpg'), files['48.jpg'] ?? '')
    const again = await importInto(room, volume.id, [folder])
    expect(again.tally).toMatchObject({ imported: 2, duplicate: 38 })
    expect((await checkVault(room)).problems).toEqual([])
  })

  test('links that lead out are not followed', async () => {
    const { room, volume } = await roomWithCase()
    const outside = path.join(await freshFolder(), 'outside.jpg')
    await writeFile(outside, await jpegFile({ seed: 9 }))
    const folder = await folderOf({ 'own.jpg': await jpegFile() })
    await writeLinks(folder, outside, 'own.jpg')
    await symlink(path.dirname(outside), path.join(folder, 'folder-out'))
    const job = await importInto(room, volume.id, [folder])
    const lines = new Map(await linesOf(room, job.id))
    expect(lines.get('scans/leads-out.jpg')).toBe('INTAKE_LINK_OUTSIDE')
    expect(lines.get('scans/folder-out')).toBe('INTAKE_LINK_OUTSIDE')
    expect(lines.get('scans/dangling.jpg')).toBe('INTAKE_FILE_VANISHED')
    expect(await room.call('pages.list', { volumeId: volume.id })).toHaveLength(1)
  })

  test('hostile names and long paths are taken, and shown without what would lie on the screen', async () => {
    const { room, volume } = await roomWithCase()
    const folder = await folderOf({})
    for (const [place, name] of AWKWARD_NAMES.entries()) {
      await writeFile(path.join(folder, name), await jpegFile({ seed: place }))
    }
    await writeLongPath(folder, await jpegFile({ seed: 99 }))
    const job = await importInto(room, volume.id, [folder])
    expect(job).toMatchObject({ state: 'succeeded', tally: { imported: AWKWARD_NAMES.length + 1 } })
    const lines = await linesOf(room, job.id)
    expect(lines.filter(([subject]) => /[\p{Cc}\u202a-\u202e]/u.test(subject))).toEqual([])
    const versions = await Promise.all(
      (await room.call('pages.list', { volumeId: volume.id })).map(({ id }) =>
        room.call('pages.versions', { pageId: id }),
      ),
    )
    const names = versions.map(([version]) => version?.archivalName ?? '')
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => /[\\/:*?"<>|\p{Cc}]/u.test(name))).toEqual([])
  })

  test('nothing at all to import is a failure with its own code', async () => {
    const { room, volume } = await roomWithCase()
    const job = await importInto(room, volume.id, [await folderOf({ 'Thumbs.db': Buffer.from('x') })])
    expect(job).toMatchObject({ state: 'failed', errorCode: 'INTAKE_NOTHING_TO_IMPORT' })
  })
})

describe('an import', () => {
  test('into a case that is a State secret is refused', async () => {
    const room = await openRoom()
    const folder = await folderOf({ '1.jpg': await jpegFile() })
    for (const [place, secrecy] of (
      ['secret', 'confidential', 'top-secret', 'work-secret'] as const
    ).entries()) {
      const { volume } = await newCase(room, `（2024）云0199刑初${place + 1}号`, ['main'], { secrecy })
      const job = await importInto(room, volume.id, [folder])
      const pages = await room.call('pages.list', { volumeId: volume.id })
      if (secrecy === 'work-secret') expect([job.state, pages.length]).toEqual(['succeeded', 1])
      else {
        expect([job.state, job.errorCode, pages.length]).toEqual(['failed', 'INTAKE_SECRECY_FORBIDS', 0])
      }
    }
  })

  test('that is cancelled in the middle goes on by the same job and brings each page once', async () => {
    const { room, volume } = await roomWithCase()
    const files: Record<string, Buffer> = {}
    for (let n = 100; n < 400; n++) files[`${n}.jpg`] = await jpegFile({ seed: n })
    const folder = await folderOf(files)
    const jobId = await room.call('intake.start', {
      volumeId: volume.id,
      paths: [folder],
      // The pictures repeat after a while.
      duplicates: 'keep',
    })
    while ((await room.call('pages.list', { volumeId: volume.id })).length === 0)
      await new Promise(setImmediate)
    await room.call('jobs.cancel', { jobId })
    const stopped = await room.ended(jobId)
    expect(stopped).toMatchObject({ state: 'cancelled', resumable: true })
    const before = await room.call('pages.list', { volumeId: volume.id })
    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(300)
    await room.call('jobs.resume', { jobId })
    const ended = await room.ended(jobId)
    expect(ended).toMatchObject({ state: 'succeeded' })
    expect(await linesOf(room, jobId)).toHaveLength(300)
    const pages = await room.call('pages.list', { volumeId: volume.id })
    expect(pages.map((page) => page.position)).toEqual(Array.from({ length: 300 }, (_, place) => place + 1))
    expect(pages.slice(0, before.length)).toEqual(before)
    expect((await checkVault(room)).problems.filter(({ outcome }) => outcome !== 'orphan')).toEqual([])
  })

  test('into a volume that another import works on is refused', async () => {
    const { room, volume } = await roomWithCase()
    const folder = await folderOf({ '1.jpg': await jpegFile() })
    const jobId = await room.call('intake.start', { volumeId: volume.id, paths: [folder] })
    expect(await room.refusal('intake.start', { volumeId: volume.id, paths: [folder] })).toMatchObject({
      code: 'JOB_RESOURCE_BUSY',
      details: { jobId },
    })
    await room.ended(jobId)
  })

  test('once there keeps its case from becoming a State secret', async () => {
    const { room, volume, tree } = await roomWithCase(['main'])
    await importInto(room, volume.id, [await folderOf({ '1.jpg': await jpegFile() })])
    const draft = { number: tree.case.number, secrecy: 'secret' as const }
    expect((await room.refusal('cases.update', { caseId: tree.case.id, draft })).code).toBe(
      'INTAKE_SECRECY_FORBIDS',
    )
    expect((await room.call('cases.tree', { caseId: tree.case.id })).case.secrecy).not.toBe('secret')
  })

  test('into the sub-volume is sealed from an account without its key, page by page', async () => {
    const { room, volume, tree } = await roomWithCase(['main', 'sub'])
    const sub = tree.volumes[1]?.id ?? ''
    const folder = await folderOf({ '1.jpg': await jpegFile() })
    await importInto(room, volume.id, [folder])
    const hiddenJob = await importInto(room, sub, [folder])
    const [hidden] = await room.call('pages.list', { volumeId: sub })
    const [shown] = await room.call('pages.list', { volumeId: volume.id })
    const accountId = newId()
    const { vault, catalogue } = room.desk.room()
    await vault.addSlot({ accountId, ...CLERK, compartments: ['open'] })
    const account = {
      id: accountId,
      name: CLERK.name,
      displayName: CLERK.name,
      roles: ['archivist' as const],
    }
    catalogue.desk.putAccount(account, new Date().toISOString())
    await room.desk.close()

    const clerk = await reopen(room.folder, CLERK)
    for (const rendition of ['thumbnail', 'view', 'source'] as const) {
      expect(await clerk.desk.page(CLIENT, shown?.versionId ?? '', rendition, null)).toMatchObject({
        ok: true,
      })
      expect(await clerk.desk.page(CLIENT, hidden?.versionId ?? '', rendition, null)).toMatchObject({
        ok: false,
        error: { code: 'VAULT_COMPARTMENT_CLOSED' },
      })
    }
    expect((await clerk.refusal('pages.list', { volumeId: sub })).code).toBe('VAULT_COMPARTMENT_CLOSED')
    expect((await clerk.refusal('pages.versions', { pageId: hidden?.id })).code).toBe(
      'VAULT_COMPARTMENT_CLOSED',
    )
    // The names of its files tell of it too.
    expect((await clerk.refusal('jobs.outcomes', { jobId: hiddenJob.id })).code).toBe(
      'VAULT_COMPARTMENT_CLOSED',
    )
    const denied = clerk.desk
      .room()
      .catalogue.sql.all(
        `SELECT subject FROM audit_record WHERE action = 'access.denied' AND account_id = ?`,
        accountId,
      )
    expect(denied).toHaveLength(6)
    // The check passes over what it may not open, and says so.
    const { problems } = await checkVault(clerk)
    expect(problems).toEqual([{ outcome: 'skipped', code: 'VAULT_COMPARTMENT_CLOSED' }])
  })

  test('keeps the bytes of each file as they were', async () => {
    const { room, volume } = await roomWithCase()
    const files = { '1.jpg': await jpegFile(), '2.tif': await tiffFile('lzw'), '3.pdf': await textPdf(2) }
    await importInto(room, volume.id, [await folderOf(files)])
    const pages = await room.call('pages.list', { volumeId: volume.id })
    expect(pages).toHaveLength(4)
    const sources = await Promise.all(
      pages.map(({ versionId }) => room.desk.page(CLIENT, versionId, 'source', null)),
    )
    const hashes = new Set(
      sources.map((source) => (source.ok ? createHash('sha256').update(source.bytes).digest('hex') : '')),
    )
    expect(hashes).toEqual(
      new Set(Object.values(files).map((bytes) => createHash('sha256').update(bytes).digest('hex'))),
    )
  })
})
