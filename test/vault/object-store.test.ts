import { randomBytes } from 'node:crypto'
import {
  appendFile,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCacheDatabase } from '../../electron/database.ts'
import { type ListedObject, objectPath } from '../../electron/vault/index.ts'
import { ADMIN, codeOf, failureOf, freshFolder, freshVault, openAs } from './fresh-vault.ts'

async function collect(objects: AsyncIterable<ListedObject>): Promise<ListedObject[]> {
  const found: ListedObject[] = []
  for await (const object of objects) found.push(object)
  return found
}

describe('putting', () => {
  test('equal content is kept once in a compartment, and apart in two', async () => {
    const { vault } = await freshVault()
    const content = randomBytes(3000)
    const first = await vault.objects.putBuffer('open', content)
    const second = await vault.objects.putBuffer('open', content)
    const other = await vault.objects.putBuffer('restricted', content)
    expect([first.existed, second.existed, other.existed]).toEqual([false, true, false])
    expect(second.name).toBe(first.name)
    expect(other.name).not.toBe(first.name)
    expect(await collect(vault.objects.list())).toHaveLength(2)
    expect(await vault.objects.claimedCompartment(other.name)).toBe('restricted')
    expect(await vault.objects.claimedCompartment('f'.repeat(64))).toBeUndefined()
  })

  test('the same content put at once many times is written once', async () => {
    const { vault, folder } = await freshVault()
    const content = randomBytes(3000)
    const stored = await vault.objects.putMany(
      'open',
      Array.from({ length: 9 }, () => content),
    )
    expect(stored.filter((object) => !object.existed)).toHaveLength(1)
    await Promise.all(Array.from({ length: 5 }, () => vault.objects.putBuffer('open', content)))
    expect(await collect(vault.objects.list())).toHaveLength(1)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  test('a batch shows nothing before its commit, and nothing at all when abandoned', async () => {
    const { vault, folder } = await freshVault()
    const batch = vault.objects.batch()
    const stored = await batch.putBuffer('open', Buffer.from('one'))
    expect(await vault.objects.has(stored.name)).toBe(false)
    await batch.commit()
    expect(await vault.objects.has(stored.name)).toBe(true)
    const dropped = await batch.putBuffer('open', Buffer.from('two'))
    await batch.abandon()
    await batch.commit()
    expect(await vault.objects.has(dropped.name)).toBe(false)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  test('content whose file here was cut is written again, and the cut file is set aside', async () => {
    const { vault, folder } = await freshVault()
    const content = randomBytes(3000)
    const { name } = await vault.objects.putBuffer('open', content)
    await truncate(join(folder, objectPath(name)), 1000)
    expect((await vault.objects.putBuffer('open', content)).existed).toBe(false)
    await vault.objects.verify('open', name)
    expect(await readdir(join(folder, 'quarantine'))).toHaveLength(1)
  })

  test('the sealed file tells nothing of its content, and the folder nothing of who put it', async () => {
    const { vault, folder } = await freshVault()
    const { name } = await vault.objects.putBuffer('open', Buffer.from('身份证号 110101199001011234'))
    const path = join(folder, objectPath(name))
    expect((await readFile(path)).includes('1101')).toBe(false)
    expect((await stat(path)).mode & 0o077).toBe(0)
  })
})

describe('putting a file', () => {
  for (const sizeBytes of [0, 1, 5000, 32 * 1024 * 1024, 32 * 1024 * 1024 + 1, 33 * 1024 * 1024 + 5]) {
    test(`of ${sizeBytes} bytes gives the same object as putting its content`, async () => {
      const { vault } = await freshVault()
      const path = join(await freshFolder(), 'scan.tif')
      const content = randomBytes(sizeBytes)
      await writeFile(path, content)
      const stored = await vault.objects.putFile('open', path)
      expect(stored).toMatchObject({ sizeBytes, existed: false })
      expect(await vault.objects.putBuffer('open', content)).toEqual({ ...stored, existed: true })
      await vault.objects.verify('open', stored.name, { expectedSha256: stored.sha256 })
    })
  }

  test('that is not there is told to have vanished', async () => {
    const { vault } = await freshVault()
    const failure = await failureOf(vault.objects.putFile('open', '/nowhere/scan.tif'))
    expect(failure).toEqual({ code: 'INTAKE_FILE_VANISHED', details: {} })
    const folder = await freshFolder()
    await symlink(join(folder, 'gone'), join(folder, 'link'))
    expect(await codeOf(vault.objects.putFile('open', join(folder, 'link')))).toBe('INTAKE_FILE_VANISHED')
  })

  test('that grows between the passes is refused, and leaves nothing', async () => {
    const { vault, folder } = await freshVault()
    const path = join(await freshFolder(), 'scan.tif')
    await writeFile(path, randomBytes(40 * 1024 * 1024))
    const put = codeOf(vault.objects.putFile('open', path))
    let done = false
    void put.finally(() => {
      done = true
    })
    while (!done) {
      await appendFile(path, 'x')
    }
    expect(await put).toBe('INTAKE_FILE_CHANGED')
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
    expect(await collect(vault.objects.list())).toEqual([])
  })

  test('can be cancelled', async () => {
    const { vault, folder } = await freshVault()
    const path = join(await freshFolder(), 'scan.tif')
    await writeFile(path, randomBytes(40 * 1024 * 1024))
    const controller = new AbortController()
    const put = codeOf(vault.objects.putFile('open', path, { signal: controller.signal }))
    controller.abort()
    expect(await put).toBe('CALL_CANCELLED')
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  test('that is a folder gives a system error without a path in it', async () => {
    const { vault, folder } = await freshVault()
    const failure = await failureOf(vault.objects.putFile('open', folder))
    expect(failure.code).toBe('SYSTEM_IO_FAILED')
    expect(JSON.stringify(failure.details)).not.toContain(folder)
  })
})

describe('derived objects', () => {
  test('are kept under their label, replaced, and removed', async () => {
    const { vault } = await freshVault()
    const { objects } = vault
    expect(await objects.getDerived('open', 'thumbnail|1')).toBeUndefined()
    await objects.putDerived('open', 'thumbnail|1', Buffer.from('small'))
    await objects.putDerived('open', 'thumbnail|1', Buffer.from('smaller'))
    expect((await objects.getDerived('open', 'thumbnail|1'))?.toString()).toBe('smaller')
    expect(await objects.getDerived('restricted', 'thumbnail|1')).toBeUndefined()
    await objects.removeDerived('open', 'thumbnail|1')
    expect(await objects.getDerived('open', 'thumbnail|1')).toBeUndefined()
  })

  test('that are damaged, or stand under the name of another, count as absent', async () => {
    const { vault, folder } = await freshVault()
    await vault.objects.putDerived('open', 'thumbnail|1', randomBytes(500))
    await vault.objects.putDerived('open', 'thumbnail|2', randomBytes(500))
    const file = openCacheDatabase(join(folder, 'derived.db'), 'test')
    file.exec(`UPDATE derived SET sealed = (SELECT sealed FROM derived WHERE rowid = 1) WHERE rowid = 2;
      UPDATE derived SET sealed = substr(sealed, 1, 300) WHERE rowid = 1`)
    file.close()
    expect(await vault.objects.getDerived('open', 'thumbnail|1')).toBeUndefined()
    expect(await vault.objects.getDerived('open', 'thumbnail|2')).toBeUndefined()
    await vault.objects.putDerived('open', 'thumbnail|2', Buffer.from('again'))
    expect((await vault.objects.getDerived('open', 'thumbnail|2'))?.toString()).toBe('again')
  })

  test('hold no byte of what was put, nor its label', async () => {
    const { vault, folder } = await freshVault()
    await vault.objects.putDerived('open', 'thumbnail|1', Buffer.from('plain words'))
    await vault.close()
    const file = await readFile(join(folder, 'derived.db'))
    expect(file.includes('plain words')).toBe(false)
    expect(file.includes('thumbnail')).toBe(false)
  })

  for (const [how, spoil] of [
    ['deleted by hand', (file: string) => rm(file)],
    ['overwritten by another file', (file: string) => writeFile(file, randomBytes(100_000))],
    ['cut short', (file: string) => truncate(file, 9000)],
  ] as const) {
    test(`may be ${how}: they are made again`, async () => {
      const { vault, folder } = await freshVault()
      await vault.objects.putDerived('open', 'thumbnail|1', randomBytes(30_000))
      await vault.close()
      await spoil(join(folder, 'derived.db'))
      const again = await openAs(folder, ADMIN)
      expect(await again.objects.getDerived('open', 'thumbnail|1')).toBeUndefined()
      await again.objects.putDerived('open', 'thumbnail|1', Buffer.from('small'))
      expect((await again.objects.getDerived('open', 'thumbnail|1'))?.toString()).toBe('small')
    })
  }

  test('of a batch are there after its commit, and not when it is abandoned', async () => {
    const { objects } = (await freshVault()).vault
    const batch = objects.batch()
    batch.putDerived('open', 'thumbnail|1', Buffer.from('one'))
    await batch.abandon()
    batch.putDerived('open', 'thumbnail|2', Buffer.from('two'))
    expect(await objects.getDerived('open', 'thumbnail|2')).toBeUndefined()
    await batch.commit()
    expect(await objects.getDerived('open', 'thumbnail|1')).toBeUndefined()
    expect((await objects.getDerived('open', 'thumbnail|2'))?.toString()).toBe('two')
  })
})

describe('keeping house', () => {
  test('opening sweeps what a crash left in incoming and beside the header', async () => {
    const { vault, folder } = await freshVault()
    await vault.close()
    await writeFile(join(folder, 'incoming', 'half'), 'half')
    await writeFile(join(folder, '.vault.json.0123456789abcdef.tmp'), '{')
    await openAs(folder, ADMIN)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('an object in quarantine is gone from the list, and from the disk after its time', async () => {
    const { vault, folder } = await freshVault()
    const { name } = await vault.objects.putBuffer('open', Buffer.from('orphan'))
    await vault.objects.quarantine(name)
    expect(await collect(vault.objects.list())).toEqual([])
    expect(await vault.objects.sweepQuarantine(60_000)).toBe(0)
    await utimes(join(folder, 'quarantine', name), 0, 0)
    expect(await vault.objects.sweepQuarantine(60_000)).toBe(1)
    expect(await codeOf(vault.objects.quarantine(name))).toBe('VAULT_OBJECT_MISSING')
  })

  test('a destroyed object is nowhere any more', async () => {
    const { vault, folder } = await freshVault()
    const { name } = await vault.objects.putBuffer('open', Buffer.from('disposed of'))
    await vault.objects.quarantine(name)
    await vault.objects.putBuffer('open', Buffer.from('disposed of'))
    await vault.objects.destroy(name)
    expect(await vault.objects.has(name)).toBe(false)
    expect(await readdir(join(folder, 'quarantine'))).toEqual([])
  })

  test('the list passes over files that are no objects', async () => {
    const { vault, folder } = await freshVault()
    const { name } = await vault.objects.putBuffer('open', Buffer.from('real'))
    await writeFile(join(folder, 'objects', 'Thumbs.db'), '')
    await writeFile(join(folder, 'objects', name.slice(0, 2), '.DS_Store'), '')
    expect(await collect(vault.objects.list())).toEqual([{ name, sealedBytes: 48 + 4 + 16 }])
  })

  test('objects in another folder open with the same keys', async () => {
    const { vault, folder } = await freshVault()
    const { name, sha256 } = await vault.objects.putBuffer('open', Buffer.from('kept twice'))
    const copy = vault.objectsIn(folder)
    expect(await copy.verify('open', name)).toEqual({ sizeBytes: 10, sha256 })
    expect(await collect(vault.objectsIn(join(folder, 'nowhere')).list())).toEqual([])
  })
})
