import type { DifferenceType } from './difference-type.ts'

/** 处理方式 (domain.md §8): how a difference is settled. */
export const HANDLINGS = [
  'rescan',
  'replace',
  'insert',
  'reorder',
  'rotate',
  'remove',
  'move-volume',
  'edit-catalogue',
  'edit-note',
  'return-to-handler',
  'explanation',
  'add-paper',
  'leave',
] as const
export type Handling = (typeof HANDLINGS)[number]

/** Handlings that change the electronic volume or its catalogue: they go through a plan. The others are words on record. */
export const PLANNED_HANDLINGS: ReadonlySet<Handling> = new Set([
  'rescan',
  'replace',
  'insert',
  'reorder',
  'rotate',
  'remove',
  'move-volume',
  'edit-catalogue',
  'edit-note',
])

/** Handlings that stand on a signed sheet (承办说明附件, domain.md §8): without one they are not passed. */
export const ATTACHED_HANDLINGS: ReadonlySet<Handling> = new Set(['explanation'])

/** What usually settles a type, best first. Paper wins over a wrong catalogue and over its own scan (domain.md §8). */
export const SUGGESTED_HANDLINGS: Readonly<Record<DifferenceType, readonly [Handling, ...Handling[]]>> = {
  D01: ['insert', 'rescan', 'explanation', 'leave'],
  D02: ['remove', 'add-paper', 'explanation', 'leave'],
  D03: ['remove', 'leave'],
  D04: ['reorder', 'explanation', 'leave'],
  D05: ['rotate', 'reorder', 'replace', 'leave'],
  D06: ['insert', 'rescan', 'leave'],
  D07: ['replace', 'rescan', 'leave'],
  D08: ['replace', 'rescan', 'leave'],
  D09: ['remove', 'move-volume', 'return-to-handler'],
  D10: ['move-volume', 'return-to-handler'],
  D11: ['edit-catalogue', 'leave'],
  D12: ['edit-catalogue', 'leave'],
  D13: ['edit-catalogue', 'leave'],
  D14: ['rescan', 'edit-catalogue', 'explanation'],
  D15: ['edit-catalogue', 'remove', 'leave'],
  D16: ['edit-note', 'rescan', 'explanation'],
  D17: ['edit-note', 'return-to-handler', 'explanation'],
  D18: ['replace', 'explanation', 'leave'],
  D19: ['replace', 'return-to-handler', 'explanation'],
  D20: ['rescan', 'explanation', 'edit-note'],
  D21: ['rescan', 'replace', 'leave'],
  D22: ['add-paper', 'explanation', 'edit-note'],
  D23: ['explanation', 'add-paper', 'edit-note'],
  D24: ['replace', 'rescan', 'explanation'],
  D25: ['return-to-handler', 'explanation', 'leave'],
}

/** 严重度. */
export const SEVERITIES = ['slight', 'ordinary', 'serious'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * Where a difference stands: 登记 → 判定 → (方案) → 执行 → 复核 → 结案. `dismissed`: a person found that it is none.
 */
export const DIFFERENCE_STATES = ['found', 'judged', 'handled', 'closed', 'dismissed'] as const
export type DifferenceState = (typeof DIFFERENCE_STATES)[number]
export const OPEN_DIFFERENCE_STATES: readonly DifferenceState[] = ['found', 'judged', 'handled']

/**
 * Where a plan stands. `prepared` → (after 归档: `requested` → granted) → `applied` → `checked`; until it is checked
 * it can be undone as one step.
 */
export const PLAN_STATES = ['prepared', 'requested', 'applied', 'checked', 'undone', 'dropped'] as const
export type PlanState = (typeof PLAN_STATES)[number]
