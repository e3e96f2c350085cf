import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  between,
  clampScale,
  clampView,
  contentPointAt,
  fitScale,
  layoutSheet,
  neighbourOf,
  openingView,
  rotatedSize,
  STAGE_MARGIN,
  snapped,
  spreadAt,
  steppedScale,
  zoomAbout,
} from '../../renderer/viewer/geometry.ts'

const length = fc.integer({ min: 1, max: 12_000 })
const size = fc.record({ width: length, height: length })
const stageSize = fc.record({
  width: fc.integer({ min: 60, max: 4000 }),
  height: fc.integer({ min: 60, max: 4000 }),
})
const scale = fc.double({ min: 0.01, max: 8, noNaN: true })
const offset = fc.double({ min: -20_000, max: 20_000, noNaN: true })
const view = fc.record({ scale, x: offset, y: offset })
const point = fc.record({ x: offset, y: offset })
const rule = fc.record({ spread: fc.boolean(), coverAlone: fc.boolean() })

describe('zooming', () => {
  it('keeps what is under the mouse under the mouse', () => {
    fc.assert(
      fc.property(view, point, scale, (from, at, to) => {
        const before = contentPointAt(from, at)
        const after = contentPointAt(zoomAbout(from, at, to), at)
        const tolerance = 1e-6 * (1 + Math.abs(before.x) + Math.abs(before.y))
        expect(Math.abs(after.x - before.x)).toBeLessThan(tolerance)
        expect(Math.abs(after.y - before.y)).toBeLessThan(tolerance)
      }),
    )
  })

  it('comes back to the same view when zoomed in and out about one point', () => {
    fc.assert(
      fc.property(view, point, scale, (from, at, to) => {
        const back = zoomAbout(zoomAbout(from, at, to), at, from.scale)
        expect(back.x).toBeCloseTo(from.x, 3)
        expect(back.y).toBeCloseTo(from.y, 3)
      }),
    )
  })

  it('steps up to a larger and down to a smaller scale, and meets 100 % of device pixels', () => {
    expect(steppedScale(0.9, 1)).toBe(1)
    expect(steppedScale(1.1, -1)).toBe(1)
    expect(steppedScale(0.45, 1, 2)).toBe(0.5)
    fc.assert(
      fc.property(fc.double({ min: 0.06, max: 7, noNaN: true }), (from) => {
        expect(steppedScale(from, 1)).toBeGreaterThan(from)
        expect(steppedScale(from, -1)).toBeLessThan(from)
      }),
    )
  })

  it('bounds the scale so that the sheet can be neither lost nor endless', () => {
    fc.assert(
      fc.property(
        size,
        stageSize,
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (content, stage, wanted) => {
          const bounded = clampScale(wanted, content, stage)
          expect(bounded).toBeLessThanOrEqual(8)
          expect(bounded).toBeGreaterThan(0)
          expect(clampScale(bounded, content, stage)).toBe(bounded)
        },
      ),
    )
  })

  it('moves between two views without leaving the way between their scales', () => {
    fc.assert(
      fc.property(view, view, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const there = between(from, to, share)
        expect(there.scale).toBeGreaterThanOrEqual(Math.min(from.scale, to.scale) * 0.999999)
        expect(there.scale).toBeLessThanOrEqual(Math.max(from.scale, to.scale) * 1.000001)
        expect(between(from, to, 1)).toEqual(to)
      }),
    )
  })
})

