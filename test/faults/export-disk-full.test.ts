import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshFolder, importInto, newCase, openRoom } from '../fixtures/records-room.ts'
import { mountSmallDisk, noisyScans, resizeSmallDisk, smallDiskObstacle } from '../fixtures/small-disk.ts'
import { readPdf } from '../forms/read-pdf.ts'

const PAGES = 40

describe.skipIf(smallDiskObstacle !== undefined)(
  `an export onto a disk that fills up${smallDiskObstacle === undefined ? '' : ` (skipped: ${smallDiskObstacle})`}`,
  () => {
    test('says so, leaves nothing half-written, and is finished once there is room', {
      timeout: 120_000,
    }, async () => {
      const disk = await freshFolder()
      mountSmallDisk(disk, 3)
      const filler = path.join(disk, 'filler')
      await writeFile(filler, randomBytes(1_500_000))
      const room = await openRoom()
      const { tree, volume } = await newCase(room, '（2024）云0199民初1号', ['main', 'law-firm'])
      const scans = await noisyScans(PAGES)
      await importInto(room, volume.id, [path.join(scans, '001.jpg'), path.join(scans, '002.jpg')])
      const other = tree.volumes.find(({ kind }) => kind === 'law-firm')
      await importInto(room, other?.id ?? '', [scans])

      const extent = { kind: 'case' as const, id: tree.case.id }
      const begun = await room.call('pages.exportSearchable', {
        ...{ extent, files: 'volume', folder: disk, purpose: '移送上级法院' },
      })
      const job = await room.ended(begun.jobId)
      expect(job).toMatchObject({ state: 'failed', errorCode: 'SYSTEM_DISK_FULL', resumable: true })
      expect(job.tally).toMatchObject({ exported: 1 })
      const [whole = '', ...others] = (await readdir(disk)).filter((name) => name !== 'filler')
      expect(others).toEqual([])
      readPdf(await readFile(path.join(disk, whole)))

      await rm(filler)
      resizeSmallDisk(disk, 16)
      await room.call('jobs.resume', { jobId: begun.jobId })
      expect(await room.ended(begun.jobId)).toMatchObject({ state: 'succeeded', tally: { exported: 2 } })
      const names = await readdir(disk)
      expect(names.length).toBe(2)
      for (const name of names) readPdf(await readFile(path.join(disk, name)))
    })
  },
)
