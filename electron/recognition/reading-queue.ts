import type { RECOGNITION_PAUSES } from '../../shared/contract/recognition.ts'
import { AppError } from '../../shared/errors.ts'
import type { TextShelf } from '../search/index.ts'
import type { Compartment } from '../vault/index.ts'
import type { ReaderUnavailable } from './page-reader-contract.ts'
import type { FiledReading } from './read-and-file.ts'
import type { ReadingRecords } from './reading-records.ts'

export type ReadingPause = (typeof RECOGNITION_PAUSES)[number]

export interface ReadingQueueParts {
  readonly records: ReadingRecords
  readonly texts: Pick<TextShelf, 'remove'>
  readonly model: string
  readonly readPage: (pageId: string, signal: AbortSignal) => Promise<FiledReading>
  readonly unavailable: () => Promise<ReaderUnavailable | null>
  /** Gives the reader's memory back. */
  readonly rest: () => Promise<void>
  /** Puts the index of a compartment's texts in order, a short slice a call; false when nothing is left to do. */
  readonly tidySome: (compartment: Compartment, begin: boolean) => boolean
  /** What the account that sits here holds keys of. */
  readonly compartments: ReadonlySet<Compartment>
  readonly isOff: () => boolean
  /** Whole seconds since somebody last did something here. */
  readonly secondsAlone: () => number
  /** From so many seconds on the station counts as idle. */
  readonly idleSeconds: number
  readonly jobRuns: () => boolean
  readonly monotonicMs: () => number
  readonly onChange: () => void
  /** A round of reading has ended, by itself or because somebody came; told only when something was done in it. */
  readonly onRound: (done: { readonly read: number; readonly failed: number }) => void
  readonly onFault: (operation: string, error: unknown) => void
}

/**
 * Reads what waits while nobody needs the station. What it does is all in the catalogue: it can be stopped at any
 * moment and goes on where it was, in this run of the program or in the next.
 */
export interface ReadingQueue {
  readonly isReading: () => boolean
  /** Why nothing is read although pages wait; null while reading and when nothing waits. */
  readonly pause: () => Promise<ReadingPause | null>
  /** Looks again whether to begin or to stop; called every second, and at once when somebody acts. */
  readonly look: () => void
  /** By the pace of the last pages; null while there is none. */
  readonly secondsFor: (pages: number) => number | null
  /** A page was read, by the queue or by a job, in so many milliseconds of the clock on the wall. */
  readonly took: (milliseconds: number) => void
  /** Begins to look every second. */
  readonly watch: () => void
  /** Gives the running page up; resolves when nothing runs any more. */
  readonly stop: () => Promise<void>
}

const LOOK_EVERY_MS = 1_000
/** After a fault of the machine, as a full disk: no use in trying at once again. */
const PATIENCE_MS = 60_000
/** A reader that has nothing to read holds its models in memory no longer than this. */
const REST_AFTER_MS = 60_000
const PACE_OF = 30
/** Texts of withdrawn pages that are removed in one go. */
const LEAVING_AT_ONCE = 100

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

