import { expect, test } from 'vitest'
import type { PageReader } from '../../../electron/recognition/index.ts'
import { outcomesOf } from '../../fixtures/records-room.ts'
import {
  checkingOf,
  drawPage,
  knowingReader,
  placesOf,
  rescan,
  sidesOf,
  wordsOf,
  writeScan,
} from './rescan-room.ts'

test('a checking that is stopped goes on where it was, and does nothing twice', {
  timeout: 60_000,
}, async () => {
  const knowing = knowingReader()
  const pages = (...places: number[]) => places.map((place) => drawPage(wordsOf(place)))
  const electronic = await writeScan(pages(0, 1, 2, 3), knowing.learn)
  const paper = await writeScan(pages(0, 1, 2, 3), knowing.learn)
  let read = 0
  let stopAfter = 3
  let stop = () => {}
  const openReader = (): PageReader => {
    const inner = knowing.reader()
    return {
      ...inner,
      read: async (image, signal) => {
        read += 1
        if (read === stopAfter) stop()
        signal?.throwIfAborted()
        return await inner.read(image, signal)
      },
    }
  }
  const checking = await checkingOf(electronic, { openReader })
  const { room, volumeId, reconciliationId } = checking
  const jobId = await room.call('reconcile.rescan', { volumeId, reconciliationId, paths: [paper] })
  stop = () => room.desk.room().jobs.cancel(jobId)
  expect(await room.ended(jobId)).toMatchObject({ state: 'cancelled', tally: { imported: 4, read: 2 } })
  expect((await sidesOf(checking)).current).toBe(false)
  stopAfter = 0
  await room.call('jobs.resume', { jobId })
  expect(await room.ended(jobId)).toMatchObject({ state: 'succeeded', tally: { imported: 4, read: 8 } })
  // Eight pages, and the one that was given up.
  expect(read).toBe(9)
  expect(await outcomesOf(room, jobId)).toHaveLength(12)
  const sides = await sidesOf(checking)
  expect(placesOf(sides)).toEqual(['same 0 0', 'same 1 1', 'same 2 2', 'same 3 3'])
  expect(sides).toMatchObject({ current: true, scans: [{ pages: 4 }] })

  // Nothing is left to do: no pair is compared again.
  const compared = () =>
    room.desk.room().catalogue.sql.all('SELECT id, compared_at FROM page_match ORDER BY id')
  const before = compared()
  await rescan(checking, [])
  expect(compared()).toEqual(before)
})
