import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import process from 'node:process'
import { errnoOf } from '../errno.ts'

/** Enough to tell whether the process that wrote this still runs, although process numbers are used again. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** Identifies one start of one machine, where the system tells it. */
  readonly boot: string | null
  /** When the process started, in the system's own unit, where the system tells it. */
  readonly started: string | null
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}

/** Field 22 of `/proc/<pid>/stat` (proc(5)), counted after the command's closing bracket. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readOrNull(`/proc/${pid}/stat`)
  const state = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended, although its number is still in use.
  if (state === undefined || state[0] === 'Z' || state[0] === 'X') return null
  return state[19] ?? null
}

export async function thisProcess(): Promise<ProcessIdentity> {
  const boot = await readOrNull('/proc/sys/kernel/random/boot_id')
  return {
    host: hostname(),
    pid: process.pid,
    boot: boot?.trim() ?? null,
    started: await startOf(process.pid),
  }
}

/** For a process of this machine since its last start. `'unsure'` where only the number can be compared. */
export async function isProcessAlive(identity: ProcessIdentity): Promise<boolean | 'unsure'> {
  if (identity.started !== null) return (await startOf(identity.pid)) === identity.started
  try {
    process.kill(identity.pid, 0)
    return 'unsure'
  } catch (error) {
    return errnoOf(error) === 'EPERM' ? 'unsure' : false
  }
}
