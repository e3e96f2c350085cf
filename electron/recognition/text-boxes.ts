/** A point in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Four corners, clockwise from the one at the upper left. */
export type Corners = readonly [Point, Point, Point, Point]

/** A rectangle that may lean. */
export interface Box {
  readonly corners: Corners
  /** Along the first edge. */
  readonly width: number
  readonly height: number
}

export function uprightBox(left: number, top: number, right: number, bottom: number): Box {
  return {
    corners: [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ],
    width: right - left,
    height: bottom - top,
  }
}

export interface ProbabilityMap {
  readonly width: number
  readonly height: number
  /** 0 to 1 a pixel: how surely it belongs to a line of text. */
  readonly values: Float32Array
}

const TEXT_FROM = 0.3
const BOX_FROM = 0.6
const UNCLIP_RATIO = 1.5
const LEAST_SIDE = 3
/** A line's last dash or full stop is often just outside its patch: more room at both ends, in heights. */
const MORE_AT_ENDS = 0.12

export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

function cross(origin: Point, a: Point, b: Point): number {
  return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x)
}

/** Convex hull by Andrew's monotone chain; the points sorted by x, then y. */
function hullOf(sorted: readonly Point[]): readonly Point[] {
  const half = (points: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of points) {
      for (;;) {
        const last = chain.at(-1)
        const before = chain.at(-2)
        if (last === undefined || before === undefined || cross(before, last, point) > 0) break
        chain.pop()
      }
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

interface Rectangle {
  readonly centre: Point
  /** Unit vector along the width. */
  readonly axis: Point
  readonly width: number
  readonly height: number
}

/** The smallest rectangle round a hull: one of its sides lies on a side of the hull. */
function smallestRectangle(hull: readonly Point[]): Rectangle {
  let best: Rectangle | undefined
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from
    const length = distance(from, to)
    const axis = length === 0 ? { x: 1, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
    for (const { x, y } of hull) {
      const along = x * axis.x + y * axis.y
      const across = y * axis.x - x * axis.y
      left = Math.min(left, along)
      right = Math.max(right, along)
      top = Math.min(top, across)
      bottom = Math.max(bottom, across)
    }
    const [width, height] = [right - left, bottom - top]
    if (best !== undefined && width * height >= best.width * best.height) continue
    const [along, across] = [(left + right) / 2, (top + bottom) / 2]
    const centre = { x: along * axis.x - across * axis.y, y: along * axis.y + across * axis.x }
    best = { centre, axis, width, height }
  }
  return best ?? { centre: { x: 0, y: 0 }, axis: { x: 1, y: 0 }, width: 0, height: 0 }
}

function boxOf({ centre, axis, width, height }: Rectangle): Box {
  // The width is the side that lies flatter, pointing right.
  const flat = Math.abs(axis.x) >= Math.abs(axis.y)
  const along = flat ? axis : { x: -axis.y, y: axis.x }
  const sign = along.x < 0 ? -1 : 1
  const unit = { x: along.x * sign, y: along.y * sign }
  const [w, h] = flat ? [width, height] : [height, width]
  const at = (u: number, v: number): Point => ({
    x: centre.x + unit.x * u - unit.y * v,
    y: centre.y + unit.y * u + unit.x * v,
  })
  return {
    corners: [at(-w / 2, -h / 2), at(w / 2, -h / 2), at(w / 2, h / 2), at(-w / 2, h / 2)],
    width: w,
    height: h,
  }
}

/** Mean probability inside a rectangle. */
function scoreOf(map: ProbabilityMap, box: Box): number {
  const xs = box.corners.map(({ x }) => x)
  const ys = box.corners.map(({ y }) => y)
  const [left, right] = [Math.max(0, Math.floor(Math.min(...xs))), Math.min(map.width - 1, Math.max(...xs))]
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(map.height - 1, Math.max(...ys))]
  let sum = 0
  let count = 0
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const point = { x, y }
      const [a, b, c, d] = box.corners
      if (
        cross(a, b, point) < 0 ||
        cross(b, c, point) < 0 ||
        cross(c, d, point) < 0 ||
        cross(d, a, point) < 0
      )
        continue
      sum += map.values[y * map.width + x] ?? 0
      count += 1
    }
  }
  return count === 0 ? 0 : sum / count
}

/** The outermost points of each connected patch of text, row by row, sorted by x, then y. */
function* patches(map: ProbabilityMap): Generator<readonly Point[]> {
  const { width, height, values } = map
  const seen = new Uint8Array(width * height)
  const stack = new Int32Array(width * height)
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || (values[start] ?? 0) <= TEXT_FROM) continue
    // The ends of each row are enough for the hull.
    const ends = new Map<number, [number, number]>()
    let depth = 0
    stack[depth++] = start
    seen[start] = 1
    while (depth > 0) {
      const at = stack[--depth] ?? 0
      const y = Math.floor(at / width)
      const x = at - y * width
      const row = ends.get(y)
      if (row === undefined) ends.set(y, [x, x])
      else if (x < row[0]) row[0] = x
      else if (x > row[1]) row[1] = x
      for (let dy = -1; dy <= 1; dy++) {
        const ny = y + dy
        if (ny < 0 || ny >= height) continue
        for (let dx = -1; dx <= 1; dx++) {
          const nx = x + dx
          const next = ny * width + nx
          if (nx < 0 || nx >= width || seen[next] === 1 || (values[next] ?? 0) <= TEXT_FROM) continue
          seen[next] = 1
          stack[depth++] = next
        }
      }
    }
    const points = [...ends].flatMap(([y, [left, right]]) => [
      { x: left, y },
      { x: right, y },
    ])
    yield points.sort((a, b) => a.x - b.x || a.y - b.y)
  }
}

/**
 * The lines of text on a probability map, by the post-processing of differentiable binarisation (Liao et al., 2020,
 * §3.4): the shrunken patch of each line, its smallest rectangle, widened again by area × ratio ÷ perimeter.
 */
export function textBoxes(map: ProbabilityMap): readonly Box[] {
  const boxes: Box[] = []
  for (const points of patches(map)) {
    const rectangle = smallestRectangle(hullOf(points))
    if (Math.min(rectangle.width, rectangle.height) < LEAST_SIDE) continue
    const box = boxOf(rectangle)
    if (scoreOf(map, box) < BOX_FROM) continue
    const { width, height } = rectangle
    const margin = (width * height * UNCLIP_RATIO) / (2 * (width + height))
    const ends = margin + Math.min(width, height) * MORE_AT_ENDS
    const along = width >= height ? ends : margin
    const across = width >= height ? margin : ends
    boxes.push(boxOf({ ...rectangle, width: width + 2 * along, height: height + 2 * across }))
  }
  return boxes
}
