import type { PageReading, Turn } from './page-text.ts'
import { type PlaceQuad, placeOf, type UprightLine } from './upright-line.ts'

/** Something read on a page that a proposal may rest on. */
export interface Signal {
  /** As it was read, without blanks that say nothing. */
  readonly text: string
  /** 0 to 1: how well it was read, and how typical its place is. */
  readonly confidence: number
  /** Where it stands, as parts of the stored image. */
  readonly places: readonly PlaceQuad[]
}

/** A number alone in a corner or at the foot. */
export interface NumberSignal extends Signal {
  readonly corner: 'upper-right' | 'upper-left' | 'foot'
}

export interface DateSignal extends Signal {
  readonly iso: string
  /** `closing`: under the text, alone on its line; `heading`: 时间 or 日期 near the title. */
  readonly position: 'closing' | 'heading'
}

export interface CaseSignal extends Signal {
  readonly canonical: string
  readonly uniquenessKey: string
  /** A character was put right to make it readable. */
  readonly repaired: boolean
  /** `heading`: the document's own; `cited`: spoken of as another one; `body`: somewhere in the text. */
  readonly position: 'heading' | 'cited' | 'body'
}

/** Somebody named in the place of a party: 原告：…, 被执行人：… */
export interface PartySignal extends Signal {
  readonly role: string
}

export interface RestrictedSignal extends Signal {
  readonly suspicion: 'strong' | 'weak'
  readonly position: 'title' | 'body'
}

/** All that the rules for proposals take from one page. */
export interface PageSignals {
  readonly turn: Turn
  readonly turnConfidence: number
  /** How many characters were read. */
  readonly characters: number
  readonly numbers: readonly NumberSignal[]
  readonly title: Signal | null
  readonly dates: readonly DateSignal[]
  readonly cases: readonly CaseSignal[]
  readonly parties: readonly PartySignal[]
  readonly restricted: readonly RestrictedSignal[]
}

export const inThousandths = (value: number): number =>
  Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000

/** A signal that rests on whole lines. */
export function lineSignal(
  reading: PageReading,
  lines: readonly UprightLine[],
  text: string,
  confidence: number,
): Signal {
  return {
    text,
    confidence: inThousandths(confidence),
    places: lines.map(({ line }) => placeOf(line.quad, reading.widthPixels, reading.heightPixels)),
  }
}
