import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCatalogue } from '../../electron/catalogue/index.ts'
import { MIGRATIONS, migrate } from '../../electron/catalogue/migrations/index.ts'
import { openDatabase } from '../../electron/database.ts'
import { codeOf, freshCatalogue, indexedAs } from '../fixtures/catalogue/open.ts'
import { freshFolder } from '../fixtures/records-room.ts'

const FIXTURES = path.join(import.meta.dirname, '../fixtures/catalogue')
const NEWEST = MIGRATIONS.at(-1)?.version ?? 0
/** Versions that stood in somebody's catalogue: between them several migrations may lie. */
const KEPT = [1, 7, 8, 13, 14, 15, 17]

async function emptyDatabase() {
  const file = path.join(await freshFolder(), 'catalogue.db')
  const key = Buffer.alloc(32, 7)
  return { file, key, database: openDatabase(file, key) }
}

describe('migrations', () => {
  test('are numbered from 1 without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, place) => place + 1))
  })

  test('bring an empty file to the newest version', async () => {
    const { catalogue } = await freshCatalogue()
    expect(catalogue.sql.one('PRAGMA user_version')).toEqual({ user_version: NEWEST })
    expect(catalogue.problems()).toEqual([])
  })

  test('refuse a catalogue of a newer program and leave it alone', async () => {
    const { file, key, database } = await emptyDatabase()
    migrate(database)
    database.pragma(`user_version = ${NEWEST + 1}`)
    database.close()
    expect(codeOf(() => openCatalogue(file, key))).toBe('CATALOGUE_TOO_NEW')
    const again = openDatabase(file, key)
    expect(again.pragma('user_version', { simple: true })).toBe(NEWEST + 1)
    again.close()
  })

  test('that fail leave the version and the tables before them', async () => {
    const { database } = await emptyDatabase()
    migrate(database)
    const broken = { version: NEWEST + 1, sql: 'CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT);' }
    expect(() => migrate(database, [...MIGRATIONS, broken])).toThrow()
    expect(database.pragma('user_version', { simple: true })).toBe(NEWEST)
    expect(database.prepare(`SELECT name FROM sqlite_master WHERE name = 'half'`).get()).toBeUndefined()
    const mended = { version: NEWEST + 1, sql: 'CREATE TABLE half (a TEXT);' }
    expect(migrate(database, [...MIGRATIONS, mended])).toBe(NEWEST + 1)
    database.close()
  })

  // One file a version that was ever in use, made once by `make-fixture.ts` and never again.
  test.each(KEPT)('keep what stands in a catalogue of version %i', async (version) => {
    const file = path.join(await freshFolder(), 'catalogue.db')
    await copyFile(path.join(FIXTURES, `v${version}.db`), file)
    const known = JSON.parse(await readFile(path.join(FIXTURES, `v${version}.json`), 'utf8')) as {
      key: string
      caseId: string
      volumeId: string
      case: object
      parties: unknown
      books: unknown
      pages: unknown
    }
    const catalogue = openCatalogue(file, Buffer.from(known.key, 'hex'))
    expect(catalogue.sql.one('PRAGMA user_version')).toEqual({ user_version: NEWEST })
    expect(catalogue.problems()).toEqual([])
    expect(catalogue.cases.require(known.caseId)).toEqual({ ...known.case, archiveNumber: '' })
    expect(catalogue.cases.parties(known.caseId)).toEqual(known.parties)
    expect(catalogue.volumes.books(known.volumeId)).toEqual(known.books)
    expect(catalogue.pages.list(known.volumeId)).toEqual(known.pages)
    expect([indexedAs(catalogue, '起诉状'), indexedAs(catalogue, '王小样')]).toEqual([1, 1])
    expect(catalogue.search.checkSome(null)).toMatchObject({ rows: 2, missing: 0, stale: 0, extra: 0 })
    expect(catalogue.desk.setting('unitName')).toBe('云州市临江区人民法院')
    catalogue.close()
  })
})
