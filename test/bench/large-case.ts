import path from 'node:path'
import { type Child, startChild } from './child.ts'
import type { DeskQuestion, ImportReport } from './child-questions.ts'
import { startCoreLine } from './core-line.ts'
import type { BenchOptions } from './report.ts'

export interface LargeCase {
  readonly import: ImportReport
  readonly startMegabytes: number
  readonly peakMegabytes: number | undefined
  /** Tree, list of pages and the first page's image, in ms, one after the other as the screen asks for them. */
  readonly openMs: readonly number[]
  readonly listMs: readonly number[]
  readonly signInMs: readonly number[]
  readonly pageCount: number
}

const OPENINGS = 40
const SIGN_INS = 20
const MEMORY_SAMPLES = 8

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Imports one case of many pages in one job, then opens it and signs in as the window does, by messages. */
export async function largeCase(
  pages: readonly string[],
  folder: string,
  { say }: BenchOptions,
): Promise<LargeCase> {
  const vault = path.join(folder, 'vault')
  const account = { name: '档案员', password: 'Bench-4f1c9a7e2b' }
  const desk: Child<DeskQuestion> = await startChild('./desk-child.ts', { execArgv: ['--expose-gc'] })
  let filed: Omit<LargeCase, 'openMs' | 'listMs' | 'signInMs' | 'pageCount'>
  let place: { caseId: string; volumeId: string }
  try {
    await desk.ask({ ask: 'create-vault', folder: vault, account })
    place = await desk.ask({ ask: 'create-case', number: '(2024)京0101民初5000号' })
    const started = await desk.ask<{ residentMegabytes: number }>({ ask: 'memory' })
    const { volumeId } = place
    const report = await desk.ask<ImportReport>({
      ask: 'import',
      volumeId,
      paths: pages,
      samples: MEMORY_SAMPLES,
    })
    say(`${pages.length} pages into one case: ${report.seconds.toFixed(1)} s`)
    const peakMegabytes = await desk.peakMegabytes()
    filed = { import: report, startMegabytes: started.residentMegabytes, peakMegabytes }
    await desk.ask({ ask: 'close' })
  } finally {
    await desk.end()
  }

  const core = await startCoreLine()
  try {
    const signInMs: number[] = []
    const signIn = () =>
      core.call('session.signIn', { folder: vault, accountName: account.name, password: account.password })
    for (let time = 0; time < SIGN_INS; time++) {
      signInMs.push(await milliseconds(signIn))
      await core.call('session.signOut', {})
    }
    await signIn()
    const openMs: number[] = []
    const listMs: number[] = []
    let pageCount = 0
    for (let time = 0; time < OPENINGS; time++) {
      openMs.push(
        await milliseconds(async () => {
          const tree = await core.call('cases.tree', { caseId: place.caseId })
          const volumeId = tree.volumes[0]?.id ?? ''
          let versionId = ''
          listMs.push(
            await milliseconds(async () => {
              const list = await core.call('pages.list', { volumeId })
              pageCount = list.length
              versionId = list[0]?.versionId ?? ''
            }),
          )
          await core.view(versionId)
        }),
      )
    }
    return { ...filed, openMs, listMs, signInMs, pageCount }
  } finally {
    await core.stop()
  }
}
