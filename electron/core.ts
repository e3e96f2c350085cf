import { monotonicFactory } from 'ulid'
import type { CoreToShell, ShellToCore } from '../shared/contract/index.ts'
import { AppError } from '../shared/errors.ts'
import { locateAssets } from './assets.ts'
import { requireNodeVersion } from './catalogue/index.ts'
import { log } from './core-log.ts'
import { frontDesk } from './front-desk/index.ts'
import { readShippedTemplates } from './intake/index.ts'

/** Long enough that nobody who looks up from the screen to a file finds the machine busy. */
const READ_WHEN_IDLE_SECONDS = 60

/** What carries messages: the parent port of a utility process, or the channel of a forked Node. */
interface Line {
  readonly send: (message: CoreToShell) => void
  readonly onMessage: (listener: (message: ShellToCore) => void) => void
}

interface UtilityPort {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', listener: (event: { data: unknown }) => void) => void
}

function openLine(): Line {
  const port = 'parentPort' in process ? (process.parentPort as UtilityPort | undefined) : undefined
  if (port !== undefined) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data as ShellToCore)),
    }
  }
  return {
    send: (message) => {
      if (process.connected) process.send?.(message)
    },
    onMessage: (listener) => {
      process.on('message', (message) => listener(message as ShellToCore))
      // A core without a shell has nobody to work for, and holds the vault's lock: it closes and ends.
      process.on('disconnect', () => listener({ type: 'stop' }))
    },
  }
}

async function main(): Promise<void> {
  const line = openLine()
  const fault = (operation: string, error: unknown) => log.error(operation, error)
  process.on('unhandledRejection', (error) => fault('unhandled', error))

  const told = (name: string) =>
    process.argv
      .slice(2)
      .find((argument) => argument.startsWith(`--${name}=`))
      ?.slice(name.length + 3)
  const root = told('root')
  requireNodeVersion(process.versions.node)
  const assets = locateAssets(root ?? process.cwd())
  const desk = frontDesk({
    assets,
    shippedTemplates: await readShippedTemplates(assets.templates),
    now: () => new Date(),
    newId: monotonicFactory(),
    emit: (event) => line.send({ type: 'event', client: null, event }),
    onFault: fault,
    workstationFolder: told('desk'),
    idleLock: true,
    readWhenIdleSeconds: READ_WHEN_IDLE_SECONDS,
    backsUpWhenIdle: true,
  })

  const stop = async () => {
    await desk.close()
    line.send({ type: 'stopped' })
    // Let the message leave before the process does.
    setTimeout(() => process.exit(0), 50)
  }
  const handle = async (message: ShellToCore): Promise<void> => {
    switch (message.type) {
      case 'request': {
        const result = await desk.call(message.client, message.method, message.input)
        line.send({ type: 'reply', id: message.id, result })
        return
      }
      case 'page': {
        const result = await desk.page(message.client, message.versionId, message.rendition, message.range)
        line.send({ type: 'page', id: message.id, result })
        return
      }
      case 'client-gone':
        await desk.clientGone(message.client)
        return
      case 'stop':
        await stop()
        return
    }
  }
  line.onMessage((message) => {
    handle(message).catch((error: unknown) => fault('message', error))
  })
  line.send({ type: 'ready', nodeVersion: process.versions.node })
}

main().catch((error: unknown) => {
  log.error('start', error)
  const known = error instanceof AppError ? error : new AppError('CALL_INTERNAL', { method: 'start' })
  openLine().send({ type: 'refused', error: known.toEnvelope() })
  setTimeout(() => process.exit(3), 50)
})
