import type { Window } from './boxes.ts'
import { WORKING_DPI } from './decode-scan.ts'
import type { Residue } from './ink-residue.ts'
import type { Plane } from './plane.ts'
import type { Region } from './residue-regions.ts'

const MM = WORKING_DPI / 25.4
const SECTORS = 24
const SEAL_LEAST_MM = 11
const SEAL_MOST_MM = 62
/** Where the rim of a round seal lies, in shares of its radius. */
const RIM_FROM = 0.8
const RIM_TO = 1.08
/** In so many of the sectors a rim must show, over print and worn ink. */
const RIM_SECTORS = 15
const INK = 40

/** What the residue of one side looks like. */
export interface Shape {
  readonly widthMm: number
  readonly heightMm: number
  /** A ring with something inside. */
  readonly round: boolean
  /** Share of the residue that is red, where the page has colour. */
  readonly red: number
}

function isRing(residue: Plane, { left, top, right, bottom }: Window): boolean {
  const [rx, ry] = [(right - left) / 2, (bottom - top) / 2]
  const [mx, my] = [left + rx, top + ry]
  const sectors = new Uint16Array(SECTORS)
  let [rim, all] = [0, 0]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if ((residue.data[y * residue.width + x] as number) < INK) continue
      const [u, v] = [(x + 0.5 - mx) / rx, (y + 0.5 - my) / ry]
      const radius = Math.hypot(u, v)
      all += 1
      if (radius < RIM_FROM || radius > RIM_TO) continue
      rim += 1
      const sector = Math.min(
        SECTORS - 1,
        Math.floor(((Math.atan2(v, u) + Math.PI) / (2 * Math.PI)) * SECTORS),
      )
      sectors[sector] = (sectors[sector] as number) + 1
    }
  }
  const least = Math.max(3, (rim / SECTORS) * 0.25)
  let shown = 0
  for (const count of sectors) if (count >= least) shown += 1
  return shown >= RIM_SECTORS && rim > all * 0.25
}

/** The rectangle that holds the residue, without stray cells. */
function tight(residue: Plane, { left, top, right, bottom }: Window): Window {
  const box = { left: right, top: bottom, right: left, bottom: top }
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if ((residue.data[y * residue.width + x] as number) < INK) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
    }
  }
  return box.right > box.left ? box : { left, top, right, bottom }
}

/** `redAt` tells how red that side's page is at a pixel of the paper page. */
export function shapeOf(
  residue: Residue,
  side: 'paper' | 'electronic',
  region: Region,
  redAt: ((x: number, y: number) => boolean) | undefined,
): Shape {
  const plane = residue[side]
  const window = tight(plane, region)
  const [widthMm, heightMm] = [(window.right - window.left) / MM, (window.bottom - window.top) / MM]
  const [short, long] = [Math.min(widthMm, heightMm), Math.max(widthMm, heightMm)]
  const sealSized = short >= SEAL_LEAST_MM && long <= SEAL_MOST_MM && short / long > 0.55
  let [red, all] = [0, 0]
  if (redAt !== undefined) {
    for (let y = window.top; y < window.bottom; y += 2) {
      for (let x = window.left; x < window.right; x += 2) {
        if ((plane.data[y * plane.width + x] as number) < INK) continue
        all += 1
        if (redAt(x, y)) red += 1
      }
    }
  }
  return { widthMm, heightMm, round: sealSized && isRing(plane, window), red: all === 0 ? 0 : red / all }
}
