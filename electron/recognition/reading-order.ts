import type { Box, Point } from './text-boxes.ts'

/** Two boxes whose middles differ by less than this share of the lower one's height stand on one line. */
const SAME_ROW = 0.5

function middle({ corners: [a, , c] }: Box): Point {
  return { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 }
}

/** How much the lines of a page lean, in radians: the median, the long lines counting by their length. */
export function leanOf(boxes: readonly Box[]): number {
  const angles = boxes
    .filter(({ width, height }) => width > 4 * height)
    .map(({ corners: [a, b], width }) => ({ angle: Math.atan2(b.y - a.y, b.x - a.x), weight: width }))
    .sort((a, b) => a.angle - b.angle)
  const half = angles.reduce((sum, { weight }) => sum + weight, 0) / 2
  let sum = 0
  for (const { angle, weight } of angles) {
    sum += weight
    if (sum >= half) return angle
  }
  return 0
}

/** Lines as they are read: row by row from the top, each from the left, on the page as it leans. */
export function inReadingOrder<T extends { readonly box: Box }>(lines: readonly T[]): readonly T[] {
  const lean = leanOf(lines.map(({ box }) => box))
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)]
  const placed = lines
    .map((line) => {
      const { x, y } = middle(line.box)
      return { line, left: x * cos + y * sin, y: y * cos - x * sin, height: line.box.height }
    })
    .sort((a, b) => a.y - b.y)
  const rows: (typeof placed)[] = []
  for (const item of placed) {
    const row = rows.at(-1)
    const first = row?.[0]
    const fits =
      row !== undefined &&
      first !== undefined &&
      Math.abs(item.y - row.reduce((sum, { y }) => sum + y, 0) / row.length) <
        SAME_ROW * Math.min(first.height, item.height)
    if (fits) row.push(item)
    else rows.push([item])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.left - b.left).map(({ line }) => line))
}
