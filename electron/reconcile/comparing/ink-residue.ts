import { inverted, moved } from './affine.ts'
import { overlap, type Window } from './boxes.ts'
import type { Ink } from './even-background.ts'
import { emptyPlane, type Plane, softened, widened } from './plane.ts'
import { type Registration, RIM } from './register.ts'
import { solidPieces, TONE_CELL, tonedCells } from './toned-areas.ts'

/** Ink weaker than this (of about 220) is show-through, JPEG ringing or dust. */
const LEAST_INK = 84
/** Beside a page that may have lost pale ink, only what such a page would have kept counts. */
const KEPT_INK = 112
/** What such a page shows black may be as pale as this on the other. */
const PALE_INK = 44
/** What a stroke may be darker on one page than on the other. */
const SLACK = 48

/** A full stroke's darkness: residue is counted in pixels of it. */
export const STROKE = 128

/** One page's ink on the paper page's pixels: softened, widened by a pixel, and from where it counts. */
export interface Laid {
  readonly ink: Plane
  readonly wide: Plane
  readonly least: number
  /** The other page's ink from this on explains all of this one's. */
  readonly explained: number
}

/** Both pages laid over each other. */
export interface LaidPair {
  readonly paper: Laid
  readonly electronic: Laid
  /** 255 where a page does not reach, along its rim, and in photographs. */
  readonly blind: Plane
}

/** The paper page has a rim too, and photographs are left to the eye. */
function blindOf(
  paper: Ink,
  electronic: Ink,
  { transform, plane: laid, outside: { width, height, data } }: Registration,
): Plane {
  const blind = { width, height, data: data.slice() }
  blind.data.fill(255, 0, RIM * width)
  blind.data.fill(255, (height - RIM) * width)
  for (let y = RIM; y < height - RIM; y++) {
    blind.data.fill(255, y * width, y * width + RIM)
    blind.data.fill(255, (y + 1) * width - RIM, (y + 1) * width)
  }
  if (paper.hard && electronic.hard) {
    // A photograph is solid on both, and each side has broken up the rest in its own way.
    const theirs = solidPieces({ plane: laid })
    for (const piece of solidPieces(paper)) {
      for (const other of theirs) {
        if (overlap(piece, other) === 0) continue
        for (const { left, top, right, bottom } of [piece, other])
          for (let y = top; y < bottom; y++) blind.data.fill(255, y * width + left, y * width + right)
      }
    }
    return blind
  }
  const mine = paper.hard ? undefined : tonedCells(paper)
  const theirs = electronic.hard ? undefined : tonedCells(electronic)
  const back = inverted(transform)
  const columns = Math.floor(width / TONE_CELL)
  for (let row = 0; row < Math.floor(height / TONE_CELL); row++) {
    for (let column = 0; column < columns; column++) {
      if (mine !== undefined && mine.data[row * mine.width + column] === 0) continue
      if (theirs !== undefined) {
        const [x, y] = moved(back, (column + 0.5) * TONE_CELL, (row + 0.5) * TONE_CELL)
        const [u, v] = [Math.floor(x / TONE_CELL), Math.floor(y / TONE_CELL)]
        if (u < 0 || v < 0 || u >= theirs.width || v >= theirs.height) continue
        if (theirs.data[v * theirs.width + u] === 0) continue
      }
      for (let y = row * TONE_CELL; y < (row + 1) * TONE_CELL; y++)
        blind.data.fill(255, y * width + column * TONE_CELL, y * width + (column + 1) * TONE_CELL)
    }
  }
  return blind
}

function limits(own: boolean, other: boolean): Pick<Laid, 'least' | 'explained'> {
  return { least: other && !own ? KEPT_INK : LEAST_INK, explained: own && !other ? PALE_INK : 255 }
}

export function laidPair(paper: Ink, electronic: Ink, laid: Registration): LaidPair {
  const [mine, theirs] = [softened(paper.plane), softened(laid.plane)]
  return {
    paper: { ink: mine, wide: widened(mine), ...limits(paper.hard, electronic.hard) },
    electronic: { ink: theirs, wide: widened(theirs), ...limits(electronic.hard, paper.hard) },
    blind: blindOf(paper, electronic, laid),
  }
}

/** How much of `value` the other page's ink leaves unexplained. */
function left(value: number, other: number, { least, explained }: Laid): number {
  return value < least || other >= explained || value - other <= SLACK ? 0 : value - other - SLACK
}

/** Ink of each page that the other does not have in that place: 0 to 255. */
export interface Residue {
  readonly paper: Plane
  readonly electronic: Plane
}

export function residueOf({ paper, electronic, blind }: LaidPair): Residue {
  const { width, height } = blind
  const out = { paper: emptyPlane(width, height), electronic: emptyPlane(width, height) }
  const hidden = blind.data
  const mine = paper.ink.data
  const theirs = electronic.ink.data
  for (let at = 0; at < hidden.length; at++) {
    const p = mine[at] as number
    const e = theirs[at] as number
    if ((p < paper.least && e < electronic.least) || hidden[at] !== 0) continue
    out.paper.data[at] = left(p, electronic.wide.data[at] as number, paper)
    out.electronic.data[at] = left(e, paper.wide.data[at] as number, electronic)
  }
  return out
}

/** The residue within `inner` when the electronic page may lie up to `reach` pixels off within `outer`. */
export function settledResidue(
  { paper, electronic, blind }: LaidPair,
  outer: Window,
  inner: Window,
  reach: number,
): { readonly paper: number; readonly electronic: number } {
  const { width, height } = blind
  let best = Number.POSITIVE_INFINITY
  let found = { paper: 0, electronic: 0 }
  const from = { x: Math.max(reach, outer.left), y: Math.max(reach, outer.top) }
  const to = { x: Math.min(width - reach, outer.right), y: Math.min(height - reach, outer.bottom) }
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      let mine = 0
      let theirs = 0
      let all = 0
      for (let y = from.y; y < to.y && all < best; y++) {
        const within = y >= inner.top && y < inner.bottom
        for (let x = from.x; x < to.x; x++) {
          const at = y * width + x
          if (blind.data[at] !== 0) continue
          const there = at + dy * width + dx
          const a = paper.ink.data[at] as number
          const b = electronic.ink.data[there] as number
          const p = a < paper.least ? 0 : left(a, electronic.wide.data[there] as number, paper)
          const e = b < electronic.least ? 0 : left(b, paper.wide.data[at] as number, electronic)
          all += p + e
          if (within && x >= inner.left && x < inner.right) {
            mine += p
            theirs += e
          }
        }
      }
      if (all < best) {
        best = all
        found = { paper: mine, electronic: theirs }
      }
    }
  }
  return found
}
