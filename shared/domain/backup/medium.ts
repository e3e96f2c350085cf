/** 套别: which of the three sets a medium belongs to (DA/T 38, domain.md §6). */
export const MEDIUM_SETS = ['A', 'B', 'C'] as const
export type MediumSet = (typeof MEDIUM_SETS)[number]

/** A is sealed away, B stands off site, C is in use. */
export const MEDIUM_SET_INFO: Readonly<Record<MediumSet, { readonly zh: string; readonly en: string }>> = {
  A: { zh: '封存', en: 'Sealed' },
  B: { zh: '异地', en: 'Off site' },
  C: { zh: '在用', en: 'In use' },
}

/** 介质状态. Only one in use is written. */
export const MEDIUM_STATES = ['in-use', 'stored', 'lent-out', 'failing', 'retired', 'lost'] as const
export type MediumState = (typeof MEDIUM_STATES)[number]

/** 出入库、交接、检测: what happens to a medium and is written into its register. */
export const MEDIUM_EVENTS = [
  'registered',
  'moved',
  'handed-over',
  'inspected',
  'removed-safely',
  'migrated',
  'retired',
  'lost',
  'found',
] as const
export type MediumEvent = (typeof MEDIUM_EVENTS)[number]

/** Days between two inspections of a medium (年检; product default, domain.md §6). */
export const INSPECTION_DAYS = 365
