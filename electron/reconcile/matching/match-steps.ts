import { heaviestChain } from './increasing-chain.ts'
import {
  type Assigned,
  type MatchBoard,
  rankedForElectronic,
  rankedForPaper,
  slotsBetween,
} from './match-board.ts'
import type { PagePair } from './page-pair.ts'
import { alignSlot } from './slot-alignment.ts'

/** A pair is an anchor when both pages prefer each other, are this alike, and have no rival as near as this. */
const ANCHOR_SCORE = 0.72
const ANCHOR_MARGIN = 0.05
/** In a slot, a pair must be at least this alike to stand. */
const SLOT_SCORE = 0.42
/** How much it costs a pair that one of its pages has a better partner still free somewhere. */
const RIVAL_COST = 0.6
/** Out of order, a page is only taken for another when it is as alike as this. */
const MOVED_SCORE = 0.7
/** And only when hardly any text stands in place of other text: look-alike forms are everywhere. */
const MOVED_REPLACED = 0.6
/** Slots with more pairs than this are searched among the candidates only. */
const WHOLE_SLOT = 20_000
/** What pages weigh when the order of the volume is found: the order of blanks says little. */
const BLANK_WEIGHT = 0.2

/** Takes every pair of which both pages prefer each other clearly, wherever they stand. */
export function takeAnchors(board: MatchBoard): void {
  const bestBack = board.electronic.map((_, e) => rankedForElectronic(board, e))
  board.paper.forEach((_, p) => {
    const [best, second] = rankedForPaper(board, p)
    if (best === undefined || best.pair.score < ANCHOR_SCORE || !board.isFree(p, best.index)) return
    const [back, backSecond] = bestBack[best.index] ?? []
    const rival = Math.max(second?.pair.score ?? 0, backSecond?.pair.score ?? 0)
    if (back?.index === p && best.pair.score - rival >= ANCHOR_MARGIN) board.assign(p, best.index)
  })
}

/** Pages that are different ones belong together only where they stand in the same place. */
export function dropDifferentAfar(board: MatchBoard): void {
  const inOrder = new Set(chainOf(board).map(({ paper }) => paper))
  for (const { paper, electronic } of board.assigned()) {
    const kept = inOrder.has(paper) || board.decidedPaper.has(paper)
    const { different, replaced } = board.pair(paper, electronic)
    if (!kept && (different || replaced > MOVED_REPLACED)) board.release(paper)
  }
}

/** What stayed in order among the pages that have found each other. */
export function chainOf(board: MatchBoard): readonly Assigned[] {
  const links = board.assigned().map((link) => {
    const { score, bothBlank } = board.pair(link.paper, link.electronic)
    return { ...link, weight: bothBlank ? BLANK_WEIGHT : 0.5 + score / 2 }
  })
  return heaviestChain(links)
}

function bestFree(board: MatchBoard): { paper: Float64Array; electronic: Float64Array } {
  const paper = new Float64Array(board.paper.length)
  const electronic = new Float64Array(board.electronic.length)
  board.candidates.forEach((list, p) => {
    for (const e of list) {
      if (!board.isFree(p, e)) continue
      const { score } = board.pair(p, e)
      paper[p] = Math.max(paper[p] ?? 0, score)
      electronic[e] = Math.max(electronic[e] ?? 0, score)
    }
  })
  return { paper, electronic }
}

/** Aligns what is left between the pages that are in order: look-alike pages and blanks find their place by it. */
export function alignSlots(board: MatchBoard, signal?: AbortSignal): void {
  const best = bestFree(board)
  for (const slot of slotsBetween(board, chainOf(board))) {
    signal?.throwIfAborted()
    const whole = slot.paper.length * slot.electronic.length <= WHOLE_SLOT
    const listed = (p: number, e: number) =>
      whole ||
      (board.paper[p]?.blank && board.electronic[e]?.blank) ||
      board.candidates[p]?.includes(e) === true
    const gain = (p: number, e: number) => {
      if (!listed(p, e)) return 0
      const { score } = board.pair(p, e)
      const rival = Math.max(0, (best.paper[p] ?? 0) - score, (best.electronic[e] ?? 0) - score)
      return score - SLOT_SCORE - RIVAL_COST * rival
    }
    for (const [p, e] of alignSlot(slot, gain)) board.assign(p, e)
  }
}

/** Matches what is left over wherever it stands, the most alike first: moved pages with a rival. */
export function takeLeftOvers(board: MatchBoard): void {
  const free: (Assigned & { readonly pair: PagePair })[] = []
  board.candidates.forEach((list, p) => {
    for (const e of list) {
      if (!board.isFree(p, e)) continue
      const pair = board.pair(p, e)
      if (pair.score >= MOVED_SCORE && !pair.different && pair.replaced <= MOVED_REPLACED)
        free.push({ paper: p, electronic: e, pair })
    }
  })
  free.sort((a, b) => b.pair.score - a.pair.score)
  for (const { paper, electronic } of free)
    if (board.isFree(paper, electronic)) board.assign(paper, electronic)
}

/** A blank back goes where its front went. */
export function followWithBlanks(board: MatchBoard): void {
  const blank = (p: number, e: number) =>
    board.paper[p]?.blank === true && board.electronic[e]?.blank === true
  for (const step of [1, -1]) {
    for (const { paper, electronic } of board.assigned()) {
      const [p, e] = [paper + step, electronic + step]
      if (blank(p, e) && board.isFree(p, e)) board.assign(p, e)
    }
  }
}

/** Pages without a twin that stand in the same place of the order: one was put in place of the other. */
export function takeReplaced(
  board: MatchBoard,
  ruledOut: (paper: number, electronic: number) => boolean,
): void {
  for (const slot of slotsBetween(board, chainOf(board))) {
    if (slot.paper.length * slot.electronic.length > WHOLE_SLOT) continue
    const gain = (p: number, e: number) => {
      if (board.paper[p]?.blank || board.electronic[e]?.blank || ruledOut(p, e)) return 0
      return 0.1 + board.pair(p, e).score
    }
    for (const [p, e] of alignSlot(slot, gain)) board.assign(p, e)
  }
}
