import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { checkSet } from '../../electron/backup/repository/check-set.ts'
import { readIndex, readSnapshot, snapshotIds } from '../../electron/backup/repository/set.ts'
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
  let [wholeOnes, halves] = [0, 0]

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
      if (name === 'vault' || name === 'set') continue
      const restored = path.join(base, name)
      // The header comes last: a folder that has it is a whole vault.
      if (name.startsWith('restored-') && existsSync(path.join(restored, 'vault.json'))) {
        wholeOnes += 1
        expect(existsSync(path.join(restored, 'catalogue.db'))).toBe(true)
        const newest = await readSnapshot(set, index?.snapshots.at(-1)?.id ?? '')
        const entries = await readdir(path.join(restored, 'objects'), { recursive: true })
        const objects = entries.filter((entry) => entry.length > 60)
        expect(objects).toHaveLength(newest.document.counts.objects)
      } else if (name.startsWith('restored-')) halves += 1
      await rm(restored, { recursive: true, force: true })
    }
  }
  console.log(
    `backup-crash: killed in ${JSON.stringify(killedIn)}, ${halves} left half restored, ${wholeOnes} whole`,
  )
  for (const phase of ['backup', 'prune', 'restore']) expect(killedIn[phase] ?? 0).toBeGreaterThan(10)

  // Half-restored folders were seen, and none of them passes for a vault.
  expect(halves).toBeGreaterThan(0)

  // What is left goes on as if nothing had been.
  await backUpFolder(vault, set, { kind: 'full' })
  expect((await checkSet(set, { depth: 'full' })).problems).toEqual([])
})
