import { memoryUsage } from 'node:process'
import { monotonicFactory } from 'ulid'
import { locateAssets } from '../../electron/assets.ts'
import { frontDesk } from '../../electron/front-desk/index.ts'
import { readShippedTemplates } from '../../electron/intake/index.ts'
import type { InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { ImportReport, MemorySample, ToDeskChild } from './child-questions.ts'
import { projectRoot } from './project-root.ts'

// The core's services in a process of their own, as the command line runs them, so that memory can be measured.

const CLIENT = 0
const assets = locateAssets(projectRoot)
let onDone: (pagesDone: number) => void = () => undefined
const desk = frontDesk({
  assets,
  shippedTemplates: await readShippedTemplates(assets.templates),
  now: () => new Date(),
  newId: monotonicFactory(),
  emit: (event) => {
    if (event.event === 'job') onDone(event.job.progress.done)
  },
  onFault: (operation, error) => process.stderr.write(`${operation}: ${error}\n`),
})

async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const result = await desk.call(CLIENT, method, input)
  if (!result.ok) throw AppError.fromEnvelope(result.error)
  return result.value as OutputOf<M>
}

/** What the process holds once nothing is left to collect, in MB. */
function residentMegabytes(): number {
  globalThis.gc?.()
  return memoryUsage.rss() / 1e6
}

/** What the program itself still refers to: the rest of what is resident are the libraries' stocks and caches. */
function liveMegabytes(): number {
  const { heapUsed, arrayBuffers } = memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

async function createVault(folder: string, account: { name: string; password: string }): Promise<void> {
  await call('vault.create', {
    folder,
    unitName: '某市人民法院',
    accounts: [
      { role: 'system-officer', name: 'bench-system', password: 'Bench-81-willow' },
      { role: 'security-officer', name: 'bench-security', password: 'Bench-52-copper' },
      { role: 'auditor', name: 'bench-auditor', password: 'Bench-37-heron' },
      { role: 'archivist', ...account },
    ],
  })
  await call('vault.finishSetup', {})
}

async function createCase(number: string): Promise<{ caseId: string; volumeId: string }> {
  const tree = await call('cases.create', { draft: { number, cause: '民间借贷纠纷' }, volumes: ['main'] })
  const volume = tree.volumes[0]
  if (volume === undefined) throw new AppError('CALL_INTERNAL', { method: 'bench' })
  return { caseId: tree.case.id, volumeId: volume.id }
}

async function importFiles(volumeId: string, paths: string[], samplesWanted: number): Promise<ImportReport> {
  const samples: MemorySample[] = []
  onDone = (pages) => {
    const due = ((samples.length + 1) * paths.length) / samplesWanted
    if (samplesWanted > 0 && pages >= due)
      samples.push({ pages, megabytes: residentMegabytes(), liveMegabytes: liveMegabytes() })
  }
  const processorBefore = process.cpuUsage()
  const began = performance.now()
  const jobId = await call('intake.start', { volumeId, paths })
  const job = await desk.room().jobs.ended(jobId)
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(processorBefore)
  onDone = () => undefined
  if (job.state !== 'succeeded' || (job.tally.imported ?? 0) !== paths.length)
    throw new Error(`The import ended ${job.state}: ${JSON.stringify(job.tally)} ${job.errorCode ?? ''}`)
  return { seconds, processorSeconds: (user + system) / 1e6, samples, residentMegabytes: residentMegabytes() }
}

async function answer(message: ToDeskChild): Promise<unknown> {
  switch (message.ask) {
    case 'create-vault':
      await createVault(message.folder, message.account)
      return {}
    case 'create-case':
      return await createCase(message.number)
    case 'import':
      return await importFiles(message.volumeId, [...message.paths], message.samples)
    case 'memory':
      return { residentMegabytes: residentMegabytes() }
    case 'close':
      await desk.close()
      return {}
  }
}

process.on('message', (message: ToDeskChild) => {
  answer(message).then(
    (value) => process.send?.({ id: message.id, value }),
    (error: unknown) => process.send?.({ id: message.id, problem: String(error) }),
  )
})
process.send?.({ id: 0, value: {} })
