import type { Affine } from './affine.ts'
import { composed, IDENTITY, inverted, moved } from './affine.ts'
import { agreementOf, alignedRows } from './compare-texts.ts'
import { croppedEdges } from './cropped-edges.ts'
import { decodeScan, type Scan } from './decode-scan.ts'
import { type Ink, inkOf } from './even-background.ts'
import { foundChanges } from './found-changes.ts'
import { type LaidPair, laidPair, residueOf } from './ink-residue.ts'
import type { ComparedPage, PageComparison } from './page-comparison.ts'
import { histogramOf, type Plane } from './plane.ts'
import { framesOver, type Registration, register } from './register.ts'
import { residueRegions } from './residue-regions.ts'
import { isMachineMade } from './scanner-lines.ts'
import { textAnchors } from './text-anchors.ts'
import { judgedEdits } from './text-evidence.ts'
import { offsetAt } from './warp.ts'

/** Less of the page in ink than this is a blank side. */
const BLANK_SHARE = 0.0006
const BORDER = 30
/** An edit stands out when its likeness lies so many spreads below what equal characters reach. */
const STEPS = 4
const REDNESS = 26

/** Where a place of the electronic page lies on the paper page, the feeder's pull included. */
function laidPlace({ transform, field }: Registration, x: number, y: number): readonly [number, number] {
  const [u, v] = moved(transform, x, y)
  if (field === undefined) return [u, v]
  const [offX, offY] = offsetAt(field, u, v)
  return [u - offX, v - offY]
}

/** How much of a page is ink, away from its edges where scanners leave shadows. */
function isBlank({ plane: { width, height, data } }: Ink): boolean {
  let dark = 0
  for (let y = BORDER; y < height - BORDER; y++)
    for (let at = y * width + BORDER; at < (y + 1) * width - BORDER; at++)
      if ((data[at] as number) > 110) dark += 1
  return dark < BLANK_SHARE * width * height
}

function middleOf({ data }: Plane): number {
  const counts = histogramOf(data)
  let [seen, level] = [0, 0]
  while (level < 255) {
    seen += counts[level] as number
    if (seen * 2 >= data.length) break
    level += 1
  }
  return level
}

/** Whether a page is red at a pixel of the paper page; undefined for pages without colour. */
function redAt(scan: Scan, fromPaper: Affine): ((x: number, y: number) => boolean) | undefined {
  const { redness } = scan
  if (redness === null) return undefined
  const usual = middleOf(redness)
  const { width, height, data } = redness
  return (x, y) => {
    const [u, v] = moved(fromPaper, x + 0.5, y + 0.5)
    const column = Math.min(width - 1, Math.max(0, Math.floor(u / 2)))
    const row = Math.min(height - 1, Math.max(0, Math.floor(v / 2)))
    return (data[row * width + column] as number) - usual > REDNESS
  }
}

function shareCovered({ data }: Plane): number {
  let outside = 0
  for (let at = 0; at < data.length; at += 5) if (data[at] !== 0) outside += 1
  return 1 - outside / Math.ceil(data.length / 5)
}

/** Ink that both have within a pixel, as a share of all. */
function inkAgreement({ paper, electronic, blind }: LaidPair): number {
  let both = 0
  let all = 0
  for (let at = 0; at < blind.data.length; at += 3) {
    if (blind.data[at] !== 0) continue
    const p = paper.ink.data[at] as number
    const e = electronic.ink.data[at] as number
    if (p > 100) {
      all += 1
      if ((electronic.wide.data[at] as number) > 70) both += 1
    }
    if (e > 100) {
      all += 1
      if ((paper.wide.data[at] as number) > 70) both += 1
    }
  }
  return all === 0 ? 1 : both / all
}

function shares(transform: Affine, from: Plane, to: Plane): Affine {
  return composed(
    [1 / to.width, 0, 0, 0, 1 / to.height, 0],
    composed(transform, [from.width, 0, 0, 0, from.height, 0]),
  )
}

/**
 * Compares two scans of what should be the same page: lays them over each other, evens out paper and ink, and names
 * what one has and the other has not, by the pixels, the words read, or both. Resolution, colour, compression,
 * brightness, skew and stretch make no difference; the thresholds follow from how these two scans differ where
 * nothing changed. Pages that cannot be laid over each other come back with `registered: false` and no changes.
 * Rejects with the decoder's error for a file that is no image, and with the signal's reason when aborted.
 */
export async function comparePages(
  paper: ComparedPage,
  electronic: ComparedPage,
  signal?: AbortSignal,
): Promise<PageComparison> {
  const [mine, theirs] = [
    await decodeScan(paper.data, paper.turn),
    await decodeScan(electronic.data, electronic.turn),
  ]
  signal?.throwIfAborted()
  const [inkMine, inkTheirs] = [inkOf(mine.luma), inkOf(theirs.luma)]
  const words = paper.reading !== null && electronic.reading !== null
  const anchors = words ? textAnchors(paper.reading, paper.turn, electronic.reading, electronic.turn) : []
  const blank = isBlank(inkMine) || isBlank(inkTheirs)
  const laid: Registration = blank
    ? framesOver(inkMine.plane, inkTheirs.plane)
    : register(inkMine.plane, inkTheirs.plane, anchors, mine.knownSize && theirs.knownSize)
  signal?.throwIfAborted()
  const transform = shares(laid.transform, inkTheirs.plane, inkMine.plane)
  const overlap = shareCovered(laid.outside)
  const pair = laidPair(inkMine, inkTheirs, laid)
  const agreement = inkAgreement(pair)
  const outcome = { confidence: laid.confidence, overlap, transform, inkAgreement: agreement }
  if (!laid.registered) return { registered: false, ...outcome, changes: [], textAgreement: null }
  const residue = residueOf(pair)
  const frame = { width: inkTheirs.plane.width, height: inkTheirs.plane.height, transform: laid.transform }
  const regions = residueRegions(pair, residue).filter((region) => !isMachineMade(region, residue, frame))
  const rows = words
    ? alignedRows(paper.reading, electronic.reading, {
        paperTurn: paper.turn,
        electronicTurn: electronic.turn,
        fromPaper: (x, y) => [x * inkMine.plane.width, y * inkMine.plane.height],
        fromElectronic: (x, y) => laidPlace(laid, x * inkTheirs.plane.width, y * inkTheirs.plane.height),
      })
    : []
  const sizes = {
    paper: [inkMine.plane.width, inkMine.plane.height],
    electronic: [inkTheirs.plane.width, inkTheirs.plane.height],
    transform: laid.transform,
  } as const
  const cropped = croppedEdges(inkMine.plane, inkTheirs.plane, rows, sizes)
  const edits = judgedEdits(rows, cropped.cut, pair, STEPS)
  const changes = foundChanges({
    sizes,
    residue,
    regions,
    rows,
    edits,
    red: { paper: redAt(mine, IDENTITY), electronic: redAt(theirs, inverted(laid.transform)) },
  })
  return {
    registered: true,
    ...outcome,
    changes: [...changes, ...cropped.changes],
    textAgreement: agreementOf(rows),
  }
}
