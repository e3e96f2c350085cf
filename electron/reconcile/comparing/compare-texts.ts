import type { PageReading, Turn } from '../../../shared/domain/page-text.ts'
import { type Affine, composed, moved } from './affine.ts'
import { alignedGlyphs, type GlyphPair } from './align-glyphs.ts'
import type { Box } from './page-comparison.ts'
import { type Glyph, type GlyphLine, glyphLines } from './page-glyphs.ts'
import { agreedTransform } from './register.ts'
import { textAnchors } from './text-anchors.ts'
import { glyphRows } from './text-rows.ts'

/** A stretch of a row that both pages have alike, or not. */
export interface TextRun {
  readonly state: 'equal' | 'changed' | 'paper-only' | 'electronic-only'
  /** As read, with punctuation; empty on the side that has none. */
  readonly paperText: string
  readonly electronicText: string
  /** In shares of the upright page. */
  readonly paperBox: Box | null
  readonly electronicBox: Box | null
  /** A seal, handwriting or poor print on either side: the words may have been misread. */
  readonly doubtful: boolean
}

/** One row of print, from its beginning. */
export interface TextRow {
  readonly runs: readonly TextRun[]
}

export interface TextComparison {
  readonly rows: readonly TextRow[]
  /** Share (0 to 1) of the characters, punctuation aside, that agree; null when neither page has any. */
  readonly agreement: number | null
}

export interface TextPlacing {
  readonly paperTurn: Turn
  readonly electronicTurn: Turn
  /** Shares of the electronic page to shares of the paper page. */
  readonly transform: Affine
}

/** Laid out in pixels of the paper page, each side by its own rule from shares. */
export interface PixelPlacing {
  readonly paperTurn: Turn
  readonly electronicTurn: Turn
  readonly fromPaper: (x: number, y: number) => readonly [number, number]
  readonly fromElectronic: (x: number, y: number) => readonly [number, number]
}

export interface EditRun extends TextRun {
  readonly pairs: readonly GlyphPair[]
}

export interface AlignedRow {
  /** The row runs from the top downwards. */
  readonly vertical: boolean
  readonly runs: readonly EditRun[]
}

function round(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null
  const left = Math.min(...boxes.map(([x]) => x))
  const top = Math.min(...boxes.map(([, y]) => y))
  const right = Math.max(...boxes.map(([x, , width]) => x + width))
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height))
  return [left, top, right - left, bottom - top]
}

const same = ({ paper, electronic }: GlyphPair) => paper !== undefined && paper.text === electronic?.text

function runOf(pairs: readonly GlyphPair[], unread: readonly GlyphLine[]): EditRun {
  const mine = pairs.flatMap(({ paper }) => paper ?? [])
  const theirs = pairs.flatMap(({ electronic }) => electronic ?? [])
  const equal = pairs[0] !== undefined && same(pairs[0])
  const state = equal
    ? 'equal'
    : theirs.length === 0
      ? 'paper-only'
      : mine.length === 0
        ? 'electronic-only'
        : 'changed'
  const touches = (glyph: Glyph) => unread.some(({ start, end }) => glyph.start < end && glyph.end > start)
  return {
    state,
    paperText: mine.map(({ raw }) => raw).join(''),
    electronicText: theirs.map(({ raw }) => raw).join(''),
    paperBox: round(mine.map(({ box }) => box)),
    electronicBox: round(theirs.map(({ box }) => box)),
    doubtful: [...mine, ...theirs].some((glyph) => glyph.doubtful || (!equal && touches(glyph))),
    pairs,
  }
}

function upright({ widthPixels, heightPixels }: PageReading, turn: Turn): readonly [number, number] {
  return turn === 90 || turn === 270 ? [heightPixels, widthPixels] : [widthPixels, heightPixels]
}

/** From the words alone: where they do not say, the frames are laid over each other. */
function placingByWords(paper: PageReading, electronic: PageReading): TextPlacing {
  const turns = { paperTurn: paper.turn, electronicTurn: electronic.turn }
  const [width, height] = upright(paper, paper.turn)
  const [otherWidth, otherHeight] = upright(electronic, electronic.turn)
  const anchors = textAnchors(paper, paper.turn, electronic, electronic.turn).map((pair) => ({
    fromX: (pair.fromX * otherWidth * height) / otherHeight,
    fromY: pair.fromY * height,
    toX: pair.toX * width,
    toY: pair.toY * height,
    weight: 1,
  }))
  const found = agreedTransform(anchors)
  if (found === undefined) return { ...turns, transform: [1, 0, 0, 0, 1, 0] }
  const fromShares: Affine = [(otherWidth * height) / otherHeight, 0, 0, 0, height, 0]
  return { ...turns, transform: composed([1 / width, 0, 0, 0, 1 / height, 0], composed(found, fromShares)) }
}

/** Rows and runs with the characters they are made of. */
export function alignedRows(
  paper: PageReading,
  electronic: PageReading,
  { paperTurn, electronicTurn, fromPaper, fromElectronic }: PixelPlacing,
): readonly AlignedRow[] {
  const mine = glyphLines(paper, { turn: paperTurn, toPaper: fromPaper })
  const theirs = glyphLines(electronic, { turn: electronicTurn, toPaper: fromElectronic })
  return glyphRows(mine, theirs).flatMap((row) => {
    const runs: EditRun[] = []
    let run: GlyphPair[] = []
    const pairs = alignedGlyphs(row.paper, row.electronic)
    for (const [index, pair] of pairs.entries()) {
      const before = pairs[index - 1]
      if (before !== undefined && same(before) !== same(pair)) {
        runs.push(runOf(run, row.unread))
        run = []
      }
      run.push(pair)
    }
    if (run.length > 0) runs.push(runOf(run, row.unread))
    return runs.length === 0 ? [] : [{ vertical: row.vertical, runs }]
  })
}

export function agreementOf(rows: readonly AlignedRow[]): number | null {
  let [equal, all] = [0, 0]
  for (const { runs } of rows)
    for (const { state, pairs } of runs) {
      all += pairs.length
      if (state === 'equal') equal += pairs.length
    }
  return all === 0 ? null : equal / all
}

/**
 * Lays two readings beside each other, row by row and character by character, by where the words stand. Blanks,
 * punctuation, full and half width and capitals make no difference. `placing` says how the pages lie over each other;
 * without it the words that both have decide.
 */
export function compareTexts(
  paper: PageReading,
  electronic: PageReading,
  placing?: TextPlacing,
): TextComparison {
  const { paperTurn, electronicTurn, transform } = placing ?? placingByWords(paper, electronic)
  const [width, height] = upright(paper, paperTurn)
  const toPixels = composed([width, 0, 0, 0, height, 0], transform)
  const rows = alignedRows(paper, electronic, {
    paperTurn,
    electronicTurn,
    fromPaper: (x, y) => [x * width, y * height],
    fromElectronic: (x, y) => moved(toPixels, x, y),
  })
  return {
    rows: rows.map(({ runs }) => ({ runs: runs.map(({ pairs: _pairs, ...run }) => run) })),
    agreement: agreementOf(rows),
  }
}
