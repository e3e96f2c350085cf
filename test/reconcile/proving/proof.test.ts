import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../electron/canonical-json.ts'
import { createPdfReader } from '../../../electron/intake/index.ts'
import { readReport, signatureHolds } from '../../../electron/reconcile/proving/signed-report.ts'
import { RESCAN_JOB } from '../../../electron/reconcile/rescan/rescan-input.ts'
import { freshFolder, newId } from '../../fixtures/records-room.ts'
import {
  AT,
  addDifference,
  addMatch,
  addNote,
  addScan,
  begin,
  checkedVolume,
  failing,
  prove,
} from './checked-volume.ts'

const SLOW = { timeout: 120_000 }
const REGION = {
  ...{ kind: 'added-stamp', sources: ['image'], strength: 0.9, on: 'paper' },
  ...{ paperBox: null, electronicBox: [0.1, 0.2, 0.15, 0.1] },
}

test('a checking is not proven while anything is open, and says what', SLOW, async () => {
  const checked = await checkedVolume(3)
  const { room, volumeId, reconciliationId, sql, keeperId, pages } = checked
  const ready = () => room.call('proofs.readiness', { volumeId, reconciliationId })
  const make = () => room.refusal('proofs.make', { volumeId, reconciliationId })
  expect(await ready()).toEqual({ ready: true, lacking: [] })

  const found = addDifference(checked, { state: 'found', closed_at: null })
  const dismissed = addDifference(checked, { state: 'dismissed', closed_at: null })
  expect((await ready()).lacking).toEqual([
    { code: 'difference-open', count: 1 },
    { code: 'dismissal-unchecked', count: 1 },
  ])
  expect(await make()).toMatchObject({
    code: 'RECONCILE_NOT_SETTLED',
    details: { count: 2, codes: 'difference-open,dismissal-unchecked' },
  })
  sql.run(`UPDATE difference SET state = 'closed' WHERE id = ?`, found)
  sql.run('UPDATE difference SET check_ok = 1 WHERE id = ?', dismissed)

  // A second person's pass that is begun has to be finished, and then their disagreement settled.
  const second = newId()
  sql.run('INSERT INTO sheet_pass VALUES (?, ?, 2, ?, ?, NULL)', second, reconciliationId, keeperId, AT)
  expect((await ready()).lacking).toEqual([{ code: 'pass-unfinished', count: 1 }])
  sql.run('UPDATE sheet_pass SET finished_at = ? WHERE id = ?', AT, second)
  sql.run(
    `INSERT INTO sheet_verdict (pass_id, page_id, version_id, verdict, type, judged_at) VALUES (?, ?, ?, 'differs', 'D07', ?)`,
    ...[second, pages[0]?.id ?? '', pages[0]?.versionId ?? '', AT],
  )
  expect((await ready()).lacking).toEqual([{ code: 'disagreement-unsettled', count: 1 }])
  sql.run(`UPDATE sheet_verdict SET settled = 'first' WHERE pass_id = ?`, second)
  expect((await ready()).ready).toBe(true)

  // A page that nobody held against the paper in this version.
  sql.run(`UPDATE sheet_verdict SET version_id = 'older' WHERE page_id = ?`, pages[2]?.id ?? '')
  expect((await ready()).lacking).toEqual([{ code: 'page-unaccounted', count: 1 }])
  sql.run('DELETE FROM sheet_verdict')
  sql.run('DELETE FROM sheet_pass')
  expect((await ready()).lacking).toEqual([
    { code: 'way-missing', count: 1 },
    { code: 'page-unaccounted', count: 3 },
  ])
  expect((await make()).code).toBe('RECONCILE_NOT_SETTLED')
  expect(await room.call('proofs.list', { volumeId })).toEqual([])
})

