import type {
  ByteRange,
  CallResult,
  CoreEvent,
  CoreToShell,
  PageRendition,
  PageResult,
  ShellToCore,
} from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { CoreLine } from './core-host.ts'

/** Asks the core and watches over it: started again when it ends unasked, calls in flight answered with an error. */
export interface CoreClient {
  readonly call: (client: number, method: string, input: unknown) => Promise<CallResult>
  readonly page: (
    client: number,
    versionId: string,
    rendition: PageRendition,
    range: ByteRange | null,
  ) => Promise<PageResult>
  readonly clientGone: (client: number) => void
  readonly stop: () => Promise<void>
}

export interface CoreClientParts {
  readonly start: () => CoreLine
  readonly onEvent: (client: number | null, event: CoreEvent) => void
  readonly log: (message: string) => void
}

const STOP_WAIT_MS = 10_000
const RESTARTS_ALLOWED = 5
const RESTART_WINDOW_MS = 60_000

type Waiting =
  | { readonly kind: 'call'; readonly settle: (result: CallResult) => void }
  | { readonly kind: 'page'; readonly settle: (result: PageResult) => void }

export function coreClient({ start, onEvent, log }: CoreClientParts): CoreClient {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let stopping = false
  let restarts: number[] = []
  let line: CoreLine | undefined
  let ready: Promise<void> = Promise.resolve()
  let exited: Promise<void> = Promise.resolve()
  let everReady = false

  const failAll = () => {
    const error = new AppError('CORE_STOPPED', {}, { retryable: true }).toEnvelope()
    for (const entry of waiting.values()) entry.settle({ ok: false, error })
    waiting.clear()
  }

  const receive = (message: CoreToShell) => {
    switch (message.type) {
      case 'reply': {
        const entry = waiting.get(message.id)
        waiting.delete(message.id)
        if (entry?.kind === 'call') entry.settle(message.result)
        return
      }
      case 'page': {
        const entry = waiting.get(message.id)
        waiting.delete(message.id)
        if (entry?.kind === 'page') entry.settle(message.result)
        return
      }
      case 'event':
        onEvent(message.client, message.event)
        return
      case 'ready':
      case 'refused':
      case 'stopped':
        return
    }
  }

  const launch = () => {
    const current = start()
    line = current
    let settleReady = () => {}
    ready = new Promise((resolve) => {
      settleReady = resolve
    })
    exited = new Promise((resolve) => {
      current.onExit((code) => {
        settleReady()
        resolve()
        failAll()
        if (stopping) return
        log(`core ended with ${code}`)
        line = undefined
        onEvent(null, { event: 'core', state: 'stopped' })
        restarts = [...restarts, Date.now()].filter((at) => Date.now() - at < RESTART_WINDOW_MS)
        if (restarts.length <= RESTARTS_ALLOWED) launch()
      })
    })
    current.onMessage((message) => {
      if (message.type === 'ready') {
        settleReady()
        onEvent(null, { event: 'core', state: everReady ? 'restarted' : 'ready' })
        everReady = true
      }
      receive(message)
    })
  }
  launch()

  const send = async <R extends CallResult | PageResult>(
    make: (id: number) => ShellToCore,
    enter: (settle: (result: R) => void) => Waiting,
  ): Promise<R> => {
    await ready
    const target = line
    if (target === undefined) throw new AppError('CORE_STOPPED', {}, { retryable: true })
    const id = nextId++
    return await new Promise<R>((resolve) => {
      waiting.set(id, enter(resolve))
      target.send(make(id))
    })
  }

  return {
    call: (client, method, input) =>
      send<CallResult>(
        (id) => ({ type: 'request', id, client, method, input }),
        (settle) => ({ kind: 'call', settle }),
      ),
    page: (client, versionId, rendition, range) =>
      send<PageResult>(
        (id) => ({ type: 'page', id, client, versionId, rendition, range }),
        (settle) => ({ kind: 'page', settle }),
      ),
    clientGone: (client) => line?.send({ type: 'client-gone', client }),
    stop: async () => {
      if (stopping) return await exited
      stopping = true
      const target = line
      if (target === undefined) return
      target.send({ type: 'stop' })
      // A core that does not end by itself is ended, but only after it had time to write what it holds.
      const timer = setTimeout(() => target.kill(), STOP_WAIT_MS)
      await exited
      clearTimeout(timer)
    },
  }
}
