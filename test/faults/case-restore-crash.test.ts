import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { restoreCase } from '../../electron/backup/restoring/restore-case.ts'
import { openVault } from '../../electron/vault/index.ts'
import { objectsIn } from '../fixtures/backup-room.ts'
import { twoCases } from '../fixtures/case-backups.ts'
import { randomOf } from '../fixtures/killed-process.ts'
import { freshFolder, KEEPER } from '../fixtures/records-room.ts'

const KILLS = 20
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))
const LONGEST_MS = 400

test(`restoring a case that is killed ${KILLS} times leaves no half vault, and is begun again (seed ${SEED})`, {
  timeout: 600_000,
}, async () => {
  console.log(`case-restore-crash: seed ${SEED}; repeat with CRASH_SEED=${SEED}`)
  const random = randomOf(SEED)
  const { room, about, set } = await twoCases()
  await room.desk.close()
  const target = path.join(await freshFolder(), 'one-case')
  const { snapshotId, caseId } = about
  const order = { folder: set, snapshotId, caseId, target }
  const opened = () =>
    openVault({
      ...{ folder: room.folder, accountName: KEEPER.name, password: KEEPER.password },
      ...{ now: () => new Date(), lock: { takeOver: true } },
    })
  const killedIn: Record<string, number> = {}
  let halves = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const words = JSON.stringify({ vault: room.folder, ...KEEPER, case: order })
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'case-restore-child.ts'), words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
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
    if (phase === 'removing') {
      await rm(target, { recursive: true, force: true })
      continue
    }
    // The header comes last: without it this is no vault, and the same work clears it and goes on.
    if (!existsSync(path.join(target, 'vault.json'))) {
      if (existsSync(target)) halves += 1
      const vault = await opened()
      try {
        const { proof } = await restoreCase(order, {
          ...{ vault, now: () => new Date(), signal: new AbortController().signal },
          progress: () => undefined,
        })
        expect([proof.catalogue.wrong, proof.audit.wrong, proof.objects.wrong]).toEqual([0, 0, 0])
      } finally {
        await vault.close()
      }
    }
    expect(existsSync(path.join(target, 'catalogue.db'))).toBe(true)
    expect(await objectsIn(target)).toHaveLength(5)
    await rm(target, { recursive: true })
  }
  console.log(`case-restore-crash: killed in ${JSON.stringify(killedIn)}, ${halves} left half`)
  expect(halves).toBeGreaterThan(0)
})
