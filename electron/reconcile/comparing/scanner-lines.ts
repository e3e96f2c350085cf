import { type Affine, inverted, moved } from './affine.ts'
import type { Window } from './boxes.ts'
import type { Residue } from './ink-residue.ts'
import type { Plane } from './plane.ts'

/** Along a frame's edge lie the sheet's own edge and the shadow of the lid: so many pixels, 4.5 mm. */
const EDGE = 27
/** A line is so flat and so long, pixels. */
const FLAT = 34
const LONG = 90
/** A fold, or dirt on the sensor, goes across the whole page: it shows in this share of the steps, within this band. */
const STEP = 10
const BAND = 34
const ACROSS = 0.5
/** Or it reaches into both margins: the outer eighths of the page, in this share of their steps. */
const MARGIN = 0.12
const IN_MARGIN = 0.4
/** Punch holes: so near to the frame, so large (pixels), about as wide as high, and dark throughout. */
const HOLE_REACH = 150
const HOLE_LEAST = 16
const HOLE_MOST = 62
const HOLE_FILLED = 0.55
const INK = 30

export interface Frame {
  readonly width: number
  readonly height: number
  /** Pixels of this frame to those of the paper page. */
  readonly transform: Affine
}

function hugsEdge({ left, top, right, bottom }: Window, width: number, height: number): boolean {
  return right <= EDGE || bottom <= EDGE || left >= width - EDGE || top >= height - EDGE
}

function hugsOtherEdge({ left, top, right, bottom }: Window, { width, height, transform }: Frame): boolean {
  const back = inverted(transform)
  const points = [
    moved(back, left, top),
    moved(back, right, top),
    moved(back, left, bottom),
    moved(back, right, bottom),
  ]
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return hugsEdge(
    { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) },
    width,
    height,
  )
}

/** Whether a line goes on, in a band about it, across the page: ink that the other page lacks, step by step. */
function goesAcross({ width, height, data }: Plane, region: Window, level: boolean): boolean {
  const middle = level ? (region.top + region.bottom) / 2 : (region.left + region.right) / 2
  const from = Math.max(0, Math.round(middle - BAND))
  const to = Math.min(level ? height : width, Math.round(middle + BAND))
  const shown: boolean[] = []
  for (let start = 0; start + STEP <= (level ? width : height); start += STEP) {
    let count = 0
    for (let along = start; along < start + STEP; along++)
      for (let across = from; across < to; across++)
        if ((data[level ? across * width + along : along * width + across] as number) > INK) count += 1
    shown.push(count >= 4)
  }
  const share = (steps: readonly boolean[]) => steps.filter((one) => one).length / Math.max(1, steps.length)
  const ends = Math.round(shown.length * MARGIN)
  return (
    share(shown) >= ACROSS ||
    (share(shown.slice(0, ends)) >= IN_MARGIN && share(shown.slice(-ends)) >= IN_MARGIN)
  )
}

/** A hole that was punched, or shows the bed, since the other scan. */
function isPunchHole({ width, height, data }: Plane, { left, top, right, bottom }: Window): boolean {
  const nearEdge =
    left < HOLE_REACH || top < HOLE_REACH || right > width - HOLE_REACH || bottom > height - HOLE_REACH
  if (!nearEdge || right - left > 2 * HOLE_MOST || bottom - top > 2 * HOLE_MOST) return false
  const box = { left: right, top: bottom, right: left, bottom: top }
  let dark = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if ((data[y * width + x] as number) <= INK) continue
      dark += 1
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
    }
  }
  const [wide, high] = [box.right - box.left, box.bottom - box.top]
  const [short, long] = [Math.min(wide, high), Math.max(wide, high)]
  return short >= HOLE_LEAST && long <= HOLE_MOST && short > 0.65 * long && dark > HOLE_FILLED * wide * high
}

/**
 * Whether a region is no mark on the sheet: the edge of a sheet or a lid, a fold, a line that a dirty sensor drew, a
 * hole punched for binding.
 */
export function isMachineMade(region: Window, residue: Residue, electronic: Frame): boolean {
  const { width, height } = residue.paper
  if (hugsEdge(region, width, height) || hugsOtherEdge(region, electronic)) return true
  const sides = [residue.paper, residue.electronic]
  if (sides.some((plane) => isPunchHole(plane, region))) return true
  const [wide, high] = [region.right - region.left, region.bottom - region.top]
  const level = high <= FLAT && wide >= LONG
  if (!level && !(wide <= FLAT && high >= LONG)) return false
  return sides.some((plane) => goesAcross(plane, region, level))
}
