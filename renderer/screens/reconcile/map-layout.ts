import type { OutputOf } from '../../../shared/contract/index.ts'

export type Sides = OutputOf<'reconcile.sides'>
export type PageMatch = Sides['matches'][number]
export type PaperPage = Sides['paper'][number]

/** How a page of either ribbon stands; the words and the shape are found by this name. */
export const CELL_STATES = [
  'same',
  'changed',
  'replaced',
  'missing',
  'extra',
  'duplicate',
  'unsure',
  'outside',
] as const
export type CellState = (typeof CELL_STATES)[number]

/** A place of the volume that can be stood on: a pair of pages, or a page without a partner. */
export interface Spot {
  /** The id of the match, or of the page where it has none. */
  readonly key: string
  readonly match: PageMatch | null
  readonly state: CellState
  readonly moved: boolean
  readonly turned: boolean
  /** From 0 in the paper's sequence. */
  readonly paperIndex: number | null
  /** From 0 among the electronic pages. */
  readonly pageIndex: number | null
  readonly paperColumn: number | null
  readonly pageColumn: number | null
}

export interface MapLayout {
  readonly columns: number
  /** In the order in which keys go: along the paper, electronic pages without a partner where they stand. */
  readonly spots: readonly Spot[]
  readonly spotOf: ReadonlyMap<string, number>
  /** By column: the number of the spot of the page there, -1 where there is a gap. */
  readonly paperAt: Int32Array
  readonly pageAt: Int32Array
  readonly counts: Readonly<Record<CellState | 'moved' | 'turned', number>>
}

interface MapPage {
  readonly id: string
  readonly turn?: number | undefined
}

/** What stands against what; a page that nothing was said about is `outside`, as where a part was scanned. */
export function stateOf(match: PageMatch): CellState {
  if (!match.sure && match.decidedBy === null) return 'unsure'
  if (match.paperPageId === null) return match.kind === 'duplicate' ? 'duplicate' : 'extra'
  if (match.pageId === null) return match.kind === 'duplicate' ? 'duplicate' : 'missing'
  if (match.kind === 'replaced') return 'replaced'
  return (match.changes ?? 0) > 0 ? 'changed' : 'same'
}

/** Whether somebody has to look at it. */
export function needsLook(spot: Spot): boolean {
  return spot.moved || spot.turned || (spot.state !== 'same' && spot.state !== 'outside')
}

/**
 * The pairs that stand in the same order on both sides, as many as there are: the longest increasing run, by
 * patience sorting. All other lines cross them.
 */
function straightPairs(pairs: readonly (readonly [paper: number, page: number])[]): readonly number[] {
  const tails: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  pairs.forEach(([, page], at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < page) low = middle + 1
      else high = middle
    }
    before[at] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = at
  })
  const chain: number[] = []
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) chain.push(at)
  return chain.reverse()
}

/**
 * Puts two sequences side by side: pairs in order share a column, a page that has no partner there stands over a
 * gap, so that one missing page does not bend all lines after it.
 */
export function layoutMap(
  paper: readonly MapPage[],
  pages: readonly MapPage[],
  matches: readonly PageMatch[],
): MapLayout {
  const paperPlace = new Map(paper.map(({ id }, index) => [id, index]))
  const pagePlace = new Map(pages.map(({ id }, index) => [id, index]))
  const matchOfPaper = new Map<number, PageMatch>()
  const matchOfPage = new Map<number, PageMatch>()
  for (const match of matches) {
    const paperIndex = paperPlace.get(match.paperPageId ?? '')
    const pageIndex = pagePlace.get(match.pageId ?? '')
    if (paperIndex !== undefined) matchOfPaper.set(paperIndex, match)
    if (pageIndex !== undefined) matchOfPage.set(pageIndex, match)
  }
  const pairs: (readonly [number, number])[] = []
  paper.forEach((_, paperIndex) => {
    const match = matchOfPaper.get(paperIndex)
    const pageIndex = match === undefined || match.moved ? undefined : pagePlace.get(match.pageId ?? '')
    if (pageIndex !== undefined && matchOfPage.get(pageIndex) === match) pairs.push([paperIndex, pageIndex])
  })
  const paperColumns = new Int32Array(paper.length)
  const pageColumns = new Int32Array(pages.length)
  let columns = 0
  let [nextPaper, nextPage] = [0, 0]
  const fillTo = (paperEnd: number, pageEnd: number) => {
    // Where neither side was matched, as before a first matching, page stands over page.
    while (nextPaper < paperEnd && nextPage < pageEnd && matches.length === 0) {
      paperColumns[nextPaper++] = columns
      pageColumns[nextPage++] = columns++
    }
    while (nextPaper < paperEnd) paperColumns[nextPaper++] = columns++
    while (nextPage < pageEnd) pageColumns[nextPage++] = columns++
  }
  for (const at of straightPairs(pairs)) {
    const [paperIndex, pageIndex] = pairs[at] ?? [0, 0]
    fillTo(paperIndex, pageIndex)
    paperColumns[nextPaper++] = columns
    pageColumns[nextPage++] = columns++
  }
  fillTo(paper.length, pages.length)

  const unsorted: { readonly order: number; readonly spot: Spot }[] = []
  const push = (match: PageMatch | undefined, paperIndex: number | null, pageIndex: number | null) => {
    const paperColumn = paperIndex === null ? null : (paperColumns[paperIndex] ?? 0)
    const pageColumn = pageIndex === null ? null : (pageColumns[pageIndex] ?? 0)
    const own = paperIndex === null ? pages[pageIndex ?? 0] : paper[paperIndex]
    const paired = match !== undefined && paperIndex !== null && pageIndex !== null
    unsorted.push({
      order: paperColumn ?? pageColumn ?? 0,
      spot: {
        key: match?.id ?? own?.id ?? '',
        match: match ?? null,
        state: match === undefined ? 'outside' : stateOf(match),
        moved: match?.moved ?? false,
        turned: paired && match.turn !== (pages[pageIndex]?.turn ?? 0),
        paperIndex,
        pageIndex,
        paperColumn,
        pageColumn,
      },
    })
  }
  paper.forEach((_, paperIndex) => {
    const match = matchOfPaper.get(paperIndex)
    push(match, paperIndex, pagePlace.get(match?.pageId ?? '') ?? null)
  })
  pages.forEach((_, pageIndex) => {
    const match = matchOfPage.get(pageIndex)
    if (match === undefined || !paperPlace.has(match.paperPageId ?? '')) push(match, null, pageIndex)
  })
  const spots = unsorted.sort((a, b) => a.order - b.order).map(({ spot }) => spot)

  const paperAt = new Int32Array(columns).fill(-1)
  const pageAt = new Int32Array(columns).fill(-1)
  const counts: Record<CellState | 'moved' | 'turned', number> = {
    ...{ same: 0, changed: 0, replaced: 0, missing: 0, extra: 0 },
    ...{ duplicate: 0, unsure: 0, outside: 0, moved: 0, turned: 0 },
  }
  spots.forEach((spot, at) => {
    if (spot.paperColumn !== null) paperAt[spot.paperColumn] = at
    if (spot.pageColumn !== null) pageAt[spot.pageColumn] = at
    counts[spot.state] += 1
    if (spot.moved) counts.moved += 1
    if (spot.turned) counts.turned += 1
  })
  return {
    columns,
    spots,
    spotOf: new Map(spots.map(({ key }, at) => [key, at])),
    paperAt,
    pageAt,
    counts,
  }
}
