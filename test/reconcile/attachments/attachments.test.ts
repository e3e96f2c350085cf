import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DifferenceRow } from '../../../shared/contract/differences.ts'
import { badFiles } from '../../fixtures/bad-files.ts'
import { emptyPagesPdf, joinTiffs, jpegFile, pngFile, textPdf, tiffFile } from '../../fixtures/good-files.ts'
import { CLIENT, checkVault, freshFolder, type TestRoom } from '../../fixtures/records-room.ts'
import { type SettlingRoom, settlingRoom } from '../settling/settling-room.ts'

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A torn sheet, judged to be explained. */
async function explained(people = false) {
  const settling = await settlingRoom(4, people)
  settling.file([settling.found('D22', 'D22|page:A', { paperPlace: '第 3 页' })])
  const [row] = await settling.rows()
  if (row === undefined) throw new Error('a row was expected')
  const judged = await settling.judge(row, 'explanation', { basis: '破损，内容无缺' })
  return { settling, row: judged, folder: await freshFolder() }
}

async function written(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, bytes)
  return file
}

const attach = (
  { room, volumeId }: SettlingRoom,
  { id: differenceId }: Pick<DifferenceRow, 'id'>,
  paths: string[],
  replaces?: string,
) =>
  room.call('differences.attach', {
    ...{ volumeId, differenceId, paths },
    ...(replaces === undefined ? {} : { replaces }),
  })

const objectsOf = async ({ desk }: TestRoom) => {
  const names: string[] = []
  for await (const { name } of desk.room().vault.objects.list()) names.push(name)
  return names.toSorted()
}

const isShown = async ({ desk }: TestRoom, versionId: string) =>
  (await desk.page(CLIENT, versionId, 'view', null)).ok

test('signed sheets of every kind are sealed with their pages, shown, saved to the byte, and known to the check of the vault', async () => {
  const { settling, row, folder } = await explained()
  const { room, volumeId } = settling
  const pdf = await textPdf(2)
  const photo = await jpegFile({ orientation: 6 })
  const tiff = joinTiffs([await tiffFile('g4'), await tiffFile('g4', { seed: 4 })])
  const paths = [
    await written(folder, '情况说明（签字）.pdf', pdf),
    await written(folder, '照片.jpg', photo),
    await written(folder, '说明.png', await pngFile()),
    await written(folder, '传真.tif', tiff),
  ]
  const after = await attach(settling, row, paths)
  const shown = after.attachments
  expect(shown.map(({ name, format, pages, readable }) => [name, format, pages.length, readable])).toEqual([
    ['情况说明（签字）.pdf', 'pdf', 2, true],
    ['照片.jpg', 'jpeg', 1, true],
    ['说明.png', 'png', 1, true],
    ['传真.tif', 'tiff', 2, true],
  ])
  expect(shown[0]).toMatchObject({ sha256: hash(pdf), sizeBytes: pdf.length, addedBy: '档案员甲' })
  // As it is seen: the camera stored it lying on its side.
  expect(shown[1]?.pages[0]).toMatchObject({ widthPixels: 560, heightPixels: 400 })
  for (const { pages } of shown)
    for (const { versionId } of pages) expect(await isShown(room, versionId)).toBe(true)
  const copy = path.join(folder, 'copy.pdf')
  const saved = { volumeId, differenceId: row.id, attachmentId: shown[0]?.id ?? '', path: copy }
  await room.call('differences.exportAttachment', saved)
  expect(hash(await readFile(copy))).toBe(hash(pdf))
  expect((await settling.rows())[0]?.attachments).toEqual(shown)
  expect((await checkVault(room)).problems).toEqual([])
  const { sql } = room.desk.room().catalogue
  const kept = sql.all('SELECT * FROM difference_attachment')
  expect(JSON.stringify(kept)).not.toContain('签字')
  expect(
    sql.all(`SELECT action, result FROM audit_record WHERE action LIKE 'difference.att%' ORDER BY sequence`),
  ).toEqual([
    { action: 'difference.attached', result: 'done' },
    { action: 'difference.attachment-exported', result: 'done' },
  ])
})

test('a statement without its signed sheet is not passed; once checked nothing of it changes any more', async () => {
  const { settling, row, folder } = await explained(true)
  const { room, volumeId } = settling
  const one = { volumeId, differenceId: row.id }
  await settling.as('checker')
  expect((await settling.rows())[0]?.may).not.toContain('check')
  expect((await room.refusal('differences.check', { ...one, ok: true })).code).toBe(
    'RECONCILE_ATTACHMENT_LACKING',
  )
  await settling.as('keeper')
  const file = await written(folder, '说明.pdf', await textPdf(1))
  const [attached] = (await attach(settling, row, [file])).attachments
  await settling.as('checker')
  expect((await settling.rows())[0]?.may).toContain('check')
  expect(await room.call('differences.check', { ...one, ok: true })).toMatchObject({ state: 'closed' })
  await settling.as('keeper')
  const other = await written(folder, '另一份.pdf', await textPdf(2))
  expect((await room.refusal('differences.attach', { ...one, paths: [other] })).code).toBe(
    'RECONCILE_WRONG_STATE',
  )
  const gone = { ...one, attachmentId: attached?.id ?? '' }
  expect((await room.refusal('differences.detach', gone)).code).toBe('RECONCILE_WRONG_STATE')
  expect((await settling.rows())[0]?.attachments).toEqual([attached])
  expect((await checkVault(room)).problems).toEqual([])
})

