import { type MatchBoard, rankedForElectronic, rankedForPaper } from './match-board.ts'
import type { PagePair } from './page-pair.ts'
import type { MatchReason } from './sequence-match.ts'

/** From here on nobody is asked. */
export const SURE = 0.8

/** Where a pair of this score is as likely right as wrong, and how fast that changes. */
const MIDDLE = 0.62
const SPREAD = 0.07
/** Without text nobody is quite sure. */
const IMAGE_ONLY = 0.85
const BLANK = 0.6
/** A page that stands where another stood, told by its words. */
const REPLACED = 0.7
/** Exchanging the partners of two pairs must lose this much before there is no rival left. */
const CLEAR_MARGIN = 0.08
/** What each neighbour that follows on takes away of the doubt. */
const NEIGHBOUR = 0.35
const ALIKE = 0.8
const INK_ALIKE = 0.6

const likelihood = (score: number) => 1 / (1 + Math.exp((MIDDLE - score) / SPREAD))

/** How many of the two neighbours are matched to the neighbours. */
function neighboursOf(board: MatchBoard, paper: number, electronic: number): number {
  let count = 0
  for (const step of [-1, 1]) {
    const [p, e] = [paper + step, electronic + step]
    const atEnd = p === -1 || p === board.paper.length
    if (atEnd ? e === -1 || e === board.electronic.length : board.electronicOf[p] === e) count += 1
  }
  return count
}

/**
 * What is lost when this match exchanges partners with its nearest rival; a free double of the page is no rival,
 * for either is the page.
 */
function marginOf(
  board: MatchBoard,
  paper: number,
  electronic: number,
  doubles: ReadonlySet<string>,
): number {
  const own = board.pair(paper, electronic).score
  let margin = 1
  for (const { index: e, pair } of rankedForPaper(board, paper)) {
    if (e === electronic || doubles.has(`electronic ${e}`)) continue
    const p = board.paperOf[e] ?? -1
    const loss =
      p === -1
        ? own - pair.score
        : own + board.pair(p, e).score - pair.score - board.pair(p, electronic).score
    margin = Math.min(margin, loss)
  }
  for (const { index: p, pair } of rankedForElectronic(board, electronic)) {
    if (p === paper || doubles.has(`paper ${p}`) || board.electronicOf[p] !== -1) continue
    margin = Math.min(margin, own - pair.score)
  }
  return margin
}

export interface Judgement {
  readonly kind: 'same' | 'replaced'
  readonly confidence: number
  readonly reasons: readonly MatchReason[]
}

function evidence(pair: PagePair): MatchReason[] {
  const reasons: MatchReason[] = []
  const { text, image, turn, sameNumber, bothBlank } = pair
  if (bothBlank) reasons.push({ code: 'blank' })
  if (text !== null && text >= ALIKE) reasons.push({ code: 'text-alike', value: text })
  if (text !== null && text < ALIKE) reasons.push({ code: 'text-differs', value: text })
  if (image !== null && image >= INK_ALIKE) reasons.push({ code: 'image-alike', value: image })
  if (text === null && image !== null) reasons.push({ code: 'only-image' })
  if (text !== null && (image === null || image < INK_ALIKE)) reasons.push({ code: 'only-text' })
  if (sameNumber) reasons.push({ code: 'printed-number' })
  if (turn !== 0) reasons.push({ code: 'turned', value: turn })
  return reasons
}

/** How sure one match of the finished board is, and why. */
export function judge(
  board: MatchBoard,
  paper: number,
  electronic: number,
  doubles: ReadonlySet<string>,
): Judgement {
  const pair = board.pair(paper, electronic)
  if (board.decidedPaper.has(paper))
    return { kind: 'same', confidence: 1, reasons: [{ code: 'decided' }, ...evidence(pair)] }
  const reasons = evidence(pair)
  const neighbours = neighboursOf(board, paper, electronic)
  if (neighbours > 0) reasons.push({ code: 'neighbours', value: neighbours })
  const kind = pair.different ? 'replaced' : 'same'
  const supported = (confidence: number) => 1 - (1 - confidence) * (1 - NEIGHBOUR) ** neighbours
  if (pair.bothBlank) return { kind, confidence: supported(BLANK), reasons }
  const likely = likelihood(pair.score)
  if (kind === 'replaced') return { kind, confidence: supported(Math.max(REPLACED, 1 - likely)), reasons }
  const margin = marginOf(board, paper, electronic, doubles)
  if (margin < CLEAR_MARGIN) reasons.push({ code: 'look-alike-rival', value: Math.max(0, margin) })
  const clear = 0.5 + 0.5 * Math.min(1, Math.max(0, margin / CLEAR_MARGIN))
  const most = pair.text === null ? IMAGE_ONLY : 1
  return { kind, confidence: supported(Math.min(most, likely) * clear), reasons }
}
