import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { openCatalogue, requireNodeVersion } from '../../electron/catalogue/index.ts'
import { addCase, codeOf, freshCatalogue, indexedAs } from '../fixtures/catalogue/open.ts'

const PAGE_BYTES = 4096

describe('the Node version', () => {
  test.each(['18.15.0', '20.20.2', 'v20.9.0', '22.13.1', '22.0.0'])('%s is refused', (version) => {
    expect(codeOf(() => requireNodeVersion(version))).toBe('SYSTEM_NODE_TOO_OLD')
  })
  test.each(['22.14.0', 'v22.20.1', '23.0.0', '24.21.0', '25.1.0'])('%s is taken', (version) => {
    requireNodeVersion(version)
  })
})

/** A closed catalogue of some pages, with every change in its main file. */
async function closedCatalogue() {
  const { catalogue, file, key } = await freshCatalogue()
  catalogue.transaction(() => {
    for (let n = 1; n <= 60; n++) addCase(catalogue, `（2024）云0199民初${n}号`, { cause: '民间借贷纠纷' })
  })
  catalogue.close()
  return { file, key, bytes: await readFile(file) }
}

describe('the catalogue file', () => {
  test('shows neither a SQLite header nor a word of its content', async () => {
    const { bytes } = await closedCatalogue()
    expect(bytes.length % PAGE_BYTES).toBe(0)
    expect(bytes.includes('SQLite format 3')).toBe(false)
    expect(bytes.includes('民间借贷')).toBe(false)
    expect(bytes.includes('case_file')).toBe(false)
  })

  test('opened with a wrong key is CATALOGUE_DAMAGED and stays as it is', async () => {
    const { file, bytes } = await closedCatalogue()
    expect(codeOf(() => openCatalogue(file, randomBytes(32)))).toBe('CATALOGUE_DAMAGED')
    expect((await readFile(file)).equals(bytes)).toBe(true)
  })

  test('opened with its key is whole', async () => {
    const { file, key } = await closedCatalogue()
    const again = openCatalogue(file, key)
    expect(again.problems()).toEqual([])
    expect(again.cases.count()).toBe(60)
    again.close()
  })

  test('tells of one flipped bit in any page', async () => {
    const { file, key, bytes } = await closedCatalogue()
    const pages = bytes.length / PAGE_BYTES
    expect(pages).toBeGreaterThan(20)
    const unnoticed: number[] = []
    for (let page = 0; page < pages; page++) {
      const at = page * PAGE_BYTES + ((page * 997) % PAGE_BYTES)
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (page % 8))
      await writeFile(file, damaged)
      await rm(`${file}-wal`, { force: true })
      let told = false
      try {
        const opened = openCatalogue(file, key)
        told = opened.problems().length > 0
        opened.close()
      } catch (error) {
        told = error instanceof Error && 'code' in error && error.code === 'CATALOGUE_DAMAGED'
      }
      if (!told) unnoticed.push(page)
    }
    expect(unnoticed).toEqual([])
  })

  test('cut in the middle is CATALOGUE_DAMAGED or tells of problems', async () => {
    const { file, key, bytes } = await closedCatalogue()
    await writeFile(file, bytes.subarray(0, Math.floor(bytes.length / PAGE_BYTES / 2) * PAGE_BYTES))
    const found = (() => {
      try {
        const opened = openCatalogue(file, key)
        const problems = opened.problems()
        opened.close()
        return problems
      } catch (error) {
        return [error instanceof Error && 'code' in error ? error.code : String(error)]
      }
    })()
    expect(found.length).toBeGreaterThan(0)
  })
})

describe('a transaction', () => {
  test('that throws leaves nothing behind', async () => {
    const { catalogue } = await freshCatalogue()
    addCase(catalogue, '（2024）云0199民初1号')
    expect(() =>
      catalogue.transaction(() => {
        addCase(catalogue, '（2024）云0199民初2号', { cause: '离婚纠纷' })
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(catalogue.cases.count()).toBe(1)
    expect(indexedAs(catalogue, '离婚')).toBe(0)
    const { entries, indexed } = catalogue.search.count()
    expect(indexed).toBe(entries)
  })

  test('inside another belongs to it', async () => {
    const { catalogue } = await freshCatalogue()
    expect(() =>
      catalogue.transaction(() => {
        catalogue.transaction(() => addCase(catalogue, '（2024）云0199民初1号'))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(catalogue.cases.count()).toBe(0)
  })

  test('that breaks a rule of the database leaves as an error of the program', async () => {
    const { catalogue } = await freshCatalogue()
    const work = () => catalogue.sql.run('INSERT INTO book VALUES (?, ?, ?, ?)', 'a', 'no such volume', 1, '')
    expect(codeOf(work)).toBe('CALL_INTERNAL')
  })
})
