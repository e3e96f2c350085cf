import type { PageRow } from '../../../shared/contract/model.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import type { JobWork } from '../../jobs/index.ts'
import type { PageSignature, SequenceMatch } from '../matching/index.ts'
import type { MatchFinding, MatchRecords } from '../records/match-records.ts'
import type { PlacedPaperPage } from '../records/paper-records.ts'
import type { ComparisonEngine } from './comparison-engine.ts'
import type { RescanInput } from './rescan-input.ts'
import type { SidePage, TwoSides } from './two-sides.ts'

const MOST_SURE_ALONE = 0.99

interface Both {
  readonly paper: readonly PlacedPaperPage[]
  readonly electronic: readonly PageRow[]
}

/** Draws or fetches the signatures of both sides, as many at once as the engine has lanes. */
export async function signSides(
  work: JobWork<RescanInput>,
  engine: ComparisonEngine,
  sides: TwoSides,
  { paper, electronic }: Both,
): Promise<{ readonly paper: readonly PageSignature[]; readonly electronic: readonly PageSignature[] }> {
  const pages: readonly SidePage[] = [...paper.map(sides.paperPage), ...electronic.map(sides.electronicPage)]
  const signatures = new Array<PageSignature>(pages.length)
  let next = 0
  let done = 0
  work.progress({ phase: 'matching', done, total: pages.length })
  const lane = async () => {
    for (let place = next++; place < pages.length; place = next++) {
      work.signal.throwIfAborted()
      const page = pages[place]
      if (page === undefined) return
      signatures[place] = await sides.signature(page, engine, work.signal)
      done += 1
      work.progress({ done })
    }
  }
  await Promise.all(Array.from({ length: engine.lanes }, lane))
  return { paper: signatures.slice(0, paper.length), electronic: signatures.slice(paper.length) }
}

/** Matches the two sequences around what people decided. A decision about a page that is gone says nothing any more. */
export async function matchSides(
  work: JobWork<RescanInput>,
  engine: ComparisonEngine,
  both: Both,
  signatures: Awaited<ReturnType<typeof signSides>>,
  decisions: ReturnType<MatchRecords['decisions']>,
): Promise<readonly MatchFinding[]> {
  // What a person found to have no paper takes no part.
  const unpaired = new Set(
    decisions.flatMap(({ paperPageId, pageId }) => (paperPageId === null ? [pageId] : [])),
  )
  const places = both.electronic.flatMap(({ id }, place) => (unpaired.has(id) ? [] : [place]))
  const electronic = places.flatMap((place) => both.electronic[place] ?? [])
  const paperPlaces = new Map(both.paper.map(({ id }, place) => [id, place]))
  const electronicPlaces = new Map(electronic.map(({ id }, place) => [id, place]))
  const fixed = decisions.flatMap(({ paperPageId, pageId }) => {
    const paper = paperPlaces.get(paperPageId ?? '')
    const page = pageId === null ? null : electronicPlaces.get(pageId)
    return paper === undefined || page === undefined ? [] : [{ paper, electronic: page }]
  })
  const seen = {
    paper: signatures.paper,
    electronic: places.flatMap((place) => signatures.electronic[place] ?? []),
  }
  const { match } = await engine.run({ kind: 'match', ...seen, fixed }, work.signal)
  const alone = both.electronic.filter(({ id }) => unpaired.has(id))
  return [
    ...findingsOf({ ...both, electronic }, match, (side, place) => seen[side][place]?.blank === true),
    ...alone.map(
      ({ id, versionId }): MatchFinding => ({
        ...{ paperPageId: null, pageId: id, versionId, kind: 'extra', confidence: 1, sure: true },
        ...{ moved: false, turn: 0, reasons: [{ code: 'decided' }], candidates: [] },
      }),
    ),
  ]
}

/** How sure it is that a page has no partner, by the likest page that is left for it. */
function aloneFor(rivals: readonly { readonly confidence: number }[]): number {
  return Math.min(MOST_SURE_ALONE, 1 - Math.max(0, ...rivals.map(({ confidence }) => confidence)))
}

