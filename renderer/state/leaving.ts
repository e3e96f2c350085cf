import { create } from 'zustand'

/** What follows once the backup has run. */
export type LeavingFor = 'sign-out' | 'close'

interface LeavingStore {
  /** Null: nobody is leaving. */
  readonly leavingFor: LeavingFor | null
  readonly begin: (leavingFor: LeavingFor) => void
  readonly end: () => void
}

/** The person is leaving, and a backup that is due runs first. */
export const useLeaving = create<LeavingStore>()((set) => ({
  leavingFor: null,
  begin: (leavingFor) => set({ leavingFor }),
  end: () => set({ leavingFor: null }),
}))
