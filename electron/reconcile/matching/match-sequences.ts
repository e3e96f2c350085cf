import { type MatchBoard, matchBoard, rankedForElectronic, rankedForPaper } from './match-board.ts'
import { judge, SURE } from './match-confidence.ts'
import {
  alignSlots,
  chainOf,
  dropDifferentAfar,
  followWithBlanks,
  takeAnchors,
  takeLeftOvers,
  takeReplaced,
} from './match-steps.ts'
import { pageCandidates } from './page-candidates.ts'
import { findDoubles, firstIsThePage } from './page-doubles.ts'
import type { PageSignature } from './page-signature.ts'
import type {
  DuplicatedPage,
  ElectronicCandidate,
  FixedPair,
  PageMatch,
  SequenceMatch,
} from './sequence-match.ts'
import { wordRarity } from './word-rarity.ts'

/** Candidates that a person is shown. */
const OFFERED = 5
const LEAST_OFFERED = 0.25

function offered(board: MatchBoard, paper: number): readonly ElectronicCandidate[] {
  return rankedForPaper(board, paper)
    .filter(({ pair }) => pair.score >= LEAST_OFFERED)
    .slice(0, OFFERED)
    .map(({ index, pair }) => ({ electronic: index, confidence: pair.score }))
}

function matchesOf(board: MatchBoard, doubles: readonly DuplicatedPage[]): readonly PageMatch[] {
  const inOrder = new Set(chainOf(board).map(({ paper }) => paper))
  const again = new Set(doubles.map(({ side, again: index }) => `${side} ${index}`))
  return board.assigned().map(({ paper, electronic }) => {
    const { kind, confidence, reasons } = judge(board, paper, electronic, again)
    const sure = confidence >= SURE
    const rest = sure ? [] : offered(board, paper).filter((candidate) => candidate.electronic !== electronic)
    return {
      paper,
      electronic,
      confidence,
      turn: board.pair(paper, electronic).turn,
      kind,
      moved: !inOrder.has(paper),
      sure,
      reasons,
      candidates: sure ? [] : [{ electronic, confidence }, ...rest],
    }
  })
}

/** See `index.ts`. */
export function matchSequences(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  fixed: readonly FixedPair[] = [],
  signal?: AbortSignal,
): SequenceMatch {
  signal?.throwIfAborted()
  const rarity = wordRarity([...paper, ...electronic])
  const candidates = pageCandidates(paper, electronic, rarity, signal)
  const board = matchBoard(paper, electronic, candidates, rarity, fixed)
  takeAnchors(board)
  dropDifferentAfar(board)
  alignSlots(board, signal)
  takeLeftOvers(board)
  followWithBlanks(board)
  const doubles = firstIsThePage(board, findDoubles(board))
  const again = new Set(doubles.map(({ side, again: index }) => `${side} ${index}`))
  takeReplaced(board, (p, e) => again.has(`paper ${p}`) || again.has(`electronic ${e}`))
  return {
    matches: matchesOf(board, doubles),
    missing: paper.flatMap((_, p) =>
      board.electronicOf[p] === -1 ? [{ paper: p, candidates: offered(board, p) }] : [],
    ),
    extra: electronic.flatMap((_, e) => {
      if (board.paperOf[e] !== -1) return []
      const likely = rankedForElectronic(board, e)
        .filter(({ pair }) => pair.score >= LEAST_OFFERED)
        .slice(0, OFFERED)
        .map(({ index, pair }) => ({ paper: index, confidence: pair.score }))
      return [{ electronic: e, candidates: likely }]
    }),
    duplicated: doubles,
  }
}
