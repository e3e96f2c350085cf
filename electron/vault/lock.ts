import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { isErrno, withSystemErrors } from '../errno.ts'
import { isProcessAlive, type ProcessIdentity, thisProcess } from './process-identity.ts'

export const LOCK_FILE = 'vault.lock'
const TAKEOVER_FILE = 'vault.lock.takeover'
const HEARTBEAT_MS = 5_000
/** A silent lock of this age is stale where the process itself cannot be looked at. */
const SILENT_MS = 120_000
/** Longest time in which a take-over that did not crash is done. */
const TAKEOVER_MS = 30_000

export interface LockOptions {
  /** Takes a stale lock, and only a stale one. Set it on a person's word. */
  readonly takeOver?: boolean
  /** Called once when another process has taken the vault: stop writing, tell the person. */
  readonly onLost?: (error: AppError) => void
  /** For tests; 5,000 ms unless told. */
  readonly heartbeatMs?: number
}

export interface VaultLock {
  /** Throws VAULT_LOCK_LOST once another process has the vault. Cheap: it does not look at the disk. */
  assertHeld(): void
  /** Looks at the disk first. */
  confirmHeld(): Promise<void>
  release(): Promise<void>
}

const LockSchema = z.object({
  host: z.string(),
  pid: z.int(),
  token: z.string(),
  boot: z.string().nullable(),
  started: z.string().nullable(),
  since: z.string(),
  heartbeat: z.string(),
})
type LockContent = z.infer<typeof LockSchema>

type Standing =
  | { readonly state: 'free' }
  | { readonly state: 'held' | 'stale'; readonly token: string; readonly error: AppError }

/**
 * Takes the vault for this process. Throws VAULT_LOCKED_BY_OTHER `{ host, pid, sinceIso }` while another process
 * lives, VAULT_LOCK_STALE `{ host, pid, lastSeenIso }` when it is gone: dead on this host (its start time tells a
 * reused process number), or silent for two minutes on another. Of processes that try at once exactly one wins.
 */
export async function acquireLock(folder: string, options: LockOptions = {}): Promise<VaultLock> {
  return await withSystemErrors('vault.lock', async () => {
    const identity = await thisProcess()
    const since = new Date().toISOString()
    const content: LockContent = {
      ...identity,
      token: randomBytes(16).toString('hex'),
      since,
      heartbeat: since,
    }
    const held =
      (await createLock(folder, content)) ?? (await replaceStale(folder, content, options.takeOver === true))
    return startHeartbeat(folder, held, content, options)
  })
}

/** `undefined` when there is a lock already. Exclusive creation is the one decision that all openers share. */
async function createLock(folder: string, content: LockContent): Promise<FileHandle | undefined> {
  let file: FileHandle
  try {
    file = await open(join(folder, LOCK_FILE), 'wx', 0o600)
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return undefined
    throw error
  }
  try {
    await beat(file, content)
    return file
  } catch (error) {
    await file.close()
    await rm(join(folder, LOCK_FILE), { force: true })
    throw error
  }
}

async function replaceStale(folder: string, content: LockContent, takeOver: boolean): Promise<FileHandle> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const standing = await inspectLock(folder)
    if (standing.state === 'held' || (standing.state === 'stale' && !takeOver)) throw standing.error
    if (standing.state === 'stale')
      await withTakeover(folder, standing.error, () => removeStale(folder, standing.token))
    const file = await createLock(folder, content)
    if (file !== undefined) return file
  }
  throw new AppError('VAULT_LOCKED_BY_OTHER', { host: '', pid: 0, sinceIso: '' }, { retryable: true })
}

