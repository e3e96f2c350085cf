/** Corners as the points of an SVG polygon. */
export function quadPoints(quad: readonly number[]): string {
  const points: string[] = []
  for (let at = 0; at + 1 < quad.length; at += 2) points.push(`${quad[at]},${quad[at + 1]}`)
  return points.join(' ')
}

/** A quad with a little room all round, as a share of its height, so that its rim stands beside the ink. */
export function roomierQuad(quad: readonly number[], share = 0.14): readonly number[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, x4 = 0, y4 = 0] = quad
  const [downX, downY] = [(x4 - x1) * share, (y4 - y1) * share]
  const length = Math.hypot(x2 - x1, y2 - y1)
  const along = length === 0 ? 0 : Math.hypot(downX, downY) / length
  const [alongX, alongY] = [(x2 - x1) * along, (y2 - y1) * along]
  return [
    ...[x1 - alongX - downX, y1 - alongY - downY],
    ...[x2 + alongX - downX, y2 + alongY - downY],
    ...[x3 + alongX + downX, y3 + alongY + downY],
    ...[x4 - alongX + downX, y4 - alongY + downY],
  ]
}
