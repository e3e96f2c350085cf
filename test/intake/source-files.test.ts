import { chmod, link, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  compareNames,
  listSourceFiles,
  readSourceFile,
  type SourceFile,
} from '../../electron/intake/index.ts'
import { AWKWARD_NAMES, grow, LEFT_BEHIND, vanish, writeLinks, writeLongPath } from '../fixtures/bad-files.ts'

let base: string
let folder: string
const BYTES = Buffer.from('some content')

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'intake-'))
  folder = path.join(base, '卷宗')
  await mkdir(folder)
})
afterEach(async () => {
  await rm(base, { recursive: true, force: true })
})

async function put(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, BYTES)
  }
}

async function only(name: string): Promise<SourceFile> {
  await put(name)
  const [file] = (await listSourceFiles([path.join(folder, name)])).files
  if (file === undefined) throw new Error('one file expected')
  return file
}

describe('counting order', () => {
  const order = (...names: readonly string[]): string[] => [...names].sort(compareNames)

  it('puts 第2页 before 第10页, in any kind of digits', () => {
    expect(order('第10页.jpg', '第2页.jpg', '第1页.jpg')).toEqual(['第1页.jpg', '第2页.jpg', '第10页.jpg'])
    expect(order('10.jpg', '2.jpg')).toEqual(['2.jpg', '10.jpg'])
    expect(order('第十页.jpg', '第二页.jpg', '第十一页.jpg')).toEqual([
      '第二页.jpg',
      '第十页.jpg',
      '第十一页.jpg',
    ])
    expect(order('第三册', '第十册', '第一册')).toEqual(['第一册', '第三册', '第十册'])
  })

  it('puts the front of a sheet before its back', () => {
    const names = ['001正.jpg', '001反.jpg', '002正.jpg', '002背面.jpg', '010_front.jpg', '010_back.jpg']
    expect(order(...names.toReversed())).toEqual(names)
    expect(order('3B.jpg', '3A.jpg', '12A.jpg')).toEqual(['3A.jpg', '3B.jpg', '12A.jpg'])
  })

  it('puts the first of several copies first', () => {
    expect(order('第1页 (2).jpg', '第1页.jpg')).toEqual(['第1页.jpg', '第1页 (2).jpg'])
  })

  it('is one order: it does not depend on where it starts', () => {
    const word = fc.constantFrom(
      '第',
      '页',
      '1',
      '2',
      '10',
      '十',
      '二',
      '正',
      '反',
      ' ',
      '_',
      'a',
      '.jpg',
      '卷',
    )
    const names = fc.array(
      fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
      { minLength: 3, maxLength: 8 },
    )
    fc.assert(
      fc.property(names, (list) => {
        expect([...list].toReversed().sort(compareNames)).toEqual([...list].sort(compareNames))
      }),
      { numRuns: 500 },
    )
  })
})

