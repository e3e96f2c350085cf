import type { CoreEvent } from '../../shared/contract/index.ts'
import type { MachineClock } from '../access/index.ts'

/** Covers the desk: by hand, or when nobody was there for a while by the core's own clock. */
export interface DeskLock {
  readonly isLocked: () => boolean
  readonly shut: () => void
  /** Opens, and tells what was kept back meanwhile. */
  readonly open: () => void
  /** Somebody is there. */
  readonly stayAwake: () => void
  /** Begins and ends to watch for an empty desk. */
  readonly watch: () => void
  readonly unwatch: () => void
  /** Passes events on; while the desk is covered what tells of its content waits. */
  readonly emit: (event: CoreEvent) => void
}

export interface DeskLockParts {
  readonly emit: (event: CoreEvent) => void
  readonly clock: Pick<MachineClock, 'uptimeSeconds'>
  /** Seconds without anybody; null where nobody has a screen to cover. */
  readonly idleSeconds: () => number | null
  readonly onIdle: () => void
}

const LOOK_EVERY_MS = 1_000

export function deskLock({ emit, clock, idleSeconds, onIdle }: DeskLockParts): DeskLock {
  let locked = false
  let lastSeen = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const waiting = new Map<string, CoreEvent>()
  const unwatch = () => {
    clearInterval(timer)
    timer = undefined
  }
  const forget = () => {
    locked = false
    waiting.clear()
  }
  return {
    isLocked: () => locked,
    shut: () => {
      locked = true
    },
    open: () => {
      const kept = [...waiting.values()]
      forget()
      lastSeen = clock.uptimeSeconds()
      for (const event of kept) emit(event)
    },
    stayAwake: () => {
      lastSeen = clock.uptimeSeconds()
    },
    watch: () => {
      forget()
      lastSeen = clock.uptimeSeconds()
      timer ??= setInterval(() => {
        // The machine's running time goes on while it sleeps: a lid that was closed counts.
        const allowed = idleSeconds()
        if (!locked && allowed !== null && clock.uptimeSeconds() - lastSeen >= allowed) onIdle()
      }, LOOK_EVERY_MS).unref()
    },
    unwatch: () => {
      unwatch()
      forget()
    },
    emit: (event) => {
      if (!locked || (event.event !== 'job' && event.event !== 'changed')) emit(event)
      else if (event.event === 'job') waiting.set(`job:${event.job.id}`, event)
      else waiting.set(`${event.what}:${event.what === 'case' ? event.caseId : ''}`, event)
    },
  }
}
