import type { Window } from './boxes.ts'
import type { AlignedRow, EditRun } from './compare-texts.ts'
import { likenessIn } from './glyph-likeness.ts'
import { type LaidPair, STROKE, settledResidue } from './ink-residue.ts'
import type { Glyph } from './page-glyphs.ts'

/** So many characters, spread over the page, tell how alike this pair of scans shows the same character. */
const SAMPLES = 180
const PAD = 1
const GLYPH_SHIFT = 1
/** An edit stands out when its likeness lies so many spreads below what equal characters reach. */
const STEPS = 4
const CONTEXT_HEIGHTS = 2.2

/** Two readings differ here; the pixels say how far they do. */
export interface JudgedEdit {
  readonly run: EditRun
  readonly window: Window
  /** Likeness of the least alike character. */
  readonly likeness: number
  /** How far below what equal characters of this page reach: 1 is the threshold. */
  readonly departure: number
  /** Ink of either side in that place that the other does not explain, in pixels of a full stroke. */
  readonly unexplained: number
}

interface GlyphScale {
  readonly usual: number
  readonly spread: number
}

function windowOf(glyphs: readonly Glyph[], vertical: boolean): Window {
  const start = Math.min(...glyphs.map((glyph) => glyph.start))
  const end = Math.max(...glyphs.map((glyph) => glyph.end))
  const from = Math.min(...glyphs.map(({ across, height }) => across - height / 2))
  const to = Math.max(...glyphs.map(({ across, height }) => across + height / 2))
  const [left, right, top, bottom] = vertical ? [from, to, start, end] : [start, end, from, to]
  return {
    left: Math.floor(left) - PAD,
    top: Math.floor(top) - PAD,
    right: Math.ceil(right) + PAD,
    bottom: Math.ceil(bottom) + PAD,
  }
}

function context(window: Window, vertical: boolean, height: number): Window {
  const more = Math.round(height * CONTEXT_HEIGHTS)
  return vertical
    ? { ...window, top: window.top - more, bottom: window.bottom + more }
    : { ...window, left: window.left - more, right: window.right + more }
}

function likenessOf(pair: LaidPair, glyphs: readonly Glyph[], vertical: boolean): number {
  const window = windowOf(glyphs, vertical)
  return likenessIn(pair, window, context(window, vertical, glyphs[0]?.height ?? 0))
}

/** How alike equal characters are on this pair of scans: the measure for those that were read differently. */
function glyphScale(rows: readonly AlignedRow[], pair: LaidPair): GlyphScale {
  const equal = rows.flatMap(({ runs, vertical }) =>
    runs.flatMap(({ state, pairs }) =>
      state === 'equal' ? pairs.map((glyphs) => ({ glyphs, vertical })) : [],
    ),
  )
  const step = Math.max(1, equal.length / SAMPLES)
  const values: number[] = []
  for (let at = 0; at < equal.length; at += step) {
    const sample = equal[Math.floor(at)]
    if (sample === undefined) break
    const { paper, electronic } = sample.glyphs
    if (paper !== undefined && electronic !== undefined)
      values.push(likenessOf(pair, [paper, electronic], sample.vertical))
  }
  if (values.length < 8) return { usual: 0.9, spread: 0.04 }
  values.sort((a, b) => a - b)
  const usual = values[values.length >> 1] ?? 0.9
  const low = values[Math.floor(values.length * 0.16)] ?? usual
  return { usual, spread: Math.max(0.015, usual - low) }
}

/** Every place where the readings differ, those set aside excepted, with what the pixels say of it. */
export function judgedEdits(
  rows: readonly AlignedRow[],
  aside: ReadonlySet<EditRun>,
  pair: LaidPair,
): readonly JudgedEdit[] {
  const scale = glyphScale(rows, pair)
  return rows.flatMap(({ runs, vertical }) =>
    runs.flatMap((run) => {
      if (run.state === 'equal' || aside.has(run)) return []
      const glyphs = run.pairs.flatMap(({ paper, electronic }) =>
        [paper, electronic].filter((glyph) => glyph !== undefined),
      )
      const likeness = Math.min(
        ...run.pairs.map(({ paper, electronic }) =>
          likenessOf(
            pair,
            [paper, electronic].filter((glyph) => glyph !== undefined),
            vertical,
          ),
        ),
      )
      const departure = (scale.usual - likeness) / (scale.spread * STEPS)
      const window = windowOf(glyphs, vertical)
      const left = settledResidue(pair, window, window, GLYPH_SHIFT)
      return [{ run, window, likeness, departure, unexplained: (left.paper + left.electronic) / STROKE }]
    }),
  )
}
