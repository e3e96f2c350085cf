import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startCommand } from '../fixtures/command-line.ts'
import { holdsLock, randomOf } from '../fixtures/killed-process.ts'
import {
  freshFolder,
  importInto,
  KEEPER,
  newCase,
  openRoom,
  reopen,
  type TestRoom,
} from '../fixtures/records-room.ts'
import { wordPages } from '../fixtures/word-page.ts'

const KILLS = 8
const PAGES = 40
const NUMBER = '（2024）云0199民初7号'
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 100_000)

const wordsOf = (place: number) => `第${place + 1}页借款合同`

/** What is called read has its text, whole; gives how many pages are. */
async function soundlyRead(room: TestRoom, volumeId: string): Promise<number> {
  const { texts, recognition } = room.desk.room()
  expect(texts.problems('open')).toEqual([])
  const pages = await room.call('pages.list', { volumeId })
  let read = 0
  for (const [place, page] of pages.entries()) {
    const row = recognition.records.ofPage(page.id)
    expect(row?.state).not.toBe('failed')
    if (row?.state !== 'read') continue
    read += 1
    const text = texts.get('open', page.versionId)
    expect(text?.lines.map((line) => line.text)).toEqual([wordsOf(place)])
    expect(text?.lines.length).toBe(row.lineCount)
  }
  expect(await room.call('recognition.ofVolume', { volumeId })).toEqual({
    ...{ read, waiting: PAGES - read, failed: 0 },
  })
  const { count = 0 } =
    room.desk.room().catalogue.sql.one('SELECT sum(pages) AS count FROM page_reading_count') ?? {}
  expect(count).toBe(PAGES)
  return read
}

test(`reading that is killed ${KILLS} times loses no page and files none half (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  console.log(`reading-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const room = await openRoom()
  const { folder } = room
  const { volume } = await newCase(room, NUMBER)
  const pages = Array.from({ length: PAGES }, (_, place) => [wordsOf(place)])
  await importInto(room, volume.id, [await wordPages(path.join(await freshFolder(), 'scans'), pages)])
  await room.desk.close()

  const common = ['--vault', folder, '--user', KEEPER.name, '--json', '--take-over-lock']
  let jobId: string | undefined
  let kills = 0
  let killedLate = 0
  for (let complete = false; !complete; ) {
    const words = jobId === undefined ? ['ocr', 'run', NUMBER] : ['jobs', 'resume', jobId]
    const { child, ended } = startCommand([...words, ...common])
    // With all kills done the last reading may finish in peace.
    if (kills < KILLS && (await holdsLock(folder, child.pid, ended))) {
      // Short enough that a quick machine is not done before, long enough that a slow one has read some.
      await wait(200 + random() * 1_800)
      child.kill('SIGKILL')
    }
    const { code, err } = await ended
    if (code === null) kills += 1
    else expect({ code, err }).toEqual({ code: 0, err: '' })
    complete = code === 0

    const after = await reopen(folder, KEEPER, true)
    const read = await soundlyRead(after, volume.id)
    if (!complete && read > 0) killedLate += 1
    const job = (await after.call('jobs.list', {})).find(({ kind }) => kind === 'recognition')
    if (job !== undefined) jobId = job.id
    // Killed between the end of the work and that of the process.
    if (job?.state === 'succeeded') complete = true
    else if (job !== undefined) expect(job).toMatchObject({ state: 'interrupted', resumable: true })
    if (complete) expect(read).toBe(PAGES)
    await after.desk.close()
  }
  console.log(`reading-crash: ${kills} kills, ${killedLate} with pages read`)
  expect(kills).toBeGreaterThan(0)
})
