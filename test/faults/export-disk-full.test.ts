import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freshFolder, importInto, newCase, openRoom } from '../fixtures/records-room.ts'
import { readPdf } from '../forms/read-pdf.ts'

const PAGES = 40

/** Undefined when a small disk can be mounted here, else the reason why not. */
const obstacle = (() => {
  if (process.platform !== 'linux') return 'needs Linux'
  if (process.getuid?.() !== 0) return 'needs root to mount a small disk'
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', '/mnt'], {
      stdio: 'ignore',
    })
    return undefined
  } catch {
    return 'mounting is not allowed here'
  }
})()

async function noisyScans(): Promise<string> {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  for (let n = 1; n <= PAGES; n++) {
    const raw = { width: 320, height: 448, channels: 1 as const }
    const image = sharp(randomBytes(raw.width * raw.height), { raw }).jpeg({ quality: 95 })
    await writeFile(path.join(folder, `${String(n).padStart(3, '0')}.jpg`), await image.toBuffer())
  }
  return folder
}

describe.skipIf(obstacle !== undefined)(
  `an export onto a disk that fills up${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    test('says so, leaves nothing half-written, and is finished once there is room', {
      timeout: 120_000,
    }, async () => {
      const disk = await freshFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'none', disk])
      onTestFinished(() => {
        execFileSync('umount', ['-l', disk])
      })
      const filler = path.join(disk, 'filler')
      await writeFile(filler, randomBytes(1_500_000))
      const room = await openRoom()
      const { tree, volume } = await newCase(room, '（2024）云0199民初1号', ['main', 'law-firm'])
      const scans = await noisyScans()
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
      execFileSync('mount', ['-o', 'remount,size=16m', disk])
      await room.call('jobs.resume', { jobId: begun.jobId })
      expect(await room.ended(begun.jobId)).toMatchObject({ state: 'succeeded', tally: { exported: 2 } })
      const names = await readdir(disk)
      expect(names.length).toBe(2)
      for (const name of names) readPdf(await readFile(path.join(disk, name)))
    })
  },
)
