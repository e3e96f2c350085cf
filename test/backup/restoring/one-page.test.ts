import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { workedCase } from '../../approvals/filed-case.ts'
import { flipBit, freshMedium, objectFile, ran } from '../../fixtures/backup-room.ts'
import { twoCases } from '../../fixtures/case-backups.ts'
import { newId, OFFICERS, reopen, type TestRoom } from '../../fixtures/records-room.ts'

/** A page shows another page's image from now on, as after 替换. */
function replaceImage(room: TestRoom, pageId: string, fromPageId: string): void {
  const { sql } = room.desk.room().catalogue
  const id = newId()
  sql.run(
    `INSERT INTO page_version SELECT ?, ?, 2, source_file_id, source_frame, compartment, object_name, format,
       width_pixels, height_pixels, dpi_x, dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, '替换',
       created_at, created_by, turn FROM page_version
     WHERE id = (SELECT current_version_id FROM page WHERE id = ?)`,
    ...[id, pageId, fromPageId],
  )
  sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', id, pageId)
}

async function changedPages() {
  const all = await twoCases()
  const { room, one, about } = all
  const pages = await room.call('pages.list', { volumeId: one.volume.id })
  const [first, second, third] = pages
  if (first === undefined || second === undefined || third === undefined) throw new Error('three pages')
  const versions = async (caseId = about.caseId) =>
    (await room.call('restores.pageVersions', { ...about, caseId })).rows
  return { ...all, pages, first, second, third, versions }
}

const pageInput = (
  { about, one }: Awaited<ReturnType<typeof changedPages>>,
  { pageId, inSnapshot }: { pageId: string; inSnapshot: { versionId: string; sha256: string } },
) => ({
  ...{ mediumId: about.mediumId, snapshotId: about.snapshotId, volumeId: one.volume.id, pageId },
  ...{ versionId: inSnapshot.versionId, sha256: inSnapshot.sha256, reason: '误替换，恢复原扫描件' },
})

test('a page that was replaced is shown as it was and brought back as a version of its own', async () => {
  const all = await changedPages()
  const { room, about, first, second, versions } = all
  expect(await versions()).toEqual([])
  replaceImage(room, first.id, second.id)
  const [row] = await versions()
  expect(row).toMatchObject({
    ...{ pageId: first.id, difference: 'changed', position: 1, volumeKind: 'main' },
    inSnapshot: { versionId: first.versionId, number: 1, fault: null },
    today: { number: 2, fault: null },
  })
  if (row === undefined) throw new Error('no page')
  const { mediumId, snapshotId, caseId } = about
  const picture = await room.call('restores.pagePicture', {
    mediumId,
    snapshotId,
    caseId,
    pageId: first.id,
  })
  const stored = await room.desk.room().images.stored(first.versionId)
  expect(picture.mediaType).toBe('image/jpeg')
  expect(Buffer.from(picture.base64, 'base64').equals(Buffer.from(stored.bytes))).toBe(true)

  const back = await room.call('restores.page', pageInput(all, row))
  expect(back.mended).toBe(0)
  const history = await room.call('pages.versions', { pageId: first.id })
  expect(history.map(({ number, sha256, reason }) => [number, sha256, reason])).toEqual([
    [3, row.inSnapshot.sha256, '误替换，恢复原扫描件'],
    [2, row.today?.sha256, '替换'],
    [1, row.inSnapshot.sha256, 'import'],
  ])
  // The same image under a new version: there is nothing more to bring back.
  expect(await versions()).toEqual([])
  const { sql } = room.desk.room().catalogue
  expect(sql.one("SELECT * FROM audit_record WHERE action = 'restore.page-returned'")).toMatchObject({
    ...{ result: 'done', before_digest: row.today?.sha256, after_digest: row.inSnapshot.sha256 },
    ...{ page: first.id, reason: '误替换，恢复原扫描件' },
  })
  expect(sql.one("SELECT 1 FROM audit_record WHERE action = 'restore.page-looked-at'")).toBeDefined()
  const other = { ...pageInput(all, row), sha256: 'f'.repeat(64) }
  expect(await room.refusal('restores.page', other)).toMatchObject({ code: 'CATALOGUE_CONFLICT' })
})

test('a lost image and a damaged one are named and put back; what the pages show stays', async () => {
  const all = await changedPages()
  const { room, about, first, second, one, versions } = all
  const nameOf = (versionId: string) => room.desk.room().catalogue.pages.imageRef(versionId)?.objectName ?? ''
  await rm(objectFile(room.folder, nameOf(first.versionId)))
  await flipBit(objectFile(room.folder, nameOf(second.versionId)))
  expect((await versions()).map(({ pageId, difference }) => [pageId, difference])).toEqual([
    [first.id, 'missing'],
    [second.id, 'damaged'],
  ])
  const { mediumId, snapshotId } = about
  for (const { id } of [first, second]) {
    const input = { mediumId, snapshotId, volumeId: one.volume.id, pageId: id }
    expect((await room.call('restores.pageImage', input)).mended).toBeGreaterThan(0)
    expect(await room.call('restores.pageImage', input)).toEqual({ mended: 0 })
  }
  expect(await versions()).toEqual([])
  expect(await room.call('pages.versions', { pageId: first.id })).toHaveLength(1)
  await room.desk.room().images.stored(second.versionId)
})

