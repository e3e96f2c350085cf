import { type Affine, composed, IDENTITY, inverted, moved } from './affine.ts'
import { alignedRows } from './compare-texts.ts'
import { croppedEdges } from './cropped-edges.ts'
import { decodeScan, type Scan } from './decode-scan.ts'
import { type Ink, inkOf } from './even-background.ts'
import type { Evidence } from './found-changes.ts'
import { type LaidPair, laidPair, residueOf } from './ink-residue.ts'
import type { ComparedPage, FoundChange } from './page-comparison.ts'
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

/** Two pages laid over each other, and what speaks for a change: pixels and words. */
export interface PageEvidence {
  readonly laid: Registration
  readonly pair: LaidPair
  /** Shares of the electronic page to shares of the paper page. */
  readonly transform: Affine
  /** Undefined where the pages could not be laid over each other. */
  readonly found: (Evidence & { readonly cropped: readonly FoundChange[] }) | undefined
}

function shares(transform: Affine, from: Plane, to: Plane): Affine {
  return composed(
    [1 / to.width, 0, 0, 0, 1 / to.height, 0],
    composed(transform, [from.width, 0, 0, 0, from.height, 0]),
  )
}

/** Decodes and registers a pair of pages, and gathers what differs; nothing is judged yet. */
export async function pageEvidence(
  paper: ComparedPage,
  electronic: ComparedPage,
  signal?: AbortSignal,
): Promise<PageEvidence> {
  const mine = await decodeScan(paper.data, paper.turn)
  const theirs = await decodeScan(electronic.data, electronic.turn)
  signal?.throwIfAborted()
  const [inkMine, inkTheirs] = [inkOf(mine.luma), inkOf(theirs.luma)]
  const [{ width, height }, other] = [inkMine.plane, inkTheirs.plane]
  const words = paper.reading !== null && electronic.reading !== null
  const anchors = words ? textAnchors(paper.reading, paper.turn, electronic.reading, electronic.turn) : []
  const blank = isBlank(inkMine) || isBlank(inkTheirs)
  const laid = blank
    ? framesOver(inkMine.plane, other)
    : register(inkMine.plane, other, anchors, mine.knownSize && theirs.knownSize)
  signal?.throwIfAborted()
  const transform = shares(laid.transform, other, inkMine.plane)
  const pair = laidPair(inkMine, inkTheirs, laid)
  if (!laid.registered) return { laid, pair, transform, found: undefined }
  const residue = residueOf(pair)
  const frame = { width: other.width, height: other.height, transform: laid.transform }
  const regions = residueRegions(pair, residue).filter((region) => !isMachineMade(region, residue, frame))
  const rows = words
    ? alignedRows(paper.reading, electronic.reading, {
        paperTurn: paper.turn,
        electronicTurn: electronic.turn,
        fromPaper: (x, y) => [x * width, y * height],
        fromElectronic: (x, y) => laidPlace(laid, x * other.width, y * other.height),
      })
    : []
  const sizes = {
    paper: [width, height],
    electronic: [other.width, other.height],
    transform: laid.transform,
  } as const
  const { changes: cropped, cut } = croppedEdges(inkMine.plane, other, rows, sizes)
  const edits = judgedEdits(rows, cut, pair)
  const red = { paper: redAt(mine, IDENTITY), electronic: redAt(theirs, inverted(laid.transform)) }
  return { laid, pair, transform, found: { sizes, residue, regions, rows, edits, red, cropped } }
}
