import { describe, expect, it } from 'vitest'
import { layoutMap, needsLook, type PageMatch, stateOf } from '../../renderer/screens/reconcile/map-layout.ts'
import {
  clampMap,
  columnAt,
  mapShowing,
  WIDEST_COLUMN,
  wholeScale,
  xOf,
  zoomMap,
} from '../../renderer/screens/reconcile/map-view.ts'
import { neighbourSpot, steppedTo } from '../../renderer/screens/reconcile/stepping.ts'

const ids = (side: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${side}${at}` }))

function match(paper: number | null, page: number | null, more: Partial<PageMatch> = {}): PageMatch {
  return {
    id: `m${paper ?? '-'}.${page ?? '-'}`,
    paperPageId: paper === null ? null : `p${paper}`,
    pageId: page === null ? null : `e${page}`,
    versionId: null,
    kind: paper === null ? 'extra' : page === null ? 'missing' : 'same',
    confidence: 0.98,
    sure: true,
    moved: false,
    turn: 0,
    reasons: [],
    candidates: [],
    decidedBy: null,
    changes: 0,
    strongest: null,
    ...more,
  }
}

describe('the map of a volume', () => {
  it('puts pairs in one column and a missing page over a gap, so that all after it stay straight', () => {
    const layout = layoutMap(ids('p', 5), ids('e', 4), [
      match(0, 0),
      match(1, 1),
      match(2, null),
      match(3, 2),
      match(4, 3),
    ])
    expect(layout.columns).toBe(5)
    expect(layout.pageAt[2]).toBe(-1)
    const straight = layout.spots.filter(({ pageIndex }) => pageIndex !== null)
    expect(straight.every(({ paperColumn, pageColumn }) => paperColumn === pageColumn)).toBe(true)
    expect(layout.counts).toMatchObject({ same: 4, missing: 1, extra: 0 })
  })

  it('shows a page that stands elsewhere as one place with two columns, and only it crosses', () => {
    const layout = layoutMap(ids('p', 4), ids('e', 4), [
      match(0, 3, { moved: true }),
      match(1, 0),
      match(2, 1),
      match(3, 2),
    ])
    const crossing = layout.spots.filter(({ paperColumn, pageColumn }) => paperColumn !== pageColumn)
    expect(crossing.map(({ key }) => key)).toEqual(['m0.3'])
    expect(layout.spots).toHaveLength(4)
    expect(layout.columns).toBe(5)
  })

  it('keeps as many straight lines as can be where nobody said which page moved', () => {
    const layout = layoutMap(ids('p', 5), ids('e', 5), [
      match(0, 4),
      match(1, 0),
      match(2, 1),
      match(3, 2),
      match(4, 3),
    ])
    const crossing = layout.spots.filter(({ paperColumn, pageColumn }) => paperColumn !== pageColumn)
    expect(crossing.map(({ key }) => key)).toEqual(['m0.4'])
  })

  it('counts every page once, whatever is matched', () => {
    const layout = layoutMap(ids('p', 3), ids('e', 4), [match(0, 1), match(2, 0, { moved: true })])
    const shown = layout.spots.flatMap(({ paperIndex, pageIndex }) => [
      ...(paperIndex === null ? [] : [`p${paperIndex}`]),
      ...(pageIndex === null ? [] : [`e${pageIndex}`]),
    ])
    expect(shown.toSorted()).toEqual(['e0', 'e1', 'e2', 'e3', 'p0', 'p1', 'p2'])
    expect(layout.counts.outside).toBe(3)
  })

  it('says what a person must look at: unsure before all, never what was decided', () => {
    expect(stateOf(match(0, 0, { sure: false, kind: 'replaced' }))).toBe('unsure')
    expect(stateOf(match(0, 0, { sure: false, decidedBy: '王敏' }))).toBe('same')
    expect(stateOf(match(0, 0, { changes: 2 }))).toBe('changed')
    expect(stateOf(match(null, 0, { kind: 'duplicate' }))).toBe('duplicate')
    const turned = layoutMap(ids('p', 1), ids('e', 1), [match(0, 0, { turn: 180 })])
    expect(turned.spots.map(needsLook)).toEqual([true])
  })

  it('lays out 5,000 pages at once', () => {
    const count = 5000
    const matches = Array.from({ length: count }, (_, at) => match(at, (at * 7 + 3) % count))
    const layout = layoutMap(ids('p', count), ids('e', count), matches)
    expect(layout.spots).toHaveLength(count)
    const straight = layout.spots.filter(({ paperColumn, pageColumn }) => paperColumn === pageColumn)
    expect(straight.length).toBeGreaterThanOrEqual(Math.floor(count / 7))
  })
})

describe('the stretch of the map in sight', () => {
  it('shows the whole volume at first and never less', () => {
    const view = clampMap({ scale: 0, offset: 0 }, 5000, 1000)
    expect(view.scale).toBe(wholeScale(5000, 1000))
    expect(xOf(view, 0)).toBeGreaterThanOrEqual(0)
    expect(xOf(view, 5000)).toBeLessThanOrEqual(1000)
    expect(clampMap({ scale: 999, offset: 0 }, 5000, 1000).scale).toBe(WIDEST_COLUMN)
  })

  it('zooms about the pointer: what is under it stays under it', () => {
    const view = clampMap({ scale: 2, offset: 1000 }, 5000, 1000)
    const zoomed = zoomMap(view, 400, 3, 5000, 1000)
    expect(columnAt(zoomed, 400)).toBe(columnAt(view, 400))
  })

  it('moves just so far that a column is in sight, and not at all when it is', () => {
    const view = clampMap({ scale: 20, offset: 100 }, 5000, 1000)
    expect(mapShowing(view, 120, 5000, 1000)).toEqual(view)
    const after = mapShowing(view, 3000, 5000, 1000)
    expect(xOf(after, 3000)).toBeGreaterThan(0)
    expect(xOf(after, 3001)).toBeLessThan(1000)
  })
})

describe('stepping through differences', () => {
  const layout = layoutMap(ids('p', 5), ids('e', 4), [
    match(0, 0),
    match(1, 1, { changes: 2 }),
    match(2, null),
    match(3, 2),
    match(4, 3, { changes: 3 }),
  ])

  it('goes from box to box, then to the next page that needs a look', () => {
    const first = steppedTo(layout, { key: 'm0.0', change: -1 }, 1, 0)
    expect(first).toEqual({ key: 'm1.1', change: 0 })
    expect(steppedTo(layout, first, 1, 2)).toEqual({ key: 'm1.1', change: 1 })
    expect(steppedTo(layout, { key: 'm1.1', change: 1 }, 1, 2)).toEqual({ key: 'm2.-', change: -1 })
    expect(steppedTo(layout, { key: 'm2.-', change: -1 }, 1, 0)).toEqual({ key: 'm4.3', change: 0 })
  })

  it('goes back over the same places the other way, to the last box of a page', () => {
    expect(steppedTo(layout, { key: 'm4.3', change: 0 }, -1, 3)).toEqual({ key: 'm2.-', change: -1 })
    expect(steppedTo(layout, { key: 'm2.-', change: -1 }, -1, 0)).toEqual({ key: 'm1.1', change: 1 })
  })

  it('stays where it is at either end', () => {
    expect(steppedTo(layout, { key: 'm4.3', change: 2 }, 1, 3)).toBeUndefined()
    expect(steppedTo(layout, { key: 'm1.1', change: 0 }, -1, 2)).toBeUndefined()
    expect(neighbourSpot(layout, 'm4.3', 1)).toBeUndefined()
    expect(neighbourSpot(layout, 'm0.0', 1)).toBe('m1.1')
  })
})
