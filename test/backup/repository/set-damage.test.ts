import { randomBytes } from 'node:crypto'
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { backUp } from '../../../electron/backup/repository/back-up.ts'
import { type CheckResult, checkSet } from '../../../electron/backup/repository/check-set.ts'
import { restoreSnapshot } from '../../../electron/backup/repository/restore-set.ts'
import { currentIndex, readSet, writeIndex } from '../../../electron/backup/repository/set.ts'
import {
  addObjects,
  backUpFolder,
  freshSet,
  likeVault,
  signerFrom,
  VAULT_ID,
} from '../../fixtures/backup-set.ts'
import { randomOf } from '../../fixtures/killed-process.ts'
import { codeOf, freshFolder } from '../../vault/fresh-vault.ts'

async function backedUp() {
  const base = await freshFolder()
  const vault = await likeVault(path.join(base, 'vault'), 40, 3000)
  const set = await freshSet(path.join(base, 'set'))
  const first = await backUpFolder(vault, set, { now: () => new Date('2026-03-01T08:00:00Z') })
  const [added = ''] = await addObjects(vault, 1, 5000)
  const second = await backUpFolder(vault, set, { now: () => new Date('2026-03-02T08:00:00Z') })
  return { base, vault, set, first, second, added }
}

const check = (set: string, expected?: { id: string; sha256: string }[]): Promise<CheckResult> =>
  checkSet(set, { depth: 'full', vaultId: VAULT_ID, ...(expected === undefined ? {} : { expected }) })

