import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../shared/errors.ts'
import { readModels } from './page-models.ts'
import type { ReaderUnavailable } from './page-reader-contract.ts'
import type { LoadedModels } from './read-page.ts'
import type { ReaderReply, ReaderRequest, ReaderWorkerData } from './reader-protocol.ts'

/** Worker thread in which pages are read: see page-reader.ts. */
const port = parentPort
if (port === null) throw new Error('page-reader-worker runs as a worker thread only')

const { modelsFolder, threads, engine, model, limitPixels } = workerData as ReaderWorkerData

type Loaded = { readonly models: LoadedModels } | { readonly unavailable: ReaderUnavailable }

/** The native library is imported only here and late: where it does not load, the program works on without it. */
async function loadReader(): Promise<typeof import('./model-sessions.ts') | undefined> {
  try {
    return await import('./model-sessions.ts')
  } catch {
    return undefined
  }
}

async function probe(): Promise<ReaderUnavailable | null> {
  const found = await readModels(modelsFolder)
  if (!found.found) return found.reason
  return (await loadReader()) === undefined ? 'native-library' : null
}

async function load(): Promise<Loaded> {
  const found = await readModels(modelsFolder)
  if (!found.found) return { unavailable: found.reason }
  const reader = await loadReader()
  if (reader === undefined) return { unavailable: 'native-library' }
  return { models: await reader.openModels(found.files, threads) }
}

let loading: Promise<Loaded> | undefined

let givenUp = 0

type Asked = Exclude<ReaderRequest, { readonly kind: 'give-up' }>

async function answer(request: Asked): Promise<ReaderReply> {
  if (request.kind === 'probe') return { id: request.id, kind: 'probed', unavailable: await probe() }
  loading ??= load()
  const loaded = await loading
  if ('unavailable' in loaded) throw new AppError('RECOGNITION_UNAVAILABLE', { reason: loaded.unavailable })
  const { readPage } = await import('./read-page.ts')
  const reading = await readPage(loaded.models, request.image, {
    ...{ engine, model, limitPixels },
    checkpoint: () => {
      if (givenUp === request.id) throw new AppError('CALL_CANCELLED', { operation: 'recognition' })
    },
  })
  return { id: request.id, kind: 'read', reading }
}

async function serve(request: Asked): Promise<void> {
  try {
    port?.postMessage(await answer(request))
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('RECOGNITION_FAILED')
    port?.postMessage({ id: request.id, kind: 'failed', error: known.toEnvelope() } satisfies ReaderReply)
  }
}

port.on('message', (request: ReaderRequest) => {
  if (request.kind === 'give-up') givenUp = request.id
  else void serve(request)
})
