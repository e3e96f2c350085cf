import type { FoundChange } from '../../shared/contract/reconcile.ts'
import type {
  DifferenceType,
  FindingMethod,
  FindingStage,
} from '../../shared/domain/reconcile/difference-type.ts'
import type { Ground } from '../../shared/domain/reconcile/ground.ts'
import type { Place } from '../../shared/domain/reconcile/place.ts'

/** A difference as one of the three ways found it, before anybody judged it. */
export interface FoundDifference {
  /**
   * The same thing found twice, by whatever way, has the same identity within a checking: the type, then what it is
   * about: `D01|paper:<paper page id>`, `D01|printed:12`, `D04|page:<page id>`, `D18|version:<page version id>`,
   * `D11|item:<item id>`, `D16|counts`, `D17|cover:cause`.
   */
  readonly identity: string
  readonly type: DifferenceType
  readonly stage: FindingStage
  readonly book: number | null
  readonly itemId: string | null
  /** A text: as a person wrote it. */
  readonly paperPlace: Place | string
  readonly electronicPlace: Place | string
  readonly paperPageId: string | null
  readonly pageId: string | null
  readonly versionId: string | null
  readonly matchId: string | null
  /** 0 to 1; 1 for what a person saw. */
  readonly confidence: number
  /** Sealed under the volume's compartment. */
  readonly content: DifferenceContent
}

export interface DifferenceContent {
  readonly itemWords: string
  readonly paperWords: string
  readonly electronicWords: string
  readonly regions: readonly FoundChange[]
  /** The electronic pages of a difference that is about several; left out: that of the difference alone. */
  readonly pageIds?: readonly string[]
  readonly basis?: string
  /** The same in codes, of what the program found. */
  readonly ground?: Ground
  readonly explanation?: string
}

/** The register, as the ways of finding see it. */
export interface DifferenceDesk {
  /**
   * Brings what one way found into the register, in one transaction: new ones get a number; known ones that nobody
   * has judged are brought up to date and gain the method; those that only this way had found, that nobody has judged
   * and that it no longer finds, are taken back as dismissed by the program.
   */
  readonly file: (
    reconciliationId: string,
    method: FindingMethod,
    found: readonly FoundDifference[],
    by: string,
  ) => { readonly added: number; readonly kept: number; readonly gone: number }
}
