import { areaOf, around, boxesOf, overlap, type Sizes, type Window } from './boxes.ts'
import type { AlignedRow } from './compare-texts.ts'
import type { Residue } from './ink-residue.ts'
import type { ChangeKind, FoundChange } from './page-comparison.ts'
import type { Glyph } from './page-glyphs.ts'
import { shapeOf } from './region-shape.ts'
import type { Region } from './residue-regions.ts'
import type { JudgedEdit } from './text-evidence.ts'

/** A region of so much unexplained ink (pixels) is a change whatever the words say; words need less. */
const LOUD_REGION = 70
const SUPPORTING_REGION = 14
/** Residue of the other side, as a share, from which a region is an exchange and no addition. */
const EXCHANGED = 0.35
const TRACES = 0.06
const RED_SHARE = 0.35
/** Lines of one text lie no further apart than this: 10 mm. */
const LINE_GAP = 60
/** What an edit's departure must reach: less where a region of residue supports it, more where no ink is left over. */
const SUPPORTED = 1.2
const SEEN = 2.6
const QUIET_INK = 0.4
const QUIET = 3.2
const OTHER_DIGIT = 0.45
const QUIET_DIGIT = 1
/** So much ink that the other side does not explain (pixels) is no blur about the same digit. */
const OTHER_DIGIT_INK = 6
/** More again where either side could hardly be read. */
const DOUBTFUL = 1.6

export interface RedPages {
  readonly paper: ((x: number, y: number) => boolean) | undefined
  readonly electronic: ((x: number, y: number) => boolean) | undefined
}

export interface Evidence {
  readonly sizes: Sizes
  readonly residue: Residue
  readonly regions: readonly Region[]
  readonly rows: readonly AlignedRow[]
  readonly edits: readonly JudgedEdit[]
  readonly red: RedPages
}

/** Printed characters of one side that lie in a region and that the other side does not have. */
function lostPrint(
  rows: readonly AlignedRow[],
  side: 'paper' | 'electronic',
  region: Region,
): readonly Glyph[] {
  return rows.flatMap(({ vertical, runs }) =>
    runs
      .filter(({ state }) => state === `${side}-only` || state === 'changed')
      .flatMap(({ pairs }) => pairs.flatMap((pair) => pair[side] ?? []))
      .filter(({ doubtful, start, end, across }) => {
        if (doubtful) return false
        const [x, y] = vertical ? [across, (start + end) / 2] : [(start + end) / 2, across]
        return x >= region.left && x <= region.right && y >= region.top && y <= region.bottom
      }),
  )
}

/** White-out takes words out of a line; a slip of paper lies over several. */
function rowsOf(glyphs: readonly Glyph[]): number {
  const places = glyphs.map(({ across }) => across).sort((a, b) => a - b)
  const height = glyphs[0]?.height ?? 0
  return places.filter((place, at) => at === 0 || place - (places[at - 1] ?? 0) > height * 0.6).length
}

function kindOf(
  evidence: Evidence,
  region: Region,
): { readonly kind: ChangeKind; readonly on: FoundChange['on'] } {
  const side = region.paper >= region.electronic ? 'paper' : 'electronic'
  const [major, minor] = [
    Math.max(region.paper, region.electronic),
    Math.min(region.paper, region.electronic),
  ]
  const shape = shapeOf(evidence.residue, side, region, evidence.red[side])
  const [short, long] = [Math.min(shape.widthMm, shape.heightMm), Math.max(shape.widthMm, shape.heightMm)]
  if (short > 6 && (shape.round || (shape.red > RED_SHARE && short / long > 0.3)))
    return { kind: 'added-stamp', on: side }
  const lost = lostPrint(evidence.rows, side, region)
  if (minor > major * EXCHANGED) {
    if (lost.length >= 6 && shape.heightMm > 9) return { kind: 'covered', on: side }
    return { kind: lost.length > 0 ? 'changed-text' : 'other', on: 'both' }
  }
  const printArea = lost.reduce((sum, { start, end, height }) => sum + (end - start) * height, 0)
  if (lost.length > 0 && printArea > 0.25 * areaOf(region))
    return { kind: minor > major * TRACES || rowsOf(lost) > 1 ? 'covered' : 'erased', on: side }
  return { kind: long >= 4 ? 'handwriting' : 'other', on: side }
}

interface Joined {
  window: Window
  readonly edits: JudgedEdit[]
  readonly regions: Region[]
}

const size = ({ paper, electronic }: Region) => paper + electronic

function ofText(edits: readonly JudgedEdit[]): { kind: ChangeKind; on: FoundChange['on'] } {
  const paper = edits.some(({ run }) => run.paperText !== '')
  const electronic = edits.some(({ run }) => run.electronicText !== '')
  if (paper && electronic) return { kind: 'changed-text', on: 'both' }
  return paper ? { kind: 'removed-text', on: 'paper' } : { kind: 'added-text', on: 'electronic' }
}

/** A region much larger than the words in it is what disturbed their reading. */
function leading(evidence: Evidence, joined: Joined): Region | undefined {
  const largest = joined.regions.toSorted((a, b) => size(b) - size(a))[0]
  if (largest === undefined) return undefined
  if (kindOf(evidence, largest).kind === 'added-stamp') return largest
  if (joined.edits.length === 0) return largest
  const words = joined.edits.reduce((sum, { window }) => sum + areaOf(window), 0)
  return size(largest) >= LOUD_REGION && areaOf(largest) > 3 * words ? largest : undefined
}

