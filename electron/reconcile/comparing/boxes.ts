import { type Affine, inverted, moved } from './affine.ts'
import type { Box } from './page-comparison.ts'

/** A rectangle of the paper page, working pixels. */
export interface Window {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Sizes {
  readonly paper: readonly [width: number, height: number]
  readonly electronic: readonly [width: number, height: number]
  /** Working pixels of the electronic page to those of the paper page. */
  readonly transform: Affine
}

function clamped(left: number, top: number, right: number, bottom: number): Box | null {
  const [l, t, r, b] = [Math.max(0, left), Math.max(0, top), Math.min(1, right), Math.min(1, bottom)]
  return r - l <= 0 || b - t <= 0 ? null : [l, t, r - l, b - t]
}

/** A window of the paper page as boxes of both pages. */
export function boxesOf(
  { left, top, right, bottom }: Window,
  { paper, electronic, transform }: Sizes,
): {
  readonly paperBox: Box | null
  readonly electronicBox: Box | null
} {
  const back = inverted(transform)
  const points = [
    moved(back, left, top),
    moved(back, right, top),
    moved(back, left, bottom),
    moved(back, right, bottom),
  ]
  const xs = points.map(([x]) => x / electronic[0])
  const ys = points.map(([, y]) => y / electronic[1])
  return {
    paperBox: clamped(left / paper[0], top / paper[1], right / paper[0], bottom / paper[1]),
    electronicBox: clamped(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)),
  }
}

export const areaOf = ({ left, top, right, bottom }: Window) =>
  Math.max(0, right - left) * Math.max(0, bottom - top)

export function overlap(a: Window, b: Window): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width <= 0 || height <= 0 ? 0 : width * height
}

export function around(a: Window, b: Window): Window {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }
}