/** The rows of a matching. Of a scan of a part, electronic pages beyond the pages that it met are none of its business. */
export function findingsOf(
  { paper, electronic }: Both,
  match: SequenceMatch,
  isBlank: (side: keyof Both, place: number) => boolean,
): readonly MatchFinding[] {
  const paperAt = (place: number) => paper[place]?.id ?? null
  const pageAt = (place: number) => ({
    pageId: electronic[place]?.id ?? null,
    versionId: electronic[place]?.versionId ?? null,
  })
  const offered = (candidates: readonly { readonly electronic: number; readonly confidence: number }[]) =>
    candidates.flatMap(({ electronic: place, confidence }) => {
      const pageId = electronic[place]?.id
      return pageId === undefined ? [] : [{ pageId, confidence }]
    })
  const doubles = (side: 'paper' | 'electronic') =>
    new Map(match.duplicated.filter((one) => one.side === side).map((one) => [one.again, one]))
  const paperAgain = doubles('paper')
  const pageAgain = doubles('electronic')
  const aloneBecause = (side: keyof Both, place: number, again: { readonly first: number } | undefined) => [
    ...(again === undefined ? [] : [{ code: 'again', value: again.first + 1 }]),
    ...(isBlank(side, place) ? [{ code: 'blank' }] : []),
  ]
  // What surely is another page is no rival.
  const sure = match.matches.filter((one) => one.sure)
  const taken = {
    paper: new Set(sure.map((one) => one.paper)),
    electronic: new Set(sure.map((one) => one.electronic)),
  }
  const alone = { moved: false, turn: 0, versionId: null, pageId: null, paperPageId: null } as const
  return [
    ...match.matches.map(
      (one): MatchFinding => ({
        paperPageId: paperAt(one.paper),
        ...pageAt(one.electronic),
        ...{ kind: one.kind, confidence: one.confidence, sure: one.sure, moved: one.moved },
        // As the images are stored to upright on the paper's side.
        turn: ((one.turn + (paper[one.paper]?.turn ?? 0)) % 360) as Turn,
        reasons: [...one.reasons],
        candidates: offered(one.candidates),
      }),
    ),
    ...match.missing.map(({ paper: place, candidates }): MatchFinding => {
      const again = paperAgain.get(place)
      return {
        ...alone,
        paperPageId: paperAt(place),
        kind: again === undefined ? 'missing' : 'duplicate',
        confidence:
          again?.confidence ?? aloneFor(candidates.filter(({ electronic: at }) => !taken.electronic.has(at))),
        sure: true,
        reasons: aloneBecause('paper', place, again),
        candidates: offered(candidates),
      }
    }),
    ...match.extra
      .filter(({ electronic: place }) => insideScanned(paper, match, place))
      .map(({ electronic: place, candidates }): MatchFinding => {
        const again = pageAgain.get(place)
        return {
          ...alone,
          ...pageAt(place),
          kind: again === undefined ? 'extra' : 'duplicate',
          confidence:
            again?.confidence ?? aloneFor(candidates.filter(({ paper: at }) => !taken.paper.has(at))),
          sure: true,
          reasons: aloneBecause('electronic', place, again),
          candidates:
            again === undefined ? [] : offered([{ electronic: again.first, confidence: again.confidence }]),
        }
      }),
  ]
}

/** Whether an electronic page lies where the paper was scanned. */
export function insideScanned(
  paper: readonly { readonly part: boolean; readonly scanId: string }[],
  match: SequenceMatch,
  place: number,
): boolean {
  if (paper.some(({ part }) => !part)) return true
  // Each part for itself: between two parts lies paper that nobody scanned.
  const extents = new Map<string, { first: number; last: number }>()
  for (const { paper: at, electronic, moved } of match.matches) {
    const scanId = paper[at]?.scanId
    if (scanId === undefined || moved) continue
    const extent = extents.get(scanId)
    extents.set(scanId, {
      first: Math.min(extent?.first ?? electronic, electronic),
      last: Math.max(extent?.last ?? electronic, electronic),
    })
  }
  return [...extents.values()].some(({ first, last }) => place > first && place < last)
}
