/** Why a backup ran: somebody asked for it, or one of the ways in which it runs by itself. */
export const RUN_REASONS = ['asked', 'idle', 'sign-out', 'scheduler'] as const
export type RunReason = (typeof RUN_REASONS)[number]

/** 自动备份: when backups that are due run by themselves. */
export interface AutomationPlan {
  /** Once nobody was at the station for so many minutes. */
  readonly idle: boolean
  readonly idleMinutes: number
  /** Before somebody who may run backups signs out or closes the window. */
  readonly signOut: boolean
}

export const SHIPPED_AUTOMATION: AutomationPlan = { idle: true, idleMinutes: 10, signOut: false }

const HOUR_MS = 3_600_000
const FAILED_PAUSE_MS = HOUR_MS
const UNPROVEN_PAUSE_MS = 24 * HOUR_MS

/**
 * At the end of a day, and in the one run of a night, what falls due before anybody is back counts as due: else a daily
 * backup would slip to every second day.
 */
export const LOOK_AHEAD_MS: Readonly<Record<Exclude<RunReason, 'asked'>, number>> = {
  idle: 0,
  'sign-out': 12 * HOUR_MS,
  scheduler: 12 * HOUR_MS,
}

/** How an automatic run ended and the duty was still owed. */
export interface AutomaticAttempt {
  /** UTC ISO. */
  readonly endedAt: string
  readonly failed: boolean
}

/**
 * Whether to leave a medium alone for now: a run that failed is tried again after an hour, one that ran through and yet
 * proved nothing after a day; at once when the medium was plugged in anew since.
 */
export function isPausing(
  { endedAt, failed }: AutomaticAttempt,
  lastPluggedAt: string | null,
  now: Date,
): boolean {
  if (lastPluggedAt !== null && lastPluggedAt > endedAt) return false
  const passed = now.getTime() - Date.parse(endedAt)
  // A clock that was set back must not stop backups for good.
  return passed >= 0 && passed < (failed ? FAILED_PAUSE_MS : UNPROVEN_PAUSE_MS)
}
