/** Pages that stand between two sure matches, on each side; the numbers are indexes into the whole sequences. */
export interface Slot {
  readonly paper: readonly number[]
  readonly electronic: readonly number[]
  /** The matches before and after; minus one, and the length, at the ends. */
  readonly before: readonly [paper: number, electronic: number]
  readonly after: readonly [paper: number, electronic: number]
}

/** What following directly on the match before is worth. */
const STEP = 0.04

const NONE = 0
const PAIR = 1
const SKIP_PAPER = 2
const SKIP_ELECTRONIC = 3

/**
 * Aligns a slot in order so that the sum of the gains is greatest; a pair without gain is no pair. Directly following
 * pages support each other, which places blanks and look-alike pages.
 */
export function alignSlot(
  slot: Slot,
  gain: (paper: number, electronic: number) => number,
): readonly (readonly [paper: number, electronic: number])[] {
  const [rows, columns] = [slot.paper.length, slot.electronic.length]
  const width = columns + 1
  const paperAt = (i: number) => (i < 0 ? slot.before[0] : (slot.paper[i] ?? slot.after[0]))
  const electronicAt = (j: number) => (j < 0 ? slot.before[1] : (slot.electronic[j] ?? slot.after[1]))
  const follows = (i: number, j: number) =>
    paperAt(i) === paperAt(i - 1) + 1 && electronicAt(j) === electronicAt(j - 1) + 1
  // Two layers: `matched` ends with a pair, `open` with anything.
  let matched = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  let open = new Float64Array(width)
  matched[0] = 0
  const wayOpen = new Uint8Array((rows + 1) * width)
  const wayMatched = new Uint8Array((rows + 1) * width)
  for (let j = 1; j < width; j++) wayOpen[j] = SKIP_ELECTRONIC
  for (let i = 1; i <= rows; i++) {
    const nextMatched = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
    const nextOpen = new Float64Array(width)
    wayOpen[i * width] = SKIP_PAPER
    for (let j = 1; j < width; j++) {
      const value = gain(paperAt(i - 1), electronicAt(j - 1))
      if (value > 0) {
        const afterPair = (matched[j - 1] ?? 0) + (follows(i - 1, j - 1) ? STEP : 0)
        const afterAny = open[j - 1] ?? 0
        nextMatched[j] = value + Math.max(afterPair, afterAny)
        wayMatched[i * width + j] = afterPair >= afterAny ? PAIR : NONE
      }
      const last = i === rows && j === columns && follows(rows, columns) ? STEP : 0
      const withPair = (nextMatched[j] ?? 0) + last
      const withoutPaper = open[j] ?? 0
      const withoutElectronic = nextOpen[j - 1] ?? 0
      const best = Math.max(withPair, withoutPaper, withoutElectronic)
      nextOpen[j] = best
      wayOpen[i * width + j] = best === withPair ? PAIR : best === withoutPaper ? SKIP_PAPER : SKIP_ELECTRONIC
    }
    matched = nextMatched
    open = nextOpen
  }
  const pairs: (readonly [number, number])[] = []
  let [i, j, isPair] = [rows, columns, false]
  while (i > 0 && j > 0) {
    const way = isPair ? PAIR : wayOpen[i * width + j]
    if (way === PAIR) {
      pairs.push([paperAt(i - 1), electronicAt(j - 1)])
      isPair = wayMatched[i * width + j] === PAIR && i > 1 && j > 1
      i -= 1
      j -= 1
    } else if (way === SKIP_PAPER) i -= 1
    else j -= 1
  }
  return pairs.reverse()
}
