import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeReaderFiles } from '../../../electron/backup/reader-files.ts'
import { checkSet } from '../../../electron/backup/repository/check-set.ts'
import { currentIndex, readSet, writeIndex } from '../../../electron/backup/repository/set.ts'
import { addObjects, backUpFolder, freshSet, likeVault, signerFrom } from '../../fixtures/backup-set.ts'
import { randomOf } from '../../fixtures/killed-process.ts'
import { freshFolder } from '../../vault/fresh-vault.ts'

const READER = path.join(import.meta.dirname, '../../../assets/backup')
const CHECKER = path.join(READER, 'check.mjs')
const SEED = Number(process.env.DAMAGE_SEED ?? Math.floor(Math.random() * 2 ** 31))

interface Made {
  readonly set: string
  readonly ids: readonly string[]
  readonly roots: readonly string[]
  /** Set as it was after the first run: stale copies come from here. */
  readonly early: string
}

async function backedUp(base: string): Promise<Made> {
  const vault = await likeVault(path.join(base, 'vault'), 12, 2000)
  const set = await freshSet(path.join(base, 'juanku-backup'))
  await placeReaderFiles(set, READER)
  const early = path.join(base, 'early')
  const results = []
  for (const day of ['01', '02', '03']) {
    results.push(await backUpFolder(vault, set, { now: () => new Date(`2026-03-${day}T08:00:00Z`) }))
    if (day === '01') await cp(set, early, { recursive: true })
    await addObjects(vault, 2, 3000)
    await writeFile(path.join(vault, 'catalogue.db'), `catalogue of ${day}`)
  }
  return {
    ...{ set, early },
    ids: results.map(({ snapshotId }) => snapshotId),
    roots: results.map(({ objectsSha256 }) => objectsSha256),
  }
}

interface Verdict {
  readonly status: number | null
  readonly output: string
  /** `file reason`, sorted. */
  readonly faults: readonly string[]
}

function runChecker(checker: string, ...words: readonly string[]): Verdict {
  const { status, stdout, stderr } = spawnSync(process.execPath, [checker, ...words], { encoding: 'utf8' })
  const faults = [...stdout.matchAll(/^\[([a-z-]+)\] (.+)$/gm)].map(([, reason, file]) => `${file} ${reason}`)
  return { status, output: stdout + stderr, faults: faults.sort() }
}

/** What the program itself says of the same set; a set that it refuses to look at gives the error's code. */
async function checkedByProgram(set: string, depth: 'quick' | 'full' = 'full'): Promise<readonly string[]> {
  try {
    const { problems } = await checkSet(set, { depth })
    return problems.map(({ file, reason }) => `${file} ${reason}`).sort()
  } catch (error) {
    return [String((error as { code?: unknown }).code)]
  }
}

