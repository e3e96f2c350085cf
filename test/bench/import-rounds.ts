import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { type Child, startChild } from './child.ts'
import type { DeskQuestion, ImportReport, ThumbnailQuestion, Work } from './child-questions.ts'
import type { BenchOptions } from './report.ts'

/** What is timed side by side, on the same files. */
export const CONTENDERS = ['import', 'sharp2', 'sharp4', 'copy', 'copySynced'] as const
export type Contender = (typeof CONTENDERS)[number]

/** Pages a second of each contender in one round. */
export type Round = Readonly<Record<Contender, number>>

/** Contenders whose use of the processors is known: beside a busy neighbour it says more than the clock. */
export type Metered = 'import' | 'sharp2' | 'sharp4'

export interface Rounds {
  readonly rounds: readonly Round[]
  /** Processor time in ms for each page, over all rounds. */
  readonly processorMs: Readonly<Record<Metered, number>>
  /** What the importing process held after each round once nothing was left to collect. */
  readonly memory: readonly { readonly pages: number; readonly megabytes: number }[]
  readonly startMegabytes: number
  readonly peakMegabytes: number | undefined
}

/** Every contender takes all pages in each round: starting and ending count as they do in one such import. */
const ROUNDS = 3

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))))
  })
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

/**
 * Imports the pages once a round, each time into a fresh vault; the same files also go through `cp`, through `cp` and
 * a sync, and through sharp, in an order that turns by one from round to round, so that what else the machine does
 * falls on all alike.
 */
export async function importRounds(
  pages: readonly string[],
  folder: string,
  { say }: BenchOptions,
): Promise<Rounds> {
  const desk: Child<DeskQuestion> = await startChild('./desk-child.ts', { execArgv: ['--expose-gc'] })
  const thumbnails: Child<ThumbnailQuestion> = await startChild('./thumbnail-child.ts')
  const settle = () => run('sync', ['-f', folder])
  try {
    const account = { name: '档案员', password: 'Bench-4f1c9a7e2b' }
    let volumeId = ''
    const freshVault = async (name: string) => {
      await desk.ask({ ask: 'create-vault', folder: path.join(folder, name), account })
      const made = await desk.ask<{ volumeId: string }>({
        ask: 'create-case',
        number: '(2024)京0101民初1024号',
      })
      volumeId = made.volumeId
    }
    await freshVault('vault-0')
    const started = await desk.ask<{ residentMegabytes: number }>({ ask: 'memory' })
    const memory: { pages: number; megabytes: number }[] = []
    /** Nothing is removed before the end: ext4 passes over inodes just freed one by one when it makes a file. */
    const freshFolder = () => mkdtemp(path.join(folder, 'copies-'))
    const spent: Record<Metered, number> = { import: 0, sharp2: 0, sharp4: 0 }
    const sharpAlone = async (name: Metered, paths: readonly string[], inFlight: number) => {
      const work = await thumbnails.ask<Work>({ paths, inFlight })
      spent[name] += work.processorSeconds
      return work.seconds
    }
    const contend: Readonly<Record<Contender, (files: readonly string[]) => Promise<number>>> = {
      import: async (paths) => {
        const report = await desk.ask<ImportReport>({ ask: 'import', volumeId, paths, samples: 0 })
        memory.push({
          pages: (memory.at(-1)?.pages ?? 0) + paths.length,
          megabytes: report.residentMegabytes,
        })
        spent.import += report.processorSeconds
        return report.seconds
      },
      sharp2: (paths) => sharpAlone('sharp2', paths, 2),
      sharp4: (paths) => sharpAlone('sharp4', paths, 4),
      copy: async (paths) => {
        const copies = await freshFolder()
        return await secondsOf(() => run('cp', [...paths, copies]))
      },
      copySynced: async (paths) => {
        const copies = await freshFolder()
        return await secondsOf(async () => {
          await run('cp', [...paths, copies])
          await run('sync', ['-f', copies])
        })
      },
    }
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await freshVault(`vault-${round + 1}`)
      // Every contender finds the files in memory already.
      await run('cat', pages)
      const rates = new Map<Contender, number>()
      for (const contender of rotated(CONTENDERS, round)) {
        await settle()
        rates.set(contender, pages.length / (await contend[contender](pages)))
      }
      const of = (contender: Contender) => rates.get(contender) ?? Number.NaN
      const done: Round = {
        import: of('import'),
        sharp2: of('sharp2'),
        sharp4: of('sharp4'),
        copy: of('copy'),
        copySynced: of('copySynced'),
      }
      rounds.push(done)
      say(
        `round ${round + 1}: ${CONTENDERS.map((name) => `${name} ${done[name].toFixed(1)}`).join(' · ')} pages/s`,
      )
    }
    const peakMegabytes = await desk.peakMegabytes()
    await desk.ask({ ask: 'close' })
    const perPage = (seconds: number) => (seconds * 1000) / (pages.length * ROUNDS)
    const processorMs = {
      import: perPage(spent.import),
      sharp2: perPage(spent.sharp2),
      sharp4: perPage(spent.sharp4),
    }
    return { rounds, processorMs, memory, startMegabytes: started.residentMegabytes, peakMegabytes }
  } finally {
    await desk.end()
    await thumbnails.end()
  }
}