/** Only one process at a time may clear a stale lock away, else the second would clear the first one's new lock. */
async function withTakeover(folder: string, busy: AppError, work: () => Promise<void>): Promise<void> {
  const path = join(folder, TAKEOVER_FILE)
  try {
    await (await open(path, 'wx', 0o600)).close()
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
    // Left by a crash in the middle of a take-over: cleared here, so that the next try succeeds.
    if ((await ageMs(folder, path)) > TAKEOVER_MS) await rm(path, { force: true })
    throw busy
  }
  try {
    await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function removeStale(folder: string, token: string): Promise<void> {
  const standing = await inspectLock(folder)
  if (standing.state === 'free') return
  if (standing.state === 'held' || standing.token !== token) throw standing.error
  const aside = join(folder, `${LOCK_FILE}.stale`)
  await rename(join(folder, LOCK_FILE), aside)
  await rm(aside, { force: true })
}

async function readLock(folder: string): Promise<LockContent | 'missing' | 'unreadable'> {
  let text: string
  try {
    text = await readFile(join(folder, LOCK_FILE), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'missing'
    throw error
  }
  try {
    return LockSchema.parse(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}

async function inspectLock(folder: string): Promise<Standing> {
  const found = await readLock(folder)
  if (found === 'missing') return { state: 'free' }
  let silentMs: number
  try {
    silentMs = await ageMs(folder, join(folder, LOCK_FILE))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return { state: 'free' }
    throw error
  }
  // An empty lock was made a moment ago and is not written yet, or its maker crashed just there.
  const content = found === 'unreadable' ? undefined : found
  const alive = content === undefined ? silentMs < SILENT_MS : await isHolderAlive(content, silentMs)
  const { host, pid, since, heartbeat } = content ?? { host: '', pid: 0, since: '', heartbeat: '' }
  const token = content?.token ?? ''
  if (alive) {
    const error = new AppError('VAULT_LOCKED_BY_OTHER', { host, pid, sinceIso: since }, { retryable: true })
    return { state: 'held', token, error }
  }
  return {
    state: 'stale',
    token,
    error: new AppError('VAULT_LOCK_STALE', { host, pid, lastSeenIso: heartbeat }),
  }
}

async function isHolderAlive(holder: ProcessIdentity, silentMs: number): Promise<boolean> {
  const here = await thisProcess()
  // Another machine, an earlier start of this one, or a cloned machine of the same name: only the heartbeat tells.
  if (holder.host !== here.host || holder.boot !== here.boot) return silentMs < SILENT_MS
  const alive = await isProcessAlive(holder)
  return alive === 'unsure' ? silentMs < SILENT_MS : alive
}

/** Compares two files' times, both given by the disk's own clock: a wrong clock on either machine does not matter. */
async function ageMs(folder: string, path: string): Promise<number> {
  const probe = join(folder, `.lock-probe-${randomBytes(8).toString('hex')}`)
  try {
    await (await open(probe, 'wx', 0o600)).close()
    return (await stat(probe)).mtimeMs - (await stat(path)).mtimeMs
  } finally {
    await rm(probe, { force: true })
  }
}

/** Always to the file that was created here, never by name: a lock that was taken over is not overwritten. */
async function beat(file: FileHandle, content: LockContent): Promise<void> {
  const bytes = Buffer.from(JSON.stringify({ ...content, heartbeat: new Date().toISOString() }), 'utf8')
  await file.write(bytes, 0, bytes.length, 0)
}

function startHeartbeat(
  folder: string,
  file: FileHandle,
  content: LockContent,
  options: LockOptions,
): VaultLock {
  let lost: AppError | undefined
  let released = false
  let lastBeat = Date.now()
  let busy: Promise<void> | undefined
  const lose = () => {
    if (lost !== undefined || released) return
    clearInterval(timer)
    lost = new AppError('VAULT_LOCK_LOST')
    options.onLost?.(lost)
  }
  const look = async () => {
    try {
      const found = await readLock(folder)
      if (typeof found === 'string' || found.token !== content.token) return lose()
      await beat(file, content)
      lastBeat = Date.now()
    } catch {
      // A disk that does not answer is no loss yet, but others may take a lock that stays silent.
      if (Date.now() - lastBeat > SILENT_MS / 2) lose()
    }
  }
  const tick = async () => {
    busy ??= look().finally(() => {
      busy = undefined
    })
    await busy
  }
  const timer = setInterval(() => void tick(), options.heartbeatMs ?? HEARTBEAT_MS)
  timer.unref()
  const assertHeld = () => {
    if (lost !== undefined) throw lost
    if (released) throw new AppError('VAULT_NOT_OPEN')
  }
  return {
    assertHeld,
    async confirmHeld() {
      await tick()
      assertHeld()
    },
    async release() {
      if (released) return
      clearInterval(timer)
      await busy
      released = true
      await file.close()
      const found = await readLock(folder)
      if (typeof found !== 'string' && found.token === content.token)
        await rm(join(folder, LOCK_FILE), { force: true })
    },
  }
}
