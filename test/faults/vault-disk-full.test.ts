import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createVault } from '../../electron/vault/index.ts'
import { mountSmallDisk, smallDiskObstacle } from '../fixtures/small-disk.ts'
import { ADMIN, codeOf, failureOf, freshFolder, newId, now } from '../vault/fresh-vault.ts'

async function smallDisk(): Promise<string> {
  const folder = await freshFolder()
  mountSmallDisk(folder, 4)
  return folder
}

async function vaultOnSmallDisk() {
  const disk = await smallDisk()
  const folder = join(disk, 'vault')
  const account = { id: newId(), ...ADMIN }
  const { vault } = await createVault({ folder, unitName: '法院', account, now, newId })
  onTestFinished(() => vault.close())
  return { vault, folder, disk }
}

async function namesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

describe.skipIf(smallDiskObstacle !== undefined)(
  `on a full disk${smallDiskObstacle === undefined ? '' : ` (skipped: ${smallDiskObstacle})`}`,
  () => {
    test('putting content fails with SYSTEM_DISK_FULL and leaves nothing half-written', async () => {
      const { vault, folder } = await vaultOnSmallDisk()
      const kept = await vault.objects.putBuffer('open', randomBytes(1024 * 1024))
      const failure = await failureOf(vault.objects.putBuffer('open', randomBytes(8 * 1024 * 1024)))
      expect(failure).toEqual({
        code: 'SYSTEM_DISK_FULL',
        details: { operation: 'vault.writeObject', errno: 'ENOSPC' },
      })
      expect(await readdir(join(folder, 'incoming'))).toEqual([])
      expect(await namesUnder(join(folder, 'objects'))).toEqual([kept.name])
      await vault.objects.verify('open', kept.name)
      await vault.objects.putBuffer('open', randomBytes(1024 * 1024))
    })

    test('a group of pages fails as a whole and leaves nothing', async () => {
      const { vault, folder } = await vaultOnSmallDisk()
      const pages = Array.from({ length: 12 }, () => randomBytes(1024 * 1024))
      expect(await codeOf(vault.objects.putMany('open', pages))).toBe('SYSTEM_DISK_FULL')
      expect(await namesUnder(join(folder, 'incoming'))).toEqual([])
      expect(await namesUnder(join(folder, 'objects'))).toEqual([])
    })

    test('a file in two passes fails likewise', async () => {
      const { vault, folder } = await vaultOnSmallDisk()
      const path = join(await freshFolder(), 'large.tif')
      await writeFile(path, randomBytes(33 * 1024 * 1024))
      expect(await codeOf(vault.objects.putFile('open', path))).toBe('SYSTEM_DISK_FULL')
      expect(await namesUnder(join(folder, 'incoming'))).toEqual([])
    })

    test('changing an account fails and leaves the header as it was', async () => {
      const { vault, folder, disk } = await vaultOnSmallDisk()
      const before = await readFile(join(folder, 'vault.json'), 'utf8')
      const filler = join(disk, 'filler')
      await writeFile(filler, randomBytes(3.9 * 1024 * 1024)).catch(() => undefined)
      for (let n = 0; n < 100; n += 1)
        await writeFile(join(disk, `filler-${n}`), randomBytes(4096)).catch(() => undefined)
      const change = vault.changePassword({ current: ADMIN.password, next: 'a new password' })
      expect(await codeOf(change)).toBe('SYSTEM_DISK_FULL')
      expect(await readFile(join(folder, 'vault.json'), 'utf8')).toBe(before)
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
      await rm(filler)
      await vault.changePassword({ current: ADMIN.password, next: 'a new password' })
    })
  },
)
