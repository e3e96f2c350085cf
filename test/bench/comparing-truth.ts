import type { Box, ComparedPage, FoundChange } from '../../electron/reconcile/comparing/index.ts'
import type { Turn } from '../../shared/domain/page-text.ts'
import type {
  PairPage,
  ShareBox,
  TrueChange,
  TrueMatch,
  VolumePair,
} from '../fixtures/volume-pairs/volume-pair.ts'

/** A found box counts for a true one when they share so much of the smaller of the two. */
const SHARED = 0.25
/** A box round half the page finds nothing: it may be so many times larger than the true one, or this share of the page. */
const LARGER = 25
const LARGE = 0.1

function area(box: Box | ShareBox): number {
  return box[2] * box[3]
}

function overlaps(found: Box | null, truth: ShareBox): boolean {
  if (found === null) return false
  const width = Math.min(found[0] + found[2], truth[0] + truth[2]) - Math.max(found[0], truth[0])
  const height = Math.min(found[1] + found[3], truth[1] + truth[3]) - Math.max(found[1], truth[1])
  if (width <= 0 || height <= 0) return false
  if (area(found) > Math.max(LARGER * area(truth), LARGE)) return false
  return width * height >= SHARED * Math.min(area(found), area(truth))
}

/** Whether a found change lies where a true one does, on either page. */
export function finds(found: FoundChange, truth: TrueChange): boolean {
  const [own, other] =
    truth.side === 'paper' ? [found.paperBox, found.electronicBox] : [found.electronicBox, found.paperBox]
  return overlaps(own, truth.box) || overlaps(other, truth.otherBox)
}

export interface MatchedPages {
  readonly paper: PairPage
  readonly electronic: PairPage
  readonly truth: TrueMatch
}

export function matchedPages({ paper, electronic, truth }: VolumePair): readonly MatchedPages[] {
  return truth.matches.flatMap((match) => {
    const [mine, theirs] = [paper[match.paper], electronic[match.electronic]]
    return mine === undefined || theirs === undefined
      ? []
      : [{ paper: mine, electronic: theirs, truth: match }]
  })
}

/** Both images with their readings, turned as the truth says. */
export async function comparedPages({
  paper,
  electronic,
  truth,
}: MatchedPages): Promise<{ readonly paper: ComparedPage; readonly electronic: ComparedPage }> {
  const turn = paper.reading.turn
  return {
    paper: { data: await paper.image(), turn, reading: paper.reading },
    electronic: {
      data: await electronic.image(),
      turn: ((turn + truth.turn) % 360) as Turn,
      reading: electronic.reading,
    },
  }
}
