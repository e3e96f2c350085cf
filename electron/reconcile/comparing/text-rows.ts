import type { Glyph, GlyphLine } from './page-glyphs.ts'

/** Two lines are of one row when their middles lie nearer than this share of the lower one's height. */
const SAME_ROW = 0.55

/** What both pages have in one row of print, each side from its beginning. */
export interface GlyphRow {
  readonly vertical: boolean
  readonly paper: readonly Glyph[]
  readonly electronic: readonly Glyph[]
  /** Lines of this row that could not be read, on either side. */
  readonly unread: readonly GlyphLine[]
}

interface Row {
  across: number
  height: number
  readonly paper: GlyphLine[]
  readonly electronic: GlyphLine[]
}

/** The usual slope of the lines: print on a skewed sheet is levelled by it. */
function slopeOf(lines: readonly GlyphLine[]): number {
  const slopes = lines
    .filter(({ glyphs }) => glyphs.length >= 6)
    .map(({ glyphs }) => {
      const [first, last] = [glyphs[0], glyphs.at(-1)]
      if (first === undefined || last === undefined || last.start - first.start < 1) return 0
      return (last.across - first.across) / (last.start - first.start)
    })
    .sort((a, b) => a - b)
  return slopes[slopes.length >> 1] ?? 0
}

function level(line: GlyphLine, slope: number): number {
  return line.across - ((line.start + line.end) / 2) * slope
}

function into(rows: Row[], lines: readonly GlyphLine[], side: 'paper' | 'electronic', slope: number): void {
  for (const line of lines) {
    const place = level(line, slope)
    let best: Row | undefined
    let least = Number.POSITIVE_INFINITY
    for (const row of rows) {
      const away = Math.abs(row.across - place)
      if (away > SAME_ROW * Math.min(row.height, line.height) || away >= least) continue
      // Two lines of one side that stand over each other are two rows, however near.
      const crowded = row[side].some(
        (other) => Math.min(other.end, line.end) - Math.max(other.start, line.start) > 0.5 * line.height,
      )
      if (crowded) continue
      best = row
      least = away
    }
    if (best === undefined) {
      best = { across: place, height: line.height, paper: [], electronic: [] }
      rows.push(best)
    }
    best[side].push(line)
  }
}

/** Pairs what was read on both pages row by row, by where it stands; cells that one reading joined do not matter. */
export function glyphRows(
  paper: readonly GlyphLine[],
  electronic: readonly GlyphLine[],
): readonly GlyphRow[] {
  return [false, true].flatMap((vertical) => {
    const mine = paper.filter((line) => line.vertical === vertical)
    const theirs = electronic.filter((line) => line.vertical === vertical)
    const slope = slopeOf(mine.length > 0 ? mine : theirs)
    const rows: Row[] = []
    into(rows, mine, 'paper', slope)
    into(rows, theirs, 'electronic', slope)
    const glyphs = (lines: readonly GlyphLine[]) =>
      lines.toSorted((a, b) => a.start - b.start).flatMap((line) => line.glyphs)
    return rows
      .sort((a, b) => a.across - b.across)
      .map((row) => ({
        vertical,
        paper: glyphs(row.paper),
        electronic: glyphs(row.electronic),
        unread: [...row.paper, ...row.electronic].filter((line) => line.glyphs.length === 0),
      }))
  })
}
