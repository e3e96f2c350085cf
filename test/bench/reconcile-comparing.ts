import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ComparedPage, PageComparison } from '../../electron/reconcile/comparing/index.ts'
import { CHANGES, type Change, volumePair } from '../fixtures/volume-pairs/volume-pair.ts'
import type { ComparingAnswer, ComparingQuestion } from './comparing-child.ts'
import { differingLines, hasTesseract, type PixelShares, pixelShares } from './comparing-peers.ts'
import { comparedPages, finds, type MatchedPages, matchedPages } from './comparing-truth.ts'
import { median, quantile } from './spread.ts'

export interface Found {
  readonly real: number
  readonly found: number
}

/** A peer that can only say how much differs: judged at the level that 1 % of the unchanged pages exceed. */
export interface PagePeer {
  readonly recall: number
  /** Share of the pixels that the typical unchanged page shows as different. */
  readonly unchangedMedian: number
}

export interface ComparingFigures {
  readonly unchanged: number
  /** Changes by kind: found where they are, on the right page. */
  readonly recall: Readonly<Record<Change, Found>>
  /** Unchanged pages with at least one difference. */
  readonly alarmed: number
  /** Differences on changed pages that are none. */
  readonly besides: number
  /** Matched pages that could not be laid over each other. */
  readonly unregistered: number
  readonly medianSeconds: number
  readonly p95Seconds: number
  /** Of a process that does nothing but compare. */
  readonly peakMegabytes: number
  readonly pixelmatch: PagePeer
  readonly registeredPixelmatch: PagePeer
  /** On a sample; undefined where tesseract with chi_sim or diff is not installed. */
  readonly tesseractDiff: { readonly changed: Found; readonly unchanged: Found } | undefined
}

export interface ComparingOptions {
  /** Where rendered pages are kept between runs. */
  readonly folder?: string
  /** At most so many unchanged pages a volume, spread over it; all by default. */
  readonly unchangedPages?: number
  /** Volumes of which only the changed pages are compared, and for the recall alone. */
  readonly changedOnly?: readonly number[]
  readonly peers?: boolean
}

/** Pages that tesseract reads: about five seconds each. */
const PEER_SAMPLE = 10
const PEER_ALARMS = 0.01

interface Judged {
  readonly pages: MatchedPages
  readonly comparison: PageComparison
  readonly shares: PixelShares | undefined
}

class Comparer implements AsyncDisposable {
  private readonly child = fork(fileURLToPath(new URL('./comparing-child.ts', import.meta.url)), {
    serialization: 'advanced',
  })

