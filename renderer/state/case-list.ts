import { create } from 'zustand'
import type { OutputOf } from '../../shared/contract/index.ts'

export type SavedView = OutputOf<'cases.savedViews'>[number]
export type CaseFilter = SavedView['definition']['filter']
export type CaseSort = SavedView['definition']['sort']

export const NO_FILTER: CaseFilter = { text: '', years: [], types: [], statuses: [], retentions: [] }
export const FIRST_SORT: CaseSort = { column: 'number', descending: true }

interface CaseListStore {
  readonly filter: CaseFilter
  readonly sort: CaseSort
  /** Where the person stood, for coming back from a case. */
  readonly activeIndex: number
  readonly setFilter: (changes: Partial<CaseFilter>) => void
  readonly setSort: (sort: CaseSort) => void
  readonly apply: (filter: CaseFilter, sort: CaseSort) => void
  readonly setActiveIndex: (index: number) => void
}

/** How the case list stands, so that it stands the same after looking into a case. */
export const useCaseList = create<CaseListStore>()((set) => ({
  filter: NO_FILTER,
  sort: FIRST_SORT,
  activeIndex: 0,
  setFilter: (changes) => set(({ filter }) => ({ filter: { ...filter, ...changes }, activeIndex: 0 })),
  setSort: (sort) => set({ sort, activeIndex: 0 }),
  apply: (filter, sort) => set({ filter, sort, activeIndex: 0 }),
  setActiveIndex: (activeIndex) => set({ activeIndex }),
}))

export function isFiltered(filter: CaseFilter): boolean {
  return (
    filter.text.trim() !== '' ||
    [filter.years, filter.types, filter.statuses, filter.retentions].some((chosen) => chosen.length > 0)
  )
}