export function readingQueue(parts: ReadingQueueParts): ReadingQueue {
  const { records, compartments } = parts
  const paces: number[] = []
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined
  let patientUntil = 0
  let lastReadAt: number | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let stopped = false
  let modelKnown = false
  /** Texts were filed since the index was last joined, by the queue or by a job. */
  let untidy = false

  const person = () => parts.secondsAlone() < parts.idleSeconds
  /** Why reading may not go on now, apart from what takes a moment to find out. */
  const obstacle = (): ReadingPause | null => {
    if (compartments.size === 0) return 'locked-out'
    if (parts.isOff()) return 'off'
    if (parts.jobRuns()) return 'job'
    return person() ? 'person' : null
  }

  const settleModel = async (signal: AbortSignal) => {
    for (let after = ''; !modelKnown && !signal.aborted; ) {
      const { done, last } = records.adoptModel(parts.model, after)
      modelKnown = done
      after = last
      await breathe()
    }
  }

  const removeLeaving = async (signal: AbortSignal) => {
    for (const compartment of compartments) {
      while (!signal.aborted) {
        const leaving = records.leaving(compartment, LEAVING_AT_ONCE)
        for (const { pageId } of leaving) {
          parts.texts.remove(compartment, pageId)
          records.left(pageId)
        }
        if (leaving.length < LEAVING_AT_ONCE) break
        await breathe()
      }
    }
  }

  /** When everything is read, searching is made quick for the day. */
  const tidy = async (signal: AbortSignal) => {
    for (const compartment of compartments)
      for (let begin = true; !signal.aborted && parts.tidySome(compartment, begin); begin = false)
        await breathe()
  }

  const readAll = async (signal: AbortSignal, done: { read: number; failed: number }) => {
    await removeLeaving(signal)
    const unavailable = await parts.unavailable()
    lastReadAt = parts.monotonicMs()
    if (unavailable !== null) {
      patientUntil = parts.monotonicMs() + PATIENCE_MS
      return
    }
    await settleModel(signal)
    while (!signal.aborted) {
      const pageId = records.next(compartments)
      if (pageId === undefined) {
        if (untidy) await tidy(signal)
        untidy &&= signal.aborted
        return
      }
      const began = parts.monotonicMs()
      const { outcome } = await parts.readPage(pageId, signal)
      lastReadAt = parts.monotonicMs()
      if (outcome === 'read') took(lastReadAt - began)
      if (outcome !== 'passed-over') done[outcome] += 1
      parts.onChange()
      await breathe()
    }
  }

  const took = (milliseconds: number) => {
    untidy = true
    paces.push(milliseconds)
    if (paces.length > PACE_OF) paces.shift()
  }

  const tell = (round: { readonly read: number; readonly failed: number }) => {
    if (round.read + round.failed === 0) return
    try {
      parts.onRound(round)
    } catch (error) {
      parts.onFault('recognition.round', error)
    }
  }

  const begin = () => {
    const abort = new AbortController()
    const round = { read: 0, failed: 0 }
    const done = readAll(abort.signal, round)
      .catch((error: unknown) => {
        if (abort.signal.aborted || (error instanceof AppError && error.code === 'CALL_CANCELLED')) return
        patientUntil = parts.monotonicMs() + PATIENCE_MS
        parts.onFault('recognition', error)
      })
      .finally(() => {
        running = undefined
        tell(round)
        parts.onChange()
      })
    running = { abort, done }
    parts.onChange()
  }

  const rest = () => {
    if (lastReadAt === undefined || parts.jobRuns() || parts.monotonicMs() - lastReadAt < REST_AFTER_MS)
      return
    lastReadAt = undefined
    parts.rest().catch((error: unknown) => parts.onFault('recognition.rest', error))
  }

  const hasWork = () =>
    untidy ||
    !modelKnown ||
    records.next(compartments) !== undefined ||
    [...compartments].some((compartment) => records.leaving(compartment, 1).length > 0)

  const look = () => {
    if (stopped) return
    try {
      const why = obstacle()
      if (running !== undefined) {
        if (why !== null) running.abort.abort()
        return
      }
      if (why === null && parts.monotonicMs() >= patientUntil && hasWork()) begin()
      else rest()
    } catch (error) {
      parts.onFault('recognition', error)
    }
  }

  return {
    isReading: () => running !== undefined && !running.abort.signal.aborted,
    pause: async () => {
      if (running !== undefined && !running.abort.signal.aborted) return null
      if (records.next(compartments) === undefined) return null
      return (await parts.unavailable()) === null ? obstacle() : 'unavailable'
    },
    look,
    secondsFor: (pages) => {
      if (paces.length === 0) return null
      const mean = paces.reduce((sum, pace) => sum + pace, 0) / paces.length
      return Math.ceil((mean * pages) / 1000)
    },
    took: (milliseconds) => {
      took(milliseconds)
      lastReadAt = parts.monotonicMs()
    },
    watch: () => {
      timer ??= setInterval(look, LOOK_EVERY_MS).unref()
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      running?.abort.abort()
      await running?.done
    },
  }
}