  async compare(question: { paper: ComparedPage; electronic: ComparedPage }): Promise<ComparingAnswer> {
    const settled = new AbortController()
    const { signal } = settled
    try {
      this.child.send(question satisfies ComparingQuestion)
      const [answer] = (await Promise.race([
        once(this.child, 'message', { signal }),
        once(this.child, 'exit', { signal }).then(() => {
          throw new Error('the comparing process ended')
        }),
      ])) as [ComparingAnswer]
      return answer
    } finally {
      settled.abort()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return
    this.child.send({ end: true } satisfies ComparingQuestion)
    await once(this.child, 'exit')
  }
}

function chosen(pages: readonly MatchedPages[], most: number | undefined): readonly MatchedPages[] {
  const plain = pages.filter(({ truth }) => truth.changes.length === 0)
  const step = most === undefined ? 1 : Math.max(1, plain.length / most)
  const kept = new Set<MatchedPages | undefined>()
  for (let at = 0; at < plain.length; at += step) kept.add(plain[Math.floor(at)])
  return pages.filter((page) => page.truth.changes.length > 0 || kept.has(page))
}

function pagePeer(judged: readonly Judged[], of: (shares: PixelShares) => number): PagePeer {
  const values = (changed: boolean) =>
    judged.flatMap(({ pages, shares }) =>
      shares !== undefined && pages.truth.changes.length > 0 === changed ? [of(shares)] : [],
    )
  const [plain, altered] = [values(false), values(true)]
  const level = quantile(plain, 1 - PEER_ALARMS)
  return {
    recall: altered.filter((value) => value > level).length / Math.max(1, altered.length),
    unchangedMedian: median(plain),
  }
}

async function byTesseract(
  judged: readonly Judged[],
  say: (line: string) => void,
): Promise<ComparingFigures['tesseractDiff']> {
  if (!hasTesseract()) {
    say('tesseract with chi_sim, or diff, is not installed: left out')
    return undefined
  }
  const sample = (wanted: boolean) => {
    const among = judged.filter(({ pages }) => {
      const { changes } = pages.truth
      const words = changes.some(({ kind }) => kind === 'word' || kind === 'digit')
      return wanted ? words : changes.length === 0 && pages.paper.reading.lines.length > 5
    })
    const step = Math.max(1, among.length / PEER_SAMPLE)
    return among
      .filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
      .slice(0, PEER_SAMPLE)
  }
  const flagged = async (list: readonly Judged[]): Promise<Found> => {
    let found = 0
    for (const { pages } of list) {
      const { paper, electronic } = await comparedPages(pages)
      if ((await differingLines(paper, electronic)) > 0) found += 1
    }
    return { real: list.length, found }
  }
  say('tesseract and diff on a sample')
  return { changed: await flagged(sample(true)), unchanged: await flagged(sample(false)) }
}

/**
 * Compares the truly matched pages of the volumes and says how many changes are found, how many unchanged pages raise
 * a false alarm, and what it takes; the peers see the same pages in the same run.
 */
export async function comparingFigures(
  seeds: readonly number[],
  say: (line: string) => void,
  { folder, unchangedPages, changedOnly = [], peers = true }: ComparingOptions = {},
): Promise<ComparingFigures> {
  const recall = Object.fromEntries(CHANGES.map((kind) => [kind, { real: 0, found: 0 }])) as Record<
    Change,
    { real: number; found: number }
  >
  const judged: Judged[] = []
  const seconds: number[] = []
  let [alarmed, besides, unregistered, unchanged, peakMegabytes] = [0, 0, 0, 0, 0]
  await using comparer = new Comparer()
  const recalled = (pages: MatchedPages, comparison: PageComparison) => {
    for (const change of pages.truth.changes) {
      recall[change.kind].real += 1
      if (comparison.changes.some((one) => finds(one, change))) recall[change.kind].found += 1
    }
  }
  for (const seed of seeds) {
    const pair = volumePair(seed, folder === undefined ? {} : { folder })
    const list = chosen(matchedPages(pair), unchangedPages)
    for (const pages of list) {
      const compared = await comparedPages(pages)
      const answer = await comparer.compare(compared)
      const { comparison } = answer
      seconds.push(answer.seconds)
      peakMegabytes = answer.peakMegabytes
      const { changes } = pages.truth
      if (!comparison.registered) unregistered += 1
      recalled(pages, comparison)
      if (changes.length === 0) {
        unchanged += 1
        if (comparison.changes.length > 0) alarmed += 1
      } else {
        besides += comparison.changes.filter((one) => !changes.some((change) => finds(one, change))).length
      }
      const shares = peers
        ? await pixelShares(compared.paper, compared.electronic, comparison.transform)
        : undefined
      judged.push({ pages, comparison, shares })
    }
    say(`comparing: volume ${seed}, ${list.length} pairs of pages`)
  }
  for (const seed of changedOnly) {
    const pair = volumePair(seed, folder === undefined ? {} : { folder })
    const list = matchedPages(pair).filter(({ truth }) => truth.changes.length > 0)
    for (const pages of list) recalled(pages, (await comparer.compare(await comparedPages(pages))).comparison)
    say(`comparing: volume ${seed}, ${list.length} changed pages`)
  }
  return {
    unchanged,
    recall,
    alarmed,
    besides,
    unregistered,
    medianSeconds: median(seconds),
    p95Seconds: quantile(seconds, 0.95),
    peakMegabytes,
    pixelmatch: pagePeer(judged, (shares) => shares.unregistered),
    registeredPixelmatch: pagePeer(judged, (shares) => shares.registered),
    tesseractDiff: peers ? await byTesseract(judged, say) : undefined,
  }
}