test('a page that was withdrawn takes its place again', async () => {
  const all = await changedPages()
  const { room, one, second, third, versions } = all
  const { sql } = room.desk.room().catalogue
  sql.run("UPDATE page SET withdrawn_at = '2026-11-24T00:00:00.000Z' WHERE id = ?", second.id)
  sql.run('UPDATE page SET position = 2 WHERE id = ?', third.id)
  const [row] = await versions()
  expect(row).toMatchObject({ pageId: second.id, difference: 'withdrawn' })
  if (row === undefined) throw new Error('no page')
  await room.call('restores.page', pageInput(all, row))
  const now = await room.call('pages.list', { volumeId: one.volume.id })
  expect(now.map(({ id, position }) => [id, position])).toEqual(
    all.pages.map(({ id }, place) => [id, place + 1]),
  )
})

test('an image that the backup has damaged too is not put back, and nothing is changed', async () => {
  const all = await changedPages()
  const { room, set, one, about, first } = all
  const name = room.desk.room().catalogue.pages.imageRef(first.versionId)?.objectName ?? ''
  await flipBit(objectFile(room.folder, name))
  await flipBit(objectFile(set, name))
  const { mediumId, snapshotId } = about
  expect(
    await room.refusal('restores.pageImage', {
      ...{ mediumId, snapshotId, volumeId: one.volume.id, pageId: first.id },
    }),
  ).toMatchObject({ code: 'BACKUP_SET_DAMAGED', details: { reason: 'changed' } })
  expect(await room.desk.room().vault.objects.has(name)).toBe(true)
})

test('who may not read the case sees and brings back none of its pages', async () => {
  const all = await changedPages()
  const { room, about, first, second, versions } = all
  replaceImage(room, first.id, second.id)
  const [row] = await versions()
  if (row === undefined) throw new Error('no page')
  await room.desk.close()
  const officer = await reopen(room.folder, OFFICERS.system)
  const { mediumId, snapshotId, caseId } = about
  const looking = { mediumId, snapshotId, caseId, pageId: first.id }
  expect(await officer.refusal('restores.pageVersions', about)).toMatchObject({
    code: 'CATALOGUE_NOT_FOUND',
  })
  expect(await officer.refusal('restores.pagePicture', looking)).toMatchObject({
    code: 'CATALOGUE_NOT_FOUND',
  })
  expect(await officer.refusal('restores.page', pageInput(all, row))).toMatchObject({
    code: 'VAULT_COMPARTMENT_CLOSED',
  })
})

test('after 归档 a page comes back only as an approved request says', async () => {
  const worked = await workedCase()
  const { room, caseId, volumeId, pageIds } = worked
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const [backup] = await room.call('backup.list', {})
  const [first = '', second = ''] = pageIds
  replaceImage(room, first, second)
  const about = { mediumId: medium.id, snapshotId: backup?.snapshotId ?? '' }
  const { rows } = await room.call('restores.pageVersions', { ...about, caseId })
  const [row] = rows
  if (row === undefined) throw new Error('no page')
  const { versionId, sha256 } = row.inSnapshot
  const input = { ...about, volumeId, pageId: first, versionId, sha256, reason: '误替换' }
  await room.call('cases.file', { caseId })
  expect(await room.refusal('restores.page', input)).toMatchObject({ code: 'ACCESS_APPROVAL_NEEDED' })
  // To put back a lost image changes nothing of what is filed.
  expect(await room.call('restores.pageImage', { ...about, volumeId, pageId: first })).toEqual({ mended: 0 })

  const { id } = await room.call('approvals.request', { method: 'restores.page', input, reason: '误替换' })
  const { changes } = await room.call('approvals.get', { id })
  expect(changes.map(({ field, before, after }) => [field, before, after])).toEqual([
    ['image', `SHA-256 ${row.today?.sha256}`, `SHA-256 ${sha256}`],
    ['backup', null, about.snapshotId],
  ])
  await worked.as('handler')
  await room.call('approvals.decide', { id, approve: true })
  await worked.as('keeper')
  expect(await room.call('approvals.execute', { id })).toMatchObject({ state: 'executed' })
  const [now] = await room.call('pages.versions', { pageId: first })
  expect(now).toMatchObject({ number: 3, sha256, reason: '误替换' })
  expect(worked.log('restore.page-returned')).toMatchObject([
    { result: 'refused', code: 'ACCESS_APPROVAL_NEEDED' },
    { result: 'done', approval_id: id },
  ])
})