test(
  'a settled checking is proven: sealed, recorded, badged, and every point of it holds',
  SLOW,
  async () => {
    const checked = await checkedVolume(4)
    const { room, volumeId, caseId, reconciliationId, sql } = checked
    addDifference(checked, {}, { regions: [REGION] })
    addNote(checked, '第 2 页加盖收文章，系扫描后加盖。')
    const badge = async () => (await room.call('cases.tree', { caseId })).volumes[0]?.proof
    expect(await badge()).toBeNull()

    const reportId = await prove(checked)
    expect(await failing(checked, reportId)).toEqual({})
    expect(await badge()).toMatchObject({ reportId, stands: true, fell: [] })
    const [listed] = await room.call('proofs.list', { volumeId })
    expect(listed).toMatchObject({ id: reportId, differences: 1, pages: 4 })
    expect(sql.one('SELECT state FROM reconciliation WHERE id = ?', reconciliationId)?.state).toBe('proven')
    expect((await room.refusal('proofs.make', { volumeId, reconciliationId })).code).toBe(
      'RECONCILE_NOT_OPEN',
    )

    const folder = await freshFolder()
    const json = path.join(folder, 'report.json')
    const pdf = path.join(folder, 'report.pdf')
    await room.call('proofs.export', { volumeId, reportId, format: 'json', path: json })
    await room.call('proofs.export', { volumeId, reportId, format: 'pdf', path: pdf })
    expect(await failing(checked, reportId, json)).toEqual({})
    expect(await failing(checked, reportId, pdf)).toEqual({})
    const bytes = await readFile(json)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(listed?.sha256)
    const report = readReport(bytes)?.report
    expect(report?.pages.map(({ sha256 }) => sha256)).toEqual(
      checked.pages.map(({ versionId }) =>
        String(sql.one('SELECT sha256 FROM page_version WHERE id = ?', versionId)?.sha256),
      ),
    )
    expect(report?.differences[0]).toMatchObject({ paperWords: '有收文章', state: 'closed', type: 'D18' })
    expect(report?.notes[0]?.text).toBe('第 2 页加盖收文章，系扫描后加盖。')
    await using reader = createPdfReader()
    const opened = await reader.open(await readFile(pdf))
    expect(opened.facts.pages.length).toBeGreaterThan(0)
    await opened[Symbol.asyncDispose]()
    expect(sql.all('SELECT kind, purpose, page_count FROM page_output ORDER BY job_number')).toEqual([
      { kind: 'export', purpose: '纸电一致性核对报告', page_count: 0 },
      { kind: 'export', purpose: '纸电一致性核对报告', page_count: 1 },
    ])
  },
)

test('whatever changes on either side fells the badge, and the checker names it', SLOW, async () => {
  const checked = await checkedVolume(4)
  const { room, volumeId, caseId, sql, pages, itemId } = checked
  const reportId = await prove(checked)
  const badge = async () => (await room.call('cases.tree', { caseId })).volumes[0]?.proof?.fell
  const during = async (change: string, values: string[], back: string, backValues: string[]) => {
    sql.run(change, ...values)
    const seen = { fell: await badge(), failing: await failing(checked, reportId) }
    sql.run(back, ...backValues)
    expect(await badge()).toEqual([])
    return seen
  }
  const [first, second] = pages.map(({ id }) => id)
  const turnTo = (turn: number) => `UPDATE page_version SET turn = ${turn} WHERE page_id = ?`
  const turned = await during(turnTo(90), [second ?? ''], turnTo(0), [second ?? ''])
  expect(turned.fell).toEqual(['pages'])
  expect(turned.failing.order).toContain('影像 2')
  const withdrawn = await during(
    'UPDATE page SET withdrawn_at = ? WHERE id = ?',
    [AT, first ?? ''],
    'UPDATE page SET withdrawn_at = NULL WHERE id = ?',
    [first ?? ''],
  )
  expect(withdrawn.fell).toEqual(['pages'])
  expect(withdrawn.failing.pages).toContain('影像 1')
  const renamed = await during(
    `UPDATE item SET title = '答辩状' WHERE id = ?`,
    [itemId],
    `UPDATE item SET title = '起诉状' WHERE id = ?`,
    [itemId],
  )
  expect(renamed.fell).toEqual(['catalogue'])
  expect(Object.keys(renamed.failing)).toEqual(['catalogue', 'stands'])

  // Swapped pages, each as it was: only their order tells.
  const swap = (one: number, other: number) => {
    sql.run('UPDATE page SET position = ? WHERE id = ?', one, first ?? '')
    sql.run('UPDATE page SET position = ? WHERE id = ?', other, second ?? '')
  }
  swap(2, 1)
  expect(Object.keys(await failing(checked, reportId))).toEqual(['order', 'stands'])
  swap(1, 2)

  const note = addNote(checked, '补记')
  expect(await badge()).toEqual(['paper'])
  sql.run('DELETE FROM volume_note WHERE id = ?', note)
  const difference = addDifference(checked, { state: 'found' })
  expect(await badge()).toEqual(['paper'])
  expect(Object.keys(await failing(checked, reportId))).toEqual(['stands'])
  // What turns out to be none does not count against the proof.
  sql.run(`UPDATE difference SET state = 'dismissed', check_ok = 1 WHERE id = ?`, difference)
  expect(await badge()).toEqual([])

  // A newer report takes the place of an older one.
  const again = newId()
  begin(checked, again)
  const { reportId: newer } = await room.call('proofs.make', { volumeId, reconciliationId: again })
  expect(Object.keys(await failing(checked, reportId))).toEqual(['stands'])
  expect(await failing(checked, newer)).toEqual({})
})