describe('fitting', () => {
  it('shows the whole sheet when fitting the page, and the whole width when fitting the width', () => {
    fc.assert(
      fc.property(size, stageSize, (content, stage) => {
        const page = fitScale(content, stage, 'page')
        const width = fitScale(content, stage, 'width')
        expect(content.width * page).toBeLessThanOrEqual(stage.width - 2 * STAGE_MARGIN + 1e-6)
        expect(content.height * page).toBeLessThanOrEqual(stage.height - 2 * STAGE_MARGIN + 1e-6)
        expect(content.width * width).toBeCloseTo(stage.width - 2 * STAGE_MARGIN, 6)
        expect(page).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('opens a tall page at its top, and at its end when paging backwards', () => {
    const content = { width: 1000, height: 3000 }
    const stage = { width: 1024, height: 600 }
    expect(openingView(content, stage, 1, 'top')).toEqual({ scale: 1, x: 12, y: 12 })
    expect(openingView(content, stage, 1, 'bottom')).toEqual({ scale: 1, x: 12, y: 600 - 12 - 3000 })
  })
})

describe('panning', () => {
  it('centres what is smaller than the stage and leaves no gap beyond the margin beside what is larger', () => {
    fc.assert(
      fc.property(view, size, stageSize, (from, content, stage) => {
        const held = clampView(from, content, stage)
        for (const [at, long, room] of [
          [held.x, content.width * held.scale, stage.width],
          [held.y, content.height * held.scale, stage.height],
        ] as const) {
          if (long + 2 * STAGE_MARGIN <= room) {
            expect(at).toBeCloseTo((room - long) / 2, 6)
          } else {
            expect(at).toBeLessThanOrEqual(STAGE_MARGIN + 1e-6)
            expect(at + long).toBeGreaterThanOrEqual(room - STAGE_MARGIN - 1e-6)
          }
        }
        const again = clampView(held, content, stage)
        expect(again.x).toBeCloseTo(held.x, 6)
        expect(again.y).toBeCloseTo(held.y, 6)
      }),
    )
  })

  it('moves by less than one device pixel when snapped', () => {
    fc.assert(
      fc.property(view, fc.constantFrom(1, 1.25, 1.5, 2), (from, ratio) => {
        const there = snapped(from, ratio)
        expect(Math.abs(there.x - from.x)).toBeLessThanOrEqual(0.5 / ratio + 1e-6)
        expect(there.x * ratio).toBeCloseTo(Math.round(there.x * ratio), 6)
      }),
    )
  })
})

describe('spreads', () => {
  it('pairs pages in order, with the cover alone when asked', () => {
    expect(spreadAt(0, 5, { spread: true, coverAlone: true })).toEqual({ start: 0, count: 1 })
    expect(spreadAt(2, 5, { spread: true, coverAlone: true })).toEqual({ start: 1, count: 2 })
    expect(spreadAt(4, 5, { spread: true, coverAlone: false })).toEqual({ start: 4, count: 1 })
  })

  it('shows every page exactly once from the first sheet to the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), rule, (total, how) => {
        const seen: number[] = []
        let at = 0
        for (;;) {
          const here = spreadAt(at, total, how)
          for (let index = here.start; index < here.start + here.count; index += 1) seen.push(index)
          const next = neighbourOf(at, total, how, 1)
          if (next === at) break
          expect(neighbourOf(next, total, how, -1)).toBe(here.start)
          at = next
        }
        expect(seen).toEqual(Array.from({ length: total }, (_, index) => index))
      }),
    )
  })

  it('lays pages side by side without overlap, inside the sheet', () => {
    const page = fc.record({
      width: length,
      height: length,
      dpi: fc.option(fc.integer({ min: 72, max: 600 })),
    })
    fc.assert(
      fc.property(
        fc.array(page, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
        (pages, rotation) => {
          const { size: sheet, boxes } = layoutSheet(pages, rotation)
          let edge = 0
          for (const box of boxes) {
            expect(box.x).toBeGreaterThanOrEqual(edge - 1e-6)
            expect(box.y).toBeGreaterThanOrEqual(-1e-6)
            expect(box.y + box.height).toBeLessThanOrEqual(sheet.height + 1e-6)
            edge = box.x + box.width
          }
          expect(edge).toBeCloseTo(sheet.width, 4)
        },
      ),
    )
  })

  it('swaps width and height on a quarter turn only', () => {
    expect(rotatedSize({ width: 3, height: 4 }, 90)).toEqual({ width: 4, height: 3 })
    expect(rotatedSize({ width: 3, height: 4 }, 180)).toEqual({ width: 3, height: 4 })
  })
})
