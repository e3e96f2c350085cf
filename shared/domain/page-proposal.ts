import type { CatalogueTemplate } from './catalogue-template.ts'
import { shortHash } from './file-name/short-hash.ts'
import type { PageKind, SheetSide } from './page-kind.ts'
import type { PageSignals } from './page-signal.ts'
import type { Turn } from './page-text.ts'
import type { Permission } from './permission.ts'
import { inThousandths } from './signal.ts'
import type { PlaceQuad } from './upright-line.ts'
import type { VolumeKind } from './volume-kind.ts'

/** What the text of pages may suggest. The codes in brackets are those of domain.md §8. */
export const PROPOSAL_KINDS = [
  'printed-number',
  'turn',
  /** 串卷 (D09). */
  'other-case',
  /** 错卷别 (D10). */
  'restricted',
  'page-kind',
  'new-item',
  'item-title',
  'item-date',
  'item-row',
  'item-number',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** Why a proposal is made, or why it is not surer. The screen owns the words. */
export const PROPOSAL_REASONS = [
  'in-corner',
  'at-foot',
  'other-corner',
  'run-before',
  'run-after',
  'run-gap',
  'run-broken',
  'much-text',
  'little-text',
  'number-in-heading',
  'number-in-text',
  'number-cited',
  'number-repaired',
  'other-parties',
  'no-own-name',
  'own-name',
  'goes-on',
  'title-read',
  'row-known',
  'row-likely',
  'row-unknown',
  'closing-date',
  'heading-date',
  'catalogue-empty',
  'catalogue-differs',
  'restricted-title',
  'restricted-text',
] as const
export type ProposalReasonCode = (typeof PROPOSAL_REASONS)[number]

export interface ProposalReason {
  readonly code: ProposalReasonCode
  /** What was read, where it makes the reason clearer. */
  readonly value: string
}

/** What accepting brings about. `note` changes nothing in the catalogue: the suspicion is put down as confirmed. */
export type ProposedChange =
  | { readonly does: 'number'; readonly number: string }
  | { readonly does: 'turn'; readonly turn: Turn }
  | { readonly does: 'kind'; readonly kind: PageKind }
  | {
      readonly does: 'new-item'
      readonly title: string
      readonly date: string
      readonly documentNumber: string
      readonly templateRow: number | null
      readonly pageIds: readonly string[]
    }
  | {
      readonly does: 'item'
      readonly itemId: string
      readonly fields: {
        readonly title?: string
        readonly date?: string
        readonly documentNumber?: string
        readonly templateRow?: number
      }
    }
  | { readonly does: 'note' }

/** What the one who accepts or dismisses must be allowed. */
export function permissionOfChange({ does }: ProposedChange): Permission {
  return does === 'new-item' || does === 'item' ? 'item.edit' : 'page.arrange'
}

export interface PageProposal {
  /** The same for the same text and the same suggestion, so that what was dismissed stays so. */
  readonly id: string
  readonly kind: ProposalKind
  readonly pageId: string
  readonly versionId: string
  readonly itemId: string | null
  /** 0 to 1. */
  readonly confidence: number
  readonly reasons: readonly ProposalReason[]
  /** How the catalogue has it now, and how it would have it; words of the screen for codes. */
  readonly present: string
  readonly proposed: string
  /** Where on the image it was read, as parts of the stored image. */
  readonly places: readonly PlaceQuad[]
  readonly change: ProposedChange
}

/** Below this a suggestion costs more of a person's time than it is worth. */
export const LEAST_CONFIDENCE = 0.3
/** From here on several may be accepted at once, after a look at the list. */
export const CONFIDENT = 0.85

/** A page as the rules see it. */
export interface ProposalPage {
  readonly id: string
  readonly versionId: string
  readonly bookId: string
  readonly itemId: string | null
  readonly position: number
  readonly printedNumber: string
  readonly kind: PageKind
  readonly side: SheetSide | null
  /** How the page is turned for showing now. */
  readonly turn: Turn
  /** Null while the page is not read. */
  readonly signals: PageSignals | null
}

export interface ProposalItem {
  readonly id: string
  readonly title: string
  readonly date: string
  readonly documentNumber: string
  readonly templateRow: number | null
}

/** A volume with what is known of its case. */
export interface ProposalVolume {
  readonly kind: VolumeKind
  readonly template: CatalogueTemplate | undefined
  /** See `caseNumberUniquenessKey`. */
  readonly numberKey: string
  readonly courtName: string
  readonly parties: readonly string[]
  readonly handler: string
  /** In image order. */
  readonly pages: readonly ProposalPage[]
  readonly items: readonly ProposalItem[]
  /** The whole text of a page; asked for a few pages only. */
  readonly textOf: (page: ProposalPage) => string
}

export type ProposalDraft = Omit<PageProposal, 'id' | 'pageId' | 'versionId' | 'confidence'> & {
  readonly page: ProposalPage
  readonly confidence: number
}

export function proposalOf({ page, ...draft }: ProposalDraft): PageProposal {
  const id = `${page.versionId}.${draft.kind}.${shortHash(`${draft.itemId ?? ''} ${draft.proposed}`)}`
  return {
    ...draft,
    id,
    pageId: page.id,
    versionId: page.versionId,
    confidence: inThousandths(draft.confidence),
  }
}

export const reason = (code: ProposalReasonCode, value = ''): ProposalReason => ({ code, value })
