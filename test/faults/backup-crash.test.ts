import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { readIndex, snapshotIds } from '../../electron/backup/repository/set.ts'
import { backUpFolder, freshSet, likeVault, VAULT_ID } from '../fixtures/backup-set.ts'
import { randomOf } from '../fixtures/killed-process.ts'
import { freshFolder } from '../vault/fresh-vault.ts'

const KILLS = 200
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))
const LONGEST_MS = 300

test(`backing up, pruning and restoring that is killed ${KILLS} times loses no snapshot (seed ${SEED})`, {
  timeout: 900_000,
}, async () => {
  console.log(`backup-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const base = await freshFolder()
  const vault = await likeVault(path.join(base, 'vault'), 30, () => 1 + Math.floor(random() * 60_000))
  const set = await freshSet(path.join(base, 'set'))
  await backUpFolder(vault, set)
  let known = new Set(await snapshotIds(set))
  const killedIn: Record<string, number> = {}

  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'backup-child.ts'), base, String(kill)],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let [phase, said] = ['', '']
    const ready = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        phase = text.trim().split('\n').at(-1) ?? phase
        resolve()
      })
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve())
    })
    await Promise.race([ready, ended])
    await wait(random() * LONGEST_MS)
    child.kill('SIGKILL')
    await ended
    expect(said).toBe('')
    killedIn[phase] = (killedIn[phase] ?? 0) + 1

    const index = await readIndex(set)
    const { problems } = await checkSet(set, { depth: 'full', vaultId: VAULT_ID })
    expect(problems, `after kill ${kill} in ${phase}`).toEqual([])
    // Whatever was there before is still there, unless the index says that it was pruned.
    const there = new Set(await snapshotIds(set))
    for (const id of known)
      expect(there.has(id) || index?.pruned.some((one) => one.id === id), `${id} after kill ${kill}`).toBe(
        true,
      )
    known = there
    for (const name of await readdir(base)) {
      if (!name.startsWith('restored-')) continue
      // A restoring that was cut off is no vault: its header comes last. One being cleared away may have it still.
      const whole = existsSync(path.join(base, name, 'catalogue.db'))
      expect(whole || !existsSync(path.join(base, name, 'vault.json')) || phase === 'restore').toBe(true)
      await rm(path.join(base, name), { recursive: true, force: true })
    }
  }
  console.log(`backup-crash: killed in ${JSON.stringify(killedIn)}`)
  for (const phase of ['backup', 'prune', 'restore']) expect(killedIn[phase] ?? 0).toBeGreaterThan(10)

  // What is left goes on as if nothing had been.
  await backUpFolder(vault, set, { kind: 'full' })
  expect((await checkSet(set, { depth: 'full' })).problems).toEqual([])
})
