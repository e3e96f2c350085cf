import { type Affine, inverted, moved } from './affine.ts'
import type { Window } from './boxes.ts'
import { around, boxesOf, type Sizes } from './boxes.ts'
import type { AlignedRow, EditRun } from './compare-texts.ts'
import type { FoundChange } from './page-comparison.ts'
import type { Glyph } from './page-glyphs.ts'
import type { Plane } from './plane.ts'

/** Ink beyond the other page's frame is counted in cells; a cell all dark is the scanner's lid, not print. */
const CELL = 16
const INK = 100
const LEAST_CELL_INK = 18
const MOST_CELL_SHARE = 0.6
const LEAST_CELLS = 3
/** A single row of cells is a scanner's dark edge. */
const LEAST_DEPTH = 2
const RIM_CELLS = 1
/** So many printed characters beyond the frame are content whatever the ink says. */
const LEAST_GLYPHS = 2
/** Characters whose middle lies this near to the frame, in their heights, were cut through. */
const CUT_THROUGH = 0.6

interface Size {
  readonly width: number
  readonly height: number
}

/** Where ink of `page` lies beyond the other page: undefined where nothing but paper does. In pixels of `page`. */
function inkBeyond(page: Plane, toOther: Affine, other: Size): Window | undefined {
  const inside = (x: number, y: number): boolean => {
    const [u, v] = moved(toOther, x, y)
    return u >= 0 && v >= 0 && u <= other.width && v <= other.height
  }
  const count = (left: number, top: number): number => {
    const [right, bottom] = [left + CELL, top + CELL]
    if (inside(left, top) && inside(right, top) && inside(left, bottom) && inside(right, bottom)) return 0
    let dark = 0
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++)
        if ((page.data[y * page.width + x] as number) >= INK && !inside(x + 0.5, y + 0.5)) dark += 1
    return dark
  }
  const box = { left: page.width, top: page.height, right: 0, bottom: 0 }
  let cells = 0
  for (let top = RIM_CELLS * CELL; top + (1 + RIM_CELLS) * CELL <= page.height; top += CELL) {
    for (let left = RIM_CELLS * CELL; left + (1 + RIM_CELLS) * CELL <= page.width; left += CELL) {
      const ink = count(left, top)
      if (ink < LEAST_CELL_INK || ink > MOST_CELL_SHARE * CELL * CELL) continue
      cells += 1
      box.left = Math.min(box.left, left)
      box.top = Math.min(box.top, top)
      box.right = Math.max(box.right, left + CELL)
      box.bottom = Math.max(box.bottom, top + CELL)
    }
  }
  const depth = Math.min(box.right - box.left, box.bottom - box.top)
  return cells >= LEAST_CELLS && depth >= LEAST_DEPTH * CELL ? box : undefined
}

function middle({ start, end, across }: Glyph, vertical: boolean): readonly [number, number] {
  return vertical ? [across, (start + end) / 2] : [(start + end) / 2, across]
}

/** Whether a character, placed on the paper page, lies beyond the other page's frame or is cut by it. */
function isBeyond(glyph: Glyph, vertical: boolean, toFrame: Affine, frame: Size): boolean {
  const [x, y] = moved(toFrame, ...middle(glyph, vertical))
  const reach = CUT_THROUGH * glyph.height
  return x < reach || y < reach || x > frame.width - reach || y > frame.height - reach
}

export interface CroppedEdges {
  readonly changes: readonly FoundChange[]
  /** Differences of the words that are nothing but the cut. */
  readonly cut: ReadonlySet<EditRun>
}

/** Content of either page that the other one's frame cuts off, by its ink and by the words that only one page has. */
export function croppedEdges(
  paper: Plane,
  electronic: Plane,
  rows: readonly AlignedRow[],
  sizes: Sizes,
): CroppedEdges {
  const toElectronic = inverted(sizes.transform)
  const cut = new Set<EditRun>()
  const changes: FoundChange[] = []
  for (const side of ['paper', 'electronic'] as const) {
    const [page, other] = side === 'paper' ? [paper, electronic] : [electronic, paper]
    const [toOther, fromPaper] =
      side === 'paper' ? [toElectronic, toElectronic] : [sizes.transform, undefined]
    const lost: Glyph[] = []
    let round: Window | undefined
    for (const { runs, vertical } of rows) {
      for (const run of runs) {
        if (run.state === 'equal') continue
        const glyphs = run.pairs.flatMap((pair) => pair[side] ?? [])
        const beyond = glyphs.filter((glyph) =>
          isBeyond(glyph, vertical, fromPaper ?? [1, 0, 0, 0, 1, 0], other),
        )
        if (beyond.length === 0 || beyond.length * 2 < glyphs.length) continue
        cut.add(run)
        lost.push(...beyond.filter(({ doubtful }) => !doubtful))
        for (const glyph of beyond) {
          const [x, y] = middle(glyph, vertical)
          const reach = glyph.height / 2
          const box = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
          round = round === undefined ? box : around(round, box)
        }
      }
    }
    const ink = inkBeyond(page, toOther, other)
    if (ink === undefined && lost.length < LEAST_GLYPHS) continue
    const onPaper = ink === undefined ? undefined : side === 'paper' ? ink : movedWindow(ink, sizes.transform)
    const window = onPaper === undefined ? round : round === undefined ? onPaper : around(onPaper, round)
    if (window === undefined) continue
    const depth = Math.min(window.right - window.left, window.bottom - window.top)
    changes.push({
      kind: 'cropped',
      sources: [
        ...(ink === undefined ? [] : (['image'] as const)),
        ...(lost.length > 0 ? (['text'] as const) : []),
      ],
      strength: Math.min(1, 0.6 + depth / 200),
      on: side,
      ...boxesOf(window, sizes),
      ...(lost.length === 0 ? {} : { [`${side}Text`]: lost.map(({ raw }) => raw).join('') }),
    })
  }
  return { changes, cut }
}

function movedWindow({ left, top, right, bottom }: Window, transform: Affine): Window {
  const points = [
    moved(transform, left, top),
    moved(transform, right, top),
    moved(transform, left, bottom),
    moved(transform, right, bottom),
  ]
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}
