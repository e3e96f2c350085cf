import { type Quad, quadOfCharacters, type TextLine } from '../../shared/domain/page-text.ts'
import type { Point } from './geometry.ts'

/** A run of characters of a page in reading order, by code point over all its lines; `end` is not in it. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** A page's lines with the place of each line's first character among all of the page. */
export interface PageCharacters {
  readonly lines: readonly TextLine[]
  readonly starts: readonly number[]
  readonly total: number
}

export function charactersOf(lines: readonly TextLine[]): PageCharacters {
  const starts: number[] = []
  let total = 0
  for (const line of lines) {
    starts.push(total)
    total += [...line.text].length
  }
  return { lines, starts, total }
}

/** How much less a pixel counts along a line than across it: beside a short line one still means that line. */
const ALONG_COUNTS = 0.25

/** Where a point stands beside a line: along it from 0 to 1 inside, how far outside in pixels, and how that ranks. */
function beside(
  quad: Quad,
  point: Point,
): { readonly along: number; readonly away: number; readonly rank: number } {
  const [x, y, toX, toY, , , downX, downY] = quad
  const [alongX, alongY] = [toX - x, toY - y]
  const [acrossX, acrossY] = [downX - x, downY - y]
  const area = alongX * acrossY - alongY * acrossX
  const [dx, dy] = [point.x - x, point.y - y]
  if (Math.abs(area) < 1e-9) return { along: 0, away: Math.hypot(dx, dy), rank: Math.hypot(dx, dy) }
  const along = (dx * acrossY - dy * acrossX) / area
  const across = (dy * alongX - dx * alongY) / area
  const outside = (share: number) => Math.max(0, -share, share - 1)
  const alongAway = outside(along) * Math.hypot(alongX, alongY)
  const acrossAway = outside(across) * Math.hypot(acrossX, acrossY)
  return {
    along,
    away: Math.hypot(alongAway, acrossAway),
    rank: Math.hypot(alongAway * ALONG_COUNTS, acrossAway),
  }
}

/** The place between two characters that is nearest to a point, and how far the point is from that line. */
export function caretAt(
  text: PageCharacters,
  point: Point,
): { readonly caret: number; readonly line: number; readonly away: number } | undefined {
  let nearest: { line: number; along: number; away: number; rank: number } | undefined
  for (const [index, line] of text.lines.entries()) {
    if (line.text === '') continue
    const found = beside(line.quad, point)
    if (nearest === undefined || found.rank < nearest.rank) nearest = { line: index, ...found }
  }
  if (nearest === undefined) return undefined
  const line = text.lines[nearest.line]
  const count = line === undefined ? 0 : [...line.text].length
  let within = 0
  while (within < count) {
    const begin = line?.places[2 * within] ?? (1000 * within) / count
    const end = line?.places[2 * within + 1] ?? (1000 * (within + 1)) / count
    if (nearest.along * 1000 < (begin + end) / 2) break
    within += 1
  }
  return { caret: (text.starts[nearest.line] ?? 0) + within, line: nearest.line, away: nearest.away }
}

interface LinePart {
  readonly line: TextLine
  readonly from: number
  readonly to: number
}

function partsOf(text: PageCharacters, { start, end }: TextRange): readonly LinePart[] {
  return text.lines.flatMap((line, index) => {
    const first = text.starts[index] ?? 0
    const count = [...line.text].length
    const from = Math.max(0, start - first)
    const to = Math.min(count, end - first)
    return from < to ? [{ line, from, to }] : []
  })
}

/** What is copied: line by line, in reading order. */
export function rangeText(text: PageCharacters, range: TextRange): string {
  return partsOf(text, range)
    .map(({ line, from, to }) => [...line.text].slice(from, to).join(''))
    .join('\n')
}

/** One quad a line, in pixels of the image. */
export function rangeQuads(text: PageCharacters, range: TextRange): readonly Quad[] {
  return partsOf(text, range).map(({ line, from, to }) => quadOfCharacters(line, from, to))
}

export function lineRange(text: PageCharacters, line: number): TextRange {
  const start = text.starts[line] ?? 0
  return { start, end: text.starts[line + 1] ?? text.total }
}

function kindOf(character: string): 'han' | 'word' | 'other' {
  if (/\p{Script=Han}/u.test(character)) return 'han'
  return /[\p{L}\p{N}]/u.test(character) ? 'word' : 'other'
}

/** The run round a place that one would take as a word: digits and letters, or Han between punctuation. */
export function wordRange(text: PageCharacters, caret: number, line: number): TextRange {
  const whole = lineRange(text, line)
  const characters = [...(text.lines[line]?.text ?? '')]
  if (characters.length === 0) return whole
  const at = Math.min(characters.length - 1, Math.max(0, caret - whole.start))
  const kind = kindOf(characters[at] ?? '')
  if (kind === 'other') return { start: whole.start + at, end: whole.start + at + 1 }
  let [from, to] = [at, at + 1]
  while (from > 0 && kindOf(characters[from - 1] ?? '') === kind) from -= 1
  while (to < characters.length && kindOf(characters[to] ?? '') === kind) to += 1
  return { start: whole.start + from, end: whole.start + to }
}
