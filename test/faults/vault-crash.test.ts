import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { HEADER_FILE, readVaultInfo, restoreHeaderCopy } from '../../electron/vault/index.ts'
import { isObjectName } from '../../electron/vault/layout.ts'
import { ADMIN, freshVault, now, openAs } from '../vault/fresh-vault.ts'

const ROUNDS = 15

interface Told {
  readonly result: string
  readonly names?: readonly string[]
}

/** Starts the writer, lets it write for a while, kills it without warning; gives what it had promised until then. */
async function writeAndKill(folder: string, work: string, round: number): Promise<Told[]> {
  const script = join(import.meta.dirname, '../fixtures/vault/crash-child.ts')
  const child: ChildProcess = fork(script, [folder, ADMIN.name, ADMIN.password, work], { execArgv: [] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const told: Told[] = []
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: Told) => {
      told.push(message)
      if (message.result === 'written') resolve()
    })
    child.once('exit', () => reject(new Error('the writer ended by itself')))
  })
  // Another moment of its work each time.
  await wait((round * 7) % 23)
  child.kill('SIGKILL')
  await once(child, 'exit')
  return told
}

test('killing a process while it writes vault.json leaves a whole header every time', {
  timeout: 180_000,
}, async () => {
  const { vault, folder } = await freshVault()
  await vault.close()
  for (let round = 0; round < ROUNDS; round += 1) {
    await writeAndKill(folder, 'header', round)
    expect((await readVaultInfo(folder)).accounts).toHaveLength(1)
    const again = await openAs(folder, ADMIN, { takeOver: true })
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    await again.close()
  }
  await restoreHeaderCopy({ folder, now })
  expect(await readdir(folder)).toContain(HEADER_FILE)
  await openAs(folder, ADMIN)
})

test('killing a process while it writes objects loses none that was promised and shows none half', {
  timeout: 180_000,
}, async () => {
  const { vault, folder } = await freshVault()
  await vault.close()
  const promised = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { names } of await writeAndKill(folder, 'objects', round)) {
      for (const name of names ?? []) promised.add(name)
    }
  }
  const again = await openAs(folder, ADMIN, { takeOver: true })
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
  const found = new Set<string>()
  for await (const { name } of again.objects.list()) {
    await again.objects.verify('open', name)
    found.add(name)
  }
  expect(promised.size).toBeGreaterThan(ROUNDS)
  expect([...promised].filter((name) => !found.has(name))).toEqual([])
  for (const group of await readdir(join(folder, 'objects'))) {
    for (const name of await readdir(join(folder, 'objects', group))) expect(isObjectName(name)).toBe(true)
  }
})