describe('listing', () => {
  it('gives the files of a folder first, then its folders, in counting order', async () => {
    await put('第10页.jpg', '第2页.jpg', '副卷/1.jpg', '正卷/第二册/1.jpg', '正卷/第十册/1.jpg')
    const { files } = await listSourceFiles([folder])
    expect(files.map(({ displayName }) => displayName)).toEqual([
      '卷宗/第2页.jpg',
      '卷宗/第10页.jpg',
      '卷宗/副卷/1.jpg',
      '卷宗/正卷/第二册/1.jpg',
      '卷宗/正卷/第十册/1.jpg',
    ])
    expect(files.every(({ sizeBytes }) => sizeBytes === BYTES.length)).toBe(true)
  })

  it('passes over what systems leave behind, and counts it', async () => {
    await put('1.jpg', ...LEFT_BEHIND, '__MACOSX/1.jpg')
    const listing = await listSourceFiles([folder])
    expect(listing.files).toHaveLength(1)
    expect(listing.ignoredCount).toBe(LEFT_BEHIND.length + 1)
    expect(listing.problems).toEqual([])
  })

  it('takes names that trouble programs, and shows them safely', async () => {
    await put(...AWKWARD_NAMES)
    const { files, problems } = await listSourceFiles([folder])
    expect(problems).toEqual([])
    expect(files).toHaveLength(AWKWARD_NAMES.length)
    for (const file of files) {
      expect(file.displayName).not.toMatch(/[\p{Cc}\u202e]/u)
      expect(file.displayName).toBe(file.displayName.normalize('NFC'))
      expect(await readSourceFile(file)).toEqual(new Uint8Array(BYTES))
    }
  })

  it('takes a path longer than 260 characters', async () => {
    await writeLongPath(folder, BYTES)
    const [file] = (await listSourceFiles([folder])).files
    expect(file?.absolutePath.length).toBeGreaterThan(260)
    expect(file && (await readSourceFile(file))).toEqual(new Uint8Array(BYTES))
  })

  it.skipIf(process.platform !== 'linux')('names a file whose name is no UTF-8', async () => {
    const name = Buffer.concat([
      Buffer.from(`${folder}/`),
      Buffer.from([0xc6, 0xf0, 0xcb, 0xdf]),
      Buffer.from('.jpg'),
    ])
    await writeFile(name, BYTES)
    const { files, problems } = await listSourceFiles([folder])
    expect(files).toEqual([])
    expect(problems).toMatchObject([
      { displayName: '卷宗/起诉.jpg', error: { code: 'INTAKE_NAME_UNUSABLE' } },
    ])
  })

  it('follows links inside the folder once, and none out of it', async () => {
    await writeFile(path.join(base, 'secret.jpg'), BYTES)
    await put('1.jpg')
    await writeLinks(folder, path.join(base, 'secret.jpg'), '1.jpg')
    const listing = await listSourceFiles([folder])
    expect(listing.files.map(({ displayName }) => displayName)).toEqual(['卷宗/1.jpg'])
    expect(listing.repeatedCount).toBe(2)
    expect(
      Object.fromEntries(listing.problems.map(({ displayName, error }) => [displayName, error.code])),
    ).toEqual({
      '卷宗/leads-out.jpg': 'INTAKE_LINK_OUTSIDE',
      '卷宗/dangling.jpg': 'INTAKE_FILE_VANISHED',
      '卷宗/itself.jpg': 'INTAKE_LINK_OUTSIDE',
    })
  })

  it('takes a link that a person chose, and a file chosen twice once', async () => {
    await put('1.jpg')
    await symlink(folder, path.join(base, 'shortcut'))
    const listing = await listSourceFiles([path.join(base, 'shortcut'), path.join(folder, '1.jpg')])
    expect(listing.files).toHaveLength(1)
    expect(listing.repeatedCount).toBe(1)
    expect(listing.problems).toEqual([])
  })

  it('takes two names of one file as two pages', async () => {
    await put('1.jpg')
    await link(path.join(folder, '1.jpg'), path.join(folder, '2.jpg'))
    expect((await listSourceFiles([folder])).files).toHaveLength(2)
  })

  it('goes on past what is missing and what is too deep, and stops at the limit', async () => {
    await put('1.jpg', '2.jpg', 'a/b/3.jpg')
    const listing = await listSourceFiles([path.join(base, 'gone'), folder], {
      limits: { maxFiles: 9, maxDepth: 1 },
    })
    expect(listing.files).toHaveLength(2)
    expect(listing.problems.map(({ error }) => error.code)).toEqual([
      'INTAKE_NAME_UNUSABLE',
      'INTAKE_FILE_VANISHED',
    ])
    const short = await listSourceFiles([folder], { limits: { maxFiles: 1, maxDepth: 9 } })
    expect(short.files).toHaveLength(1)
    expect(short.problems).toMatchObject([
      { error: { code: 'INTAKE_TOO_MANY_PAGES', details: { limit: 1 } } },
    ])
  })

  it.skipIf(process.platform === 'win32')('names a folder and a file that may not be read', async () => {
    await put('closed/1.jpg', '2.jpg', '3.jpg')
    await chmod(path.join(folder, 'closed'), 0)
    await chmod(path.join(folder, '3.jpg'), 0)
    await chmod(base, 0o755)
    // The superuser may read everything: as it, the test becomes nobody for a moment.
    const superuser = process.getuid?.() === 0
    if (superuser) process.seteuid?.(65_534)
    try {
      const listing = await listSourceFiles([folder])
      expect(listing.files).toHaveLength(2)
      expect(listing.problems).toMatchObject([
        { displayName: '卷宗/closed', error: { code: 'SYSTEM_ACCESS_DENIED', details: { errno: 'EACCES' } } },
      ])
      const [, closed] = listing.files
      await expect(closed && readSourceFile(closed)).rejects.toMatchObject({ code: 'SYSTEM_ACCESS_DENIED' })
    } finally {
      if (superuser) process.seteuid?.(0)
      await chmod(path.join(folder, 'closed'), 0o700)
    }
  })

  it('stops when it is cancelled', async () => {
    await put('1.jpg')
    await expect(listSourceFiles([folder], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CALL_CANCELLED',
    })
  })

  it('never tells the screen an absolute path', async () => {
    const listing = await listSourceFiles([path.join(base, 'gone')])
    expect(JSON.stringify(listing.problems)).not.toContain(base)
  })
})

describe('reading', () => {
  it('notices a file that grew, shrank, was written again or vanished since it was listed', async () => {
    const grown = await only('grown.jpg')
    await grow(grown.absolutePath)
    await expect(readSourceFile(grown)).rejects.toMatchObject({
      code: 'INTAKE_FILE_CHANGED',
      retryable: true,
    })
    const shrunk = await only('shrunk.jpg')
    await truncate(shrunk.absolutePath, 3)
    await expect(readSourceFile(shrunk)).rejects.toMatchObject({ code: 'INTAKE_FILE_CHANGED' })
    const touched = await only('touched.jpg')
    await utimes(touched.absolutePath, 1, 1)
    await expect(readSourceFile(touched)).rejects.toMatchObject({ code: 'INTAKE_FILE_CHANGED' })
    const vanished = await only('vanished.jpg')
    await vanish(vanished.absolutePath)
    await expect(readSourceFile(vanished)).rejects.toMatchObject({ code: 'INTAKE_FILE_VANISHED' })
  })

  it('refuses what is empty and what is over the limit', async () => {
    const file = await only('1.jpg')
    await expect(readSourceFile(file, { maxFileBytes: 5 })).rejects.toMatchObject({
      code: 'INTAKE_FILE_TOO_LARGE',
      details: { sizeBytes: BYTES.length, limitBytes: 5 },
    })
    await writeFile(path.join(folder, 'empty.jpg'), '')
    const [empty] = (await listSourceFiles([path.join(folder, 'empty.jpg')])).files
    await expect(empty && readSourceFile(empty)).rejects.toMatchObject({ code: 'INTAKE_EMPTY_FILE' })
  })
})
