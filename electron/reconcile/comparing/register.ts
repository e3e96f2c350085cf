import { type Affine, fitted, inverted, moved, type Pair } from './affine.ts'
import { type BlockOptions, type Match, matchedBlocks } from './block-matching.ts'
import { atScale, centred, coarseTransform } from './coarse-registration.ts'
import { addedFields, fieldThrough, type Sample } from './displacement-field.ts'
import { halved, type Plane } from './plane.ts'
import { type Field, scaledField, warped } from './warp.ts'

/** Anchors of text lie this near (working pixels) to where the page's transform puts them: about a millimetre. */
const ANCHOR_TOLERANCE = 9
const LEAST_ANCHORS = 6
const MOST_TRIES = 160
/** A block found again with less likeness has another content. */
const ALIKE = 0.6
/** Blocks agree with a transform when they lie this near, working pixels. */
const TOLERANCE = 5
/** This share of the blocks found again makes a page registered. */
const REGISTERED = 0.3
/** Scanners stretch and turn no further: shares of the size, and the sine of an angle. */
const MOST_STRETCH = 0.08
const MOST_SHEAR = 0.09
/** Blocks at half the working resolution, in its pixels. */
const SEARCHED_BLOCKS = { size: 40, step: 56, search: 'everywhere' } as const
const CLIMBED_BLOCKS = { size: 32, step: 32, reach: 4, search: 'climb' } as const
/** Further off than this an anchor names another line. */
const FAR_ANCHOR = 40
const ANCHOR_WEIGHT = 0.05
const FIELD_BLOCKS = { size: 26, step: 16, reach: 3, search: 'climb' } as const
/** The outermost pixels of a scan, where machines draw their own lines: about a millimetre and a half. */
export const RIM = 9
const HALF = 0.5
/** Holds the far corners where few blocks speak. */
const PRIOR_WEIGHT = 0.02

export interface Registration {
  readonly registered: boolean
  /** 0 to 1. */
  readonly confidence: number
  /** Working pixels of the electronic page to those of the paper page. */
  readonly transform: Affine
  readonly field: Field | undefined
  /** The electronic page's ink laid over the paper page, and where it does not reach but with its rim. */
  readonly plane: Plane
  readonly outside: Plane
}

interface Fitting {
  readonly transform: Affine
  /** Share of the blocks with anything on them that were found again in their place. */
  readonly agreement: number
  readonly textured: number
  readonly pairs: readonly Pair[]
}

/** The similarity that most anchors agree on, then their affine fit; pairs of anchors are tried in a fixed order. */
export function agreedTransform(anchors: readonly Pair[]): Affine | undefined {
  if (anchors.length < LEAST_ANCHORS) return undefined
  let best: { transform: Affine; count: number } | undefined
  let tries = 0
  for (
    let stride = anchors.length >> 1;
    stride > 0 && tries < MOST_TRIES;
    stride = Math.floor(stride * 0.7)
  ) {
    for (let at = 0; at + stride < anchors.length && tries < MOST_TRIES; at += 2, tries++) {
      const [p, q] = [anchors[at], anchors[at + stride]]
      if (p === undefined || q === undefined) continue
      const [x, y] = [q.fromX - p.fromX, q.fromY - p.fromY]
      const [u, v] = [q.toX - p.toX, q.toY - p.toY]
      const size = x * x + y * y
      if (size < 2500) continue
      const [cos, sin] = [(x * u + y * v) / size, (x * v - y * u) / size]
      const transform: Affine = [
        cos,
        -sin,
        p.toX - cos * p.fromX + sin * p.fromY,
        sin,
        cos,
        p.toY - sin * p.fromX - cos * p.fromY,
      ]
      let count = 0
      for (const pair of anchors) {
        const [a, b] = moved(transform, pair.fromX, pair.fromY)
        if (Math.hypot(a - pair.toX, b - pair.toY) < 2 * ANCHOR_TOLERANCE) count += 1
      }
      if (best === undefined || count > best.count) best = { transform, count }
    }
  }
  if (best === undefined || best.count < Math.max(LEAST_ANCHORS, anchors.length * 0.4)) return undefined
  const kind = best.count >= 12 ? 'affine' : 'similarity'
  const { transform } = fitted(anchors, best.transform, ANCHOR_TOLERANCE, kind)
  return plausible(transform) ? transform : best.transform
}

function plausible([a, b, , d, e]: Affine): boolean {
  const [along, down] = [Math.hypot(a, d), Math.hypot(b, e)]
  return (
    Math.abs(along / down - 1) < MOST_STRETCH &&
    Math.abs(a * b + d * e) / (along * down) < MOST_SHEAR &&
    along > 0.4 &&
    along < 2.5
  )
}

function pairsOf(matches: readonly Match[], transform: Affine, scale: number): readonly Pair[] {
  const back = inverted(transform)
  return matches.map(({ x, y, offX, offY, likeness, sharpX, sharpY }) => {
    const [fromX, fromY] = moved(back, (x + offX) / scale, (y + offY) / scale)
    const weight = likeness ** 2 * Math.min(0.3, sharpX, sharpY)
    return { fromX, fromY, toX: x / scale, toY: y / scale, weight: Math.max(0, weight) }
  })
}

/** How far the pairs lie off after the transform. */
function samplesOf(pairs: readonly Pair[], transform: Affine): readonly Sample[] {
  return pairs.flatMap(({ fromX, fromY, toX, toY, weight }) => {
    const [x, y] = moved(transform, fromX, fromY)
    const [offX, offY] = [x - toX, y - toY]
    if (Math.hypot(offX, offY) > FAR_ANCHOR) return []
    const counts = Math.min(ANCHOR_WEIGHT, weight)
    return [{ x: toX, y: toY, offX, offY, weightX: counts, weightY: counts }]
  })
}

