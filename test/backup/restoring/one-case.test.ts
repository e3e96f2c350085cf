import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openRestored } from '../../../electron/backup/drills/open-restored.ts'
import { restoreCase } from '../../../electron/backup/restoring/restore-case.ts'
import { openCatalogue } from '../../../electron/catalogue/index.ts'
import { undecidedTables } from '../../../electron/catalogue/keep-one-case.ts'
import { flipBit, freshMedium, objectFile, objectsIn, ran } from '../../fixtures/backup-room.ts'
import { NUMBER, OTHER, restoredCase, twoCases } from '../../fixtures/case-backups.ts'
import {
  checkVault,
  freshFolder,
  KEEPER,
  newId,
  OFFICERS,
  openRoom,
  outcomesOf,
  reopen,
  type TestRoom,
} from '../../fixtures/records-room.ts'

/** Every text that stands in a catalogue, but for the log, which is one chain. */
function textsOf(folder: string, key: Buffer): string {
  const catalogue = openCatalogue(path.join(folder, 'catalogue.db'), key)
  try {
    const tables = catalogue.sql.all(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'audit_%' AND name NOT LIKE 'search_index%'",
    )
    return JSON.stringify(tables.map(({ name }) => catalogue.sql.all(`SELECT * FROM "${String(name)}"`)))
  } finally {
    catalogue.close()
  }
}

test('every table of the catalogue is known to belong to a case, to the vault or to the day', async () => {
  const room = await openRoom()
  expect(undecidedTables(room.desk.room().catalogue.sql)).toEqual([])
})

/** The objects that the rows of a case name. */
function objectsOf(room: TestRoom, caseId: string): string[] {
  return room.desk
    .room()
    .catalogue.sql.all(
      `SELECT v.object_name AS name FROM page_version v JOIN page ON page.id = v.page_id
         JOIN book ON book.id = page.book_id JOIN volume ON volume.id = book.volume_id WHERE volume.case_id = ?
       UNION SELECT object_name FROM source_file s JOIN volume ON volume.id = s.volume_id WHERE volume.case_id = ?`,
      ...[caseId, caseId],
    )
    .map(({ name }) => String(name))
    .sort()
}

test('one case comes back as a vault of its own, whole, and with nothing of the others', async () => {
  const { room, one, other, about } = await twoCases()
  const own = objectsOf(room, about.caseId)
  const key = room.desk.room().vault.catalogueKey()
  const { target, job } = await restoredCase(room, about)
  expect(job).toMatchObject({ state: 'succeeded', errorCode: null, tally: { sound: 1 } })
  const [summary] = await outcomesOf(room, job.id)
  expect(summary).toMatchObject({
    subject: NUMBER,
    details: { volumes: 2, pages: 5, items: 2, versions: 5, closed: 0, texts: 2, textsLeftOut: '' },
  })
  expect(existsSync(path.join(target, 'restoring.json'))).toBe(false)
  expect(await readdir(path.join(target, 'incoming'))).toEqual([])
  expect(await objectsIn(target)).toEqual(own)

  const texts = textsOf(target, key)
  expect(texts).toContain(NUMBER)
  for (const foreign of [OTHER, '李另案', '另案判决书', other.tree.case.id, other.volume.id])
    expect(texts, foreign).not.toContain(foreign)
  const finished = room.desk
    .room()
    .catalogue.sql.one("SELECT * FROM audit_record WHERE action = 'restore.case-finished'")
  expect(finished).toMatchObject({ case_number: NUMBER, result: 'done' })
  await room.desk.close()

  const parts = { now: () => new Date(), newId, random: () => new Uint8Array(8) }
  const keyOf = { way: 'password' as const, accountName: KEEPER.name, password: KEEPER.password }
  await (await openRestored(target, keyOf, parts)).close()
  const copy = await reopen(target)
  expect(await copy.call('vault.info', {})).toMatchObject({ caseCount: 1, pageCount: 5 })
  const { state, problems } = await checkVault(copy)
  expect({ state, problems }).toEqual({ state: 'succeeded', problems: [] })
  expect(copy.desk.room().audit.verify().damages).toEqual([])
  for (const [words, cases] of [
    ['起诉状', 1],
    ['评议笔录', 1],
    ['另案', 0],
    ['李另案', 0],
  ] as const)
    expect((await copy.call('search.find', { text: words })).cases, words).toHaveLength(cases)
  const shelf = copy.desk.room().texts
  expect([shelf.count('open'), shelf.count('restricted')]).toEqual([
    { texts: 1, indexed: 1 },
    { texts: 1, indexed: 1 },
  ])
  expect(await copy.call('pages.list', { volumeId: one.volume.id })).toHaveLength(3)
  // It has the vault's own id: on a medium of the vault it would pass for the whole of it.
  const again = await freshMedium(copy, { number: 'C-09' })
  expect(await ran(copy, 'backup.run', { mediumId: again.id, kind: 'full' })).toMatchObject({
    ...{ state: 'failed', errorCode: 'BACKUP_CASE_COPY' },
  })
})

