import type { Window } from './boxes.ts'
import type { LaidPair } from './ink-residue.ts'
import type { Plane } from './plane.ts'

/** How far a line of print may lie off after registration, pixels. */
const LINE_SHIFT = 3
const GLYPH_SHIFT = 1

interface Place {
  readonly x: number
  readonly y: number
  readonly likeness: number
}

/** Best normalised correlation of a window with the other page, moved up to `reach` pixels about `about`. */
export function likeliestPlace(
  page: Plane,
  other: Plane,
  { left, top, right, bottom }: Window,
  about: { readonly x: number; readonly y: number },
  reach: number,
): Place {
  let best: Place = { x: about.x, y: about.y, likeness: -1 }
  for (let dy = about.y - reach; dy <= about.y + reach; dy++) {
    for (let dx = about.x - reach; dx <= about.x + reach; dx++) {
      const fromX = Math.max(0, left, -dx)
      const toX = Math.min(page.width, right, other.width - dx)
      const fromY = Math.max(0, top, -dy)
      const toY = Math.min(page.height, bottom, other.height - dy)
      if (toX <= fromX || toY <= fromY) continue
      let a = 0
      let b = 0
      let aa = 0
      let bb = 0
      let ab = 0
      for (let y = fromY; y < toY; y++) {
        const mine = y * page.width
        const theirs = (y + dy) * other.width + dx
        for (let x = fromX; x < toX; x++) {
          const p = page.data[mine + x] as number
          const q = other.data[theirs + x] as number
          a += p
          b += q
          aa += p * p
          bb += q * q
          ab += p * q
        }
      }
      const count = (toX - fromX) * (toY - fromY)
      const mine = aa / count - (a / count) ** 2
      const theirs = bb / count - (b / count) ** 2
      // Blank on both sides is alike; ink on one side alone is not.
      const floor = 150
      const likeness =
        (ab / count - (a / count) * (b / count) + floor) / Math.sqrt((mine + floor) * (theirs + floor))
      if (likeness > best.likeness) best = { x: dx, y: dy, likeness }
    }
  }
  return best
}

/** The same, going up from no shift while that makes it likelier. */
function climbedPlace(page: Plane, other: Plane, window: Window, reach: number): Place {
  let best = likeliestPlace(page, other, window, { x: 0, y: 0 }, 1)
  for (let step = 1; step < reach && (best.x !== 0 || best.y !== 0); step++) {
    const next = likeliestPlace(page, other, window, best, 1)
    if (next.x === best.x && next.y === best.y) break
    best = next
  }
  return best
}

/** How alike the two pages are within a window, 1 for the same: judged where its line of print lies best. */
export function likenessIn({ paper, electronic }: LaidPair, window: Window, line: Window): number {
  const about = climbedPlace(paper.ink, electronic.ink, line, LINE_SHIFT)
  return likeliestPlace(paper.ink, electronic.ink, window, about, GLYPH_SHIFT).likeness
}
