import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { jpegFile, textPdf } from '../fixtures/good-files.ts'
import { randomOf } from '../fixtures/killed-process.ts'
import { CLIENT, checkVault, freshFolder, KEEPER, PROJECT, reopen } from '../fixtures/records-room.ts'
import { settlingRoom } from '../reconcile/settling/settling-room.ts'

const KILLS = 8
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 100_000)

test(`killed ${KILLS} times while sheets are attached, replaced and taken away there is no row without its object (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  console.log(`attaching-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const settling = await settlingRoom(4, false)
  const { room, volumeId, found } = settling
  const { folder } = room
  settling.file([found('D22', 'D22|page:A', { paperPlace: '第 3 页' })])
  const [row] = await settling.rows()
  if (row === undefined) throw new Error('a row was expected')
  await settling.judge(row, 'explanation', { basis: '破损' })
  await room.desk.close()
  const sheets = await freshFolder()
  const paths = [path.join(sheets, '一.pdf'), path.join(sheets, '二.jpg')] as const
  await writeFile(paths[0], await textPdf(3))
  await writeFile(paths[1], await jpegFile())
  const input = { volumeId, differenceId: row.id, paths }

  const stood = { attached: 0, none: 0, orphans: 0 }
  for (let kill = 0; kill < KILLS; kill++) {
    const worker = path.join(import.meta.dirname, 'attaching-child.ts')
    const words = [worker, folder, KEEPER.name, KEEPER.password, JSON.stringify(input)]
    const child = spawn(process.execPath, words, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] })
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
    // It says when it has attached something for the first time: from then on every moment is one of the work's.
    await Promise.race([once(child.stdout, 'data'), ended])
    await wait(random() * 1_000)
    child.kill('SIGKILL')
    await ended
    expect(said).toBe('')

    const after = await reopen(folder, KEEPER, true)
    const [now] = (await after.call('differences.list', { filter: { volumeId } })).rows
    expect(now?.attachments.length).toBeLessThanOrEqual(1)
    stood[now?.attachments.length === 1 ? 'attached' : 'none'] += 1
    for (const { pages } of now?.attachments ?? [])
      for (const { versionId } of pages)
        expect((await after.desk.page(CLIENT, versionId, 'view', null)).ok).toBe(true)
    const { state, problems } = await checkVault(after)
    stood.orphans += problems.length
    expect({ state, bad: problems.filter(({ outcome }) => outcome !== 'orphan') }).toEqual({
      ...{ state: 'succeeded', bad: [] },
    })
    await after.desk.close()
  }
  console.log(
    `attaching-crash: found attached ${stood.attached} times, without ${stood.none} times, ${stood.orphans} orphans swept`,
  )
  expect(stood.attached + stood.none).toBe(KILLS)
})
