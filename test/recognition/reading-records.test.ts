import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readingRecords } from '../../electron/recognition/reading-records.ts'
import { AT, addCase, addPage, addVolume, freshCatalogue, newId } from '../fixtures/catalogue/open.ts'

type State = 'waiting' | 'read' | 'failed' | 'leaving'

const COMPARTMENTS = ['open', 'restricted'] as const
const DEEDS = ['add', 'read', 'fail', 'version', 'withdraw', 'return', 'again', 'remove', 'model'] as const
const COPIED = `source_file_id, source_frame, compartment, object_name, format, width_pixels, height_pixels, dpi_x,
  dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, created_at, created_by`
const deeds = fc.array(fc.tuple(fc.constantFrom(...DEEDS), fc.nat(30)), { minLength: 1, maxLength: 60 })

async function freshRecords() {
  const { catalogue } = await freshCatalogue()
  const records = readingRecords(catalogue.sql)
  const caseId = addCase(catalogue, '（2024）云0199民初1号')
  const volumes = COMPARTMENTS.map((compartment) => ({
    compartment,
    ...addVolume(catalogue, caseId, compartment),
  }))
  return { catalogue, sql: catalogue.sql, records, volumes }
}

type Fresh = Awaited<ReturnType<typeof freshRecords>>

function newVersion({ sql }: Fresh, pageId: string): string {
  const versionId = newId()
  const number = Number(sql.one('SELECT max(number) AS n FROM page_version WHERE page_id = ?', pageId)?.n)
  sql.transaction(() => {
    sql.run(
      `INSERT INTO page_version (id, page_id, number, reason, ${COPIED})
       SELECT ?, page_id, ?, 'rescan', ${COPIED} FROM page_version WHERE page_id = ? AND number = ?`,
      ...[versionId, number + 1, pageId, number],
    )
    sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', versionId, pageId)
  })
  return versionId
}

describe('the readings of pages', () => {
  test('stand and are counted as what happened to the pages says, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (done) => {
        const fresh = await freshRecords()
        const { catalogue, sql, records, volumes } = fresh
        const known = new Map<string, { state: State; model: string; compartment: 'open' | 'restricted' }>()
        let model = 'a'
        const settle = (pageId: string, state: 'read' | 'failed') => {
          const row = records.ofPage(pageId)
          const about = { pageId, versionId: row?.versionId ?? newId(), model, engine: 'e', readAt: AT }
          const end =
            state === 'read'
              ? { state, confidence: 0.9, lineCount: 3, doubtfulCount: 1 }
              : { state, code: 'RECOGNITION_FAILED' }
          expect(records.settle({ ...about, ...end })).toBe(row !== undefined)
          const page = known.get(pageId)
          if (page !== undefined && page.state !== 'leaving') known.set(pageId, { ...page, state, model })
        }
        for (const [place, [deed, number]] of done.entries()) {
          const [pageId, page] = [...known][number % Math.max(1, known.size)] ?? []
          if (deed === 'add') {
            const volume = volumes[number % 2] ?? volumes[0]
            if (volume === undefined) throw new Error('no volume')
            const { pageId: added } = addPage(catalogue, volume, `page${place}`)
            known.set(added, { state: 'waiting', model: '', compartment: volume.compartment })
          } else if (deed === 'model') {
            model = model === 'a' ? 'b' : 'a'
            for (let after = ''; ; ) {
              const { done: all, last } = records.adoptModel(model, after)
              after = last
              if (all) break
            }
            for (const [id, one] of known)
              if ((one.state === 'read' || one.state === 'failed') && one.model !== model)
                known.set(id, { ...one, state: 'waiting' })
          } else if (pageId === undefined || page === undefined) continue
          else if (deed === 'read' || deed === 'fail') settle(pageId, deed === 'read' ? 'read' : 'failed')
          else if (deed === 'version') {
            newVersion(fresh, pageId)
            if (page.state !== 'leaving') known.set(pageId, { ...page, state: 'waiting' })
          } else if (deed === 'again') {
            records.again(pageId)
            if (page.state !== 'leaving') known.set(pageId, { ...page, state: 'waiting' })
          } else if (deed === 'withdraw') {
            sql.run('UPDATE page SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL', AT, pageId)
            known.set(pageId, { ...page, state: 'leaving' })
          } else if (deed === 'return') {
            sql.run('UPDATE page SET withdrawn_at = NULL WHERE id = ?', pageId)
            if (page.state === 'leaving') known.set(pageId, { ...page, state: 'waiting' })
          } else if (page.state === 'leaving') {
            records.left(pageId)
            known.delete(pageId)
            sql.run('UPDATE page SET withdrawn_at = ? WHERE id = ?', AT, pageId)
          }
        }
        for (const compartment of COMPARTMENTS) {
          const here = [...known].filter(([, page]) => page.compartment === compartment)
          const count = (state: State) => here.filter(([, page]) => page.state === state).length
          const only = new Set([compartment])
          expect(records.counts(only)).toEqual({
            ...{ read: count('read'), failed: count('failed'), waiting: count('waiting') },
          })
          const waiting = here.filter(([, page]) => page.state === 'waiting').map(([id]) => id)
          expect(records.next(only)).toBe(waiting.toSorted()[0])
          expect(records.leaving(compartment, 100)).toHaveLength(count('leaving'))
          expect(records.failures(only, 100)).toHaveLength(count('failed'))
        }
        for (const [pageId, { state }] of known)
          expect(records.ofPage(pageId)?.state).toBe(state === 'leaving' ? undefined : state)
      }),
      { numRuns: 25 },
    )
  })

  test('are written for the version that was read alone', async () => {
    const fresh = await freshRecords()
    const [volume] = fresh.volumes
    if (volume === undefined) throw new Error('no volume')
    const { pageId, versionId } = addPage(fresh.catalogue, volume, 'page')
    const newer = newVersion(fresh, pageId)
    const read = { state: 'read', confidence: 1, lineCount: 0, doubtfulCount: 0 } as const
    const about = { pageId, model: 'a', engine: 'e', readAt: AT, ...read }
    expect(fresh.records.settle({ ...about, versionId })).toBe(false)
    expect(fresh.records.ofPage(pageId)).toMatchObject({ state: 'waiting', versionId: newer })
    expect(fresh.records.settle({ ...about, versionId: newer })).toBe(true)
    expect(fresh.records.countsOf(volume.volumeId)).toEqual({ read: 1, waiting: 0, failed: 0 })
  })

  test('wait again, all of a compartment, when its texts are lost', async () => {
    const { catalogue, records, volumes } = await freshRecords()
    for (const volume of volumes) {
      const { pageId, versionId } = addPage(catalogue, volume, volume.compartment)
      const about = { pageId, versionId, model: 'a', engine: 'e', readAt: AT }
      records.settle({ ...about, state: 'read', confidence: 1, lineCount: 1, doubtfulCount: 0 })
    }
    records.allAgain('restricted')
    expect(records.counts(new Set(['open']))).toEqual({ read: 1, failed: 0, waiting: 0 })
    expect(records.counts(new Set(['restricted']))).toEqual({ read: 0, failed: 0, waiting: 1 })
  })
})