test('what was done behind the program is found out', SLOW, async () => {
  const checked = await checkedVolume(3)
  const { room, sql, pages, volumeId } = checked
  const difference = addDifference(checked)
  const reportId = await prove(checked)
  const version = pages[2]?.versionId ?? ''

  // A hash in the catalogue alone.
  const kept = String(sql.one('SELECT sha256 FROM page_version WHERE id = ?', version)?.sha256)
  sql.run('UPDATE page_version SET sha256 = ? WHERE id = ?', 'a'.repeat(64), version)
  expect((await failing(checked, reportId)).pages).toContain('影像 3')
  sql.run('UPDATE page_version SET sha256 = ? WHERE id = ?', kept, version)

  // Another image in the place of a page's, with the hash left as it was.
  const objectOf = (id: string) =>
    String(sql.one('SELECT object_name FROM page_version WHERE id = ?', id)?.object_name)
  const [own, other] = [objectOf(version), objectOf(pages[0]?.versionId ?? '')]
  sql.run('UPDATE page_version SET object_name = ? WHERE id = ?', other, version)
  expect(Object.keys(await failing(checked, reportId))).toEqual(['objects'])
  sql.run('UPDATE page_version SET object_name = ? WHERE id = ?', own, version)

  // A decision of the register written anew.
  sql.run(`UPDATE difference SET handling = 'leave' WHERE id = ?`, difference)
  expect(Object.keys(await failing(checked, reportId))).toEqual(['differences'])
  sql.run(`UPDATE difference SET handling = 'explanation' WHERE id = ?`, difference)
  expect(await failing(checked, reportId)).toEqual({})

  // One byte of a sealed image on the disk.
  const file = path.join(room.folder, 'objects', own.slice(0, 2), own)
  const sealed = await readFile(file)
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 40) ^ 1, sealed.length - 40)
  await writeFile(file, sealed)
  expect((await failing(checked, reportId)).objects).toContain('影像 3')

  // A log from which the making was taken out.
  sql.run(`UPDATE audit_record SET action = 'case.read' WHERE action = 'proof.made'`)
  expect(Object.keys(await failing(checked, reportId))).toContain('recorded')

  // And the sealed report itself.
  const row = sql.one('SELECT object_name FROM volume_proof WHERE id = ?', reportId)
  const name = String(row?.object_name)
  await writeFile(path.join(room.folder, 'objects', name.slice(0, 2), name), Buffer.alloc(100))
  expect(Object.keys(await failing(checked, reportId))).toEqual(['format'])
  expect((await room.refusal('proofs.export', { volumeId, reportId, format: 'json', path: file })).code).toBe(
    'VAULT_OBJECT_DAMAGED',
  )
})

