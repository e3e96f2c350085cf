import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openReading, sealReading } from '../../../electron/reconcile/rescan/sealed-content.ts'
import type { Compartment } from '../../../electron/vault/index.ts'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import { textPdf } from '../../fixtures/good-files.ts'
import { checkVault, freshFolder, importInto } from '../../fixtures/records-room.ts'
import { type SettlingRoom, settlingRoom } from './settling-room.ts'

const SECRET = '评议意见：多数同意驳回'
const IMAGES = ['page_version', 'paper_page', 'source_file'] as const

const reading: PageReading = {
  ...{ widthPixels: 900, heightPixels: 1260, turn: 0, confidence: 0.9, engine: 'e', model: 'm' },
  lines: [
    {
      ...{ quad: [90, 110, 490, 110, 490, 150, 90, 150], text: SECRET, confidence: 0.9, kind: 'printed' },
      places: [...SECRET].flatMap((_, at) => [at * 90, at * 90 + 90]),
    },
  ],
}

/** What the open objects of the vault hold, as SHA-256: all that somebody without the key of 副卷 can see. */
async function openContents({ room }: SettlingRoom): Promise<ReadonlySet<string>> {
  const { objects } = room.desk.room().vault
  const contents = new Set<string>()
  for await (const { name } of objects.list()) {
    if ((await objects.claimedCompartment(name)) !== 'open') continue
    const reader = await objects.open('open', name)
    contents.add(
      createHash('sha256')
        .update(await reader.readAll())
        .digest('hex'),
    )
    await reader.close()
  }
  return contents
}

async function carriedOut({ room, volumeId, reconciliationId }: SettlingRoom, steps?: PlanStep[]) {
  const proposed = steps ?? (await room.call('settlements.propose', { volumeId, reconciliationId })).steps
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps: [...proposed] })
  return await room.call('settlements.apply', { volumeId, planId: plan.id })
}

const compartmentsOf = ({ room }: SettlingRoom, table: (typeof IMAGES)[number], ids: readonly unknown[]) =>
  ids.map(
    (id) =>
      room.desk.room().catalogue.sql.one(`SELECT compartment FROM ${table} WHERE id = ?`, String(id))
        ?.compartment,
  )

/** A page of two versions, the newer of them the paper's, with text, kept views and words in the register. */
async function pageOfTwoVersions() {
  const settling = await settlingRoom(4, false)
  const { room, reconciliationId } = settling
  const { catalogue, vault } = room.desk.room()
  const [page] = await settling.pages()
  if (page === undefined) throw new Error('pages')
  const paperId = await settling.paper(1, { page })
  catalogue.sql.run(
    'UPDATE paper_page SET reading = ? WHERE id = ?',
    ...[sealReading(vault, 'open', paperId, reading), paperId],
  )
  const stamped = { paperPageId: paperId, pageId: page.id, versionId: page.versionId }
  settling.file([settling.found('D18', `D18|version:${page.versionId}`, stamped)])
  for (const row of await settling.rows()) await settling.judge(row, 'replace')
  await carriedOut(settling)

  const said = { itemWords: '', paperWords: SECRET, electronicWords: SECRET, regions: [] }
  settling.file([settling.found('D10', `D10|page:${page.id}`, { pageId: page.id, content: said })], 'sheets')
  const row = (await settling.rows()).find(({ type }) => type === 'D10')
  if (row === undefined) throw new Error('D10')
  await settling.judge(row, 'move-volume')
  const matchId = String(
    catalogue.sql.one('SELECT id FROM page_match WHERE reconciliation_id = ?', reconciliationId)?.id,
  )
  catalogue.sql.run(
    'UPDATE page_match SET content = ?, change_count = 1 WHERE id = ?',
    Buffer.from('x'),
    matchId,
  )
  const versions = catalogue.sql
    .all('SELECT id, sha256, source_file_id FROM page_version WHERE page_id = ? ORDER BY number', page.id)
    .map(({ id, sha256, source_file_id }) => ({ id: String(id), sha256: String(sha256), source_file_id }))
  const labels = [...versions.map(({ id }) => id), paperId].flatMap((id) =>
    ['thumbnail', 'view', 'signature'].map((view) => `${view}|${id}`),
  )
  for (const label of labels) await vault.objects.putDerived('open', label, Buffer.from(label))
  return { settling, page, paperId, matchId, versions, labels, differenceId: row.id }
}

const words = ({ room }: SettlingRoom, differenceId: string, compartment: Compartment, column: string) => {
  const { catalogue, vault } = room.desk.room()
  const sealed = catalogue.sql.one(
    `SELECT ${column} AS sealed FROM difference WHERE id = ?`,
    differenceId,
  )?.sealed
  if (!(sealed instanceof Uint8Array)) return null
  return vault.openDraft({ label: `difference|${differenceId}`, compartment }, sealed).toString('utf8')
}

