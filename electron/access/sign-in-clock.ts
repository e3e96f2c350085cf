import { readFileSync } from 'node:fs'
import { hostname, uptime, userInfo } from 'node:os'

/** What a failed sign-in is dated with beside the time of day, which anybody can set. */
export interface MachineClock {
  /** Identifies one start of this machine; null where the system does not tell it. */
  readonly boot: () => string | null
  /** Seconds since the machine's start; goes on while it sleeps. */
  readonly uptimeSeconds: () => number
  readonly machine: string
  /** The account of the operating system. */
  readonly user: string
}

/** The real machine. */
export function machineClock(): MachineClock {
  let boot: string | null = null
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    // Only Linux has it: elsewhere the uptime alone tells one start from another.
  }
  return {
    boot: () => boot,
    uptimeSeconds: () => Math.floor(uptime()),
    machine: hostname(),
    user: userInfo().username,
  }
}
