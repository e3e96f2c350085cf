import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTextShelf, TEXT_FILES } from '../../electron/search/index.ts'
import { packLayout, unpackLayout } from '../../electron/search/page-layout.ts'
import { AppError } from '../../shared/errors.ts'
import { addCase, addVolume, codeOf, newId } from '../fixtures/catalogue/open.ts'
import { ask, pageTextOf, searchRoom, sessionOf } from '../fixtures/search-room.ts'

const coordinate = fc.integer({ min: -4000, max: 40_000 }).map((quarter) => quarter / 4)
const line = fc.record({
  quad: fc.tuple(
    coordinate,
    coordinate,
    coordinate,
    coordinate,
    coordinate,
    coordinate,
    coordinate,
    coordinate,
  ),
  confidence: fc.integer({ min: 0, max: 10_000 }).map((steps) => steps / 10_000),
  kind: fc.constantFrom('printed' as const, 'doubtful' as const),
  places: fc.array(fc.integer({ min: -10, max: 1200 }), { maxLength: 60 }),
})

async function filled() {
  const room = await searchRoom()
  const caseId = addCase(room.catalogue, '（2023）云0199民初1号')
  return {
    ...room,
    caseId,
    main: addVolume(room.catalogue, caseId),
    sub: addVolume(room.catalogue, caseId, 'restricted'),
  }
}

describe('the layout of a page', () => {
  test('comes back as it was packed', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        expect(unpackLayout(packLayout(lines))).toEqual(lines)
      }),
    )
  })

  test('of other bytes is refused, and never read past its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          unpackLayout(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
    const whole = packLayout([
      { quad: [1, 2, 3, 4, 5, 6, 7, 8], confidence: 1, kind: 'printed', places: [0, 1000] },
    ])
    for (let length = 0; length < whole.length; length++)
      expect(() => unpackLayout(whole.subarray(0, length))).toThrow(RangeError)
  })
})

