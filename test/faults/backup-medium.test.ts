import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BackupProgress } from '../../electron/backup/repository/back-up.ts'
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { addObjects, backUpFolder, freshSet, likeVault } from '../fixtures/backup-set.ts'
import { loopDisk, loopDiskObstacle } from '../fixtures/loop-disk.ts'
import { codeOf, failureOf, freshFolder } from '../vault/fresh-vault.ts'

const MEGABYTE = 1024 * 1024

/** A vault of 12 MB, backed up once to a drive of 100 MB, and 40 MB more in the vault since: more than all threads have in hand. */
async function halfDone() {
  const disk = loopDisk(100)
  const vault = await likeVault(path.join(await freshFolder(), 'vault'), 120, 100_000)
  const set = await freshSet(path.join(disk.folder, 'juanku-backup'))
  const first = await backUpFolder(vault, set)
  await addObjects(vault, 400, 100_000)
  return { disk, vault, set, first }
}

/** Does something once, while objects are being copied. */
function midWay(work: () => void): (change: BackupProgress) => void {
  let done = false
  return ({ phase, bytes }) => {
    if (done || phase !== 'copying' || bytes < MEGABYTE) return
    done = true
    work()
  }
}

const whole = async (set: string) => (await checkSet(set, { depth: 'full' })).problems

describe.skipIf(loopDiskObstacle !== undefined)(
  `a drive that fails while it is written${loopDiskObstacle === undefined ? '' : ` (skipped: ${loopDiskObstacle})`}`,
  () => {
    test('too little room is said before anything is written, with figures', {
      timeout: 120_000,
    }, async () => {
      const { vault, set, first } = await halfDone()
      await addObjects(vault, 30, 3 * MEGABYTE)
      const { code, details } = await failureOf(backUpFolder(vault, set))
      expect(code).toBe('BACKUP_NO_SPACE')
      expect(details.neededBytes).toBeGreaterThan(98 * MEGABYTE)
      expect(details.freeBytes).toBeLessThan(90 * MEGABYTE)
      const found = await checkSet(set, { depth: 'full' })
      expect(found).toMatchObject({ problems: [], snapshots: [first.snapshotId], unneeded: 0 })
    })

    test('one that fills up keeps its backups, and goes on where it stopped once there is room', {
      timeout: 120_000,
    }, async () => {
      const { disk, vault, set, first } = await halfDone()
      const filler = path.join(disk.folder, 'somebody else’s film')
      const onProgress = midWay(() => {
        try {
          for (;;) writeFileSync(filler, randomBytes(256 * 1024), { flag: 'a' })
        } catch {
          // Full, as it should be.
        }
      })
      expect(await codeOf(backUpFolder(vault, set, { onProgress }))).toBe('BACKUP_MEDIUM_FULL')
      expect(await whole(set)).toEqual([])
      await rm(filler)
      const again = await backUpFolder(vault, set)
      expect(again).toMatchObject({ objects: 520, missing: [] })
      expect(again.newObjects).toBeLessThanOrEqual(400)
      const { problems, snapshots } = await checkSet(set, { depth: 'full' })
      expect({ problems, snapshots }).toEqual({
        problems: [],
        snapshots: [first.snapshotId, again.snapshotId],
      })
    })

    test('one that turns read-only keeps its backups and says so', { timeout: 120_000 }, async () => {
      const { disk, vault, set } = await halfDone()
      const onProgress = midWay(disk.turnReadOnly)
      expect(await codeOf(backUpFolder(vault, set, { onProgress }))).toBe('BACKUP_MEDIUM_READ_ONLY')
      expect(await whole(set)).toEqual([])
    })

    test('one that is pulled out keeps its backups; plugged in again it takes the rest', {
      timeout: 120_000,
    }, async () => {
      const { disk, vault, set } = await halfDone()
      const onProgress = midWay(disk.pull)
      expect(await codeOf(backUpFolder(vault, set, { onProgress }))).toBe('BACKUP_MEDIUM_GONE')
      disk.plugIn()
      expect(await whole(set)).toEqual([])
      expect(await backUpFolder(vault, set)).toMatchObject({ objects: 520, missing: [] })
      expect(await whole(set)).toEqual([])
    })
  },
)

test('a run that is stopped leaves its earlier backups whole, and the next one need not copy all again', async () => {
  const base = await freshFolder()
  const vault = await likeVault(path.join(base, 'vault'), 700, 20_000)
  const set = await freshSet(path.join(base, 'set'))
  const abort = new AbortController()
  const onProgress = ({ phase, bytes }: BackupProgress) => {
    if (phase === 'copying' && bytes > 11 * MEGABYTE) abort.abort()
  }
  const stopped = backUpFolder(vault, set, { onProgress, signal: abort.signal })
  expect(await stopped.catch((error: Error) => error.name)).toBe('AbortError')
  await writeFile(path.join(set, 'incoming', 'left'), 'half')
  const next = await backUpFolder(vault, set)
  expect(next).toMatchObject({ objects: 700, missing: [] })
  expect(next.newObjects).toBeLessThan(700)
  expect(await whole(set)).toEqual([])
})
