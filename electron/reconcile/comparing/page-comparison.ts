import type { PageReading } from '../../../shared/domain/page-text.ts'

/** Left, top, width, height, as shares (0 to 1) of the image as it stands upright. */
export type Box = readonly [left: number, top: number, width: number, height: number]

export const CHANGE_KINDS = [
  'added-stamp',
  'handwriting',
  'changed-text',
  'added-text',
  'removed-text',
  'erased',
  'covered',
  'cropped',
  'other',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type ChangeSource = 'image' | 'text'

export interface FoundChange {
  readonly kind: ChangeKind
  /** What shows it: the pixels, the words read, or both. */
  readonly sources: readonly ChangeSource[]
  /** 0 to 1: how far it stands out of what these two scans differ by anyway. */
  readonly strength: number
  /** Where the additional ink or content stands. */
  readonly on: 'paper' | 'electronic' | 'both'
  /** Null where that side's image does not reach. */
  readonly paperBox: Box | null
  readonly electronicBox: Box | null
  /** The words, on each side that has some, when `sources` names the text. */
  readonly paperText?: string
  readonly electronicText?: string
}

export interface PageComparison {
  /** False when the two images could not be laid over each other; nothing is then said about changes. */
  readonly registered: boolean
  /** 0 to 1: how surely the two lie right over each other. */
  readonly confidence: number
  /** Share (0 to 1) of the paper page that the electronic image covers. */
  readonly overlap: number
  /** Affine 2×3, by rows: shares of the electronic page to shares of the paper page. */
  readonly transform: readonly number[]
  readonly changes: readonly FoundChange[]
  /** Share (0 to 1) of the characters that agree; null when a side was not read or has no text. */
  readonly textAgreement: number | null
  /** Share (0 to 1) of the ink that both have in the same place. */
  readonly inkAgreement: number
}

export interface ComparedPage {
  /** The image as it was filed or scanned: JPEG, PNG, TIFF, … */
  readonly data: Uint8Array
  /** Clockwise degrees that bring it upright. */
  readonly turn: 0 | 90 | 180 | 270
  readonly reading: PageReading | null
}
