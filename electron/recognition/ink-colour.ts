import type { Pixels } from './page-pixels.ts'
import { type Box, type Corners, uprightBox } from './text-boxes.ts'

/** How much redder than green and blue a pixel must be to be stamp ink. */
const RED = 38
const LEAST_RED = 90
/** How much bluer than red ink must be to come from a pen: as a share of its contrast, and in grey levels. */
const PEN_BLUE = 0.11
const LEAST_BLUE = 6
/** An A4 page is this long; a mark's size in millimetres follows from its share of the page. */
const PAGE_MM = 297
const SEAL_LEAST_MM = 8
const SEAL_MOST_MM = 75
/** Seals are about as high as wide; a red letterhead is not. */
const SEAL_LEAST_RATIO = 0.4
/** Parts of one seal lie no further apart than this. */
const JOIN_MM = 1.6
/** Side at which the page is searched for seals. */
const SEARCH_SIDE = 700

interface Region {
  left: number
  top: number
  right: number
  bottom: number
  count: number
}

function isRed(data: Uint8Array, at: number): boolean {
  const red = data[at] ?? 0
  return red > LEAST_RED && red - Math.max(data[at + 1] ?? 0, data[at + 2] ?? 0) > RED
}

/** Patches of red in a coarse grid; cells that touch belong together. */
function redRegions(page: Pixels, cell: number): readonly Region[] {
  const columns = Math.ceil(page.width / cell)
  const rows = Math.ceil(page.height / cell)
  const counts = new Uint16Array(columns * rows)
  const step = Math.max(1, Math.floor(cell / 6))
  for (let y = 0; y < page.height; y += step) {
    const row = Math.floor(y / cell) * columns
    for (let x = 0; x < page.width; x += step) {
      const to = row + Math.floor(x / cell)
      if (isRed(page.data, (y * page.width + x) * 3)) counts[to] = (counts[to] ?? 0) + 1
    }
  }
  const regions: Region[] = []
  for (let start = 0; start < counts.length; start++) {
    if ((counts[start] ?? 0) < 2) continue
    const region: Region = { left: columns, top: rows, right: 0, bottom: 0, count: 0 }
    const stack = [start]
    counts[start] = 0
    while (stack.length > 0) {
      const at = stack.pop() ?? 0
      const y = Math.floor(at / columns)
      const x = at - y * columns
      region.left = Math.min(region.left, x)
      region.right = Math.max(region.right, x + 1)
      region.top = Math.min(region.top, y)
      region.bottom = Math.max(region.bottom, y + 1)
      region.count += 1
      for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
          const next = ny * columns + nx
          if ((counts[next] ?? 0) < 2) continue
          counts[next] = 0
          stack.push(next)
        }
      }
    }
    regions.push(region)
  }
  return regions
}

/** The red seals and fingerprints of a page, each as the rectangle round it. */
export function findSeals(page: Pixels): readonly Box[] {
  const long = Math.max(page.width, page.height)
  const perMm = long / PAGE_MM
  const cell = Math.max(2, Math.round(Math.max(JOIN_MM * perMm, long / SEARCH_SIDE)))
  const found = redRegions(page, cell).flatMap((region) => {
    const width = (region.right - region.left) * cell
    const height = (region.bottom - region.top) * cell
    const [short, wide] = [Math.min(width, height) / perMm, Math.max(width, height) / perMm]
    if (short < SEAL_LEAST_MM || wide > SEAL_MOST_MM || short / wide < SEAL_LEAST_RATIO) return []
    const [left, top] = [region.left * cell, region.top * cell]
    return [uprightBox(left, top, Math.min(page.width, left + width), Math.min(page.height, top + height))]
  })
  // The star of a seal that stands free of its rim is no second seal.
  return found.filter(
    (seal) => !found.some((other) => other !== seal && shareInside(seal.corners, other) === 1),
  )
}

/**
 * Takes the red out of seals, in place: the red channel alone shows stamp ink nearly as light as paper, and the
 * black print under it as dark as elsewhere.
 */
export function fadeSeals(page: Pixels, seals: readonly Box[]): void {
  for (const { corners } of seals) {
    const [from, , to] = corners
    for (let y = Math.floor(from.y); y < to.y; y++) {
      for (let x = Math.floor(from.x); x < to.x; x++) {
        const at = (y * page.width + x) * 3
        const red = page.data[at] ?? 255
        const redness = red - Math.max(page.data[at + 1] ?? 0, page.data[at + 2] ?? 0)
        const lifted = Math.min(255, red + Math.max(0, redness) * 0.35)
        page.data[at] = lifted
        page.data[at + 1] = lifted
        page.data[at + 2] = lifted
      }
    }
  }
}

/** Whether a line was written with a blue pen, faint or strong: judged against its own paper and contrast. */
export function isPenInk({ data }: Pixels): boolean {
  const count = data.length / 3
  const histogram = new Uint32Array(256)
  for (let at = 0; at < data.length; at += 3) {
    const green = data[at + 1] ?? 0
    histogram[green] = (histogram[green] ?? 0) + 1
  }
  const percentile = (share: number): number => {
    let seen = 0
    let value = 0
    while (value < 255) {
      seen += histogram[value] ?? 0
      if (seen >= share * count) break
      value += 1
    }
    return value
  }
  const paper = percentile(0.6)
  const middle = (percentile(0.03) + paper) / 2
  const sums = { ink: 0, inkBlue: 0, inkGreen: 0, paper: 0, paperBlue: 0 }
  for (let at = 0; at < data.length; at += 3) {
    const green = data[at + 1] ?? 0
    const blue = (data[at + 2] ?? 0) - (data[at] ?? 0)
    if (green < middle) {
      sums.ink += 1
      sums.inkBlue += blue
      sums.inkGreen += green
    } else if (green >= paper) {
      sums.paper += 1
      sums.paperBlue += blue
    }
  }
  if (sums.ink === 0 || sums.paper === 0) return false
  const ink = sums.inkGreen / sums.ink
  // Ink lets the paper's own colour through as far as it lets light through: black print on brown is no pen.
  const paperThrough = Math.min(0, sums.paperBlue / sums.paper) * (ink / Math.max(1, paper))
  const blueness = sums.inkBlue / sums.ink - paperThrough
  return blueness > (paper - ink) * PEN_BLUE && blueness > LEAST_BLUE
}

/** Share of a line's box that lies within a rectangle, roughly: by a grid of points. */
export function shareInside(corners: Corners, box: Box): number {
  const [a, b, , d] = corners
  const [from, , to] = box.corners
  let inside = 0
  for (let u = 0.05; u < 1; u += 0.1) {
    for (const v of [0.25, 0.5, 0.75]) {
      const x = a.x + (b.x - a.x) * u + (d.x - a.x) * v
      const y = a.y + (b.y - a.y) * u + (d.y - a.y) * v
      if (x >= from.x && x <= to.x && y >= from.y && y <= to.y) inside += 1
    }
  }
  return inside / 30
}