async function flipBit(file: string, random: () => number): Promise<void> {
  const bytes = await readFile(file)
  const at = Math.floor(random() * bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
  await writeFile(file, bytes)
}

const SEED = Number(process.env.DAMAGE_SEED ?? Math.floor(Math.random() * 2 ** 31))

describe(`damage to a set (seed ${SEED}; repeat with DAMAGE_SEED)`, () => {
  const random = randomOf(SEED)

  test('a whole set has no problem, and says what it has', async () => {
    const { set, first, second } = await backedUp()
    const found = await check(
      set,
      [first, second].map((one) => ({ id: one.snapshotId, sha256: one.snapshotSha256 })),
    )
    expect(found).toMatchObject({ problems: [], objects: 41, unneeded: 0 })
    expect(found.snapshots).toEqual([first.snapshotId, second.snapshotId])
    expect(first).toMatchObject({ newObjects: 40, objects: 40, missing: [] })
    expect(second).toMatchObject({ newObjects: 1, objects: 41 })
  })

  test('one flipped bit in any file is found and named, wherever it is', async () => {
    const { base, set } = await backedUp()
    const files: string[] = []
    for (const entry of await readdir(set, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) files.push(path.relative(set, path.join(entry.parentPath, entry.name)))
    const kinds = ['set.json', 'index.json', /^snapshots\//, /^files\//, /^objects\//]
    for (const kind of kinds) {
      const some = files.filter((file) => (typeof kind === 'string' ? file === kind : kind.test(file)))
      expect(some.length).toBeGreaterThan(0)
      for (const file of kind instanceof RegExp ? some.slice(0, 3) : some) {
        const copy = path.join(base, 'copy')
        await rm(copy, { recursive: true, force: true })
        await cp(set, copy, { recursive: true })
        const before = await readFile(path.join(copy, file))
        await flipBit(path.join(copy, file), random)
        const found = await check(copy).catch((error) => ({ problems: [{ file, error: error.code }] }))
        expect(
          found.problems.map((one) => one.file),
          `${file} of ${before.length} bytes`,
        ).toContain(file)
      }
    }
  })

  test('cut, swapped, deleted and stale files are each found, with the backups that they hit', async () => {
    const { base, set, first, second, added } = await backedUp()
    const object = (name: string) => path.join(set, 'objects', name.slice(0, 2), name)
    const names = (await readdir(path.join(set, 'objects'), { recursive: true })).filter(
      (name) => name.length > 60,
    )
    const [one = '', other = '', third = ''] = names
      .map((name) => path.basename(name))
      .filter((name) => name !== added)
    await writeFile(object(one), (await readFile(object(one))).subarray(0, 1000))
    await rename(object(other), path.join(base, 'swap'))
    await rename(object(third), object(other))
    await rename(path.join(base, 'swap'), object(third))
    await rm(object(added))
    const { problems } = await check(set)
    const both = [first.snapshotId, second.snapshotId]
    const of = (name: string) => problems.find(({ file }) => file.endsWith(name))
    expect(of(one)).toMatchObject({ reason: 'size', snapshots: both })
    expect(of(other)).toMatchObject({ reason: 'changed', snapshots: both })
    expect(of(third)).toMatchObject({ reason: 'changed', snapshots: both })
    expect(of(added)).toMatchObject({ reason: 'missing', snapshots: [second.snapshotId] })
    expect(problems).toHaveLength(4)
  })

  test('a quick check finds what is lost or cut without reading content', async () => {
    const { set, added } = await backedUp()
    const file = path.join(set, 'objects', added.slice(0, 2), added)
    await writeFile(file, (await readFile(file)).subarray(1))
    const { problems } = await checkSet(set, { depth: 'quick' })
    expect(problems).toMatchObject([{ reason: 'size' }])
  })

  test('an index rolled back and a newest snapshot removed are told by the vault’s register, and by the set where it can', async () => {
    const { base, set, first, second } = await backedUp()
    const known = [first, second].map((one) => ({ id: one.snapshotId, sha256: one.snapshotSha256 }))
    const newest = path.join(set, 'snapshots', `${second.snapshotId}.json`)
    await rename(newest, path.join(base, 'kept.json'))
    expect((await check(set)).problems).toMatchObject([{ reason: 'missing', snapshots: [second.snapshotId] }])
    // With an index to match, the set itself cannot know: the register does.
    const current = await currentIndex(set, await readSet(set))
    await writeIndex(set, { ...current, snapshots: current.snapshots.slice(0, 1) }, signerFrom())
    expect((await check(set)).problems).toEqual([])
    expect((await check(set, known)).problems).toMatchObject([
      { reason: 'rolled-back', snapshots: [second.snapshotId] },
    ])
  })

  test('a snapshot that somebody rewrote is no longer signed; one signed with a strange key is named', async () => {
    const { set, second } = await backedUp()
    const file = path.join(set, 'snapshots', `${second.snapshotId}.json`)
    const document = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...document, counts: { ...document.counts, pages: 2 } }))
    expect((await check(set)).problems.map(({ reason }) => reason)).toContain('signature')
    await writeFile(file, `${JSON.stringify(document, null, 1)}\n`)
    const strange = await checkSet(set, { depth: 'quick', isKnownSigner: () => false })
    expect(strange.problems.map(({ reason }) => reason)).toEqual(['unknown-signer', 'unknown-signer'])
  })

  test('what is damaged on the medium comes from the vault again with a full run, and the older snapshot is whole too', async () => {
    const { base, vault, set, first, added } = await backedUp()
    const file = path.join(set, 'objects', added.slice(0, 2), added)
    await flipBit(file, random)
    const full = await backUpFolder(vault, set, { kind: 'full' })
    expect(full).toMatchObject({ newObjects: 1, repaired: [added] })
    expect((await check(set)).problems).toEqual([])
    const restored = await restoreSnapshot(set, first.snapshotId, { target: path.join(base, 'restored') })
    expect(restored).toMatchObject({ objects: 40, problems: [] })
  })

  test('a damaged index, snapshot or list stops no new backup, and its faults are not written on', async () => {
    const { base, vault, set, second } = await backedUp()
    const listOf = async (id: string) => {
      const document = JSON.parse(await readFile(path.join(set, 'snapshots', `${id}.json`), 'utf8'))
      return path.join(set, 'files', document.objects.parts[0].sha256)
    }
    const list = await listOf(second.snapshotId)
    const text = await readFile(list, 'utf8')
    await writeFile(list, text.replace(/^[0-9a-f]{8}/, '00000000'))
    const third = await backUpFolder(vault, set)
    expect(third).toMatchObject({ newObjects: 0, objects: 41 })
    await writeFile(path.join(set, 'index.json'), '{')
    await flipBit(path.join(set, 'snapshots', `${third.snapshotId}.json`), random)
    await addObjects(vault, 1, 100)
    const fourth = await backUpFolder(vault, set)
    expect(fourth).toMatchObject({ objects: 42 })
    const { problems } = await check(set)
    expect(problems.flatMap(({ snapshots }) => snapshots)).not.toContain(fourth.snapshotId)
    const target = path.join(base, 'restored')
    expect(await restoreSnapshot(set, fourth.snapshotId, { target })).toMatchObject({
      problems: [],
      objects: 42,
    })
  })

  test('restoring leaves a damaged object out and names it, and never touches a folder in use', async () => {
    const { base, vault, set, second, added } = await backedUp()
    await flipBit(path.join(set, 'objects', added.slice(0, 2), added), random)
    const target = path.join(base, 'restored')
    const { problems, objects } = await restoreSnapshot(set, second.snapshotId, { target })
    expect({ problems, objects }).toEqual({
      problems: [{ file: `objects/${added.slice(0, 2)}/${added}`, reason: 'changed' }],
      objects: 40,
    })
    expect(await readdir(path.join(target, 'objects', added.slice(0, 2)))).not.toContain(added)
    expect(await readFile(path.join(target, 'catalogue.db'))).toEqual(
      await readFile(path.join(vault, 'catalogue.db')),
    )
    expect(await codeOf(restoreSnapshot(set, second.snapshotId, { target }))).toBe('BACKUP_TARGET_IN_USE')
    expect(await codeOf(restoreSnapshot(set, second.snapshotId, { target: vault }))).toBe(
      'BACKUP_TARGET_IN_USE',
    )
  })

  test('an object that the vault lost is named in the snapshot instead of stopping it', async () => {
    const { vault, set } = await backedUp()
    const gone = randomBytes(32).toString('hex')
    const result = await backUp({
      ...{ folder: set, kind: 'incremental', files: [], signer: signerFrom(), now: () => new Date() },
      vault: { id: VAULT_ID, unitName: '法院', folder: vault },
      objectNames: (group) => (gone.startsWith(group) ? [gone] : []),
      counts: { cases: 0, volumes: 0, pages: 0 },
      audit: { records: 0, head: '' },
      random: (bytes) => randomBytes(bytes),
    })
    expect(result).toMatchObject({ missing: [gone], objects: 0 })
  })

  test('another vault’s set, a newer format and a drive that is not there each have their own words', async () => {
    const { base, vault, set } = await backedUp()
    expect(await codeOf(readSet(set, '01J00000000000000000000009'))).toBe('BACKUP_SET_FOREIGN')
    const file = path.join(set, 'set.json')
    const document = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...document, version: 2 }))
    expect(await codeOf(readSet(set))).toBe('BACKUP_SET_TOO_NEW')
    expect(await codeOf(backUpFolder(vault, path.join(base, 'nowhere')))).toBe('BACKUP_SET_MISSING')
    expect(await codeOf(freshSet(set))).toBe('BACKUP_SET_EXISTS')
  })
})
