import { type Affine, composed, IDENTITY, inverted, moved } from './affine.ts'
import type { Window } from './boxes.ts'
import { alignedRows } from './compare-texts.ts'
import { croppedEdges } from './cropped-edges.ts'
import { decodeScan, type Scan } from './decode-scan.ts'
import { type Ink, inkOf } from './even-background.ts'
import type { Evidence } from './found-changes.ts'
import { type LaidPair, laidPair, type Residue, residueOf } from './ink-residue.ts'
import type { ComparedPage, FoundChange } from './page-comparison.ts'
import { histogramOf, type Plane } from './plane.ts'
import { framesOver, type Registration, register } from './register.ts'
import { residueRegions } from './residue-regions.ts'
import { isMachineMade } from './scanner-lines.ts'
import { textAnchors } from './text-anchors.ts'
import { judgedEdits } from './text-evidence.ts'
import { isToneAlone } from './tone-alone.ts'
import { offsetAt } from './warp.ts'

/** Less of the page in ink than this is a blank side. */
const BLANK_SHARE = 0.0006
/** Less than this, and there may be too little to lay the pages by. */
const FAINT_SHARE = 0.01
/** Pages laid by their frames alone lie within this many pixels of each other: 10 mm. */
const FRAME_ERROR = 60
/** What is so much alike in amount, within that reach, is one thing in two places. */
const ALIKE_AMOUNT = 0.5
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

/** Grey beside colour shows red ink as pale as it is: so must the coloured page. A bitonal one has levelled it. */
function inksOf(mine: Scan, theirs: Scan): readonly [Ink, Ink] {
  const inkBeside = (own: Scan, other: Scan): Ink => {
    const colourless = own.redness !== null && other.redness === null
    return colourless && !inkOf(other.luma).hard ? inkOf(own.greyLuma) : inkOf(own.luma)
  }
  return [inkBeside(mine, theirs), inkBeside(theirs, mine)]
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

/** Whether what one page has left over, the other has too, a little beside it. */
function isDisplaced({ left, top, right, bottom }: Window, { paper, electronic }: Residue): boolean {
  const { width, height } = paper
  let [mine, theirs] = [0, 0]
  for (let y = Math.max(0, top - FRAME_ERROR); y < Math.min(height, bottom + FRAME_ERROR); y++) {
    for (let x = Math.max(0, left - FRAME_ERROR); x < Math.min(width, right + FRAME_ERROR); x++) {
      mine += paper.data[y * width + x] as number
      theirs += electronic.data[y * width + x] as number
    }
  }
  return Math.min(mine, theirs) >= ALIKE_AMOUNT * Math.max(mine, theirs)
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
  const [inkMine, inkTheirs] = inksOf(mine, theirs)
  const [{ width, height }, other] = [inkMine.plane, inkTheirs.plane]
  const words = paper.reading !== null && electronic.reading !== null
  const anchors = words ? textAnchors(paper.reading, paper.turn, electronic.reading, electronic.turn) : []
  const blank = isBlank(inkMine) || isBlank(inkTheirs)
  // A stamped number and a date are enough to lay a page that is blank otherwise.
  const byContent =
    blank && anchors.length === 0
      ? undefined
      : register(inkMine.plane, other, anchors, mine.knownSize && theirs.knownSize)
  const faint = blank || Math.max(inkMine.share, inkTheirs.share) < FAINT_SHARE
  const byFrames = byContent === undefined || (!byContent.registered && faint)
  const laid = byFrames ? framesOver(inkMine.plane, other) : byContent
  signal?.throwIfAborted()
  const transform = shares(laid.transform, other, inkMine.plane)
  const pair = laidPair(inkMine, inkTheirs, laid)
  if (!laid.registered) return { laid, pair, transform, found: undefined }
  const residue = residueOf(pair)
  const frame = { width: other.width, height: other.height, transform: laid.transform }
  const regions = residueRegions(pair, residue).filter(
    (region) =>
      !isMachineMade(region, residue, frame) &&
      !isToneAlone(region, residue) &&
      !(byFrames && isDisplaced(region, residue)),
  )
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