function blockSample({ x, y, offX, offY, likeness, sharpX, sharpY }: Match): Sample {
  const weight = (sharp: number) => (sharp > 0.02 ? likeness * Math.min(0.3, sharp) : 0)
  return {
    x: x / HALF,
    y: y / HALF,
    offX: offX / HALF,
    offY: offY / HALF,
    weightX: weight(sharpX),
    weightY: weight(sharpY),
  }
}

function refined(paper: Plane, electronic: Plane, start: Affine, blocks: BlockOptions): Fitting {
  const { plane } = warped(electronic, atScale(start, HALF), paper.width, paper.height)
  const { textured, found } = matchedBlocks(paper, plane, blocks)
  const corners = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const
  const prior = corners.map(([u, v]): Pair => {
    const [fromX, fromY] = [(u * electronic.width) / HALF, (v * electronic.height) / HALF]
    const [toX, toY] = moved(start, fromX, fromY)
    return { fromX, fromY, toX, toY, weight: PRIOR_WEIGHT }
  })
  const pairs = pairsOf(
    found.filter(({ likeness }) => likeness >= ALIKE),
    start,
    HALF,
  )
  if (pairs.length === 0) return { transform: start, agreement: 0, textured, pairs: [] }
  const kind = pairs.length >= 10 ? 'affine' : 'similarity'
  const { transform } = fitted([...pairs, ...prior], start, TOLERANCE, kind)
  if (!plausible(transform)) return { transform: start, agreement: 0, textured, pairs: [] }
  const agreeing = pairs.filter(({ fromX, fromY, toX, toY }) => {
    const [x, y] = moved(transform, fromX, fromY)
    return Math.hypot(x - toX, y - toY) <= 2 * TOLERANCE
  })
  return { transform, agreement: agreeing.length / Math.max(1, textured), textured, pairs }
}

function refinedTwice(paper: Plane, electronic: Plane, start: Affine, reach: number): Fitting {
  const first = refined(paper, electronic, start, { ...SEARCHED_BLOCKS, reach })
  return first.agreement === 0 ? first : refined(paper, electronic, first.transform, CLIMBED_BLOCKS)
}

/**
 * Lays the electronic page over the paper page: an affine transform from the words both readings share (`anchors`, in
 * shares) or, where there are too few, from a search at low resolution, made exact by matching blocks; what a feeder
 * stretched unevenly remains in a smooth field.
 */
export function register(
  paper: Plane,
  electronic: Plane,
  anchors: readonly Pair[],
  knownSizes: boolean,
): Registration {
  const half = { paper: halved(paper), electronic: halved(electronic) }
  const inPixels = anchors.map(({ fromX, fromY, toX, toY, weight }) => ({
    fromX: fromX * electronic.width,
    fromY: fromY * electronic.height,
    toX: toX * paper.width,
    toY: toY * paper.height,
    weight,
  }))
  const byWords = agreedTransform(inPixels)
  let fitting: Fitting | undefined
  if (byWords !== undefined) fitting = refinedTwice(half.paper, half.electronic, byWords, 5)
  const frame = centred(electronic, paper, 0, 1)
  if (fitting === undefined || fitting.agreement < REGISTERED) {
    const sameHeight = paper.height / electronic.height
    const starts =
      knownSizes || Math.abs(sameHeight - 1) < 0.01
        ? [frame]
        : [frame, centred(electronic, paper, 0, sameHeight)]
    const { transform } = coarseTransform(paper, electronic, starts)
    const found = refinedTwice(half.paper, half.electronic, transform, 8)
    if (fitting === undefined || found.agreement > fitting.agreement) fitting = found
  }
  if (fitting.agreement < REGISTERED) {
    const { plane, outside } = warped(electronic, frame, paper.width, paper.height)
    return {
      registered: false,
      confidence: fitting.agreement,
      transform: frame,
      field: undefined,
      plane,
      outside,
    }
  }
  const first = fieldThrough(
    samplesOf([...inPixels, ...fitting.pairs], fitting.transform),
    paper.width,
    paper.height,
  )
  const near = warped(
    half.electronic,
    atScale(fitting.transform, HALF),
    half.paper.width,
    half.paper.height,
    scaledField(first, HALF),
  )
  const { found } = matchedBlocks(half.paper, near.plane, FIELD_BLOCKS)
  const alike = found.filter(({ likeness }) => likeness >= ALIKE)
  const field = addedFields(first, fieldThrough(alike.map(blockSample), paper.width, paper.height))
  const { plane, outside } = warped(electronic, fitting.transform, paper.width, paper.height, field, RIM)
  const confidence = Math.min(1, (fitting.agreement - REGISTERED) / (0.75 - REGISTERED))
  return { registered: true, confidence, transform: fitting.transform, field, plane, outside }
}

/** Where both pages are blank, or one is, the frames are all there is to lay over each other. */
export function framesOver(paper: Plane, electronic: Plane): Registration {
  const transform = centred(
    electronic,
    paper,
    0,
    paper.width / electronic.width,
    paper.height / electronic.height,
  )
  const { plane, outside } = warped(electronic, transform, paper.width, paper.height, undefined, RIM)
  return { registered: true, confidence: 0.5, transform, field: undefined, plane, outside }
}
