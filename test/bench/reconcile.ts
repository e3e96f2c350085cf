import path from 'node:path'
import { CHANGES, FURTHER_SEEDS, REPORTING_SEEDS } from '../fixtures/volume-pairs/volume-pair.ts'
import { projectRoot } from './project-root.ts'
import { comparingFigures } from './reconcile-comparing.ts'
import { matchingFigures } from './reconcile-matching.ts'
import type { BenchOptions, BenchResult, Goal } from './report.ts'
import { rounded } from './spread.ts'

const GOALS: readonly Goal[] = [
  { figure: 'pagesRightlyMatchedPercent', least: 99.5 },
  { figure: 'missingRecall', least: 1 },
  { figure: 'extraRecall', least: 1 },
  { figure: 'stampRecall', least: 0.98 },
  { figure: 'handwritingRecall', least: 0.98 },
  { figure: 'wordRecall', least: 0.97 },
  { figure: 'digitRecall', least: 0.97 },
  { figure: 'falseAlarmsPercent', under: 1 },
  { figure: 'secondsAPage', under: 1 },
  { figure: 'peakMegabytes', under: 1024 },
]

/**
 * Volumes of the reporting half only, which nothing was tuned on: their pages matched, and the truly matched ones
 * compared. The changes of as many further volumes are looked for as well: of 25 a kind, one more or less found would
 * decide whether 0.97 is met. Pages are drawn once and kept; drawing is in no figure. A smaller scale takes fewer volumes.
 */
export async function reconcileBench({ scale, say }: BenchOptions): Promise<BenchResult> {
  const folder = path.join(projectRoot, '.cache', 'bench', 'volume-pairs')
  const seeds = REPORTING_SEEDS.slice(0, Math.max(1, Math.round(REPORTING_SEEDS.length * scale)))
  const matching = await matchingFigures(seeds, say, { folder })
  const changedOnly = FURTHER_SEEDS.slice(0, seeds.length)
  const comparing = await comparingFigures(seeds, say, { folder, changedOnly })
  const figures: Record<string, number | string> = {
    volumes: matching.volumes,
    pages: matching.pages,
    pagesRightlyMatchedPercent: rounded(matching.rightPercent, 2),
    surelyWrong: matching.surelyWrong,
    askedOfAPerson: matching.asked,
    offeredRight: matching.offeredRight,
  }
  for (const [kind, { real, precision, recall }] of Object.entries(matching.findings)) {
    figures[`${kind}Real`] = real
    figures[`${kind}Recall`] = rounded(recall, 4)
    figures[`${kind}Precision`] = rounded(precision, 4)
  }
  for (const kind of CHANGES) {
    const { real, found } = comparing.recall[kind]
    figures[`${kind}Real`] = real
    figures[`${kind}Recall`] = real === 0 ? 'none' : rounded(found / real, 4)
  }
  const { pixelmatch, registeredPixelmatch, tesseractDiff } = comparing
  const perPage = (matching.signMillisecondsPerPage + matching.matchMillisecondsPerPage) / 1000
  Object.assign(figures, {
    unchangedPages: comparing.unchanged,
    falseAlarmsPercent: rounded((100 * comparing.alarmed) / Math.max(1, comparing.unchanged), 2),
    besides: comparing.besides,
    unregistered: comparing.unregistered,
    matchingSecondsAPage: rounded(perPage, 3),
    comparingSecondsMedian: rounded(comparing.medianSeconds, 2),
    comparingSecondsP95: rounded(comparing.p95Seconds, 2),
    // Two images a pair are signed and matched, one pair is compared.
    secondsAPage: rounded(2 * perPage + comparing.medianSeconds, 2),
    peakMegabytes: rounded(comparing.peakMegabytes, 0),
    pixelmatchRecall: rounded(pixelmatch.recall, 4),
    pixelmatchUnchangedSharePercent: rounded(100 * pixelmatch.unchangedMedian, 2),
    registeredPixelmatchRecall: rounded(registeredPixelmatch.recall, 4),
    registeredPixelmatchUnchangedSharePercent: rounded(100 * registeredPixelmatch.unchangedMedian, 2),
  })
  if (tesseractDiff === undefined) figures.tesseractDiff = 'not installed'
  else
    Object.assign(figures, {
      tesseractDiffChangedSample: tesseractDiff.changed.real,
      tesseractDiffChangedFound: tesseractDiff.changed.found,
      tesseractDiffUnchangedSample: tesseractDiff.unchanged.real,
      tesseractDiffUnchangedAlarmed: tesseractDiff.unchanged.found,
    })
  return { figures, goals: GOALS }
}