test('a fresh scan proves what was matched and compared, and what was put in from it', SLOW, async () => {
  const checked = await checkedVolume(3)
  const { room, volumeId, reconciliationId, sql, pages } = checked
  sql.run('DELETE FROM sheet_verdict')
  sql.run('DELETE FROM sheet_pass')
  const paper = await addScan(checked, 3)
  const lacking = async () => (await room.call('proofs.readiness', { volumeId, reconciliationId })).lacking
  expect(await lacking()).toEqual([
    { code: 'page-unaccounted', count: 3 },
    { code: 'paper-unmatched', count: 3 },
  ])

  // Pairs count once they are compared; the third page is not matched but made of the paper's own image.
  const [one, two] = [addMatch(checked, paper[0], pages[0]), addMatch(checked, paper[1], pages[1])]
  addMatch(checked, paper[2], undefined)
  expect(await lacking()).toEqual([{ code: 'page-unaccounted', count: 3 }])
  sql.run('UPDATE page_match SET compared_at = ?, change_count = 0', AT)
  sql.run('UPDATE page_match SET sure = 0 WHERE id = ?', two)
  expect(await lacking()).toEqual([
    { code: 'page-unaccounted', count: 1 },
    { code: 'match-undecided', count: 1 },
  ])
  sql.run('UPDATE page_match SET decided_by = ? WHERE id = ?', checked.keeperId, two)
  const difference = addDifference(
    checked,
    {
      match_id: one,
      paper_page_id: paper[2] ?? '',
      page_id: pages[2]?.id ?? '',
      version_id: pages[2]?.versionId ?? '',
    },
    { regions: [{ ...REGION, paperBox: [0.5, 0.5, 0.2, 0.1] }] },
  )
  const replaced = newId()
  sql.run(
    `INSERT INTO page_version (id, page_id, number, source_file_id, source_frame, compartment, object_name, format,
       width_pixels, height_pixels, colour_mode, bit_depth, size_bytes, sha256, archival_name, reason, created_at,
       created_by)
     SELECT ?, ?, 2, source_file_id, 0, compartment, object_name, format, width_pixels, height_pixels, colour_mode,
       bit_depth, size_bytes, sha256, '', 'BF2026-0001', ?, 'x' FROM paper_page WHERE id = ?`,
    ...[replaced, pages[2]?.id ?? '', AT, paper[2] ?? ''],
  )
  sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', replaced, pages[2]?.id ?? '')
  expect(await lacking()).toEqual([])
  const plan = newId()
  sql.run(
    `INSERT INTO settlement_plan (id, reconciliation_id, volume_id, case_id, compartment, state, before_digest,
       after_digest, prepared_by, prepared_at, content) VALUES (?, ?, ?, ?, 'open', 'applied', '', '', ?, ?, x'00')`,
    ...[plan, reconciliationId, volumeId, checked.caseId, checked.keeperId, AT],
  )
  expect(await lacking()).toEqual([{ code: 'plan-open', count: 1 }])
  sql.run(`UPDATE settlement_plan SET state = 'checked' WHERE id = ?`, plan)

  // A job that was cut off may have left something unfiled.
  const job = newId()
  sql.run(
    `INSERT INTO job (id, kind, label, input, state, progress, started_by, created_at) VALUES (?, ?, '', ?, ?, '{}', 'x', ?)`,
    ...[job, RESCAN_JOB, JSON.stringify({ reconciliationId }), 'interrupted', AT],
  )
  expect(await lacking()).toEqual([{ code: 'scan-unfinished', count: 1 }])
  sql.run(`UPDATE job SET state = 'succeeded' WHERE id = ?`, job)

  const reportId = await prove(checked)
  const file = path.join(await freshFolder(), 'report.json')
  await room.call('proofs.export', { volumeId, reportId, format: 'json', path: file })
  const report = readReport(await readFile(file))?.report
  expect(report?.differences.find(({ id }) => id === difference)?.pictures).toMatchObject([
    { of: 'paper', id: paper[2], boxes: [[0.5, 0.5, 0.2, 0.1]] },
    { of: 'before', id: pages[2]?.versionId, boxes: [[0.1, 0.2, 0.15, 0.1]] },
    { of: 'after', id: replaced, boxes: [[0.5, 0.5, 0.2, 0.1]] },
  ])
  expect(report?.methods).toMatchObject([{ way: 'rescan', pages: 3, part: false }])
  await room.call('proofs.export', { volumeId, reportId, format: 'pdf', path: file })
  expect(await failing(checked, reportId, file)).toEqual({})

  // The fresh scan is a side of its own: its images are proven too.
  sql.run('UPDATE paper_page SET sha256 = ? WHERE id = ?', 'b'.repeat(64), paper[0] ?? '')
  expect(Object.keys(await failing(checked, reportId))).toEqual(['paper'])
})

