import { create } from 'zustand'
import type { Fit } from './geometry.ts'

/** How a person likes to look at pages: the same in every case. */
export interface ViewerPreferences {
  readonly fit: Fit
  readonly spread: boolean
  readonly coverAlone: boolean
  readonly filmstrip: boolean
  /** The mouse selects words instead of moving the page. */
  readonly text: boolean
}

interface ViewerPreferenceStore extends ViewerPreferences {
  readonly change: (changes: Partial<ViewerPreferences>) => void
}

export const useViewerPreferences = create<ViewerPreferenceStore>()((set) => ({
  fit: 'page',
  spread: false,
  coverAlone: true,
  filmstrip: true,
  text: false,
  change: (changes) => set(changes),
}))

export function viewerPreferencesOf(store: ViewerPreferences): ViewerPreferences {
  const { fit, spread, coverAlone, filmstrip, text } = store
  return { fit, spread, coverAlone, filmstrip, text }
}

/** Reads what was kept; anything unknown is left out. */
export function readViewerPreferences(text: string): Partial<ViewerPreferences> {
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    // Kept by another version of the program: the defaults are as good.
    return {}
  }
  if (typeof kept !== 'object' || kept === null) return {}
  const values = kept as Readonly<Record<string, unknown>>
  return {
    ...(values.fit === 'page' || values.fit === 'width' ? { fit: values.fit } : {}),
    ...(typeof values.spread === 'boolean' ? { spread: values.spread } : {}),
    ...(typeof values.coverAlone === 'boolean' ? { coverAlone: values.coverAlone } : {}),
    ...(typeof values.filmstrip === 'boolean' ? { filmstrip: values.filmstrip } : {}),
    ...(typeof values.text === 'boolean' ? { text: values.text } : {}),
  }
}
