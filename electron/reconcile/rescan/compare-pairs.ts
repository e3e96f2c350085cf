import type { PageRow } from '../../../shared/contract/model.ts'
import type { FoundChange, PageMatchRow } from '../../../shared/contract/reconcile.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import type { JobWork } from '../../jobs/index.ts'
import type { MatchRecords } from '../records/match-records.ts'
import type { PlacedPaperPage } from '../records/paper-records.ts'
import type { ComparisonEngine } from './comparison-engine.ts'
import type { RescanInput } from './rescan-input.ts'
import type { RescanParts } from './rescan-parts.ts'
import { openComparison, sealComparison } from './sealed-content.ts'
import type { TwoSides } from './two-sides.ts'

interface Pair {
  readonly match: PageMatchRow
  readonly paper: PlacedPaperPage
  readonly page: PageRow
}

/** What is wrong with one image; anything else would fail the next pair as well. */
const FAULTS_OF_A_PAGE: ReadonlySet<string> = new Set([
  'VAULT_OBJECT_MISSING',
  'VAULT_OBJECT_DAMAGED',
  'INTAKE_UNREADABLE_FILE',
  'INTAKE_TRUNCATED_FILE',
])

/** What may be the same page; where that is not sure, the comparison helps a person to decide. */
function isComparable({ kind, sure }: PageMatchRow): boolean {
  return kind === 'same' || (kind === 'replaced' && !sure)
}

function strongestOf(changes: readonly FoundChange[]): string | null {
  const [first] = [...changes].sort((a, b) => b.strength - a.strength)
  return first?.kind ?? null
}

/**
 * Compares every pair that shows, or may show, the same page and was not compared yet with what is known of it now. A pair's result
 * is its checkpoint. The images of as many pairs as the engine has lanes are in memory at a time.
 */
export async function comparePairs(
  parts: RescanParts,
  work: JobWork<RescanInput>,
  volume: VolumeRecord,
  both: {
    readonly paper: readonly PlacedPaperPage[]
    readonly electronic: readonly PageRow[]
    readonly matches: MatchRecords
    readonly sides: TwoSides
    readonly engine: ComparisonEngine
  },
): Promise<void> {
  const { vault } = parts
  const { compartment } = volume
  const { signal } = work
  const papers = new Map(both.paper.map((page) => [page.id, page]))
  const pages = new Map(both.electronic.map((page) => [page.id, page]))
  const pairs = both.matches.list(work.input.reconciliationId).flatMap((match): readonly Pair[] => {
    const paper = papers.get(match.paperPageId ?? '')
    const page = pages.get(match.pageId ?? '')
    return !isComparable(match) || paper === undefined || page === undefined ? [] : [{ match, paper, page }]
  })
  const isCurrent = ({ match, paper, page }: Pair): boolean => {
    if (match.changes === null) return false
    const content = both.matches.content(match.id)
    if (content === undefined) return false
    const kept = openComparison(vault, compartment, match.id, content)
    // Texts that came since may tell what the images did not.
    return (
      kept.paperRead === paper.read &&
      (kept.electronicRead || both.sides.electronicPage(page).reading() === null)
    )
  }

  const compareOne = async ({ match, paper, page }: Pair): Promise<void> => {
    const paperSide = both.sides.paperPage(paper)
    const electronicSide = both.sides.electronicPage(page)
    const [mine, theirs] = [paperSide.reading(), electronicSide.reading()]
    const { compared } = await both.sides.seen(paperSide, (paperImage) =>
      both.sides.seen(electronicSide, (image) =>
        both.engine.run(
          {
            kind: 'compare',
            paper: { image: paperImage, reading: mine, turn: paper.turn },
            electronic: { image, reading: theirs, turn: match.turn },
          },
          signal,
        ),
      ),
    )
    const about = { ...compared, paperRead: mine !== null, electronicRead: theirs !== null }
    both.matches.setCompared(match.id, {
      at: parts.now().toISOString(),
      changes: compared.comparison.changes.length,
      strongest: strongestOf(compared.comparison.changes),
      content: sealComparison(vault, compartment, match.id, about),
    })
  }

  const left = pairs.filter((pair) => !isCurrent(pair))
  let done = pairs.length - left.length
  work.progress({ phase: 'comparing', done, total: pairs.length })
  let next = 0
  const lane = async () => {
    for (let place = next++; place < left.length; place = next++) {
      signal.throwIfAborted()
      const pair = left[place]
      if (pair === undefined) return
      try {
        await compareOne(pair)
      } catch (error) {
        if (!(error instanceof AppError) || !FAULTS_OF_A_PAGE.has(error.code)) throw error
        work.record({
          unitKey: `compare|${pair.paper.id}|${pair.page.versionId}`,
          subject: `纸质 ${pair.paper.sequence} · 影像${pair.page.position}`,
          ...{ outcome: 'failed', code: error.code, details: error.details },
        })
      }
      done += 1
      work.progress({ done })
    }
  }
  await Promise.all(Array.from({ length: both.engine.lanes }, lane))
}
