import { type Affine, composed } from './affine.ts'
import { halved, type Plane, softened } from './plane.ts'
import { warped } from './warp.ts'

/** Scanners and hands turn a page by so much against its twin, degrees. */
const TURNS = [0, -0.6, 0.6, -1.2, 1.2, -1.8, 1.8, -2.4, 2.4, -3, 3]
const SCALES = [0.985, 1.015]
/** The search runs at an eighth of the working resolution, and is made finer at a quarter. */
const LEVELS = 4
/** Within this share of the page's side the twin is searched. */
const REACH = 0.1

export interface Guess {
  readonly transform: Affine
  /** Normalised correlation, -1 to 1. */
  readonly likeness: number
}

/** Turned and scaled about the middle of `from`, and laid with that middle on the middle of `to`. */
export function centred(from: Plane, to: Plane, degrees: number, scaleX: number, scaleY = scaleX): Affine {
  const turn = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [a, b, d, e] = [scaleX * cos, -scaleY * sin, scaleX * sin, scaleY * cos]
  const [mx, my] = [from.width / 2, from.height / 2]
  return [a, b, to.width / 2 - a * mx - b * my, d, e, to.height / 2 - d * mx - e * my]
}

function bestShift(
  page: Plane,
  other: Plane,
  reachX: number,
  reachY: number,
): { x: number; y: number; likeness: number } {
  let best = { x: 0, y: 0, likeness: -1 }
  for (let dy = -reachY; dy <= reachY; dy++) {
    for (let dx = -reachX; dx <= reachX; dx++) {
      const [fromX, toX] = [Math.max(0, -dx), Math.min(page.width, other.width - dx)]
      const [fromY, toY] = [Math.max(0, -dy), Math.min(page.height, other.height - dy)]
      let a = 0
      let b = 0
      let aa = 0
      let bb = 0
      let ab = 0
      let count = 0
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
        count += toX - fromX
      }
      const variance = (aa - (a * a) / count) * (bb - (b * b) / count)
      const likeness = variance <= 0 ? 0 : (ab - (a * b) / count) / Math.sqrt(variance)
      if (likeness > best.likeness) best = { x: dx, y: dy, likeness }
    }
  }
  return best
}

function shrunk(plane: Plane, levels: number): Plane {
  let small = plane
  for (let level = 0; level < levels; level++) small = halved(small)
  return softened(small)
}

/** A transform of working pixels at a level of the pyramid. */
export function atScale([a, b, c, d, e, f]: Affine, scale: number): Affine {
  return [a, b, c * scale, d, e, f * scale]
}

/**
 * Finds where the electronic page lies without any word to hold on to: turns and scales are tried at low resolution,
 * the best three are made finer.
 */
export function coarseTransform(paper: Plane, electronic: Plane, starts: readonly Affine[]): Guess {
  const small = { paper: shrunk(paper, LEVELS), electronic: shrunk(electronic, LEVELS) }
  const scale = 1 / 2 ** LEVELS
  const [reachX, reachY] = [
    Math.max(3, Math.round(small.paper.width * REACH)),
    Math.max(3, Math.round(small.paper.height * REACH)),
  ]
  const tryOne = (transform: Affine, pages: typeof small, ratio: number, rx: number, ry: number): Guess => {
    const { plane } = warped(
      pages.electronic,
      atScale(transform, ratio),
      pages.paper.width,
      pages.paper.height,
    )
    const { x, y, likeness } = bestShift(pages.paper, plane, rx, ry)
    return { transform: composed([1, 0, -x / ratio, 0, 1, -y / ratio], transform), likeness }
  }
  const middle = { x: electronic.width / 2, y: electronic.height / 2 }
  const about = (degrees: number, size: number): Affine => {
    const turn = (degrees * Math.PI) / 180
    const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)]
    return [
      cos,
      -sin,
      middle.x - cos * middle.x + sin * middle.y,
      sin,
      cos,
      middle.y - sin * middle.x - cos * middle.y,
    ]
  }
  const likeliest = (guesses: readonly Guess[]) =>
    guesses.toSorted((a, b) => b.likeness - a.likeness).slice(0, 3)
  const turned = starts.flatMap((start) =>
    TURNS.map((degrees) => tryOne(composed(start, about(degrees, 1)), small, scale, reachX, reachY)),
  )
  const scaled = likeliest(turned).flatMap(({ transform }) =>
    SCALES.map((size) => tryOne(composed(transform, about(0, size)), small, scale, 2, 2)),
  )
  const best = likeliest([...turned, ...scaled])
  const finer = { paper: shrunk(paper, LEVELS - 1), electronic: shrunk(electronic, LEVELS - 1) }
  const made: Guess[] = []
  for (const { transform } of best)
    for (const degrees of [0, -0.3, 0.3])
      made.push(tryOne(composed(transform, about(degrees, 1)), finer, scale * 2, 2, 2))
  return (
    made.toSorted((a, b) => b.likeness - a.likeness)[0] ?? {
      transform: starts[0] ?? [1, 0, 0, 0, 1, 0],
      likeness: 0,
    }
  )
}
