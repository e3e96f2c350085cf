import type { VolumeState } from './volume-state.ts'

export const STEP_REFUSALS = [
  'unknown-page',
  'unknown-paper-page',
  'paper-page-used-twice',
  'unknown-book',
  'unknown-place',
  'before-itself',
  'page-handled-twice',
  'unknown-item',
  'item-of-other-book',
  'item-handled-twice',
  'unknown-volume',
] as const
export type StepRefusal = (typeof STEP_REFUSALS)[number]

export type PageChange = 'none' | 'inserted' | 'replaced' | 'moved' | 'rotated' | 'removed' | 'renumbered'

/** A page that leaves the volume. */
export interface LeavingPage {
  readonly pageId: string
  readonly reason: string
  /** Null: it is withdrawn. */
  readonly toVolumeId: string | null
}

export interface CatalogueChange {
  readonly row: string
  readonly field: string
  readonly before: string
  readonly after: string
}

export type PlanOutcome =
  | {
      readonly ok: true
      readonly after: VolumeState
      /** By page key, of what was and of what is new; left out: nothing. */
      readonly changes: ReadonlyMap<string, PageChange>
      readonly leaving: readonly LeavingPage[]
      readonly catalogueChanges: readonly CatalogueChange[]
      /** Lines of their own for 备考表. */
      readonly notes: readonly string[]
    }
  /** `step` counts from 1. */
  | { readonly ok: false; readonly step: number; readonly refusal: StepRefusal }