test('a case that is gone or changed today is found in the backup and comes back as it was', async () => {
  const { room, about } = await twoCases()
  const { sql } = room.desk.room().catalogue
  sql.run("UPDATE case_file SET number = '（2026）云0199民初999号' WHERE id = ?", about.caseId)
  const { mediumId, snapshotId } = about
  const found = await room.call('restores.cases', { mediumId, snapshotId, text: '民初7' })
  expect(found).toMatchObject({
    total: 1,
    rows: [{ caseId: about.caseId, number: NUMBER, numberToday: '（2026）云0199民初999号', pageCount: 5 }],
  })
  expect((await room.call('restores.cases', { mediumId, snapshotId })).total).toBe(2)
  const compared = await room.call('restores.compare', about)
  expect(compared).toMatchObject({ inSnapshot: { cases: 1, volumes: 2, pages: 5 }, pagesChanged: 0 })
  const { target, job } = await restoredCase(room, about)
  expect(job.state).toBe('succeeded')
  await room.desk.close()
  const copy = await reopen(target)
  const { rows } = await copy.call('cases.list', {
    ...{ filter: { text: '', years: [], types: [], statuses: [], retentions: [] }, offset: 0, limit: 10 },
    sort: { column: 'number', descending: false },
  })
  expect(rows.map(({ number }) => number)).toEqual([NUMBER])
})

test('a page that came from another case brings its file along, and that case stays behind', async () => {
  const { room, one, other, medium, about } = await twoCases()
  const { sql } = room.desk.room().catalogue
  const [, moved] = await room.call('pages.list', { volumeId: other.volume.id })
  sql.run(
    'UPDATE page SET book_id = ?, item_id = NULL, position = 90 WHERE id = ?',
    ...[one.volume.books[0]?.id ?? '', moved?.id ?? ''],
  )
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const [row] = await room.call('backup.list', {})
  const { target, job } = await restoredCase(room, { ...about, snapshotId: row?.snapshotId ?? '' })
  expect(job).toMatchObject({ state: 'succeeded', tally: { sound: 1 } })
  await room.desk.close()
  const copy = await reopen(target)
  expect((await copy.call('pages.list', { volumeId: one.volume.id })).map(({ id }) => id)).toContain(
    moved?.id,
  )
  const { problems } = await checkVault(copy)
  expect(problems).toEqual([])
})

test('without the key of 副卷 its pages come along sealed, its texts stay behind, and nothing of it is told', async () => {
  const { room, about, secret } = await twoCases()
  const plain = { name: '调卷员戊', password: 'Plover-17-cedar' }
  const { vault } = room.desk.room()
  const id = newId()
  await vault.addSlot({ accountId: id, ...plain, compartments: ['open'] })
  room.desk
    .room()
    .catalogue.desk.putAccount(
      { id, name: plain.name, displayName: plain.name, roles: ['archivist'] } as never,
      new Date().toISOString(),
    )
  await room.desk.close()
  const reader = await reopen(room.folder, plain)
  const { mediumId, snapshotId } = about
  const { rows } = await reader.call('restores.cases', { mediumId, snapshotId, text: '王小样' })
  expect(rows).toMatchObject([{ caseId: about.caseId, pageCount: 3 }])
  expect(await reader.call('restores.compare', about)).toMatchObject({
    inSnapshot: { volumes: 1, pages: 3 },
    today: { volumes: 1, pages: 3 },
  })
  const { target, job } = await restoredCase(reader, about)
  expect(job).toMatchObject({ state: 'succeeded', tally: { sound: 1 } })
  expect((await outcomesOf(reader, job.id))[0]?.details).toMatchObject({ textsLeftOut: 'restricted' })
  expect(existsSync(path.join(target, 'texts-restricted.db'))).toBe(false)
  await reader.desk.close()
  const keeper = await reopen(target)
  expect(await keeper.call('pages.list', { volumeId: secret.id })).toHaveLength(2)
  expect((await checkVault(keeper)).problems).toEqual([])
  const waiting = keeper.desk
    .room()
    .catalogue.sql.all("SELECT 1 FROM page_reading WHERE compartment = 'restricted' AND state = 'waiting'")
  expect(waiting).toHaveLength(2)
})

