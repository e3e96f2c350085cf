import { describe, expect, test, vi } from 'vitest'
import { bringIn, seat } from '../fixtures/people.ts'
import { KEEPER, newCase, newId, OFFICERS, reopen } from '../fixtures/records-room.ts'
import {
  counts,
  damageImage,
  IDLE_SECONDS,
  idleRoom,
  importWords,
  movedClock,
  shippedReader,
  textOf,
} from './reading-room.ts'

const NUMBER = '（2024）云0199民初1号'
const PATIENCE = { timeout: 30_000, interval: 100 }
const COPIED = `source_file_id, source_frame, compartment, object_name, format, width_pixels, height_pixels, dpi_x,
  dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, created_at, created_by`
const THREE = [['民事起诉状', '原告王小样'], ['借款人民币三万元整'], ['二〇二四年三月十四日']]

describe('the queue', () => {
  test('reads what waits once nobody has done anything for a while, and what is imported later', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    const pages = await importWords(room, volume.id, THREE)
    expect(await counts(room)).toEqual({ read: 0, left: 3, failed: 0 })
    room.pass(IDLE_SECONDS - 1)
    expect(await room.call('recognition.status', {})).toMatchObject({ reading: false, pausedFor: 'person' })
    room.pass(1)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 3, left: 0, failed: 0 }),
      PATIENCE,
    )
    expect(await Promise.all(pages.map((page) => textOf(room, page)))).toEqual(
      THREE.map((lines) => lines.join('\n')),
    )
    expect(await room.call('recognition.status', {})).toMatchObject({ pausedFor: null, secondsLeft: null })
    expect(room.events).toContainEqual({ event: 'changed', what: 'recognition' })
    const rounds = () =>
      room.desk
        .room()
        .catalogue.sql.all(`SELECT details FROM audit_record WHERE action = 'recognition.read-idle'`)
    await vi.waitFor(() => expect(rounds()).toEqual([{ details: '{"read":3,"failed":0}' }]), PATIENCE)

    await importWords(room, volume.id, [['副本一份']])
    room.pass(IDLE_SECONDS)
    await vi.waitFor(async () => expect(await counts(room)).toMatchObject({ read: 4, left: 0 }), PATIENCE)
    expect(room.faults).toEqual([])
  })

  test('joins the index once it is idle, after a reading that a person asked for too', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    await importWords(room, volume.id, THREE)
    const { texts } = room.desk.room()
    const segments = () =>
      texts.sql('open').one('SELECT count(DISTINCT segid) AS n FROM page_index_idx')?.n as number
    const { jobId } = await room.call('recognition.run', { volumeId: volume.id })
    await vi.waitFor(
      async () => expect(await room.call('jobs.get', { jobId })).toMatchObject({ state: 'succeeded' }),
      PATIENCE,
    )
    expect(segments()).toBeGreaterThan(1)
    room.pass(IDLE_SECONDS)
    await vi.waitFor(() => expect(segments()).toBe(1), PATIENCE)
    expect(room.faults).toEqual([])
  })

  test('gives the running page up when somebody acts, and goes on with it later', async () => {
    const began: (() => void)[] = []
    const reading = Promise.withResolvers<void>()
    const inner = shippedReader()
    const room = await idleRoom(() => ({
      ...inner,
      read: async (image, signal) => {
        began.push(reading.resolve)
        reading.resolve()
        return await inner.read(image, signal)
      },
    }))
    const { volume } = await newCase(room, NUMBER)
    await importWords(room, volume.id, THREE)
    room.pass(IDLE_SECONDS)
    await reading.promise
    await room.call('session.stayAwake', {})
    await vi.waitFor(
      async () =>
        expect(await room.call('recognition.status', {})).toMatchObject({
          reading: false,
          pausedFor: 'person',
        }),
      PATIENCE,
    )
    expect(await counts(room)).toEqual({ read: 0, left: 3, failed: 0 })
    room.pass(IDLE_SECONDS)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 3, left: 0, failed: 0 }),
      PATIENCE,
    )
    expect(began.length).toBe(4)
    expect(room.faults).toEqual([])
  })

  test('takes a covered desk for an empty one', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    await importWords(room, volume.id, [['民事判决书']])
    await room.call('session.lock', {})
    const { records } = room.desk.room().recognition
    await vi.waitFor(
      () => expect(records.counts(new Set(['open']))).toEqual({ read: 1, waiting: 0, failed: 0 }),
      PATIENCE,
    )
  })

  test('reads nothing once it is switched off, and says so', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    await importWords(room, volume.id, [['民事判决书']])
    await seat(room, OFFICERS.system)
    await room.call('recognition.setMode', { mode: 'off' })
    await seat(room, KEEPER)
    room.pass(10 * IDLE_SECONDS)
    room.desk.room().recognition.look()
    const status = await room.call('recognition.status', {})
    expect(status).toMatchObject({ mode: 'off', reading: false, pausedFor: 'off', pagesLeft: 1 })
  })

  test('marks a page that cannot be read and tries it again only when asked', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    const [good, bad] = await importWords(room, volume.id, THREE)
    await damageImage(room, bad?.versionId ?? '')
    room.pass(IDLE_SECONDS)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 2, left: 0, failed: 1 }),
      PATIENCE,
    )
    expect(await textOf(room, good ?? { id: '', versionId: '' })).toContain('民事起诉状')
    const [failure, ...others] = await room.call('recognition.failures', {})
    expect(others).toEqual([])
    expect(failure).toMatchObject({
      ...{ pageId: bad?.id, code: 'VAULT_OBJECT_DAMAGED', caseNumber: NUMBER },
      ...{ volumeKind: 'main', position: 2, printedNumber: '2' },
    })
    expect((await room.call('recognition.ofPage', { pageId: bad?.id ?? '' })).reading).toMatchObject({
      state: 'failed',
      code: 'VAULT_OBJECT_DAMAGED',
    })
    room.pass(IDLE_SECONDS)
    room.desk.room().recognition.look()
    expect(await counts(room)).toEqual({ read: 2, left: 0, failed: 1 })

    await damageImage(room, bad?.versionId ?? '')
    await room.call('recognition.retry', { pageId: bad?.id ?? '' })
    expect(await counts(room)).toEqual({ read: 2, left: 1, failed: 0 })
    room.pass(IDLE_SECONDS)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 3, left: 0, failed: 0 }),
      PATIENCE,
    )
  })

  test('reads everything again by newer models, the old text standing until the new one is there', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    const [page] = await importWords(room, volume.id, [['民事起诉状']])
    room.pass(IDLE_SECONDS)
    await vi.waitFor(async () => expect(await counts(room)).toMatchObject({ read: 1, left: 0 }), PATIENCE)
    await room.desk.close()

    const { clock, pass } = movedClock()
    const model = 'PP-OCRv9 (newer)'
    const shipped = shippedReader()
    const openReader = () => ({
      ...shipped,
      model,
      read: async (image: Uint8Array, signal?: AbortSignal) => ({
        ...(await shipped.read(image, signal)),
        model,
      }),
    })
    const later = await reopen(room.folder, KEEPER, false, {
      ...{ clock, openReader },
      readWhenIdleSeconds: IDLE_SECONDS,
    })
    const modelOf = async () => {
      const { text } = await later.call('texts.page', {
        pageId: page?.id ?? '',
        versionId: page?.versionId ?? '',
      })
      return text?.model
    }
    expect(await modelOf()).toContain('PP-OCRv4')
    pass(IDLE_SECONDS)
    await vi.waitFor(async () => expect(await modelOf()).toBe(model), PATIENCE)
    expect(await counts(later)).toEqual({ read: 1, left: 0, failed: 0 })
  })

  test('reads a new version and lets the text of the old one go; the text of a withdrawn page goes too', async () => {
    const room = await idleRoom()
    const { volume } = await newCase(room, NUMBER)
    const [page, other] = await importWords(room, volume.id, [['民事起诉状'], ['民事答辩状']])
    if (page === undefined || other === undefined) throw new Error('no pages')
    room.pass(IDLE_SECONDS)
    await vi.waitFor(async () => expect(await counts(room)).toMatchObject({ read: 2, left: 0 }), PATIENCE)
    const { sql } = room.desk.room().catalogue
    const versionId = newId()
    sql.transaction(() => {
      sql.run(
        `INSERT INTO page_version (id, page_id, number, reason, ${COPIED})
         SELECT ?, ?, 2, '补扫', ${COPIED} FROM page_version WHERE page_id = ?`,
        ...[versionId, page.id, other.id],
      )
      sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', versionId, page.id)
      sql.run('UPDATE page SET withdrawn_at = ? WHERE id = ?', new Date().toISOString(), other.id)
    })
    expect(await counts(room)).toEqual({ read: 0, left: 1, failed: 0 })
    expect(await textOf(room, { id: page.id, versionId })).toBeNull()
    expect(await textOf(room, other)).toBeNull()
    room.pass(IDLE_SECONDS)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 1, left: 0, failed: 0 }),
      PATIENCE,
    )
    expect(await textOf(room, { id: page.id, versionId })).toBe('民事答辩状')
    const { texts } = room.desk.room()
    expect(texts.get('open', page.versionId)).toBeUndefined()
    expect(texts.get('open', other.versionId)).toBeUndefined()
  })

  test('reads and counts only what the account at the desk holds the key of', async () => {
    const room = await idleRoom()
    const { tree } = await newCase(room, NUMBER, ['main', 'sub'])
    const [main, sub] = tree.volumes
    await importWords(room, main?.id ?? '', [['民事起诉状']])
    const [secret] = await importWords(room, sub?.id ?? '', [['合议庭评议笔录']])
    expect(await counts(room)).toMatchObject({ left: 2 })
    const archivist = { name: '档案员癸', password: 'Swallow-71-maple', own: 'Kingfisher-22-slate' }
    await bringIn(room, [{ ...archivist, roles: ['archivist'], compartments: ['open'] }])
    await seat(room, archivist)
    expect(await counts(room)).toEqual({ read: 0, left: 1, failed: 0 })
    room.pass(IDLE_SECONDS)
    await vi.waitFor(
      async () => expect(await counts(room)).toEqual({ read: 1, left: 0, failed: 0 }),
      PATIENCE,
    )
    expect((await room.refusal('recognition.run', { volumeId: sub?.id })).code).toBe(
      'VAULT_COMPARTMENT_CLOSED',
    )
    const asked = { pageId: secret?.id, versionId: secret?.versionId }
    expect((await room.refusal('texts.page', asked)).code).toBe('VAULT_COMPARTMENT_CLOSED')
    await seat(room, OFFICERS.system)
    expect(await counts(room)).toEqual({ read: 0, left: 0, failed: 0 })
    await seat(room, KEEPER)
    expect(await counts(room)).toEqual({ read: 1, left: 1, failed: 0 })
  })
})
