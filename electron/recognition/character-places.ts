import { inkColumns } from './ink-columns.ts'
import type { SeenCharacter } from './line-recognition.ts'
import type { Pixels } from './page-pixels.ts'

/** Below this share of the darkest column a column is empty. */
const INK_SHARE = 0.06
/** A gap of this many line heights between two Latin letters or digits is a blank. */
const BLANK_GAP = 0.38

/** The emptiest column between two places, the one nearest to `wish` among equals. */
function emptiest(columns: Float32Array, from: number, to: number, wish: number): number {
  let best = wish
  let least = Infinity
  for (let x = Math.max(0, Math.floor(from)); x <= Math.min(columns.length - 1, Math.ceil(to)); x++) {
    const cost = (columns[x] ?? 0) + Math.abs(x - wish) * 4
    if (cost >= least) continue
    least = cost
    best = x
  }
  return best
}

export interface PlacedText {
  readonly text: string
  /** Two numbers a character, thousandths of the line. */
  readonly places: readonly number[]
}

/**
 * Finds where each character begins and ends: the recognition steps say about where, the ink says exactly. Puts a
 * blank where letters or digits stand wide apart, which the model often passes over.
 */
export function placeCharacters(seen: readonly SeenCharacter[], line: Pixels): PlacedText {
  const columns = inkColumns(line)
  const darkest = columns.reduce((most, value) => Math.max(most, value), 0)
  const inked = (x: number) => (columns[x] ?? 0) > darkest * INK_SHARE
  const { width, height } = line
  const centres = seen.map(({ from, to }) => ((from + to) / 2) * width)
  const cuts = centres.slice(1).map((centre, index) => {
    const before = centres[index] ?? 0
    const quarter = (centre - before) / 4
    return emptiest(columns, before + quarter, centre - quarter, (before + centre) / 2)
  })
  const spans = seen.map((_, index): [number, number] => {
    const reach = height * 0.8
    const centre = centres[index] ?? 0
    let from = cuts[index - 1] ?? Math.max(0, Math.floor(centre - reach))
    let to = cuts[index] ?? Math.min(width, Math.ceil(centre + reach))
    while (from < to && !inked(from)) from += 1
    while (to > from && !inked(to - 1)) to -= 1
    // A blank has no ink: it keeps the room between its neighbours.
    return from < to
      ? [from, to]
      : [cuts[index - 1] ?? 0, Math.max(cuts[index] ?? width, (cuts[index - 1] ?? 0) + 1)]
  })
  let text = ''
  const places: number[] = []
  const put = (character: string, from: number, to: number) => {
    for (const point of character.normalize('NFC')) {
      text += point
      places.push(Math.round((from / width) * 1000), Math.round((to / width) * 1000))
    }
  }
  const narrow = (index: number) => /^[\p{Script=Latin}\d.,:%-]$/u.test(seen[index]?.text ?? '')
  for (const [index, { text: character }] of seen.entries()) {
    const [from, to] = spans[index] ?? [0, width]
    const end = spans[index - 1]?.[1]
    if (end !== undefined && narrow(index) && narrow(index - 1) && from - end > height * BLANK_GAP)
      put(' ', end, from)
    put(character, from, to)
  }
  return { text, places }
}
