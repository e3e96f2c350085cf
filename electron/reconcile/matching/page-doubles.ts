import { type MatchBoard, rankedForElectronic, rankedForPaper } from './match-board.ts'
import type { PagePair } from './page-pair.ts'
import type { DuplicatedPage } from './sequence-match.ts'

/** A page is a double when it is this like the partner of its twin, and hardly less than the twin itself. */
const DOUBLE_SCORE = 0.75
const DOUBLE_MARGIN = 0.12

/** Two scans of one page differ by less than a changed page does. */
const DOUBLE_REPLACED = 0.5
/** Without text, the ink of two scans by one machine must lie as alike as no two forms filled in do. */
const DOUBLE_INK = 0.93

/** Held against the partner of its twin, and against the twin itself, which was scanned by the same machine. */
function isDouble(other: PagePair, partner: PagePair, twin: PagePair): boolean {
  const alike = (pair: PagePair) => pair.score >= DOUBLE_SCORE && pair.replaced <= DOUBLE_REPLACED
  if (twin.text === null && (twin.image ?? 0) < DOUBLE_INK) return false
  return alike(other) && alike(twin) && partner.score - other.score <= DOUBLE_MARGIN
}

/** Pages without a partner that are scans of a page which has one. */
export function findDoubles(board: MatchBoard): readonly DuplicatedPage[] {
  const doubles: DuplicatedPage[] = []
  board.electronic.forEach((page, again) => {
    if (board.paperOf[again] !== -1 || page.blank) return
    for (const { index: paper, pair } of rankedForElectronic(board, again)) {
      const first = board.electronicOf[paper] ?? -1
      if (first === -1) continue
      const twin = board.twins.electronic(first, again)
      if (!isDouble(pair, board.pair(paper, first), twin)) continue
      doubles.push({ side: 'electronic', first, again, confidence: pair.score })
      return
    }
  })
  board.paper.forEach((page, again) => {
    if (board.electronicOf[again] !== -1 || page.blank || board.decidedPaper.has(again)) return
    for (const { index: electronic, pair } of rankedForPaper(board, again)) {
      const first = board.paperOf[electronic] ?? -1
      if (first === -1) continue
      const twin = board.twins.paper(first, again)
      if (!isDouble(pair, board.pair(first, electronic), twin)) continue
      doubles.push({ side: 'paper', first, again, confidence: pair.score })
      return
    }
  })
  return doubles
}

/** Whether the double could stand in the match instead without leaving the order: no other match lies between. */
function noneBetween(partners: Int32Array, a: number, b: number): boolean {
  for (let at = Math.min(a, b) + 1; at < Math.max(a, b); at++) if (partners[at] !== -1) return false
  return true
}

/** Of two scans of one page that stand together, the first is the page and the second its double. */
export function firstIsThePage(
  board: MatchBoard,
  doubles: readonly DuplicatedPage[],
): readonly DuplicatedPage[] {
  return doubles.map((double) => {
    const { side, first, again } = double
    if (again > first) return double
    const partners = side === 'electronic' ? board.paperOf : board.electronicOf
    if (!noneBetween(partners, first, again)) return double
    if (side === 'electronic') {
      const paper = board.paperOf[first] ?? -1
      if (board.decidedPaper.has(paper)) return double
      board.release(paper)
      board.assign(paper, again)
    } else {
      if (board.decidedPaper.has(first)) return double
      const electronic = board.electronicOf[first] ?? -1
      board.release(first)
      board.assign(again, electronic)
    }
    return { ...double, first: again, again: first }
  })
}
