import type { Glyph } from './page-glyphs.ts'

const OTHER = 1
const GAP = 0.7
/** What it costs to pair characters that stand apart: at most this, reached at so many heights. */
const FAR = 0.9
const FAR_HEIGHTS = 2.5

/** Characters of the two sides that belong together; one side is undefined where the other has one more. */
export interface GlyphPair {
  readonly paper: Glyph | undefined
  readonly electronic: Glyph | undefined
}

function distance(a: Glyph, b: Glyph): number {
  const apart = Math.abs((a.start + a.end - b.start - b.end) / 2) / Math.max(1, (a.height + b.height) / 2)
  return FAR * Math.min(1, apart / FAR_HEIGHTS)
}

/**
 * Global alignment of a row by dynamic programming (Needleman and Wunsch 1970): the fewest differences, and among
 * them characters that stand at the same place.
 */
export function alignedGlyphs(paper: readonly Glyph[], electronic: readonly Glyph[]): readonly GlyphPair[] {
  const width = electronic.length + 1
  const costs = new Float32Array((paper.length + 1) * width)
  const steps = new Uint8Array(costs.length)
  for (let column = 1; column < width; column++) {
    costs[column] = column * GAP
    steps[column] = 2
  }
  for (let row = 1; row <= paper.length; row++) {
    costs[row * width] = row * GAP
    steps[row * width] = 1
    const mine = paper[row - 1]
    if (mine === undefined) continue
    for (let column = 1; column < width; column++) {
      const theirs = electronic[column - 1]
      if (theirs === undefined) continue
      const at = row * width + column
      const paired =
        (costs[at - width - 1] ?? 0) + (mine.text === theirs.text ? 0 : OTHER) + distance(mine, theirs)
      const dropped = (costs[at - width] ?? 0) + GAP
      const added = (costs[at - 1] ?? 0) + GAP
      const least = Math.min(paired, dropped, added)
      costs[at] = least
      steps[at] = least === paired ? 0 : least === dropped ? 1 : 2
    }
  }
  const pairs: GlyphPair[] = []
  let [row, column] = [paper.length, electronic.length]
  while (row > 0 || column > 0) {
    const step = steps[row * width + column]
    if (step === 0) pairs.push({ paper: paper[--row], electronic: electronic[--column] })
    else if (step === 1) pairs.push({ paper: paper[--row], electronic: undefined })
    else pairs.push({ paper: undefined, electronic: electronic[--column] })
  }
  return pairs.reverse()
}
