import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkVault, freshFolder, type TestRoom } from '../../fixtures/records-room.ts'
import { addDifference, type CheckedVolume, checkedVolume, failing, prove } from './checked-volume.ts'

const SLOW = { timeout: 120_000 }

/** Gives up the work on a report as soon as it tells of its progress in a phase; the refusal that comes of it. */
async function stoppedIn(
  { room, volumeId }: CheckedVolume,
  phase: 'images' | 'pictures',
  work: () => ReturnType<TestRoom['refusal']>,
) {
  room.events.length = 0
  const told = () => room.events.some((event) => event.event === 'proof' && event.phase === phase)
  const refused = work()
  let stopped = false
  const watch = async () => {
    while (!told()) await new Promise((resolve) => setImmediate(resolve))
    await room.call('proofs.stop', { volumeId })
    stopped = true
  }
  const [error] = await Promise.all([refused, watch()])
  expect(stopped).toBe(true)
  return error
}

const objectsOf = async ({ desk }: TestRoom) => {
  const names: string[] = []
  for await (const { name } of desk.room().vault.objects.list()) names.push(name)
  return names.toSorted()
}

test(
  'a report that is given up while it is made leaves no row, no object and no temporary file, and is made again',
  SLOW,
  async () => {
    const checked = await checkedVolume(40)
    const { room, volumeId, reconciliationId, sql } = checked
    addDifference(checked)
    const files = async () =>
      (await readdir(room.folder, { recursive: true }))
        .filter((name) => !/\.db-|\.lock/.test(name))
        .toSorted()
    const before = { objects: await objectsOf(room), files: await files() }
    const error = await stoppedIn(checked, 'images', () =>
      room.refusal('proofs.make', { volumeId, reconciliationId }),
    )
    expect(error.code).toBe('CALL_CANCELLED')
    expect(await room.call('proofs.list', { volumeId })).toEqual([])
    expect(sql.all('SELECT id FROM volume_proof')).toEqual([])
    expect(sql.one('SELECT state FROM reconciliation WHERE id = ?', reconciliationId)).toEqual({
      state: 'open',
    })
    expect({ objects: await objectsOf(room), files: await files() }).toEqual(before)
    expect(
      sql.all(`SELECT action, result, code FROM audit_record WHERE action LIKE 'proof.%' ORDER BY action`),
    ).toEqual([
      { action: 'proof.made', result: 'failed', code: 'CALL_CANCELLED' },
      { action: 'proof.stopped', result: 'done', code: null },
    ])
    expect((await checkVault(room)).problems).toEqual([])
    expect(await failing(checked, await prove(checked))).toEqual({})
  },
)

test(
  'a PDF that is given up while it is drawn is not written, not even in part, and nothing counts as given out',
  SLOW,
  async () => {
    const checked = await checkedVolume(4)
    const { room, volumeId, sql } = checked
    for (let difference = 0; difference < 12; difference++) addDifference(checked)
    const reportId = await prove(checked)
    const folder = await freshFolder()
    const given = { volumeId, reportId, format: 'pdf', path: path.join(folder, 'report.pdf') } as const
    const error = await stoppedIn(checked, 'pictures', () => room.refusal('proofs.export', given))
    expect(error.code).toBe('CALL_CANCELLED')
    expect(await readdir(folder)).toEqual([])
    expect(sql.all('SELECT job_number FROM page_output')).toEqual([])
    await room.call('proofs.export', given)
    expect(await failing(checked, reportId, given.path)).toEqual({})
  },
)

test('verifying is given up as well; without any work there is nothing to stop', SLOW, async () => {
  const checked = await checkedVolume(40)
  const { room, volumeId } = checked
  const reportId = await prove(checked)
  const error = await stoppedIn(checked, 'images', () =>
    room.refusal('proofs.verify', { volumeId, reportId }),
  )
  expect(error.code).toBe('CALL_CANCELLED')
  await room.call('proofs.stop', { volumeId })
  expect(await failing(checked, reportId)).toEqual({})
})
