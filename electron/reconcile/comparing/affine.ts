/** x' = a·x + b·y + c, y' = d·x + e·y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Affine = [1, 0, 0, 0, 1, 0]

/** `second` after `first`. */
export function composed(second: Affine, first: Affine): Affine {
  const [a, b, c, d, e, f] = second
  const [g, h, i, j, k, l] = first
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f]
}

export function inverted([a, b, c, d, e, f]: Affine): Affine {
  const size = a * e - b * d
  return [e / size, -b / size, (b * f - c * e) / size, -d / size, a / size, (c * d - a * f) / size]
}

export function moved([a, b, c, d, e, f]: Affine, x: number, y: number): [number, number] {
  return [a * x + b * y + c, d * x + e * y + f]
}

/** One place on both pages, and how much it counts. */
export interface Pair {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
  readonly weight: number
}

/** Weighted least squares of u = p·x + q·y + r for two right sides at once; undefined when the points lie on a line. */
function solve(pairs: readonly Pair[], weights: readonly number[]): Affine | undefined {
  let [w, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0]
  let [u, ux, uy, v, vx, vy] = [0, 0, 0, 0, 0, 0]
  for (const [index, { fromX: x, fromY: y, toX, toY }] of pairs.entries()) {
    const k = weights[index] ?? 0
    w += k
    sx += k * x
    sy += k * y
    sxx += k * x * x
    sxy += k * x * y
    syy += k * y * y
    u += k * toX
    ux += k * toX * x
    uy += k * toX * y
    v += k * toY
    vx += k * toY * x
    vy += k * toY * y
  }
  const [cxx, cxy, cyy] = [sxx * w - sx * sx, sxy * w - sx * sy, syy * w - sy * sy]
  const size = cxx * cyy - cxy * cxy
  if (!(size > 1e-6 * cxx * cyy)) return undefined
  const line = (t: number, tx: number, ty: number): [number, number, number] => {
    const [cx, cy] = [tx * w - t * sx, ty * w - t * sy]
    const p = (cx * cyy - cy * cxy) / size
    const q = (cy * cxx - cx * cxy) / size
    return [p, q, (t - p * sx - q * sy) / w]
  }
  return [...line(u, ux, uy), ...line(v, vx, vy)]
}

/** Turn, one scale and shift: what few or badly spread points allow. */
function similarity(pairs: readonly Pair[], weights: readonly number[]): Affine | undefined {
  let [w, sx, sy, u, v] = [0, 0, 0, 0, 0]
  for (const [index, { fromX, fromY, toX, toY }] of pairs.entries()) {
    const k = weights[index] ?? 0
    w += k
    sx += k * fromX
    sy += k * fromY
    u += k * toX
    v += k * toY
  }
  if (w <= 0) return undefined
  const [mx, my, mu, mv] = [sx / w, sy / w, u / w, v / w]
  let [along, across, size] = [0, 0, 0]
  for (const [index, { fromX, fromY, toX, toY }] of pairs.entries()) {
    const k = weights[index] ?? 0
    const [x, y, p, q] = [fromX - mx, fromY - my, toX - mu, toY - mv]
    along += k * (x * p + y * q)
    across += k * (x * q - y * p)
    size += k * (x * x + y * y)
  }
  if (size <= 0) return undefined
  const [cos, sin] = [along / size, across / size]
  return [cos, -sin, mu - cos * mx + sin * my, sin, cos, mv - sin * mx - cos * my]
}

export interface Fit {
  readonly transform: Affine
  /** How many pairs lie within `tolerance`. */
  readonly agreeing: number
}

/**
 * The transform that most pairs agree on: least squares, weighted anew after each round by Tukey's biweight, so that
 * what moved on the page does not pull.
 */
export function fitted(
  pairs: readonly Pair[],
  start: Affine,
  tolerance: number,
  kind: 'affine' | 'similarity',
): Fit {
  let transform = start
  let agreeing = 0
  for (const width of [8 * tolerance, 4 * tolerance, 2 * tolerance, 2 * tolerance]) {
    const weights = pairs.map(({ fromX, fromY, toX, toY, weight }) => {
      const [x, y] = moved(transform, fromX, fromY)
      const away = Math.hypot(x - toX, y - toY) / width
      return away >= 1 ? 0 : weight * (1 - away * away) ** 2
    })
    const next = kind === 'affine' ? solve(pairs, weights) : similarity(pairs, weights)
    if (next === undefined) break
    transform = next
  }
  for (const { fromX, fromY, toX, toY } of pairs) {
    const [x, y] = moved(transform, fromX, fromY)
    if (Math.hypot(x - toX, y - toY) <= tolerance) agreeing += 1
  }
  return { transform, agreeing }
}
