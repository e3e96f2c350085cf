import { AppError } from '../../../shared/errors.ts'
import type { Candidates } from './page-candidates.ts'
import { type PagePair, type PairOf, pagePairs } from './page-pair.ts'
import type { PageSignature } from './page-signature.ts'
import type { FixedPair } from './sequence-match.ts'
import type { Slot } from './slot-alignment.ts'
import type { WordRarity } from './word-rarity.ts'

export interface Assigned {
  readonly paper: number
  readonly electronic: number
}

/** The state of a matching: which pages have found each other. A page is on the board once. */
export interface MatchBoard {
  readonly paper: readonly PageSignature[]
  readonly electronic: readonly PageSignature[]
  /** Candidates of each paper page, and of each electronic page. */
  readonly candidates: Candidates
  readonly candidatesBack: Candidates
  readonly pair: PairOf
  /** Compares two pages of one side. */
  readonly twins: Readonly<Record<'paper' | 'electronic', PairOf>>
  /** Minus one where a page has no partner. */
  readonly electronicOf: Int32Array
  readonly paperOf: Int32Array
  readonly assign: (paper: number, electronic: number) => void
  readonly release: (paper: number) => void
  readonly isFree: (paper: number, electronic: number) => boolean
  /** A person's decisions stay as they are. */
  readonly decidedPaper: ReadonlySet<number>
  readonly assigned: () => readonly Assigned[]
}

function reversed(candidates: Candidates, length: number): Candidates {
  const back: number[][] = Array.from({ length }, () => [])
  candidates.forEach((list, paper) => {
    for (const electronic of list) back[electronic]?.push(paper)
  })
  return back
}

function refuseContradictions(fixed: readonly FixedPair[], paper: number, electronic: number): void {
  const partners = fixed.flatMap((decision) => decision.electronic ?? [])
  const outside =
    fixed.some((decision) => decision.paper < 0 || decision.paper >= paper) ||
    partners.some((partner) => partner < 0 || partner >= electronic)
  const twice =
    new Set(fixed.map((decision) => decision.paper)).size < fixed.length ||
    new Set(partners).size < partners.length
  if (outside || twice)
    throw new AppError('CALL_INVALID_INPUT', { reason: outside ? 'no-such-page' : 'page-twice' })
}

export function matchBoard(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  candidates: Candidates,
  rarity: WordRarity,
  fixed: readonly FixedPair[],
): MatchBoard {
  refuseContradictions(fixed, paper.length, electronic.length)
  const electronicOf = new Int32Array(paper.length).fill(-1)
  const paperOf = new Int32Array(electronic.length).fill(-1)
  const decidedPaper = new Set(fixed.map((decision) => decision.paper))
  const assign = (p: number, e: number) => {
    electronicOf[p] = e
    paperOf[e] = p
  }
  for (const decision of fixed) if (decision.electronic !== null) assign(decision.paper, decision.electronic)
  return {
    paper,
    electronic,
    candidates,
    candidatesBack: reversed(candidates, electronic.length),
    pair: pagePairs(paper, electronic, rarity),
    twins: { paper: pagePairs(paper, paper, rarity), electronic: pagePairs(electronic, electronic, rarity) },
    electronicOf,
    paperOf,
    assign,
    release: (p) => {
      const e = electronicOf[p] ?? -1
      electronicOf[p] = -1
      if (e >= 0) paperOf[e] = -1
    },
    isFree: (p, e) => electronicOf[p] === -1 && paperOf[e] === -1 && !decidedPaper.has(p),
    decidedPaper,
    assigned: () =>
      Array.from(electronicOf, (e, p) => ({ paper: p, electronic: e })).filter(
        (link) => link.electronic >= 0,
      ),
  }
}

export interface ScoredCandidate {
  readonly index: number
  readonly pair: PagePair
}

/** The electronic candidates of a paper page, best first. */
export function rankedForPaper(board: MatchBoard, paper: number): readonly ScoredCandidate[] {
  return (board.candidates[paper] ?? [])
    .map((index) => ({ index, pair: board.pair(paper, index) }))
    .sort((a, b) => b.pair.score - a.pair.score)
}

/** The paper candidates of an electronic page, best first. */
export function rankedForElectronic(board: MatchBoard, electronic: number): readonly ScoredCandidate[] {
  return (board.candidatesBack[electronic] ?? [])
    .map((index) => ({ index, pair: board.pair(index, electronic) }))
    .sort((a, b) => b.pair.score - a.pair.score)
}

/** What lies free between the links of a chain, in order; the pages that are assigned elsewhere are left out. */
export function slotsBetween(board: MatchBoard, chain: readonly Assigned[]): readonly Slot[] {
  const slots: Slot[] = []
  let before: readonly [number, number] = [-1, -1]
  const ends = [...chain, { paper: board.paper.length, electronic: board.electronic.length }]
  for (const end of ends) {
    const paper: number[] = []
    const electronic: number[] = []
    for (let p = before[0] + 1; p < end.paper; p++)
      if (board.electronicOf[p] === -1 && !board.decidedPaper.has(p)) paper.push(p)
    for (let e = before[1] + 1; e < end.electronic; e++) if (board.paperOf[e] === -1) electronic.push(e)
    const after = [end.paper, end.electronic] as const
    if (paper.length > 0 && electronic.length > 0) slots.push({ paper, electronic, before, after })
    before = after
  }
  return slots
}
