import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readVolume, volumeDigest } from '../../electron/reconcile/settling/volume-reading.ts'
import { holdsLock, randomOf } from '../fixtures/killed-process.ts'
import { checkVault, KEEPER, PROJECT, reopen } from '../fixtures/records-room.ts'
import { settlingRoom } from '../reconcile/settling/settling-room.ts'

const KILLS = 8
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 100_000)

test(`a plan that is killed ${KILLS} times while it is applied and undone stands wholly or not at all (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  console.log(`settling-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const settling = await settlingRoom(8, false)
  const { room, volumeId, reconciliationId, found } = settling
  const { folder } = room
  const [one, two, three, four] = await settling.pages()
  if (!one || !two || !three || !four) throw new Error('pages')
  const missing = await settling.paper(1, { page: null })
  const stamped = await settling.paper(2, { page: three })
  settling.file([
    found('D01', `D01|paper:${missing}`, { paperPageId: missing }),
    found('D18', `D18|version:${three.versionId}`, { paperPageId: stamped, pageId: three.id }),
    found('D10', `D10|page:${two.id}`, { pageId: two.id }),
    found('D02', `D02|page:${four.id}`, { pageId: four.id }),
  ])
  const handling = { D01: 'insert', D18: 'replace', D10: 'move-volume', D02: 'remove' } as const
  for (const row of await settling.rows())
    await settling.judge(row, handling[row.type as keyof typeof handling])
  const { steps } = await room.call('settlements.propose', { volumeId, reconciliationId })
  expect(steps).toHaveLength(4)
  const input = { volumeId, reconciliationId, steps }
  const { beforeDigest, afterDigest } = await room.call('settlements.preview', input)
  await room.desk.close()

  const stood = { applied: 0, not: 0 }
  let plans = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const worker = path.join(import.meta.dirname, 'settling-child.ts')
    const words = [worker, folder, KEEPER.name, KEEPER.password, JSON.stringify(input)]
    const child = spawn(process.execPath, words, { cwd: PROJECT, stdio: ['ignore', 'ignore', 'pipe'] })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve())
    })
    if (await holdsLock(folder, child.pid, ended)) {
      await wait(300 + random() * 2_000)
      child.kill('SIGKILL')
    }
    await ended
    expect(said).toBe('')

    const after = await reopen(folder, KEEPER, true)
    const { catalogue } = after.desk.room()
    const known = await after.call('settlements.list', { volumeId })
    plans = known.length
    const applied = known[0]?.state === 'applied'
    stood[applied ? 'applied' : 'not'] += 1
    expect(volumeDigest(readVolume(catalogue, volumeId))).toBe(applied ? afterDigest : beforeDigest)
    const rows = (await after.call('differences.list', { filter: { volumeId } })).rows
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set([applied ? 'handled' : 'judged']))
    expect(await after.call('settlements.notes', { volumeId })).toHaveLength(applied ? 1 : 0)
    expect(await after.call('pages.list', { volumeId })).toHaveLength(applied ? 7 : 8)
    const { state, problems } = await checkVault(after)
    expect({ state, bad: problems.filter(({ outcome }) => outcome !== 'orphan') }).toEqual({
      ...{ state: 'succeeded', bad: [] },
    })
    await after.desk.close()
  }
  console.log(
    `settling-crash: ${plans} plans, found applied ${stood.applied} times, not applied ${stood.not} times`,
  )
  expect(plans).toBeGreaterThan(1)
})