test('an officer without any case sees none in a backup and restores none', async () => {
  const { room, about } = await twoCases()
  await room.desk.close()
  const officer = await reopen(room.folder, OFFICERS.system)
  const { mediumId, snapshotId } = about
  expect(await officer.call('restores.cases', { mediumId, snapshotId })).toEqual({ total: 0, rows: [] })
  const target = path.join(await freshFolder(), 'one-case')
  for (const [method, input] of [
    ['restores.case', { ...about, target }],
    ['restores.compare', about],
  ] as const)
    expect(await officer.refusal(method, input)).toMatchObject({ code: 'CATALOGUE_NOT_FOUND' })
  expect(existsSync(target)).toBe(false)
})

test('what the medium has damaged is named and left out; a damaged catalogue leaves nothing behind', async () => {
  const { room, about, set } = await twoCases()
  const [first = ''] = objectsOf(room, about.caseId)
  await flipBit(objectFile(set, first))
  const { target, job } = await restoredCase(room, about)
  expect(job).toMatchObject({ state: 'succeeded', tally: { damaged: 1, sound: 1 } })
  expect(await objectsIn(target)).not.toContain(first)

  const { document } = await room.desk.room().backup.opened.read(set, about.snapshotId, (opened) => opened)
  const part = document.files.find(({ name }) => name === 'catalogue.db')?.parts[0]?.sha256 ?? ''
  await flipBit(path.join(set, 'files', part))
  const failed = await restoredCase(room, about)
  expect(failed.job).toMatchObject({ state: 'failed', errorCode: 'BACKUP_SET_DAMAGED' })
  expect(existsSync(failed.target)).toBe(false)
})

test('a folder that holds anything is never touched; one that was cut off is begun again', async () => {
  const { room, about, set } = await twoCases()
  const target = path.join(await freshFolder(), 'mine')
  await mkdir(target)
  await writeFile(path.join(target, 'letter.txt'), 'mine')
  const order = { folder: set, snapshotId: about.snapshotId, caseId: about.caseId, target }
  const parts = { vault: room.desk.room().vault, now: () => new Date(), progress: () => undefined }
  const restore = (signal: AbortSignal, to = order) => restoreCase(to, { ...parts, signal })
  const never = new AbortController().signal
  await expect(restore(never)).rejects.toMatchObject({ code: 'BACKUP_TARGET_IN_USE' })
  expect(await readFile(path.join(target, 'letter.txt'), 'utf8')).toBe('mine')
  expect(await readdir(target)).toEqual(['letter.txt'])

  const cut = { ...order, target: path.join(await freshFolder(), 'cut') }
  const stop = new AbortController()
  const stopped = restoreCase(cut, {
    ...{ ...parts, signal: stop.signal },
    progress: ({ phase }) => {
      if (phase === 'proving') stop.abort()
    },
  })
  await expect(stopped).rejects.toThrow()
  expect(existsSync(cut.target)).toBe(false)

  // As a power cut leaves it: marked, half filled, no vault.
  await mkdir(path.join(cut.target, 'objects', '00'), { recursive: true })
  await mkdir(path.join(cut.target, 'incoming', 'case'), { recursive: true })
  const mark = JSON.stringify({ snapshotId: about.snapshotId, caseId: about.caseId })
  await writeFile(path.join(cut.target, 'restoring.json'), `${mark}\n`)
  await writeFile(path.join(cut.target, 'catalogue.db'), 'half')
  await writeFile(path.join(cut.target, 'catalogue.db-wal'), 'half')
  await expect(restore(never, { ...cut, caseId: newId() })).rejects.toMatchObject({
    code: 'BACKUP_TARGET_IN_USE',
  })
  const { number } = await restore(never, cut)
  expect(number).toBe(NUMBER)
  expect((await readdir(cut.target)).toSorted()).toEqual(
    expect.arrayContaining(['catalogue.db', 'incoming', 'objects', 'vault.json']),
  )
  // It is a vault now: never touched again.
  await expect(restore(never, cut)).rejects.toMatchObject({ code: 'BACKUP_TARGET_IN_USE' })
})
