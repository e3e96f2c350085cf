import type { Turn } from '../../../shared/domain/page-text.ts'

export interface MatchReason {
  readonly code:
    | 'decided'
    | 'text-alike'
    | 'image-alike'
    | 'printed-number'
    | 'neighbours'
    | 'turned'
    | 'only-image'
    | 'only-text'
    | 'look-alike-rival'
    | 'text-differs'
    | 'blank'
  /** Likeness 0 to 1, or the turn in degrees; absent where the code says it all. */
  readonly value?: number
}

export interface ElectronicCandidate {
  readonly electronic: number
  readonly confidence: number
}

export interface PaperCandidate {
  readonly paper: number
  readonly confidence: number
}

export interface PageMatch {
  readonly paper: number
  readonly electronic: number
  /** 0 to 1. */
  readonly confidence: number
  /** Clockwise turn that makes the electronic image stand as the paper image does. */
  readonly turn: Turn
  /** `replaced`: in the same place of the order stands another page. */
  readonly kind: 'same' | 'replaced'
  readonly moved: boolean
  /** False: a person is to be asked. */
  readonly sure: boolean
  readonly reasons: readonly MatchReason[]
  /** When not sure: what else it may be, best first, this match among them. */
  readonly candidates: readonly ElectronicCandidate[]
}

export interface MissingPage {
  readonly paper: number
  readonly candidates: readonly ElectronicCandidate[]
}

export interface ExtraPage {
  readonly electronic: number
  readonly candidates: readonly PaperCandidate[]
}

export interface DuplicatedPage {
  readonly side: 'paper' | 'electronic'
  readonly first: number
  readonly again: number
  readonly confidence: number
}

/** Every paper page is in `matches` or `missing`, every electronic page in `matches` or `extra`, and only once. */
export interface SequenceMatch {
  readonly matches: readonly PageMatch[]
  readonly missing: readonly MissingPage[]
  readonly extra: readonly ExtraPage[]
  /** The page `again` is in `missing` or `extra` too. */
  readonly duplicated: readonly DuplicatedPage[]
}

/** What a person decided: these two are one page, or this paper page has no electronic one. */
export interface FixedPair {
  readonly paper: number
  readonly electronic: number | null
}
