import type { Turn } from '../../shared/domain/page-text.ts'
import { type Box, type Point, uprightBox } from './text-boxes.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Where a point of an image comes to lie when that is turned clockwise. */
function turnedPoint({ x, y }: Point, turn: Turn, { width, height }: Size): Point {
  switch (turn) {
    case 0:
      return { x, y }
    case 90:
      return { x: height - y, y: x }
    case 180:
      return { x: width - x, y: height - y }
    case 270:
      return { x: y, y: width - x }
  }
}

/** A point of the turned page, of the size given, on the image before it was turned. */
export function turnedBack(point: Point, turn: Turn, turned: Size): Point {
  const back: Readonly<Record<Turn, Turn>> = { 0: 0, 90: 270, 180: 180, 270: 90 }
  return turnedPoint(point, back[turn], turned)
}

/** An upright rectangle of an image of the size given, once that is turned clockwise. */
export function turnedBox(box: Box, turn: Turn, before: Size): Box {
  const points = box.corners.map((corner) => turnedPoint(corner, turn, before))
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return uprightBox(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
}
