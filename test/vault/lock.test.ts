import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { acquireLock } from '../../electron/vault/lock.ts'
import { thisProcess } from '../../electron/vault/process-identity.ts'
import type { AppError } from '../../shared/errors.ts'
import { ADMIN, codeOf, failureOf, freshFolder, freshVault, openAs } from './fresh-vault.ts'

interface Told {
  readonly result: string
  readonly code?: string
}

async function hear(child: ChildProcess): Promise<Told> {
  const [message] = (await once(child, 'message')) as [Told]
  return message
}

async function startChild(folder: string, takeOver = ''): Promise<ChildProcess> {
  const script = join(import.meta.dirname, '../fixtures/vault/lock-child.ts')
  const child = fork(script, [folder, ADMIN.name, ADMIN.password, takeOver], { execArgv: [] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  expect((await hear(child)).result).toBe('ready')
  return child
}

async function openIn(child: ChildProcess): Promise<Told> {
  const told = hear(child)
  child.send('go')
  return await told
}

async function closedVault(): Promise<string> {
  const { vault, folder } = await freshVault()
  await vault.close()
  return folder
}

/** A lock as some other process would have left it. */
async function leaveLock(folder: string, change: Record<string, unknown>, ageMs = 0): Promise<void> {
  const stamp = new Date(Date.now() - ageMs)
  const identity = await thisProcess()
  const content = {
    ...identity,
    token: 'other',
    since: stamp.toISOString(),
    heartbeat: stamp.toISOString(),
    ...change,
  }
  await writeFile(join(folder, 'vault.lock'), JSON.stringify(content))
  await utimes(join(folder, 'vault.lock'), stamp, stamp)
}

describe('the lock', () => {
  test('of processes that open at the same moment lets exactly one in', async () => {
    const folder = await closedVault()
    for (let round = 0; round < 2; round += 1) {
      const children = await Promise.all(Array.from({ length: 4 }, () => startChild(folder)))
      const results = await Promise.all(children.map(openIn))
      expect(results.filter((told) => told.result === 'opened')).toHaveLength(1)
      const refusals = results.filter((told) => told.result === 'refused')
      expect(refusals.map((told) => told.code)).toEqual(Array(3).fill('VAULT_LOCKED_BY_OTHER'))
      const winner = children[results.findIndex((told) => told.result === 'opened')]
      winner?.send('close')
      await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')))
      expect(await readdir(folder)).not.toContain('vault.lock')
    }
  })

  test('tells who has the vault', async () => {
    const { vault, folder } = await freshVault()
    const failure = await failureOf(openAs(folder, ADMIN, { takeOver: true }))
    expect(failure.code).toBe('VAULT_LOCKED_BY_OTHER')
    expect(failure.details).toMatchObject({ host: hostname(), pid: process.pid })
    expect(failure.details.sinceIso).toMatch(/^20.*Z$/)
    await vault.objects.putBuffer('open', Buffer.from('undisturbed'))
  })

  test('of a process that was killed is stale, and taken only when a person says so', async () => {
    const folder = await closedVault()
    const child = await startChild(folder)
    expect((await openIn(child)).result).toBe('opened')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const failure = await failureOf(openAs(folder, ADMIN))
    expect(failure.code).toBe('VAULT_LOCK_STALE')
    expect(failure.details).toMatchObject({ host: hostname(), pid: child.pid })
    await (await openAs(folder, ADMIN, { takeOver: true })).close()
    expect((await readdir(folder)).filter((name) => name.includes('lock'))).toEqual([])
  })

  test('when several take a stale one at once lets exactly one in', async () => {
    const folder = await closedVault()
    await leaveLock(folder, { pid: 999_999_999, started: '1' })
    const children = await Promise.all(Array.from({ length: 4 }, () => startChild(folder, 'takeOver')))
    const results = await Promise.all(children.map(openIn))
    expect(results.filter((told) => told.result === 'opened')).toHaveLength(1)
  })

  test('a take-over that crashed halfway holds the next one up once, not for ever', async () => {
    const folder = await closedVault()
    await leaveLock(folder, { pid: 999_999_999, started: '1' })
    const marker = join(folder, 'vault.lock.takeover')
    await writeFile(marker, '')
    const old = new Date(Date.now() - 60_000)
    await utimes(marker, old, old)
    expect(await codeOf(openAs(folder, ADMIN, { takeOver: true }))).toBe('VAULT_LOCK_STALE')
    await openAs(folder, ADMIN, { takeOver: true })
  })

  test('is not fooled by a process number that is in use again', async () => {
    const folder = await closedVault()
    await leaveLock(folder, { started: '1' })
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_LOCK_STALE')
  })

  test('of another machine is held while its heartbeat is fresh, and stale after two minutes', async () => {
    const folder = await closedVault()
    await leaveLock(folder, { host: 'other-host' }, 60_000)
    const held = await failureOf(openAs(folder, ADMIN, { takeOver: true }))
    expect(held).toMatchObject({ code: 'VAULT_LOCKED_BY_OTHER', details: { host: 'other-host' } })
    await leaveLock(folder, { host: 'other-host' }, 180_000)
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_LOCK_STALE')
    await openAs(folder, ADMIN, { takeOver: true })
  })

  test('of a machine with the same name but another start is judged by its heartbeat', async () => {
    const folder = await closedVault()
    await leaveLock(folder, { boot: 'another start', pid: 999_999_999 })
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_LOCKED_BY_OTHER')
  })

  test('that is empty is held by somebody just starting, and stale later', async () => {
    const folder = await closedVault()
    await writeFile(join(folder, 'vault.lock'), '')
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_LOCKED_BY_OTHER')
    const old = new Date(Date.now() - 180_000)
    await utimes(join(folder, 'vault.lock'), old, old)
    await openAs(folder, ADMIN, { takeOver: true })
  })

  test('leaves nothing behind after a wrong password', async () => {
    const folder = await closedVault()
    expect(await codeOf(openAs(folder, { name: ADMIN.name, password: 'wrong' }))).toBe('VAULT_WRONG_PASSWORD')
    expect(await readdir(folder)).not.toContain('vault.lock')
  })

  test('beats as long as it is held', async () => {
    const folder = await freshFolder()
    const lock = await acquireLock(folder, { heartbeatMs: 5 })
    const before = await readFile(join(folder, 'vault.lock'), 'utf8')
    while ((await readFile(join(folder, 'vault.lock'), 'utf8')) === before) await wait(5)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  test('when it is taken away tells the process that had it, which writes no more', async () => {
    const { vault, folder } = await freshVault()
    await vault.close()
    let tell: (error: AppError) => void = () => undefined
    const lost = new Promise<AppError>((resolve) => {
      tell = resolve
    })
    const mine = await openAs(folder, ADMIN, { heartbeatMs: 5, onLost: (error) => tell(error) })
    await rename(join(folder, 'vault.lock'), join(folder, 'vault.lock.away'))
    await leaveLock(folder, { host: 'other-host' })
    expect((await lost).code).toBe('VAULT_LOCK_LOST')
    expect(await codeOf(mine.objects.putBuffer('open', Buffer.from('late')))).toBe('VAULT_LOCK_LOST')
    expect(await codeOf(mine.changePassword({ current: ADMIN.password, next: 'a new password' }))).toBe(
      'VAULT_LOCK_LOST',
    )
    await mine.close()
    // The other's lock is not touched by closing.
    expect(await readFile(join(folder, 'vault.lock'), 'utf8')).toContain('other-host')
    await rm(join(folder, 'vault.lock'))
    await (await openAs(folder, ADMIN)).close()
  })

  test('is looked at before accounts are changed, not only at the next heartbeat', async () => {
    const { vault, folder } = await freshVault()
    await leaveLock(folder, { host: 'other-host' })
    const change = vault.changePassword({ current: ADMIN.password, next: 'a new password' })
    expect(await codeOf(change)).toBe('VAULT_LOCK_LOST')
  })
})
