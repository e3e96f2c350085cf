import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { OFFICER_OPTIONS, run } from '../fixtures/command-line.ts'
import { jpegFile } from '../fixtures/good-files.ts'
import { freshFolder, importInto, KEEPER, newCase, openRoom } from '../fixtures/records-room.ts'

const NUMBER = '（2024）云0199民初1号'

/** A vault with a case and three pages, closed; and how commands name it. */
async function closedVault() {
  const scans = path.join(await freshFolder(), 'scans')
  await mkdir(scans)
  for (const seed of [1, 2, 3]) await writeFile(path.join(scans, `${seed}.jpg`), await jpegFile({ seed }))
  const room = await openRoom()
  const { volume } = await newCase(room, NUMBER)
  await importInto(room, volume.id, [scans])
  await room.desk.close()
  return { folder: room.folder, scans, common: ['--vault', room.folder, '--user', KEEPER.name] }
}

function plain(text: string): void {
  expect(text).not.toMatch(/juanku-test|node_modules|\n\s+at |file:\/\//)
}

describe('the command line', () => {
  test('makes a vault, files a case, imports, lists, searches and checks, each with one JSON document', async () => {
    const home = await freshFolder()
    await mkdir(path.join(home, 'scans'))
    await writeFile(path.join(home, 'scans', '1.jpg'), await jpegFile())
    const common = ['--vault', 'vault', '--user', KEEPER.name, '--json']
    const json = async (...words: string[]) => {
      const { code, out, err } = await run([...words, ...common], { folder: home })
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' })
      return JSON.parse(out) as unknown
    }
    expect(await json('vault', 'create', '--unit', '某院', ...OFFICER_OPTIONS)).toMatchObject({
      shares: [{ index: 1 }, {}, {}],
    })
    const numbered = ['--archive-number', 'j045－zy·ss-0001']
    expect(await json('case', 'add', NUMBER, '--party', '原告:王小样', ...numbered)).toMatchObject({
      case: { number: NUMBER, archiveNumber: 'J045-ZY·SS-0001' },
    })
    expect(await json('search', '档号:J045ZYSS')).toMatchObject({ cases: [{ number: NUMBER }] })
    expect(await json('import', 'scans', '--case', NUMBER)).toMatchObject({
      job: { state: 'succeeded', tally: { imported: 1 } },
      problems: [],
    })
    expect(await json('case', 'list')).toMatchObject({ total: 1, rows: [{ pageCount: 1 }] })
    expect(await json('search', '王小样')).toMatchObject({ cases: [{ hits: [{ field: 'party' }] }] })
    expect(await json('search', '民初1', '--field', '案号', '--order', 'best', '--tolerant')).toMatchObject({
      cases: [{ number: NUMBER }],
      total: { count: 1, exact: true },
    })
    for (const work of ['check', 'rebuild'])
      expect(await json('search', work)).toMatchObject({ job: { state: 'succeeded' }, problems: [] })
    expect(await json('search', 'wxy')).toMatchObject({ cases: [{ number: NUMBER }] })
    expect(await json('vault', 'check')).toMatchObject({ clean: true, summary: { objects: 1, sound: 1 } })
    expect(await json('jobs', 'list')).toMatchObject([
      { kind: 'vault-check' },
      { kind: 'search-index' },
      { kind: 'search-index' },
      { kind: 'import', state: 'succeeded' },
    ])
  })

  test('says what is wrong with its use, and exits with 2', { timeout: 240_000 }, async () => {
    const { common } = await closedVault()
    const wrong: readonly (readonly string[])[] = [
      ['archive', 'everything'],
      ['vault', 'explode'],
      ['import', 'x', ...common],
      ['vault', 'check'],
      ['vault', 'create', '--unit', '某院', ...OFFICER_OPTIONS.slice(0, 2), ...common],
      ['vault', 'create', '--unit', '某院', ...OFFICER_OPTIONS.toSpliced(2, 2), ...common],
      ['case', 'list', '--limit', 'many', ...common],
      ['import', 'x', '--case', NUMBER, '--volume', '第九卷', ...common],
      ['import', 'x', '--case', NUMBER, '--front', 'envelope', ...common],
      ['case', 'add', '（2024）云0199民初2号', '--party', '王小样', ...common],
      ['case', 'list', '--no-such-option', ...common],
    ]
    for (const words of wrong) {
      const { code, out, err } = await run(words)
      expect({ words, code, out }).toEqual({ words, code: 2, out: '' })
      expect(err).not.toBe('')
      plain(err)
    }
    const unasked = await run(['vault', 'check', ...common], { password: undefined })
    expect(unasked.code).toBe(2)
    expect(unasked.err).toContain('JUANKU_PASSWORD')
  })

  test('exits with 3 and a code on a failure', async () => {
    const { common, folder } = await closedVault()
    const failures: readonly (readonly [readonly string[], string, string?])[] = [
      [['case', 'list', ...common], 'VAULT_WRONG_PASSWORD', 'not the password'],
      [['case', 'list', '--vault', folder, '--user', '某人'], 'VAULT_NO_SUCH_ACCOUNT'],
      [['case', 'list', '--vault', path.dirname(folder), '--user', KEEPER.name], 'VAULT_NOT_FOUND'],
      [['case', 'show', '（2024）云0199民初99号', ...common], 'CATALOGUE_NOT_FOUND'],
      [['jobs', 'resume', '01J0000000000000000000000Z', ...common], 'JOB_NOT_FOUND'],
      [['vault', 'create', '--unit', '某院', ...OFFICER_OPTIONS, ...common], 'VAULT_ALREADY_EXISTS'],
    ]
    for (const [words, wanted, password] of failures) {
      const { code, out, err } = await run(words, password === undefined ? {} : { password })
      expect({ words, code, out }).toEqual({ words, code: 3, out: '' })
      expect(err).toMatch(new RegExp(`^${wanted} \\{`))
      plain(err)
    }
  })

  test('exits with 1 when some file could not be imported, and says which', async () => {
    const { common, scans } = await closedVault()
    await writeFile(path.join(scans, '4.jpg'), '')
    await writeFile(path.join(scans, '5.jpg'), await jpegFile({ seed: 5 }))
    const { code, out, err } = await run(['import', scans, '--case', NUMBER, '--json', ...common])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    const { job, problems } = JSON.parse(out)
    expect(job.tally).toEqual({ imported: 1, duplicate: 3, failed: 1 })
    expect(problems).toContainEqual(
      expect.objectContaining({ subject: 'scans/4.jpg', outcome: 'failed', code: 'INTAKE_EMPTY_FILE' }),
    )
    const again = await run(['import', scans, '--case', NUMBER, ...common])
    expect(again.out).toContain('scans/4.jpg')
    plain(again.out)
  })

  test('exits with 3 when an import could not be carried out', async () => {
    const { common, scans } = await closedVault()
    const { code, out } = await run([
      ...['import', scans, '--case', NUMBER, '--map', path.join(scans, 'none.csv'), '--json'],
      ...common,
    ])
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject({ job: { state: 'failed', errorCode: 'SYSTEM_FILE_MISSING' } })
    plain(out)
  })

  test('tells by 1 that a vault with one flipped bit is not sound', async () => {
    const { common, folder } = await closedVault()
    const objects = path.join(folder, 'objects')
    const [group = ''] = await readdir(objects)
    const [name = ''] = await readdir(path.join(objects, group))
    const file = path.join(objects, group, name)
    const bytes = await readFile(file)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 4
    await writeFile(file, bytes)
    const { code, out } = await run(['vault', 'check', '--json', ...common])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      clean: false,
      tally: { damaged: 1 },
      problems: [{ outcome: 'damaged', code: 'VAULT_OBJECT_DAMAGED' }],
    })
    const shown = await run(['vault', 'check', ...common])
    expect(shown.code).toBe(1)
    plain(shown.out + shown.err)
  })

  test('does not enter a vault that another process has open', async () => {
    const room = await openRoom()
    const words = ['case', 'list', '--vault', room.folder, '--user', KEEPER.name]
    for (const more of [[], ['--take-over-lock']]) {
      const { code, err } = await run([...words, ...more])
      expect(code).toBe(3)
      expect(err).toMatch(/^VAULT_LOCKED_BY_OTHER /)
      plain(err)
    }
    await room.desk.close()
    expect((await run(words)).code).toBe(0)
  })

  test('says its version and its commands', async () => {
    const { code, out } = await run(['--version'])
    expect({ code, out }).toEqual({ code: 0, out: '0.1.0\n' })
    expect((await run(['--help'])).out).toContain('import')
  })
})
