import { type Plane, type Sums, sumIn, sumsOf } from './plane.ts'

/** One block of a page found again on the other. */
export interface Match {
  /** Centre of the block. */
  readonly x: number
  readonly y: number
  /** Where it lies on the other page, from the centre; parts of a pixel. */
  readonly offX: number
  readonly offY: number
  /** Normalised correlation at the best place, -1 to 1. */
  readonly likeness: number
  /** How sharply the likeness falls to either side: near 0 along a ruled line. */
  readonly sharpX: number
  readonly sharpY: number
}

export interface Matches {
  /** How many blocks have anything on them to be found by. */
  readonly textured: number
  readonly found: readonly Match[]
}

export interface BlockOptions {
  readonly size: number
  readonly step: number
  readonly reach: number
  /** `climb` follows the likeness upwards from no shift, for pages that nearly lie right; and looks everywhere after all. */
  readonly search: 'everywhere' | 'climb'
}

/** Less variance than this (grey levels squared) is blank paper. */
const LEAST_VARIANCE = 120
const UNKNOWN = -2
/** With this likeness a climb has come to the right place. */
const CLIMBED = 0.6

/** Sums of a plane and of its squares, for the variance of any rectangle. */
interface Moments {
  readonly plain: Sums
  readonly squares: Float64Array
}

function momentsOf(plane: Plane): Moments {
  const { width, height, data } = plane
  const plain = sumsOf(plane)
  const squares = new Float64Array(plain.data.length)
  const { stride } = plain
  for (let y = 0; y < height; y++) {
    let row = 0
    const above = y * stride + 1
    const here = above + stride
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = data[at] as number
      row += value * value
      squares[here + x] = (squares[above + x] as number) + row
    }
  }
  return { plain, squares }
}

function meanAndVariance(
  { plain, squares }: Moments,
  left: number,
  top: number,
  size: number,
): readonly [mean: number, variance: number] {
  const [right, bottom, count] = [left + size, top + size, size * size]
  const { stride } = plain
  const all =
    (squares[bottom * stride + right] as number) -
    (squares[top * stride + right] as number) -
    (squares[bottom * stride + left] as number) +
    (squares[top * stride + left] as number)
  const mean = sumIn(plain, left, top, right, bottom) / count
  return [mean, all / count - mean * mean]
}

/** Top of the parabola through three values a step apart. */
function summit(before: number, middle: number, after: number): number {
  const bend = before + after - 2 * middle
  return bend >= -1e-6 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend))
}

/** Index of the best of all shifts. */
function highest(scores: Float32Array, scoreAt: (at: number) => number): number {
  let best = 0
  for (let at = 1; at < scores.length; at++) if (scoreAt(at) > scoreAt(best)) best = at
  return best
}

/** Index of the shift from which every neighbour is worse, going up from the middle. */
function climbed(scores: Float32Array, side: number, scoreAt: (at: number) => number): number {
  let best = scores.length >> 1
  for (;;) {
    const [x, y] = [best % side, Math.floor(best / side)]
    let next = best
    for (let ny = Math.max(0, y - 1); ny <= Math.min(side - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(side - 1, x + 1); nx++)
        if (scoreAt(ny * side + nx) > scoreAt(next)) next = ny * side + nx
    if (next === best) return best
    best = next
  }
}

/** Looks for each block of `page` within `reach` pixels of the same place on `other`, by normalised correlation. */
export function matchedBlocks(
  page: Plane,
  other: Plane,
  { size, step, reach, search }: BlockOptions,
): Matches {
  const width = Math.min(page.width, other.width)
  const height = Math.min(page.height, other.height)
  const side = 2 * reach + 1
  const count = size * size
  const [mine, theirs] = [momentsOf(page), momentsOf(other)]
  const scores = new Float32Array(side * side)
  const block = new Float32Array(count)
  const place = { left: 0, top: 0, variance: 0 }
  const scoreAt = (at: number): number => {
    const known = scores[at] as number
    if (known !== UNKNOWN) return known
    const fromX = place.left + (at % side) - reach
    const fromY = place.top + Math.floor(at / side) - reach
    const [, variance] = meanAndVariance(theirs, fromX, fromY, size)
    if (variance < LEAST_VARIANCE / 4) {
      scores[at] = 0
      return 0
    }
    let cross = 0
    for (let y = 0; y < size; y++) {
      const row = (fromY + y) * other.width + fromX
      const own = y * size
      for (let x = 0; x < size; x++) cross += (block[own + x] as number) * (other.data[row + x] as number)
    }
    const score = cross / count / Math.sqrt(place.variance * variance)
    scores[at] = score
    return score
  }
  const found: Match[] = []
  let textured = 0
  for (let top = reach; top + size + reach <= height; top += step) {
    for (let left = reach; left + size + reach <= width; left += step) {
      const [mean, variance] = meanAndVariance(mine, left, top, size)
      if (variance < LEAST_VARIANCE) continue
      textured += 1
      for (let y = 0; y < size; y++) {
        const row = (top + y) * page.width + left
        for (let x = 0; x < size; x++) block[y * size + x] = (page.data[row + x] as number) - mean
      }
      place.left = left
      place.top = top
      place.variance = variance
      scores.fill(UNKNOWN)
      const near = search === 'everywhere' ? -1 : climbed(scores, side, scoreAt)
      // A thin line says nothing of where it went until it is met.
      const best = near >= 0 && scoreAt(near) >= CLIMBED ? near : highest(scores, scoreAt)
      const [bestX, bestY] = [(best % side) - reach, Math.floor(best / side) - reach]
      // At the rim the summit lies outside of what was searched.
      if (Math.abs(bestX) === reach || Math.abs(bestY) === reach) continue
      const middle = scoreAt(best)
      const [west, east] = [scoreAt(best - 1), scoreAt(best + 1)]
      const [north, south] = [scoreAt(best - side), scoreAt(best + side)]
      found.push({
        x: left + size / 2,
        y: top + size / 2,
        offX: bestX + summit(west, middle, east),
        offY: bestY + summit(north, middle, south),
        likeness: middle,
        sharpX: 2 * middle - west - east,
        sharpY: 2 * middle - north - south,
      })
    }
  }
  return { textured, found }
}
