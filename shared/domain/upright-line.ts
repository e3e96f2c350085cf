import type { PageReading, Quad, TextLine, Turn } from './page-text.ts'
import { quadOfCharacters } from './page-text.ts'

/** A line as a reader sees it who holds the page upright; lengths are parts (0 to 1) of the upright page. */
export interface UprightLine {
  /** Place in the reading's own order. */
  readonly index: number
  /** NFKC, without blanks between characters that need none. */
  readonly text: string
  readonly confidence: number
  readonly doubtful: boolean
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly line: TextLine
}

/** Four corners as parts (0 to 1) of width and height of the image as it is stored. */
export type PlaceQuad = readonly [number, number, number, number, number, number, number, number]

/** Where a point of the stored image lies once the page is turned upright, as parts of the upright page. */
function upright(x: number, y: number, turn: Turn): readonly [number, number] {
  switch (turn) {
    case 0:
      return [x, y]
    case 90:
      return [1 - y, x]
    case 180:
      return [1 - x, 1 - y]
    case 270:
      return [y, 1 - x]
  }
}

const part = (value: number): number => Math.min(1, Math.max(0, Math.round(value * 10_000) / 10_000))

/** A quad in pixels as parts of the image, four decimals. */
export function placeOf(quad: Quad, width: number, height: number): PlaceQuad {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = quad
  const w = Math.max(1, width)
  const h = Math.max(1, height)
  return [
    ...[part(x1 / w), part(y1 / h), part(x2 / w), part(y2 / h)],
    ...[part(x3 / w), part(y3 / h), part(x4 / w), part(y4 / h)],
  ] as unknown as PlaceQuad
}

/** Blanks between Chinese characters and inside spread titles (民 事 判 决 书) say nothing; those between words do. */
export function plainLine(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The lines of a page that say something, from top to bottom as they stand on the upright page. */
export function uprightLines(reading: PageReading): readonly UprightLine[] {
  const { widthPixels: width, heightPixels: height, turn } = reading
  return reading.lines
    .map((line, index): UprightLine => {
      const place = placeOf(line.quad, width, height)
      const corners = [0, 2, 4, 6].map((at) => upright(place[at] ?? 0, place[at + 1] ?? 0, turn))
      const xs = corners.map(([x]) => x)
      const ys = corners.map(([, y]) => y)
      return {
        index,
        text: plainLine(line.text),
        confidence: line.confidence,
        doubtful: line.kind === 'doubtful',
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
        line,
      }
    })
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.top + a.bottom - (b.top + b.bottom) || a.left - b.left)
}

/** Where some words of a line stand; the whole line when they cannot be told apart in it. */
export function placeOfWords(reading: PageReading, line: TextLine, words: string): PlaceQuad {
  const { widthPixels: width, heightPixels: height } = reading
  const characters = [...line.text]
  const wanted = plainLine(words).replaceAll(' ', '')
  const kept = characters
    .map((character, at) => ({ text: character.normalize('NFKC').replace(/\s/gu, ''), at }))
    .filter(({ text }) => text !== '')
  const joined = kept.map(({ text }) => text).join('')
  const from = wanted === '' ? -1 : joined.indexOf(wanted)
  if (from < 0 || kept.length === 0) return placeOf(line.quad, width, height)
  let length = 0
  let first = -1
  let last = kept[0]?.at ?? 0
  for (const { text, at } of kept) {
    if (first < 0 && length + text.length > from) first = at
    if (length < from + wanted.length) last = at
    length += text.length
  }
  return placeOf(quadOfCharacters(line, Math.max(0, first), last + 1), width, height)
}