function changeOf(evidence: Evidence, joined: Joined): FoundChange {
  const region = leading(evidence, joined)
  const boxes = boxesOf(joined.window, evidence.sizes)
  const ink = joined.regions.reduce((sum, one) => sum + size(one), 0)
  const byImage = 1 - Math.exp(-ink / (2 * LOUD_REGION))
  const byText = Math.max(0, ...joined.edits.map(({ departure }) => 1 - Math.exp(-departure)))
  const strength = Math.min(1, 1 - (1 - byImage) * (1 - byText))
  if (region !== undefined && joined.edits.length === 0)
    return { ...kindOf(evidence, region), sources: ['image'], strength, ...boxes }
  const text = {
    paperText: joined.edits.map(({ run }) => run.paperText).join(' … '),
    electronicText: joined.edits.map(({ run }) => run.electronicText).join(' … '),
  }
  const kind = region === undefined ? ofText(joined.edits) : kindOf(evidence, region)
  const lossOnly =
    region === undefined && kind.on !== 'both'
      ? joined.regions.toSorted((a, b) => size(b) - size(a))[0]
      : undefined
  const named = lossOnly === undefined ? kind : kindOf(evidence, lossOnly)
  const seen = joined.regions.length > 0 || joined.edits.some(({ unexplained }) => unexplained >= QUIET_INK)
  return { ...named, sources: seen ? ['image', 'text'] : ['text'], strength, ...boxes, ...text }
}

interface Placed {
  readonly window: Window
  readonly change: FoundChange
}

/** Lines lost under one another, on one side, were covered together. */
function coveredTogether(placed: readonly Placed[], sizes: Sizes): readonly Placed[] {
  const isLoss = ({ change: { kind } }: Placed) => kind === 'erased' || kind === 'covered'
  const out = placed.filter((one) => !isLoss(one))
  let losses = placed.filter(isLoss)
  while (losses.length > 0) {
    const [first, ...others] = losses
    if (first === undefined) break
    const near = others.filter(
      ({ window, change }) =>
        change.on === first.change.on &&
        overlap({ ...window, top: window.top - LINE_GAP, bottom: window.bottom + LINE_GAP }, first.window) >
          0,
    )
    if (near.length === 0) {
      out.push(first)
      losses = others
      continue
    }
    const window = near.reduce((all, one) => around(all, one.window), first.window)
    const all = [first, ...near].toSorted((a, b) => a.window.top - b.window.top)
    const text = (side: 'paperText' | 'electronicText') => {
      const words = all.map(({ change }) => change[side] ?? '').filter((one) => one !== '')
      return words.length === 0 ? {} : { [side]: words.join(' … ') }
    }
    const change: FoundChange = {
      kind: 'covered',
      on: first.change.on,
      sources: [...new Set(all.flatMap(({ change: { sources } }) => sources))],
      strength: Math.max(...all.map(({ change: { strength } }) => strength)),
      ...boxesOf(window, sizes),
      ...text('paperText'),
      ...text('electronicText'),
    }
    losses = [{ window, change }, ...others.filter((one) => !near.includes(one))]
  }
  return out
}

/** Letters that readers take digits for. */
const TAKEN_FOR: Readonly<Record<string, string>> = { O: '0', o: '0', l: '1', I: '1', Z: '2', S: '5', B: '8' }

function isDigitForDigit({ paperText, electronicText }: JudgedEdit['run']): boolean {
  const [mine, theirs] = [paperText, electronicText].map((text) =>
    [...text].map((character) => TAKEN_FOR[character] ?? character).join(''),
  ) as [string, string]
  return mine.length === theirs.length && mine !== theirs && /^\d+$/.test(mine) && /^\d+$/.test(theirs)
}

/** Whether the pixels bear out that the words differ: what was only misread looks the same on both pages. */
function isUpheld({ departure, unexplained, window, run }: JudgedEdit, regions: readonly Region[]): boolean {
  const support = regions.some(
    (region) => size(region) >= SUPPORTING_REGION && overlap(region, window) > 0.3 * areaOf(window),
  )
  const seen = support || unexplained >= QUIET_INK
  // Words that only one page has leave ink there that the other does not explain.
  if (!seen && (run.paperText === '' || run.electronicText === '')) return false
  // One digit is seldom misread as another one, and few pixels tell the two apart.
  const usual = support ? SUPPORTED : seen ? SEEN : QUIET
  const digit = unexplained >= OTHER_DIGIT_INK ? 0 : seen ? OTHER_DIGIT : QUIET_DIGIT
  const needed = isDigitForDigit(run) ? digit : usual
  return departure >= (run.doubtful ? needed * DOUBTFUL : needed)
}

/**
 * The union of what the pixels and what the words show: regions loud enough by themselves, and differing words that
 * the pixels under them do not deny. What lies in one place is one change.
 */
export function foundChanges(evidence: Evidence): readonly FoundChange[] {
  const upheld = evidence.edits.filter((edit) => isUpheld(edit, evidence.regions))
  const joined: Joined[] = upheld.map((edit) => ({ window: edit.window, edits: [edit], regions: [] }))
  for (const region of evidence.regions) {
    const touching = joined.filter(({ window }) => overlap(window, region) > 0)
    if (touching.length === 0 && size(region) < LOUD_REGION) continue
    const merged: Joined = {
      window: touching.reduce<Window>((window, one) => around(window, one.window), region),
      edits: touching.flatMap(({ edits }) => edits),
      regions: [region, ...touching.flatMap(({ regions }) => regions)],
    }
    for (const one of touching) joined.splice(joined.indexOf(one), 1)
    joined.push(merged)
  }
  const placed = joined.map((one) => ({ window: one.window, change: changeOf(evidence, one) }))
  return coveredTogether(placed, evidence.sizes)
    .map(({ change }) => change)
    .sort((a, b) => b.strength - a.strength)
}
