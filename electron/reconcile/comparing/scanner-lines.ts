import { type Affine, inverted, moved } from './affine.ts'
import type { Window } from './boxes.ts'
import type { Residue } from './ink-residue.ts'
import type { Plane } from './plane.ts'

/** Along a frame's edge lie the sheet's own edge and the shadow of the lid: so many pixels, 4.5 mm. */
const EDGE = 27
/** A line is so flat and so long, pixels. */
const FLAT = 34
const LONG = 150
/** A fold, or dirt on the sensor, goes across the whole page: it shows in this share of the steps, within this band. */
const STEP = 10
const BAND = 34
const ACROSS = 0.5
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

/** Share of the steps along the page in which a band about the line has ink that the other page lacks. */
function shareAcross({ width, height, data }: Plane, region: Window, level: boolean): number {
  const middle = level ? (region.top + region.bottom) / 2 : (region.left + region.right) / 2
  const [from, to] = [
    Math.max(0, Math.round(middle - BAND)),
    Math.min(level ? height : width, Math.round(middle + BAND)),
  ]
  const length = level ? width : height
  let [shown, steps] = [0, 0]
  for (let start = 0; start + STEP <= length; start += STEP) {
    steps += 1
    let count = 0
    for (let along = start; along < start + STEP; along++)
      for (let across = from; across < to; across++)
        if ((data[level ? across * width + along : along * width + across] as number) > INK) count += 1
    if (count >= 4) shown += 1
  }
  return shown / Math.max(1, steps)
}

/** Whether a region is no mark on the sheet: an edge of a sheet or a lid, a fold, a line that a dirty sensor drew. */
export function isMachineMade(region: Window, residue: Residue, electronic: Frame): boolean {
  const { width, height } = residue.paper
  if (hugsEdge(region, width, height) || hugsOtherEdge(region, electronic)) return true
  const [wide, high] = [region.right - region.left, region.bottom - region.top]
  const level = high <= FLAT && wide >= LONG
  if (!level && !(wide <= FLAT && high >= LONG)) return false
  return [residue.paper, residue.electronic].some((plane) => shareAcross(plane, region, level) >= ACROSS)
}