async function filesOf(set: string): Promise<readonly string[]> {
  const entries = await readdir(set, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(set, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

describe(`check.mjs beside the program’s own check (seed ${SEED}; repeat with DAMAGE_SEED)`, () => {
  const random = randomOf(SEED)
  const below = (limit: number) => Math.floor(random() * limit)
  let made: Made
  let base: string

  beforeAll(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'juanku-set-'))
    made = await backedUp(base)
  })
  afterAll(() => rm(base, { recursive: true, force: true }))

  /** Damages a copy; both must name exactly the same faults, and one of them must be the file. */
  const bothName = async (
    file: string,
    damage: (set: string) => Promise<unknown>,
    reason?: string,
  ): Promise<Verdict> => {
    const copy = path.join(base, 'copy')
    await rm(copy, { recursive: true, force: true })
    await cp(made.set, copy, { recursive: true })
    await damage(copy)
    const verdict = runChecker(CHECKER, copy)
    const program = await checkedByProgram(copy)
    if (program.length === 1 && program[0]?.startsWith('BACKUP_'))
      expect(verdict.status, `${file}: ${verdict.output}`).toBe(2)
    else {
      expect(verdict.faults, `${file}: ${verdict.output}`).toEqual(program)
      expect(verdict.status, file).toBe(1)
      expect(
        verdict.faults.some((fault) => fault.startsWith(`${file} ${reason ?? ''}`)),
        verdict.output,
      ).toBe(true)
    }
    return verdict
  }

  test('a whole set passes, from within it, with its root values', () => {
    const { status, output, faults } = runChecker(path.join(made.set, 'check.mjs'))
    expect({ status, faults }).toEqual({ status: 0, faults: [] })
    for (const value of [...made.ids, ...made.roots]) expect(output).toContain(value)
    expect(output).toContain('校验通过')
    expect(runChecker(CHECKER, base, '--quick').status).toBe(0)
  })

  test('one flipped bit in every file of the set is named by both', async () => {
    for (const file of await filesOf(made.set)) {
      await bothName(file, async (set) => {
        const bytes = await readFile(path.join(set, file))
        const at = below(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
        await writeFile(path.join(set, file), bytes)
      })
    }
  })

  test('a cut and a lost file of each kind are named by both', async () => {
    const files = await filesOf(made.set)
    const kinds = [/^README/, /^check/, /^index/, /^snapshots\//, /^files\//, /^objects\//]
    for (const kind of kinds) {
      const some = files.filter((file) => kind.test(file))
      const file = some[below(some.length)] ?? ''
      await bothName(file, async (set) => {
        const bytes = await readFile(path.join(set, file))
        await writeFile(path.join(set, file), bytes.subarray(0, below(bytes.length)))
      })
      await bothName(file, (set) => rm(path.join(set, file)), 'missing')
    }
  })

  test('swapped objects and swapped parts are named by both', async () => {
    const files = await filesOf(made.set)
    for (const kind of [/^objects\//, /^files\//]) {
      const [one = '', other = ''] = files.filter((file) => kind.test(file))
      const verdict = await bothName(one, async (set) => {
        await rename(path.join(set, one), path.join(set, 'swap'))
        await rename(path.join(set, other), path.join(set, one))
        await rename(path.join(set, 'swap'), path.join(set, other))
      })
      expect(verdict.faults.some((fault) => fault.startsWith(other))).toBe(true)
    }
  })

  test('a stale copy of a snapshot in the place of a newer one is named by both', async () => {
    const [first = '', second = ''] = made.ids
    await bothName(
      `snapshots/${second}.json`,
      (set) =>
        cp(
          path.join(made.early, 'snapshots', `${first}.json`),
          path.join(set, 'snapshots', `${second}.json`),
        ),
      'changed',
    )
  })

  test('a snapshot of another set is a stranger to both', async () => {
    const other = await backedUp(await freshFolder())
    const [, , id = ''] = other.ids
    await bothName(
      `snapshots/${id}.json`,
      (set) => cp(path.join(other.set, 'snapshots', `${id}.json`), path.join(set, 'snapshots', `${id}.json`)),
      'stranger',
    )
  })

  test('a newest snapshot that was taken out is named by both', async () => {
    const file = `snapshots/${made.ids[2]}.json`
    await bothName(file, (set) => rm(path.join(set, file)), 'missing')
  })

  test('an index rolled back to before an earlier snapshot was taken out does not hide it', async () => {
    const [, second = '', third = ''] = made.ids
    const copy = path.join(base, 'rolled')
    await cp(made.set, copy, { recursive: true })
    await cp(path.join(made.early, 'index.json'), path.join(copy, 'index.json'))
    // Nothing is lost yet: it looks like a run that was cut short before the index, and it says so.
    const before = runChecker(CHECKER, copy)
    expect({ status: before.status, faults: before.faults }).toEqual({ status: 0, faults: [] })
    expect(before.output).toContain('older index.json')
    await rm(path.join(copy, 'snapshots', `${second}.json`))
    const after = runChecker(CHECKER, copy)
    expect(after.status).toBe(1)
    expect(after.faults).toEqual(expect.arrayContaining([...(await checkedByProgram(copy))]))
    // What followed on it now follows on nothing that is there.
    expect(after.faults).toContain(`snapshots/${third}.json stranger`)
  })

  test('a set that was set back as a whole shows older root values, for paper to tell', async () => {
    const { status, output } = runChecker(CHECKER, made.early)
    expect(status).toBe(0)
    expect(output).toContain(made.roots[0])
    expect(output).not.toContain(made.roots[2])
  })

  test('a quick check looks at lengths alone', async () => {
    const file = (await filesOf(made.set)).find((name) => name.startsWith('objects/')) ?? ''
    const copy = path.join(base, 'quick')
    await cp(made.set, copy, { recursive: true })
    const bytes = await readFile(path.join(copy, file))
    await writeFile(path.join(copy, file), Buffer.alloc(bytes.length))
    expect(runChecker(CHECKER, copy, '--quick').status).toBe(0)
    await writeFile(path.join(copy, file), bytes.subarray(1))
    const { status, faults } = runChecker(CHECKER, copy, '--quick')
    expect({ status, faults }).toEqual({ status: 1, faults: await checkedByProgram(copy, 'quick') })
  })

  test('a pruned snapshot is not missed', async () => {
    const copy = path.join(base, 'pruned')
    await cp(made.set, copy, { recursive: true })
    const [first = ''] = made.ids
    const index = await currentIndex(copy, await readSet(copy))
    const pruned = index.snapshots
      .filter(({ id }) => id === first)
      .map(({ id, sha256 }) => ({ id, sha256, prunedAt: '2026-04-01T00:00:00.000Z' }))
    const snapshots = index.snapshots.filter(({ id }) => id !== first)
    await writeIndex(copy, { ...index, snapshots, pruned }, signerFrom())
    await rm(path.join(copy, 'snapshots', `${first}.json`))
    const { status, faults } = runChecker(CHECKER, copy)
    expect({ status, faults }).toEqual({ status: 0, faults: [] })
  })

  test('a folder without a set, wrong words and a newer format end with 2', async () => {
    expect(runChecker(CHECKER, READER)).toMatchObject({ status: 2 })
    expect(runChecker(CHECKER, made.set, '--fast')).toMatchObject({ status: 2 })
    const copy = path.join(base, 'newer')
    await cp(made.set, copy, { recursive: true })
    const text = await readFile(path.join(copy, 'set.json'), 'utf8')
    await writeFile(path.join(copy, 'set.json'), text.replace('"version": 1', '"version": 2'))
    expect(runChecker(CHECKER, copy)).toMatchObject({ status: 2 })
  })

  test.skipIf(process.platform === 'win32')(
    'the one-liners of FORMAT.md pass a whole set and name a changed object',
    async () => {
      const page = await readFile(path.join(READER, '../../electron/backup/FORMAT.md'), 'utf8')
      const [parts = '', objects = ''] = [...page.matchAll(/```sh\n(.+)\n```/g)].map(([, line]) => line ?? '')
      const copy = path.join(base, 'plain')
      await cp(made.set, copy, { recursive: true })
      const list = `files/${made.roots[2]}`
      const shell = (line: string) => spawnSync('sh', ['-c', line], { cwd: copy, encoding: 'utf8' })
      expect(shell(parts)).toMatchObject({ status: 0, stdout: '' })
      expect(shell(objects.replace('LIST', list))).toMatchObject({ status: 0, stdout: '' })
      const file = (await filesOf(copy)).find((name) => name.startsWith('objects/')) ?? ''
      await writeFile(path.join(copy, file), 'x')
      expect(shell(objects.replace('LIST', list)).stdout).toContain(`${file}: FAILED`)
    },
  )
})
