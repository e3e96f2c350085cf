import { fork } from 'node:child_process'
import path from 'node:path'
import type {
  CallResult,
  CoreToShell,
  InputOf,
  MethodName,
  OutputOf,
  PageResult,
  ShellToCore,
} from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { projectRoot } from './project-root.ts'

/** The core as the window reaches it: by the messages of shared/contract/protocol.ts, in a process of its own. */
export interface CoreLine {
  readonly call: <M extends MethodName>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>
  /** The bytes that the page scheme would hand to the window. */
  readonly view: (versionId: string) => Promise<Uint8Array>
  readonly stop: () => Promise<void>
}

const CLIENT = 1

export async function startCoreLine(): Promise<CoreLine> {
  const core = fork(path.join(projectRoot, 'electron', 'core.ts'), [`--root=${projectRoot}`], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (result: CallResult | PageResult) => void>()
  const ready = new Promise<void>((resolve, reject) => {
    core.on('message', (given) => {
      const message = given as CoreToShell
      switch (message.type) {
        case 'ready':
          resolve()
          return
        case 'refused':
          reject(AppError.fromEnvelope(message.error))
          return
        case 'reply':
        case 'page':
          waiting.get(message.id)?.(message.result)
          waiting.delete(message.id)
          return
        case 'event':
        case 'stopped':
      }
    })
  })
  await ready
  let lastId = 0
  const send = (message: ShellToCore) => {
    core.send(message)
  }
  const answerTo = (make: (id: number) => ShellToCore) =>
    new Promise<CallResult | PageResult>((resolve) => {
      lastId += 1
      waiting.set(lastId, resolve)
      send(make(lastId))
    })
  return {
    call: async <M extends MethodName>(method: M, input: InputOf<M>) => {
      const result = await answerTo((id) => ({ type: 'request', id, client: CLIENT, method, input }))
      if (!result.ok) throw AppError.fromEnvelope(result.error)
      if (!('value' in result)) throw new AppError('CALL_INTERNAL', { method })
      return result.value as OutputOf<M>
    },
    view: async (versionId) => {
      const result = await answerTo((id) => ({
        type: 'page',
        id,
        client: CLIENT,
        versionId,
        rendition: 'view',
        range: null,
      }))
      if (!result.ok) throw AppError.fromEnvelope(result.error)
      if (!('bytes' in result)) throw new AppError('CALL_INTERNAL', { method: 'page' })
      return result.bytes
    },
    stop: async () => {
      const gone = new Promise<void>((resolve) => core.once('exit', () => resolve()))
      send({ type: 'stop' })
      await gone
    },
  }
}
