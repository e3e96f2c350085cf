import { create } from 'zustand'

interface SearchPlace {
  /** The last question, as the address of the screen. */
  readonly address: string
  /** The row one stood on in its results. */
  readonly activeIndex: number
  readonly stand: (address: string, activeIndex: number) => void
  /** Nobody else may see what was looked for. */
  readonly forget: () => void
}

const NOWHERE = { address: '', activeIndex: 0 } as const

/** Where the person stands in a search: found again when they come back from a page. */
export const useSearchPlace = create<SearchPlace>()((set) => ({
  ...NOWHERE,
  stand: (address, activeIndex) => set({ address, activeIndex }),
  forget: () => set(NOWHERE),
}))
