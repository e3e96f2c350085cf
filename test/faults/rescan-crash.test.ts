import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startCommand } from '../fixtures/command-line.ts'
import { holdsLock, randomOf } from '../fixtures/killed-process.ts'
import {
  checkVault,
  freshFolder,
  importInto,
  KEEPER,
  newCase,
  openRoom,
  reopen,
} from '../fixtures/records-room.ts'
import { wordPages } from '../fixtures/word-page.ts'

const KILLS = 3
const PAGES = 8
const NUMBER = '（2024）云0199民初9号'
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 100_000)

const wordsOf = (place: number) => [
  `第${place + 1}页`,
  `借款合同编号${place * 731 + 1009}`,
  `利息${place * 97 + 13}元整`,
]

test(`a checking that is killed ${KILLS} times takes no page twice and ends as if it had not been (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  console.log(`rescan-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const room = await openRoom()
  const { folder } = room
  const { volume } = await newCase(room, NUMBER)
  const volumeId = volume.id
  const pages = Array.from({ length: PAGES }, (_, place) => wordsOf(place))
  const scans = await freshFolder()
  await importInto(room, volumeId, [await wordPages(path.join(scans, 'electronic'), pages)])
  // The paper has one page more than the images, and the images one that the paper has not.
  const onPaper = [
    ...pages.slice(0, 4),
    ['证人出庭作证申请书', '白塔巷二十四号住户', '请准予到庭说明经过'],
    ...pages.slice(5),
  ]
  const paper = await wordPages(path.join(scans, 'paper'), onPaper)
  await room.desk.close()

  const common = ['--vault', folder, '--user', KEEPER.name, '--json', '--take-over-lock']
  let jobId: string | undefined
  let kills = 0
  let killedLate = 0
  for (let complete = false; !complete; ) {
    const words =
      jobId === undefined
        ? ['reconcile', '正卷', '--case', NUMBER, '--paper', paper]
        : ['jobs', 'resume', jobId]
    const { child, ended } = startCommand([...words, ...common])
    // With all kills done the last run may finish in peace.
    if (kills < KILLS && (await holdsLock(folder, child.pid, ended))) {
      // The first comes soon: on a quick machine the work would be through before a late one.
      await wait(random() * (kills === 0 ? 300 : 5_000))
      child.kill('SIGKILL')
    }
    const { code, err } = await ended
    if (code === null) kills += 1
    // Differences were found: what was checked does not hold.
    else expect({ code, err }).toEqual({ code: jobId === undefined ? 1 : 0, err: '' })
    complete = code !== null

    const after = await reopen(folder, KEEPER, true)
    const checking = await after.call('reconcile.ofVolume', { volumeId })
    const job = (await after.call('jobs.list', {})).find(({ kind }) => kind === 'reconcile')
    if (checking !== null) {
      const sides = await after.call('reconcile.sides', { volumeId, reconciliationId: checking.id })
      const names = sides.paper.map(({ name }) => name)
      expect(names).toEqual([...new Set(names)].sort())
      expect(sides.scans.length).toBeLessThanOrEqual(1)
      if (code === null && names.length > 0) killedLate += 1
    }
    if (job !== undefined) jobId = job.id
    // Killed between the end of the work and that of the process.
    if (job?.state === 'succeeded') complete = true
    else if (job !== undefined) expect(job).toMatchObject({ state: 'interrupted', resumable: true })
    if (complete) {
      const reconciliationId = checking?.id ?? ''
      const sides = await after.call('reconcile.sides', { volumeId, reconciliationId })
      expect(sides).toMatchObject({ current: true, scans: [{ pages: PAGES }] })
      expect(sides.matches.filter(({ kind, changes }) => kind === 'same' && changes !== null)).toHaveLength(
        PAGES - 1,
      )
      expect(checking?.differences.found).toBeGreaterThan(0)
      expect((await checkVault(after)).problems.filter(({ outcome }) => outcome !== 'orphan')).toEqual([])
    }
    await after.desk.close()
  }
  console.log(`rescan-crash: ${kills} kills, ${killedLate} with paper pages filed`)
  expect(kills).toBeGreaterThan(0)
})
