import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkVault, freshFolder, importInto, newCase, openRoom } from '../fixtures/records-room.ts'
import { mountSmallDisk, noisyScans, resizeSmallDisk, smallDiskObstacle } from '../fixtures/small-disk.ts'

const PAGES = 60

describe.skipIf(smallDiskObstacle !== undefined)(
  `an import onto a disk that fills up${smallDiskObstacle === undefined ? '' : ` (skipped: ${smallDiskObstacle})`}`,
  () => {
    // Full while sealing; full to the last page, so that not even the end of the job can be written down.
    test.each([
      ['leaves a sound vault, and goes on when there is room', 0],
      ['does so too when nothing at all can be written any more', 4_096],
    ])('%s', async (_, crumbs) => {
      const disk = await freshFolder()
      mountSmallDisk(disk, 6)
      const scans = await noisyScans(PAGES)
      const room = await openRoom(path.join(disk, 'vault'))
      const { volume } = await newCase(room, '（2024）云0199民初1号')
      if (crumbs > 0) {
        // Takes what is left in ever smaller pieces once the import has begun to fill the disk.
        await writeFile(path.join(disk, 'filler'), randomBytes(3_000_000))
        for (let n = 0; n < 1_000; n++) {
          try {
            await writeFile(path.join(disk, `crumb-${n}`), randomBytes(crumbs))
          } catch {
            break
          }
        }
      }
      const began = await room.desk.call(7, 'intake.start', { volumeId: volume.id, paths: [scans] })
      let jobId: string
      if (began.ok) {
        jobId = String(began.value)
        const job = await room.ended(jobId)
        expect(job).toMatchObject({ state: 'failed', errorCode: 'SYSTEM_DISK_FULL', resumable: true })
      } else {
        // Not even the job's own row found room: the call says so, and nothing has begun.
        expect(began.error.code).toBe('SYSTEM_DISK_FULL')
        jobId = ''
      }
      expect(room.desk.room().jobs.runningCount()).toBe(0)
      // What was filed is there, can be read on a full disk, and is sound.
      for (const { versionId } of await room.call('pages.list', { volumeId: volume.id })) {
        expect((await room.desk.page(7, versionId, 'thumbnail', null)).ok).toBe(true)
      }
      expect(room.desk.room().catalogue.problems()).toEqual([])

      resizeSmallDisk(disk, 64)
      const check = await checkVault(room)
      expect(check.state).toBe('succeeded')
      expect(check.problems.filter(({ outcome }) => outcome !== 'orphan')).toEqual([])
      if (jobId === '') {
        expect(await importInto(room, volume.id, [scans])).toMatchObject({ state: 'succeeded' })
      } else {
        await room.call('jobs.resume', { jobId })
        expect(await room.ended(jobId)).toMatchObject({ state: 'succeeded', tally: { imported: PAGES } })
      }
      const pages = await room.call('pages.list', { volumeId: volume.id })
      expect(pages.map((page) => page.position)).toEqual(
        Array.from({ length: PAGES }, (__, place) => place + 1),
      )
      expect((await checkVault(room)).problems.filter(({ outcome }) => outcome !== 'orphan')).toEqual([])
    })
  },
)
