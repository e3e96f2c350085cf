import type { Box as ShareBox } from '../../../shared/contract/reconcile.ts'
import { type Box, type Point, type Rotation, rotatedSize, type Size } from '../../viewer/geometry.ts'

/** CSS order: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

interface ImageFacts {
  readonly widthPixels: number
  readonly heightPixels: number
}

/** The size of an image once it stands upright. */
export function uprightSize({ widthPixels, heightPixels }: ImageFacts, turn: Rotation): Size {
  return rotatedSize({ width: Math.max(1, widthPixels), height: Math.max(1, heightPixels) }, turn)
}

/** How the electronic image is turned to stand as the upright paper does; alone, as it is shown everywhere. */
export function uprightTurn(
  match: { readonly turn: Rotation } | null,
  page: { readonly turn?: Rotation | undefined },
) {
  return match?.turn ?? page.turn ?? 0
}

/** Two pages on one sheet of paper: everything in pixels of the upright paper image, its corner at `paper`. */
export interface CommonSheet {
  readonly size: Size
  /** Where the paper's image stands on the sheet; null: there is none. */
  readonly paper: Matrix | null
  readonly electronic: Matrix | null
}

function pointBy([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

function cornersOf({ width, height }: Size, matrix: Matrix): readonly Point[] {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => pointBy(matrix, corner))
}

function moved([a, b, c, d, e, f]: Matrix, by: Point): Matrix {
  return [a, b, c, d, e + by.x, f + by.y]
}

/** An affine that no camera or feeder makes: what was computed from noise must not fling the page away. */
function isPlausible(transform: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = transform
  const area = Math.abs(a * e - b * d)
  return transform.every(Number.isFinite) && area > 0.2 && area < 5 && Math.abs(c) < 1 && Math.abs(f) < 1
}

/**
 * Lays both images over each other by `transform` (shares of the electronic page to shares of the paper page).
 * Without one, or with one that cannot be, both are made equally wide.
 */
export function commonSheet(
  paper: Size | null,
  electronic: Size | null,
  transform: readonly number[] | null,
): CommonSheet {
  const identity: Matrix = [1, 0, 0, 1, 0, 0]
  if (paper === null || electronic === null) {
    const only = paper ?? electronic
    return {
      size: only ?? { width: 1, height: 1 },
      paper: paper === null ? null : identity,
      electronic: electronic === null ? null : identity,
    }
  }
  const factor = paper.width / electronic.width
  let placed: Matrix = [factor, 0, 0, factor, 0, 0]
  if (transform !== null && isPlausible(transform)) {
    const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0] = transform
    placed = [
      ...([(a * paper.width) / electronic.width, (d * paper.height) / electronic.width] as const),
      ...([(b * paper.width) / electronic.height, (e * paper.height) / electronic.height] as const),
      ...([c * paper.width, f * paper.height] as const),
    ]
  }
  const corners = [...cornersOf(paper, identity), ...cornersOf(electronic, placed)]
  const left = Math.min(...corners.map(({ x }) => x))
  const top = Math.min(...corners.map(({ y }) => y))
  const shift = { x: -left, y: -top }
  return {
    size: {
      width: Math.max(...corners.map(({ x }) => x)) - left,
      height: Math.max(...corners.map(({ y }) => y)) - top,
    },
    paper: moved(identity, shift),
    electronic: moved(placed, shift),
  }
}

export function cssMatrix(matrix: Matrix): string {
  return `matrix(${matrix.join(',')})`
}

/** A box of shares of an image, on the sheet: the smallest upright box round it. */
export function boxOnSheet([left, top, width, height]: ShareBox, image: Size, matrix: Matrix): Box {
  const across = [left * image.width, (left + width) * image.width]
  const down = [top * image.height, (top + height) * image.height]
  const corners = across.flatMap((x) => down.map((y) => pointBy(matrix, { x, y })))
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  return {
    x,
    y,
    width: Math.max(...corners.map((corner) => corner.x)) - x,
    height: Math.max(...corners.map((corner) => corner.y)) - y,
  }
}