test('a page moved to 副卷 leaves nothing that shows it under the open key, and undoing brings all of it back', async () => {
  const { settling, page, paperId, matchId, versions, labels, differenceId } = await pageOfTwoVersions()
  const { room, volumeId, subVolumeId } = settling
  const { catalogue, vault, texts } = room.desk.room()
  const [first, second] = versions
  const ids = {
    page_version: versions.map(({ id }) => id),
    paper_page: [paperId],
    source_file: versions.map(({ source_file_id }) => source_file_id),
  }
  const compartments = () => new Set(IMAGES.flatMap((table) => compartmentsOf(settling, table, ids[table])))
  const before = { rows: settling.everything(), open: await openContents(settling) }
  expect(versions).toHaveLength(2)
  expect(versions.every(({ sha256 }) => before.open.has(sha256))).toBe(true)
  expect(texts.get('open', second?.id ?? '')?.lines[0]?.text).toBe(SECRET)
  expect(words(settling, differenceId, 'open', 'content')).toContain(SECRET)

  const imageRef = (id: string) => {
    const found = catalogue.pages.imageRef(id)
    if (found === undefined) throw new Error('no such version')
    return found
  }
  const plan = await carriedOut(settling)
  const open = await openContents(settling)
  expect(versions.filter(({ sha256 }) => open.has(sha256))).toEqual([])
  expect(compartments()).toEqual(new Set(['restricted']))
  for (const { id, sha256 } of versions) {
    const { compartment, objectName } = imageRef(id)
    expect((await vault.objects.verify(compartment, objectName, { expectedSha256: sha256 })).sha256).toBe(
      sha256,
    )
  }
  for (const label of labels) expect(await vault.objects.getDerived('open', label)).toBeUndefined()
  for (const { id } of versions) expect(texts.get('open', id)).toBeUndefined()
  expect(texts.get('restricted', second?.id ?? '')).toMatchObject({ volumeId: subVolumeId, pageId: page.id })
  const paperReading = () =>
    catalogue.sql.one('SELECT reading FROM paper_page WHERE id = ?', paperId)?.reading
  expect(() => openReading(vault, 'open', paperId, paperReading() as Uint8Array)).toThrow()
  expect(openReading(vault, 'restricted', paperId, paperReading() as Uint8Array)).toEqual(reading)
  expect(words(settling, differenceId, 'open', 'content')).not.toContain(SECRET)
  expect(words(settling, differenceId, 'restricted', 'moved_content')).toContain(SECRET)
  expect(() => words(settling, differenceId, 'open', 'moved_content')).toThrow()
  expect(
    catalogue.sql.one('SELECT content FROM page_match WHERE id = ?', matchId)?.content ?? null,
  ).toBeNull()
  expect((await settling.pages(subVolumeId))[0]).toMatchObject({ id: page.id, versionId: second?.id })
  expect((await checkVault(room)).problems).toEqual([])

  await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '不是副卷材料' })
  expect(settling.everything()).toEqual(before.rows)
  expect(await openContents(settling)).toEqual(before.open)
  expect(compartments()).toEqual(new Set(['open']))
  for (const { id } of versions) expect(texts.get('restricted', id)).toBeUndefined()
  expect(texts.get('open', second?.id ?? '')).toMatchObject({ volumeId, lines: reading.lines })
  expect(openReading(vault, 'open', paperId, paperReading() as Uint8Array)).toEqual(reading)
  expect(words(settling, differenceId, 'open', 'content')).toContain(SECRET)
  expect(words(settling, differenceId, 'open', 'moved_content')).toBeNull()
  expect(imageRef(first?.id ?? '').compartment).toBe('open')
  expect((await checkVault(room)).problems).toEqual([])
})

test('a file that holds other pages as well is open again only when none of its pages is restricted any more', async () => {
  const settling = await settlingRoom(4, false)
  const { room, volumeId, subVolumeId } = settling
  const { catalogue } = room.desk.room()
  const file = path.join(await freshFolder(), '合订.pdf')
  const bytes = await textPdf(3)
  await writeFile(file, bytes)
  await importInto(room, volumeId, [file])
  const pdf = createHash('sha256').update(bytes).digest('hex')
  const pages = (await settling.pages()).slice(4)
  const versions = pages.map(({ versionId }) => versionId)
  const sourceId = catalogue.sql.one('SELECT id FROM source_file WHERE sha256 = ?', pdf)?.id
  const move = (at: number): PlanStep => ({
    ...{ kind: 'move-volume', differenceId: null, pageId: pages[at]?.id ?? '', toVolumeId: subVolumeId },
    reason: '合议庭评议笔录',
  })
  const stands = async () => ({
    versions: compartmentsOf(settling, 'page_version', versions),
    source: compartmentsOf(settling, 'source_file', [sourceId])[0],
    openFile: (await openContents(settling)).has(pdf),
  })
  expect(await stands()).toEqual({ versions: ['open', 'open', 'open'], source: 'open', openFile: true })
  const one = await carriedOut(settling, [move(1)])
  const shared = { source: 'restricted', openFile: false }
  expect(await stands()).toEqual({ versions: ['open', 'restricted', 'open'], ...shared })
  const two = await carriedOut(settling, [move(2)])
  expect(await stands()).toEqual({ versions: ['open', 'restricted', 'restricted'], ...shared })
  await room.call('settlements.undo', { volumeId, planId: two.id, reason: '看错了' })
  expect(await stands()).toEqual({ versions: ['open', 'restricted', 'open'], ...shared })
  await room.call('settlements.undo', { volumeId, planId: one.id, reason: '看错了' })
  expect(await stands()).toEqual({ versions: ['open', 'open', 'open'], source: 'open', openFile: true })
  expect((await checkVault(room)).problems).toEqual([])
})