test('until the check a sheet is replaced or taken away, and what was sealed of it is destroyed', async () => {
  const { settling, row, folder } = await explained()
  const { room, volumeId } = settling
  const before = await objectsOf(room)
  const first = await written(folder, '一.pdf', await textPdf(2))
  const [one] = (await attach(settling, row, [first])).attachments
  const second = await written(folder, '二.jpg', await jpegFile({ seed: 5 }))
  const replaced = (await attach(settling, row, [second], one?.id)).attachments
  expect(replaced.map(({ name }) => name)).toEqual(['二.jpg'])
  expect(await isShown(room, one?.pages[0]?.versionId ?? '')).toBe(false)
  expect(await objectsOf(room)).toHaveLength(before.length + 1)
  const detached = await room.call('differences.detach', {
    ...{ volumeId, differenceId: row.id, attachmentId: replaced[0]?.id ?? '' },
  })
  expect(detached.attachments).toEqual([])
  expect(await objectsOf(room)).toEqual(before)
  expect((await checkVault(room)).problems).toEqual([])

  // What a page of the volume shows too stays, since the page needs it.
  const [page] = await settling.pages()
  const bytes = await room.desk.room().images.stored(page?.versionId ?? '')
  const same = await written(folder, '同一页.jpg', bytes.bytes)
  const [shared] = (await attach(settling, row, [same])).attachments
  await room.call('differences.detach', {
    ...{ volumeId, differenceId: row.id, attachmentId: shared?.id ?? '' },
  })
  expect(await objectsOf(room)).toEqual(before)
  expect(await isShown(room, page?.versionId ?? '')).toBe(true)
})

describe('what cannot be attached is refused with its reason, and nothing of the others is kept', () => {
  const REASONS: Readonly<Record<string, string>> = {
    INTAKE_EMPTY_FILE: 'empty',
    INTAKE_TRUNCATED_FILE: 'damaged',
    INTAKE_UNREADABLE_FILE: 'damaged',
    INTAKE_UNSUPPORTED_FORMAT: 'format',
    INTAKE_PASSWORD_PROTECTED: 'password',
    INTAKE_IMAGE_TOO_LARGE: 'too-large',
    INTAKE_TOO_MANY_PAGES: 'too-many-pages',
  }

  test('bad content, too much of it, the same twice, a folder', { timeout: 120_000 }, async () => {
    const { settling, row, folder } = await explained()
    const { room, volumeId } = settling
    const before = await objectsOf(room)
    const good = await written(folder, '好.png', await pngFile())
    const refusal = async (paths: string[]) =>
      await room.refusal('differences.attach', { volumeId, differenceId: row.id, paths })
    for (const { name, bytes, code } of await badFiles()) {
      const bad = await written(folder, name, bytes)
      expect([name, await refusal([good, bad])]).toMatchObject([
        name,
        { code: 'RECONCILE_ATTACHMENT_REFUSED', details: { reason: REASONS[code], file: 2 } },
      ])
    }
    const large = await written(folder, '大.jpg', Buffer.alloc(21 * 1024 * 1024, 1))
    expect((await refusal([large])).details).toEqual({ reason: 'too-large', file: 1 })
    const thick = await written(folder, '厚.pdf', emptyPagesPdf(31))
    expect((await refusal([thick])).details).toEqual({ reason: 'too-many-pages', file: 1 })
    expect((await refusal([good, good])).details).toEqual({ reason: 'repeated', file: 2 })
    expect((await refusal([path.join(folder, '没有.pdf')])).details).toEqual({ reason: 'vanished', file: 1 })
    expect((await refusal([folder])).code).toBe('RECONCILE_ATTACHMENT_REFUSED')
    expect((await settling.rows())[0]?.attachments).toEqual([])
    expect(await objectsOf(room)).toEqual(before)
  })

  test('a hostile name is kept as one that can be shown and written', async () => {
    const { settling, row, folder } = await explained()
    const paths = [
      await written(folder, 'a\u202efdp.jpg', await jpegFile({ seed: 1 })),
      await written(folder, '行\n二<b>?.png', await pngFile({ seed: 2 })),
      await written(folder, `${'长'.repeat(80)}.pdf`, await textPdf(1)),
    ]
    const { attachments } = await attach(settling, row, paths)
    expect(attachments.map(({ name }) => name)).toEqual([
      'a_fdp.jpg',
      '行_二_b__.png',
      `${'长'.repeat(80)}.pdf`,
    ])
  })
})

test('only who judges attaches and removes; who may not read the volume sees nothing of it', async () => {
  const { settling, row, folder } = await explained(true)
  const { room, volumeId } = settling
  const file = await written(folder, '说明.pdf', await textPdf(1))
  const [attached] = (await attach(settling, row, [file])).attachments
  const one = { volumeId, differenceId: row.id }
  const page = attached?.pages[0]?.versionId ?? ''
  for (const who of ['clerk', 'handler', 'scanner'] as const) {
    await settling.as(who)
    expect((await room.refusal('differences.attach', { ...one, paths: [file] })).code).toBe('ACCESS_DENIED')
    const gone = { ...one, attachmentId: attached?.id ?? '' }
    expect((await room.refusal('differences.detach', gone)).code).toBe('ACCESS_DENIED')
  }
  await settling.as('handler')
  expect(await isShown(room, page)).toBe(true)
  await settling.as('keeper')
  const { caseId, ids } = settling
  await room.call('assignments.recuse', { caseId, accountId: ids.handler, reason: '近亲属' })
  await settling.as('handler')
  expect(await isShown(room, page)).toBe(false)
})
