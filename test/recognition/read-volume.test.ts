import { describe, expect, test } from 'vitest'
import { createPageReader, type PageReader } from '../../electron/recognition/index.ts'
import { PEOPLE, seat, staff } from '../fixtures/people.ts'
import {
  freshFolder,
  KEEPER,
  newCase,
  openRoom,
  outcomesOf,
  type TestRoom,
} from '../fixtures/records-room.ts'
import { counts, damageImage, importWords, shippedReader, textOf } from './reading-room.ts'

const NUMBER = '（2024）云0199民初1号'
const THREE = [['民事起诉状', '原告王小样'], ['借款人民币三万元整'], ['二〇二四年三月十四日']]

const roomWith = (openReader: () => PageReader = shippedReader) =>
  openRoom(undefined, undefined, { openReader })

async function read(room: TestRoom, volumeId: string, again = false) {
  const { jobId } = await room.call('recognition.run', { volumeId, again })
  const { state, progress, tally, label, caseId } = await room.ended(jobId)
  return { jobId, state, progress, tally, label, caseId }
}

describe('reading a volume', () => {
  test('is a job with one outcome a page, passes over what is read, and reads all of it again when asked', async () => {
    const room = await roomWith()
    const { tree, volume } = await newCase(room, NUMBER)
    const pages = await importWords(room, volume.id, THREE)
    const first = await read(room, volume.id)
    expect(first).toMatchObject({
      ...{ state: 'succeeded', label: NUMBER, caseId: tree.case.id, tally: { read: 3 } },
      progress: { done: 3, total: 3, phase: 'reading' },
    })
    expect(await outcomesOf(room, first.jobId)).toMatchObject([
      { subject: '影像1 页号1', outcome: 'read', details: { lines: 2, doubtful: 0 }, pageCount: 1 },
      { subject: '影像2 页号2', outcome: 'read' },
      { subject: '影像3 页号3', outcome: 'read' },
    ])
    expect(await Promise.all(pages.map((page) => textOf(room, page)))).toEqual(
      THREE.map((lines) => lines.join('\n')),
    )
    expect((await read(room, volume.id)).tally).toEqual({ skipped: 3 })
    expect((await read(room, volume.id, true)).tally).toEqual({ read: 3 })
    expect(await counts(room)).toEqual({ read: 3, left: 0, failed: 0 })
    expect(await room.call('recognition.ofVolume', { volumeId: volume.id })).toEqual({
      read: 3,
      waiting: 0,
      failed: 0,
    })
  })

  test('goes on where it was cut off, and no page is read twice', async () => {
    const inner = shippedReader()
    let images = 0
    let cutAfter = 2
    let cut = () => {}
    const room = await roomWith(() => ({
      ...inner,
      read: async (image, signal) => {
        images += 1
        if (images === cutAfter) cut()
        return await inner.read(image, signal)
      },
    }))
    const { volume } = await newCase(room, NUMBER)
    await importWords(room, volume.id, THREE)
    const { jobId } = await room.call('recognition.run', { volumeId: volume.id, again: true })
    cut = () => room.desk.room().jobs.cancel(jobId)
    expect(await room.ended(jobId)).toMatchObject({ state: 'cancelled', tally: { read: 1 } })
    expect(await counts(room)).toEqual({ read: 1, left: 2, failed: 0 })
    cutAfter = 0
    await room.call('jobs.resume', { jobId })
    expect(await room.ended(jobId)).toMatchObject({ state: 'succeeded', tally: { read: 3 } })
    // Three pages, and the one that was given up.
    expect(images).toBe(4)
  })

  test('reads on past a page that cannot be read, and says why', async () => {
    const room = await roomWith()
    const { volume } = await newCase(room, NUMBER)
    const [, second] = await importWords(room, volume.id, THREE)
    await damageImage(room, second?.versionId ?? '')
    const { jobId, state, tally } = await read(room, volume.id)
    expect({ state, tally }).toEqual({ state: 'succeeded', tally: { read: 2, failed: 1 } })
    const { rows } = await room.call('jobs.outcomes', { jobId, onlyProblems: true })
    expect(rows).toMatchObject([{ subject: '影像2 页号2', outcome: 'failed', code: 'VAULT_OBJECT_DAMAGED' }])
    // Tried again when the volume is read again, as somebody asks for it.
    expect((await read(room, volume.id)).tally).toEqual({ skipped: 2, failed: 1 })
  })

  test('is refused where the models are missing, and everything else works on', async () => {
    const modelsFolder = await freshFolder()
    const room = await roomWith(() => createPageReader({ modelsFolder }))
    const { volume } = await newCase(room, NUMBER)
    const [page] = await importWords(room, volume.id, [['民事起诉状']])
    expect(await room.call('recognition.status', {})).toMatchObject({
      ...{ unavailable: 'models-missing', reading: false, pausedFor: 'unavailable', pagesLeft: 1 },
    })
    expect(await room.refusal('recognition.run', { volumeId: volume.id })).toMatchObject({
      code: 'RECOGNITION_UNAVAILABLE',
      details: { reason: 'models-missing' },
    })
    expect(await textOf(room, page ?? { id: '', versionId: '' })).toBeNull()
  })

  test('is for those who may have pages read, of the cases that are theirs', async () => {
    const room = await roomWith()
    const { tree, volume } = await newCase(room, NUMBER)
    const [page] = await importWords(room, volume.id, [['民事起诉状']])
    const ids = await staff(room, ['scanner', 'checker'])
    await seat(room, PEOPLE.scanner)
    const refused = await room.refusal('recognition.run', { volumeId: volume.id })
    expect(refused).toMatchObject({ code: 'ACCESS_DENIED', details: { reason: 'out-of-scope' } })
    expect(await room.call('recognition.failures', {})).toEqual([])
    await seat(room, KEEPER)
    for (const accountId of [ids.scanner, ids.checker])
      await room.call('assignments.add', { caseId: tree.case.id, accountId, kind: 'assigned' })
    await seat(room, PEOPLE.scanner)
    expect((await read(room, volume.id)).tally).toEqual({ read: 1 })
    expect(await textOf(room, page ?? { id: '', versionId: '' })).toBe('民事起诉状')
    expect((await room.refusal('recognition.setMode', { mode: 'off' })).code).toBe('ACCESS_DENIED')
    expect((await room.refusal('texts.copy', { pageId: page?.id, characters: 5 })).code).toBe('ACCESS_DENIED')
    await seat(room, PEOPLE.checker)
    expect((await room.refusal('recognition.run', { volumeId: volume.id })).code).toBe('ACCESS_DENIED')
    expect((await room.refusal('recognition.failures', {})).code).toBe('ACCESS_DENIED')
  })

  test('lists the pages that failed to those alone who may have them read', async () => {
    const room = await roomWith()
    const { tree, volume } = await newCase(room, NUMBER)
    const [page] = await importWords(room, volume.id, [['民事起诉状']])
    await damageImage(room, page?.versionId ?? '')
    expect((await read(room, volume.id)).tally).toEqual({ failed: 1 })
    expect(await room.call('recognition.failures', {})).toHaveLength(1)
    const { scanner } = await staff(room, ['scanner'])
    await seat(room, PEOPLE.scanner)
    expect(await room.call('recognition.failures', {})).toEqual([])
    expect((await room.refusal('recognition.retry', { pageId: page?.id })).code).toBe('ACCESS_DENIED')
    await seat(room, KEEPER)
    await room.call('assignments.add', { caseId: tree.case.id, accountId: scanner, kind: 'assigned' })
    await seat(room, PEOPLE.scanner)
    expect(await room.call('recognition.failures', {})).toHaveLength(1)
  })

  test('writes neither text nor names into the log', async () => {
    const room = await roomWith()
    const { volume } = await newCase(room, NUMBER)
    const [page] = await importWords(room, volume.id, [['证人范小例的证言']])
    await read(room, volume.id)
    expect(await textOf(room, page ?? { id: '', versionId: '' })).toContain('范小例')
    await room.call('texts.copy', { pageId: page?.id ?? '', characters: 8 })
    const records = room.desk
      .room()
      .catalogue.sql.all(
        `SELECT * FROM audit_record WHERE action LIKE 'page.text%' OR action LIKE 'recognition.%'`,
      )
    expect(records.map(({ action, page: of, details }) => ({ action, of, details }))).toEqual([
      { action: 'recognition.started', of: null, details: '{"again":false}' },
      { action: 'page.text-read', of: page?.id, details: '{}' },
      { action: 'page.text-copied', of: page?.id, details: '{"characters":8}' },
    ])
    const everything = JSON.stringify(room.desk.room().catalogue.sql.all('SELECT * FROM audit_record'))
    expect(everything).not.toContain('范小例')
  })
})
