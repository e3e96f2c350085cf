import type { MachineClock } from './sign-in-clock.ts'
import type { JournalLine } from './sign-in-journal.ts'

/** Read before anything is open, and so no setting of a vault: whoever guesses could set it. */
export const LOCKOUT = { failures: 5, minutes: 15 } as const

export interface Lockout {
  /** Seconds for which the account stays shut; 0 when it is open. */
  readonly seconds: number
  /** How many failures are left before it is shut. */
  readonly attemptsLeft: number
}

/**
 * Whether an account is shut after too many failures (GB/T 22239-2019, 8.1.4.1 b). Counted in the machine's running time, never by the time of day, which whoever guesses may set: at the same start
 * since the failure, after another start since that start.
 */
export function lockoutOf(
  lines: readonly JournalLine[],
  account: string,
  clock: Pick<MachineClock, 'boot' | 'uptimeSeconds'>,
): Lockout {
  let failures = 0
  let last: JournalLine | undefined
  for (const line of lines) {
    if (line.account !== account) continue
    if (line.result === 'signed-in') failures = 0
    // A failure after the last one that was allowed: the time was over by then, and counting began anew.
    else failures = failures >= LOCKOUT.failures ? 1 : failures + 1
    last = line
  }
  if (last === undefined || failures < LOCKOUT.failures)
    return { seconds: 0, attemptsLeft: LOCKOUT.failures - failures }
  const uptime = clock.uptimeSeconds()
  const boot = clock.boot()
  // Where starts cannot be told apart, a shorter uptime than then can only be that of a later one.
  const sameStart = boot === null || last.boot === null ? uptime >= last.uptime : boot === last.boot
  const waited = sameStart ? uptime - last.uptime : uptime
  const seconds = Math.max(0, LOCKOUT.minutes * 60 - Math.max(0, waited))
  return { seconds, attemptsLeft: seconds > 0 ? 0 : LOCKOUT.failures }
}
