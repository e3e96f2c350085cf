import {
  type PageReading,
  type Quad,
  quadOfCharacters,
  type TextLine,
  type Turn,
} from '../../../shared/domain/page-text.ts'
import { comparableCharacters } from './comparable-text.ts'
import type { Box } from './page-comparison.ts'
import { uprightShare } from './text-anchors.ts'

/** One character that was read, and where it stands. */
export interface Glyph {
  /** As it is compared. */
  readonly text: string
  /** As it was read, with the punctuation round it. */
  readonly raw: string
  readonly line: number
  readonly confidence: number
  readonly doubtful: boolean
  /** On its own page. */
  readonly box: Box
  /** On the paper page, in pixels: where it begins and ends along the line, and how far down its middle is. */
  readonly start: number
  readonly end: number
  readonly across: number
  readonly height: number
}

/** What stands on one line of a reading, seen from the paper page. */
export interface GlyphLine {
  readonly index: number
  /** Text that runs from the top downwards. */
  readonly vertical: boolean
  readonly doubtful: boolean
  readonly box: Box
  readonly start: number
  readonly end: number
  readonly across: number
  readonly height: number
  /** Empty where nothing could be read. */
  readonly glyphs: readonly Glyph[]
}

export interface Placing {
  readonly turn: Turn
  /** Shares of this page to pixels of the upright paper page. */
  readonly toPaper: (x: number, y: number) => readonly [number, number]
}

function corners(quad: Quad, reading: PageReading, turn: Turn): readonly (readonly [number, number])[] {
  return [0, 2, 4, 6].map((at) => uprightShare(quad[at] ?? 0, quad[at + 1] ?? 0, reading, turn))
}

export function boxRound(points: readonly (readonly [number, number])[]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, top] = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))]
  return [left, top, Math.min(1, Math.max(...xs)) - left, Math.min(1, Math.max(...ys)) - top]
}

interface Extent {
  readonly vertical: boolean
  readonly start: number
  readonly end: number
  readonly across: number
  readonly height: number
}

function extentOf(points: readonly (readonly [number, number])[], toPaper: Placing['toPaper']): Extent {
  const [a, b, c, d] = points.map(([x, y]) => toPaper(x, y))
  const [ax, ay] = a ?? [0, 0]
  const [bx, by] = b ?? [0, 0]
  const [cx, cy] = c ?? [0, 0]
  const [dx, dy] = d ?? [0, 0]
  const [fromX, fromY, toX, toY] = [(ax + dx) / 2, (ay + dy) / 2, (bx + cx) / 2, (by + cy) / 2]
  const height = (Math.hypot(ax - dx, ay - dy) + Math.hypot(bx - cx, by - cy)) / 2
  const vertical = Math.abs(toY - fromY) > Math.abs(toX - fromX)
  return vertical
    ? { vertical, start: fromY, end: toY, across: (fromX + toX) / 2, height }
    : { vertical, start: fromX, end: toX, across: (fromY + toY) / 2, height }
}

function glyphsOf(
  line: TextLine,
  index: number,
  reading: PageReading,
  { turn, toPaper }: Placing,
  vertical: boolean,
): readonly Glyph[] {
  const compared = comparableCharacters(line.text)
  const whole = [...line.text]
  return compared.map(({ text, at }, place) => {
    const box = corners(quadOfCharacters(line, at, at + 1), reading, turn)
    const extent = extentOf(box, toPaper)
    const flipped = extent.vertical !== vertical
    // A single character may be higher than wide: its line says which way it runs.
    const [x1, x2] = flipped
      ? [extent.across - extent.height / 2, extent.across + extent.height / 2]
      : [extent.start, extent.end]
    const from = place === 0 ? 0 : at
    const to = compared.find((other) => other.at > at)?.at ?? whole.length
    return {
      text,
      raw: compared[place - 1]?.at === at ? '' : whole.slice(from, to).join(''),
      line: index,
      confidence: line.confidence,
      doubtful: line.kind === 'doubtful',
      box: boxRound(box),
      start: x1,
      end: x2,
      across: flipped ? (extent.start + extent.end) / 2 : extent.across,
      height: flipped ? extent.end - extent.start : extent.height,
    }
  })
}

/** Every line of a reading with its characters, laid on the paper page. */
export function glyphLines(reading: PageReading, placing: Placing): readonly GlyphLine[] {
  return reading.lines.map((line, index) => {
    const points = corners(line.quad, reading, placing.turn)
    const extent = extentOf(points, placing.toPaper)
    return {
      index,
      doubtful: line.kind === 'doubtful',
      box: boxRound(points),
      ...extent,
      glyphs: glyphsOf(line, index, reading, placing, extent.vertical),
    }
  })
}
