import { createHash } from 'node:crypto'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../electron/canonical-json.ts'
import { createPdfReader } from '../../../electron/intake/index.ts'
import { readReport, signReport } from '../../../electron/reconcile/proving/signed-report.ts'
import { textPdf } from '../../fixtures/good-files.ts'
import { freshFolder } from '../../fixtures/records-room.ts'
import { AT, addDifference, checkedVolume, failing, prove } from '../proving/checked-volume.ts'

const SLOW = { timeout: 120_000 }

/** A volume with one closed difference that a signed sheet of two pages is attached to. */
async function volumeWithSheet() {
  const checked = await checkedVolume(3)
  const { room, volumeId, sql } = checked
  const differenceId = addDifference(checked, { state: 'handled', closed_at: null })
  const folder = await freshFolder()
  const file = path.join(folder, '情况说明.pdf')
  const pdf = await textPdf(2)
  await writeFile(file, pdf)
  await room.call('differences.attach', { volumeId, differenceId, paths: [file] })
  sql.run(`UPDATE difference SET state = 'closed', closed_at = ? WHERE id = ?`, AT, differenceId)
  return { checked, differenceId, folder, sha256: createHash('sha256').update(pdf).digest('hex') }
}

test(
  'a report counts what is attached with its hash and shows its pages, as data and as PDF',
  SLOW,
  async () => {
    const { checked, folder, sha256 } = await volumeWithSheet()
    const { room, volumeId } = checked
    const reportId = await prove(checked)
    expect(await failing(checked, reportId)).toEqual({})
    const [json, pdf] = [path.join(folder, 'r.json'), path.join(folder, 'r.pdf')]
    await room.call('proofs.export', { volumeId, reportId, format: 'json', path: json })
    const report = readReport(await readFile(json))?.report
    const [attachment] = report?.differences[0]?.attachments ?? []
    expect(attachment).toMatchObject({ name: '情况说明.pdf', format: 'pdf', sha256, pageCount: 2 })
    expect(attachment?.pictures.map(({ of }) => of)).toEqual(['attachment', 'attachment'])
    room.events.length = 0
    await room.call('proofs.export', { volumeId, reportId, format: 'pdf', path: pdf })
    const drawn = room.events.filter(({ event }) => event === 'proof').at(-1)
    // The page as it was found, and both of the sheet's.
    expect(drawn).toMatchObject({ phase: 'pictures', done: 3, total: 3 })
    expect(await failing(checked, reportId, pdf)).toEqual({})
    await using reader = createPdfReader()
    const opened = await reader.open(await readFile(pdf))
    expect(opened.facts.pages.length).toBeGreaterThan(0)
    await opened[Symbol.asyncDispose]()
  },
)

test(
  'the checker names a sheet that is damaged, missing or gone from its difference; a report is not made over it',
  SLOW,
  async () => {
    const { checked, sha256 } = await volumeWithSheet()
    const { room, volumeId, reconciliationId, sql } = checked
    const { vault } = room.desk.room()
    const reportId = await prove(checked)
    const page = sql.one('SELECT * FROM attachment_page ORDER BY sequence DESC') ?? {}
    const name = String(page.object_name)
    const sealed = path.join(vault.folder, 'objects', name.slice(0, 2), name)
    await truncate(sealed, 100)
    expect(Object.keys(await failing(checked, reportId))).toEqual(['attachments'])
    expect((await failing(checked, reportId)).attachments).toContain('附件 1 第 2 页')
    sql.run(`UPDATE reconciliation SET state = 'open' WHERE id = ?`, reconciliationId)
    expect((await room.refusal('proofs.make', { volumeId, reconciliationId })).code).toBe(
      'VAULT_OBJECT_DAMAGED',
    )
    expect(await room.call('proofs.list', { volumeId })).toHaveLength(1)
    // Another file in its place is told by the hash that the report has.
    sql.run(`UPDATE difference_attachment SET sha256 = ? WHERE sha256 = ?`, '0'.repeat(64), sha256)
    const failed = await failing(checked, reportId)
    expect(failed.attachments).toContain('附件 1 已不在')
    expect(failed.differences).toContain('登记已改')
  },
)

test('a report of the first format, which knew one file and no pages, still holds', SLOW, async () => {
  const { checked, sha256, folder } = await volumeWithSheet()
  const { room, volumeId, sql } = checked
  const { vault } = room.desk.room()
  const reportId = await prove(checked)
  const json = path.join(folder, 'r.json')
  await room.call('proofs.export', { volumeId, reportId, format: 'json', path: json })
  const report = readReport(await readFile(json))?.report
  if (report === undefined) throw new Error('a report was expected')
  const differences = report.differences.map(({ attachments, ...difference }) => ({
    ...difference,
    attachment: { name: '情况说明.pdf', sha256, sizeBytes: attachments?.[0]?.sizeBytes ?? 0 },
  }))
  const first = signReport({ ...report, format: 'juanku-proof-1', differences }, vault.signer())
  expect(canonicalJson(JSON.parse(first.toString('utf8')))).toBe(first.toString('utf8'))
  const stored = await vault.objects.putBuffer('open', first)
  sql.run(
    'UPDATE volume_proof SET object_name = ?, sha256 = ?, size_bytes = ? WHERE id = ?',
    ...[stored.name, stored.sha256, stored.sizeBytes, reportId],
  )
  // Nothing but what this test did to the log's word for it.
  expect(Object.keys(await failing(checked, reportId))).toEqual(['recorded'])
})
