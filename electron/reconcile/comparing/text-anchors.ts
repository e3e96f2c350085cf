import type { PageReading, TextLine, Turn } from '../../../shared/domain/page-text.ts'
import type { Pair } from './affine.ts'
import { comparable } from './comparable-text.ts'

/** Shorter lines stand on a page by chance more than once. */
const LEAST_CHARACTERS = 3

/** A place on the image as it is stored, in shares of the image as it stands upright. */
export function uprightShare(
  x: number,
  y: number,
  { widthPixels, heightPixels }: PageReading,
  turn: Turn,
): readonly [x: number, y: number] {
  const [u, v] = [x / widthPixels, y / heightPixels]
  switch (turn) {
    case 0:
      return [u, v]
    case 90:
      return [1 - v, u]
    case 180:
      return [1 - u, 1 - v]
    case 270:
      return [v, 1 - u]
  }
}

function onlyOnce(lines: readonly TextLine[]): ReadonlyMap<string, TextLine> {
  const found = new Map<string, TextLine | undefined>()
  for (const line of lines) {
    if (line.kind !== 'printed') continue
    const text = comparable(line.text)
    if (text.length >= LEAST_CHARACTERS) found.set(text, found.has(text) ? undefined : line)
  }
  return new Map([...found].flatMap(([text, line]) => (line === undefined ? [] : [[text, line] as const])))
}

/**
 * Places that both readings name: the two ends of every line whose words stand once on each page. In shares of the
 * upright pages, from the electronic to the paper one.
 */
export function textAnchors(
  paper: PageReading,
  paperTurn: Turn,
  electronic: PageReading,
  electronicTurn: Turn,
): readonly Pair[] {
  const onPaper = onlyOnce(paper.lines)
  return [...onlyOnce(electronic.lines)].flatMap(([text, line]) => {
    const twin = onPaper.get(text)
    if (twin === undefined) return []
    const ends = ({ quad }: TextLine, reading: PageReading, turn: Turn) => {
      const [x1, y1, x2, y2, x3, y3, x4, y4] = quad
      return [
        uprightShare((x1 + x4) / 2, (y1 + y4) / 2, reading, turn),
        uprightShare((x2 + x3) / 2, (y2 + y3) / 2, reading, turn),
      ] as const
    }
    const from = ends(line, electronic, electronicTurn)
    const to = ends(twin, paper, paperTurn)
    return [0, 1].map((end) => {
      const [fromX, fromY] = from[end] ?? [0, 0]
      const [toX, toY] = to[end] ?? [0, 0]
      return { fromX, fromY, toX, toY, weight: 1 }
    })
  })
}
