import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { run, startCommand } from '../fixtures/command-line.ts'
import { jpegFile } from '../fixtures/good-files.ts'
import { holdsLock, randomOf } from '../fixtures/killed-process.ts'
import { checkVault, freshFolder, KEEPER, newCase, openRoom, reopen } from '../fixtures/records-room.ts'

const KILLS = 30
const PAGES = 200
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 100_000)

async function scans(): Promise<string> {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  const page = await jpegFile({ widthPixels: 900, heightPixels: 1260 })
  // A comment after the end makes each file its own; every third is a different picture too.
  for (let n = 1; n <= PAGES; n++) {
    const comment = Buffer.from(`page ${n}`)
    const length = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
    await writeFile(
      path.join(folder, `${String(n).padStart(3, '0')}.jpg`),
      Buffer.concat([page.subarray(0, 2), length, comment, page.subarray(2)]),
    )
  }
  return folder
}

test(`an import that is killed ${KILLS} times loses no page and brings none twice (seed ${SEED})`, {
  timeout: 400_000,
}, async () => {
  console.log(`import-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const source = await scans()
  const room = await openRoom()
  const { folder } = room
  await room.desk.close()
  const common = ['--vault', folder, '--user', KEEPER.name, '--json', '--take-over-lock']
  let kills = 0
  let cases = 0
  let orphans = 0
  let killedLate = 0

  while (kills < KILLS) {
    cases += 1
    const number = `（2024）云0199民初${cases}号`
    const before = await reopen(folder, KEEPER, true)
    const { tree, volume } = await newCase(before, number)
    await before.desk.close()
    let jobId: string | undefined
    for (let complete = false; !complete; ) {
      const words = jobId === undefined ? ['import', source, '--case', number] : ['jobs', 'resume', jobId]
      const { child, ended } = startCommand([...words, ...common])
      // With all kills done the last import may finish in peace.
      if (kills < KILLS && (await holdsLock(folder, child.pid, ended))) {
        await wait(50 + random() * 1_450)
        child.kill('SIGKILL')
      }
      const { code, err } = await ended
      if (code !== null) expect(err).toBe('')
      complete = code !== null
      if (!complete) kills += 1

      const after = await reopen(folder, KEEPER, true)
      const { state, problems } = await checkVault(after)
      orphans += problems.filter(({ outcome }) => outcome === 'orphan').length
      expect({ state, bad: problems.filter(({ outcome }) => outcome !== 'orphan') }).toEqual({
        state: 'succeeded',
        bad: [],
      })
      const job = (await after.call('jobs.list', {})).find(
        ({ kind, caseId }) => kind === 'import' && caseId === tree.case.id,
      )
      const pages = await after.call('pages.list', { volumeId: volume.id })
      // At any moment: whole groups, in order, each page once.
      expect(pages.map((page) => page.position)).toEqual(pages.map((_, place) => place + 1))
      expect(job?.tally.imported ?? 0).toBe(pages.length)
      if (pages.length > 0 && !complete) killedLate += 1
      if (job !== undefined) {
        expect(job.state).toBe(
          complete ? 'succeeded' : job.state === 'succeeded' ? 'succeeded' : 'interrupted',
        )
        // Killed in the moment between the end of the work and that of the process.
        if (job.state === 'succeeded') complete = true
        jobId = job.id
      }
      if (complete) {
        expect(pages).toHaveLength(PAGES)
        expect(pages.map((page) => page.printedNumber)).toEqual(pages.map((_, place) => String(place + 1)))
        const names = await Promise.all(
          pages.map(async ({ id }) => (await after.call('pages.versions', { pageId: id }))[0]?.sourceName),
        )
        expect(names).toEqual(pages.map((_, place) => `scans/${String(place + 1).padStart(3, '0')}.jpg`))
        expect((await after.call('cases.tree', { caseId: tree.case.id })).case.pageCount).toBe(PAGES)
      }
      await after.desk.close()
    }
  }
  console.log(
    `import-crash: ${kills} kills, ${killedLate} with pages filed, ${cases} imports, ${orphans} orphans set aside`,
  )
  expect(killedLate).toBeGreaterThan(0)
  const { code, out } = await run(['vault', 'check', ...common])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ clean: true, summary: { orphans: 0 } })
})