test('a damaged image cannot be proven at all', SLOW, async () => {
  const checked = await checkedVolume(2)
  const { room, sql, pages, volumeId, reconciliationId } = checked
  const row = sql.one('SELECT object_name FROM page_version WHERE id = ?', pages[0]?.versionId ?? '')
  const name = String(row?.object_name)
  await writeFile(path.join(room.folder, 'objects', name.slice(0, 2), name), Buffer.alloc(10))
  const refused = await room.refusal('proofs.make', { volumeId, reconciliationId })
  expect(refused).toMatchObject({ code: 'VAULT_OBJECT_DAMAGED', details: { object: '影像 1（第 1 页）' } })
  expect(sql.one('SELECT state FROM reconciliation WHERE id = ?', reconciliationId)?.state).toBe('open')
})

test('no byte of an exported report can be changed unnoticed', SLOW, async () => {
  const checked = await checkedVolume(2)
  const { room, volumeId } = checked
  addDifference(checked)
  const reportId = await prove(checked)
  const folder = await freshFolder()
  const json = path.join(folder, 'report.json')
  const pdf = path.join(folder, 'report.pdf')
  await room.call('proofs.export', { volumeId, reportId, format: 'json', path: json })
  await room.call('proofs.export', { volumeId, reportId, format: 'pdf', path: pdf })
  const whole = await readFile(json)
  const holds = (bytes: Buffer) => {
    const read = readReport(bytes)
    return read !== undefined && signatureHolds(read)
  }
  expect(holds(whole)).toBe(true)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const altered = Buffer.from(whole)
      altered.writeUInt8(altered.readUInt8(place) ^ change, place)
      expect(holds(altered)).toBe(false)
    }),
    { numRuns: 2000 },
  )
  // The same words in another spelling are not the report either.
  expect(holds(Buffer.concat([whole, Buffer.from('\n')]))).toBe(false)
  expect(holds(Buffer.from(JSON.stringify(JSON.parse(whole.toString('utf8')), null, 1)))).toBe(false)

  // The PDF for people: one digit of what is printed, with the embedded data left as it was.
  const printed = await readFile(pdf)
  printed.writeUInt8(printed.readUInt8(printed.length - 400) ^ 1, printed.length - 400)
  await writeFile(pdf, printed)
  expect(Object.keys(await failing(checked, reportId, pdf))).toEqual(['file'])

  // A report that somebody else signed, however well.
  const signed = readReport(whole)
  if (signed === undefined) throw new Error('no report')
  const { generateKeyPairSync, sign } = await import('node:crypto')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const report = { ...signed.report, conclusion: '全部一致' }
  const forged = {
    report,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    signature: sign(
      null,
      Buffer.from(`juanku-proof-2\n${canonicalJson(report as never)}`, 'utf8'),
      privateKey,
    ).toString('hex'),
  }
  await writeFile(json, canonicalJson(forged as never))
  expect(Object.keys(await failing(checked, reportId, json))).toEqual(['signer', 'sealed', 'recorded'])
})
