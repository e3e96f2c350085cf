import type { MatchComparison } from '../../../shared/contract/reconcile.ts'
import type { PageReading, Turn } from '../../../shared/domain/page-text.ts'
import type { ErrorEnvelope } from '../../../shared/errors.ts'
import type { FixedPair, PageSignature, SequenceMatch } from '../matching/index.ts'

/** One image with what was read on it. */
export interface SeenPage {
  readonly image: Uint8Array
  readonly reading: PageReading | null
}

export interface TurnedPage extends SeenPage {
  /** Clockwise, to stand upright. */
  readonly turn: Turn
}

/** What comparing a pair says, as it is kept with the pair. */
export type PairComparison = Pick<MatchComparison, 'text'> & {
  readonly comparison: NonNullable<MatchComparison['comparison']>
  /** Share of the paper page that bears red ink. */
  readonly redInk: number
}

export type ComparisonTask =
  | { readonly kind: 'sign'; readonly page: SeenPage }
  | {
      readonly kind: 'match'
      readonly paper: readonly PageSignature[]
      readonly electronic: readonly PageSignature[]
      readonly fixed: readonly FixedPair[]
    }
  | { readonly kind: 'compare'; readonly paper: TurnedPage; readonly electronic: TurnedPage }

export type ComparisonAnswer =
  | { readonly kind: 'sign'; readonly signature: PageSignature }
  | { readonly kind: 'match'; readonly match: SequenceMatch }
  | { readonly kind: 'compare'; readonly compared: PairComparison }

export type AnswerOf<T extends ComparisonTask> = Extract<ComparisonAnswer, { readonly kind: T['kind'] }>

export type ComparisonReply = ComparisonAnswer | { readonly kind: 'failed'; readonly error: ErrorEnvelope }