describe('the text shelf', () => {
  test('gives back what was put, of the version alone', async () => {
    const { texts, page, main } = await filled()
    const put = page(main, '民事起诉状', '', '第 2 行')
    expect(texts.get('open', put.versionId)).toEqual(put)
    expect(texts.get('open', newId())).toBeUndefined()
    expect(texts.get('restricted', put.versionId)).toBeUndefined()
  })

  test('keeps one text a page: the last that was put', async () => {
    const { texts, page, main, caseId } = await filled()
    const first = page(main, '旧的文字')
    const { pageId, volumeId } = first
    const versionId = newId()
    texts.put('open', pageTextOf({ pageId, versionId, volumeId, caseId }, ['新的内容']))
    expect(texts.get('open', first.versionId)).toBeUndefined()
    expect(texts.get('open', versionId)?.lines[0]?.text).toBe('新的内容')
    expect(texts.count('open')).toEqual({ texts: 1, indexed: 1 })
    texts.remove('open', pageId)
    texts.remove('open', pageId)
    expect(texts.count('open')).toEqual({ texts: 0, indexed: 0 })
  })

  test('keeps each compartment in a file of its own, in which no character can be read', async () => {
    const { texts, page, main, sub, folder } = await filled()
    page(main, '民事起诉状公开内容')
    page(sub, '合议庭评议内容')
    const query = `SELECT count(*) AS n FROM page_index WHERE page_index MATCH '"评议"'`
    expect(texts.sql('open').one(query)).toEqual({ n: 0 })
    expect(texts.sql('restricted').one(query)).toEqual({ n: 1 })
    texts.close()
    for (const file of Object.values(TEXT_FILES)) {
      const bytes = await readFile(path.join(folder, file))
      for (const word of ['起诉', '评议', 'SQLite', 'page_text'])
        expect(bytes.includes(Buffer.from(word))).toBe(false)
    }
  })

  test('opens no file of a compartment whose key is not there', async () => {
    const { catalogue, folder } = await filled()
    const texts = openTextShelf({
      vault: {
        folder,
        compartments: new Set(['open'] as const),
        textKey: (compartment) => {
          if (compartment === 'restricted') throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
          return Buffer.alloc(32, 1)
        },
      },
      places: catalogue.search,
      now: () => new Date(),
      onLost: () => {},
    })
    expect(codeOf(() => texts.get('restricted', newId()))).toBe('VAULT_COMPARTMENT_CLOSED')
    texts.close()
    expect(await readdir(folder)).not.toContain(TEXT_FILES.restricted)
  })

  test('sets a damaged file aside, tells, and begins anew', async () => {
    const { texts, page, main, folder, lost, caseId } = await filled()
    const put = page(main, '民事起诉状')
    texts.close()
    const file = path.join(folder, TEXT_FILES.open)
    const bytes = await readFile(file)
    bytes.fill(0x55, 100, 400)
    await writeFile(file, bytes)
    const before = await readFile(file)
    expect(texts.get('open', put.versionId)).toBeUndefined()
    expect(lost).toEqual(['open'])
    const aside = (await readdir(folder)).filter(
      (name) => name.startsWith(`${TEXT_FILES.open}.damaged-`) && !/-(wal|shm)$/.test(name),
    )
    expect(aside).toHaveLength(1)
    expect(await readFile(path.join(folder, aside[0] ?? ''))).toEqual(before)
    texts.put('open', { ...put, caseId })
    expect(texts.get('open', put.versionId)).toEqual(put)
  })

  test('is indexed anew from what it holds, also after the index was lost', async () => {
    const room = await filled()
    for (let n = 0; n < 30; n++) room.page(room.main, `送达回证${n}`, '民事起诉状')
    const archivist = sessionOf('archivist')
    const before = await ask(room, archivist, '起诉状')
    room.texts.sql('open').run(`INSERT INTO page_index (page_index) VALUES ('delete-all')`)
    expect((await ask(room, archivist, '起诉状')).cases).toEqual([])
    expect(room.texts.checkSome('open', 0)).toMatchObject({ rows: 30, missing: 30 })
    room.texts.clearIndex('open')
    expect(room.texts.rebuildSome('open', 0)).toEqual({ rows: 30, next: null })
    // A slice that was written before the power went is written once more.
    room.texts.rebuildSome('open', 0)
    expect(await ask(room, archivist, '起诉状')).toEqual(before)
    expect(room.texts.problems('open')).toEqual([])
    expect(room.texts.count('open')).toEqual({ texts: 30, indexed: 30 })
  })

  test('answers the same after the parts of its index were joined', async () => {
    const room = await filled()
    for (let n = 0; n < 40; n++) room.page(room.main, `送达回证${n}`, '民事起诉状')
    const parts = () => room.texts.sql('open').one('SELECT count(DISTINCT segid) AS n FROM page_index_idx')?.n
    const archivist = sessionOf('archivist')
    const before = await ask(room, archivist, '起诉状')
    expect(parts()).toBeGreaterThan(1)
    for (let begin = true; room.texts.mergeSome('open', begin); ) begin = false
    expect(parts()).toBe(1)
    expect(room.texts.mergeSome('open', true)).toBe(false)
    expect(await ask(room, archivist, '起诉状')).toEqual(before)
    expect(room.texts.problems('open')).toEqual([])
  })

  test('of a case that is not in the catalogue is refused', async () => {
    const { texts, main } = await filled()
    const about = { pageId: newId(), versionId: newId(), volumeId: main.volumeId, caseId: newId() }
    expect(codeOf(() => texts.put('open', pageTextOf(about, ['a'])))).toBe('CATALOGUE_NOT_FOUND')
  })

  test('of a newer program is left alone', async () => {
    const { texts, page, main, folder } = await filled()
    page(main, '民事起诉状')
    texts.sql('open').run('PRAGMA user_version = 99')
    texts.close()
    const file = path.join(folder, TEXT_FILES.open)
    await copyFile(file, `${file}.before`)
    expect(codeOf(() => texts.get('open', newId()))).toBe('CATALOGUE_TOO_NEW')
    expect(await readFile(file)).toEqual(await readFile(`${file}.before`))
  })
})
