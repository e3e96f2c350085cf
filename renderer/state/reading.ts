import { create } from 'zustand'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'

export type ReadingStatus = OutputOf<'recognition.status'>

interface ReadingStore {
  readonly status: ReadingStatus | undefined
  readonly error: AppError | undefined
  readonly put: (status: ReadingStatus) => void
  readonly failed: (error: AppError) => void
}

/** How far the reading of pages has come. */
export const useReading = create<ReadingStore>()((set) => ({
  status: undefined,
  error: undefined,
  put: (status) => set({ status, error: undefined }),
  failed: (error) => set({ error }),
}))
