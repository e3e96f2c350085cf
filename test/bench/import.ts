import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { importRounds, type Round, type Rounds } from './import-rounds.ts'
import { type LargeCase, largeCase } from './large-case.ts'
import { projectRoot } from './project-root.ts'
import type { BenchOptions, BenchResult, Figures, Goal } from './report.ts'
import { scannedPages } from './scanned-pages.ts'
import { settleMemory } from './settled-memory.ts'
import { median, quantile, rounded, slope } from './spread.ts'

const A4_PAGES = 1000
const LARGE_CASE_PAGES = 5000

const GOALS: readonly Goal[] = [
  { figure: 'ratioToSharp', least: 0.8 },
  { figure: 'peakMemoryMB', under: 500 },
  { figure: 'largeCasePeakMemoryMB', under: 500 },
  { figure: 'memoryGrowthMBPer1000Pages', under: 5 },
  { figure: 'liveMemoryGrowthMBPer1000Pages', under: 1 },
  { figure: 'openCaseMedianMs', under: 300 },
  { figure: 'openCaseP95Ms', under: 300 },
  { figure: 'signInMedianMs', under: 1000 },
  { figure: 'signInP95Ms', under: 1000 },
]

const UNKNOWN = 'not told by this system'

function rateFigures({ rounds, processorMs, memory, startMegabytes, peakMegabytes }: Rounds): Figures {
  const rate = (contender: keyof Round) => median(rounds.map((round) => round[contender]))
  // The number in flight that serves sharp best, judged over the whole run, is the one to compare with.
  const best = rate('sharp4') > rate('sharp2') ? 'sharp4' : 'sharp2'
  const ratio = (other: keyof Round) => rounded(median(rounds.map((round) => round.import / round[other])))
  return {
    a4Pages: memory[0]?.pages ?? 0,
    rounds: rounds.length,
    importPagesPerSecond: rounded(rate('import'), 1),
    sharpPagesPerSecond: rounded(rate(best), 1),
    sharpInFlight: best === 'sharp4' ? 4 : 2,
    copyPagesPerSecond: rounded(rate('copy'), 1),
    copySyncedPagesPerSecond: rounded(rate('copySynced'), 1),
    ratioToSharp: ratio(best),
    ratioToSharpLowest: rounded(Math.min(...rounds.map((round) => round.import / round[best]))),
    ratioToSharpHighest: rounded(Math.max(...rounds.map((round) => round.import / round[best]))),
    importProcessorMsPerPage: rounded(processorMs.import, 1),
    sharpProcessorMsPerPage: rounded(processorMs[best], 1),
    ratioToCopySynced: ratio('copySynced'),
    startMemoryMB: rounded(startMegabytes, 0),
    memoryAfterRoundsMB: memory.map(({ megabytes }) => Math.round(megabytes)).join(' '),
    peakMemoryMB: peakMegabytes === undefined ? UNKNOWN : rounded(peakMegabytes, 0),
  }
}

function caseFigures(large: LargeCase): Figures {
  const { samples, seconds } = large.import
  // Caches fill during the first pages; growth is what goes on after that.
  const settled = samples.slice(Math.floor(samples.length / 4))
  const growth = (held: 'megabytes' | 'liveMegabytes') =>
    rounded(slope(settled.map((sample) => ({ x: sample.pages / 1000, y: sample[held] }))))
  return {
    largeCasePages: large.pageCount,
    largeCaseImportPagesPerSecond: rounded(large.pageCount / seconds, 1),
    largeCasePeakMemoryMB: large.peakMegabytes === undefined ? UNKNOWN : rounded(large.peakMegabytes, 0),
    largeCaseMemoryMB: samples.map(({ megabytes }) => Math.round(megabytes)).join(' '),
    largeCaseLiveMemoryMB: samples.map(({ liveMegabytes }) => Math.round(liveMegabytes)).join(' '),
    memoryGrowthMBPer1000Pages: growth('megabytes'),
    liveMemoryGrowthMBPer1000Pages: growth('liveMegabytes'),
    openCaseFirstMs: rounded(large.openMs[0] ?? Number.NaN, 1),
    openCaseMedianMs: rounded(median(large.openMs), 1),
    openCaseP95Ms: rounded(quantile(large.openMs, 0.95), 1),
    listPagesMedianMs: rounded(median(large.listMs), 1),
    signInMedianMs: rounded(median(large.signInMs), 1),
    signInP95Ms: rounded(quantile(large.signInMs, 0.95), 1),
  }
}

/** Bringing scans in, what that costs in memory, and how soon a large case stands on the screen. */
export async function importBench(options: BenchOptions): Promise<BenchResult> {
  const { scale, say } = options
  say('making the pages that are missing …')
  const a4 = await scannedPages('a4', Math.max(8, Math.round(A4_PAGES * scale)))
  const small = await scannedPages('small', Math.max(8, Math.round(LARGE_CASE_PAGES * scale)))
  const scratch = path.join(projectRoot, '.cache', 'bench')
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(path.join(scratch, 'run-'))
  try {
    if (scale === 1) {
      say('filling free memory with file pages …')
      await settleMemory(folder)
    }
    const rounds = await importRounds(a4, await mkdtemp(path.join(folder, 'rounds-')), options)
    // The page that is shown first is one of full size.
    const pages = [...a4.slice(0, 1), ...small.slice(1)]
    const large = await largeCase(pages, await mkdtemp(path.join(folder, 'case-')), options)
    return { figures: { ...rateFigures(rounds), ...caseFigures(large) }, goals: GOALS }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
