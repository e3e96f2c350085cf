import { useEffect } from 'react'
import { create } from 'zustand'
import { call } from '../../app/client.ts'
import { readViewerPreferences, useViewerPreferences, viewerPreferencesOf } from '../../viewer/preferences.ts'

const KEY = 'case-desk'
const KEEP_AFTER_MS = 600

interface CaseDesk {
  readonly treeWidth: number
  readonly panelWidth: number
  readonly resize: (treeWidth: number, panelWidth: number) => void
}

/** How wide the person made the panels. */
export const useCaseDesk = create<CaseDesk>()((set) => ({
  treeWidth: 276,
  panelWidth: 272,
  resize: (treeWidth, panelWidth) => set({ treeWidth, panelWidth }),
}))

function keep(): string {
  const { treeWidth, panelWidth } = useCaseDesk.getState()
  return JSON.stringify({ ...viewerPreferencesOf(useViewerPreferences.getState()), treeWidth, panelWidth })
}

function take(text: string): void {
  useViewerPreferences.getState().change(readViewerPreferences(text))
  const { treeWidth, panelWidth } = JSON.parse(text) as Readonly<Record<string, unknown>>
  if (typeof treeWidth === 'number' && typeof panelWidth === 'number') {
    useCaseDesk.getState().resize(treeWidth, panelWidth)
  }
}

function warn(error: unknown): void {
  console.warn('view not kept', error instanceof Error ? error.message : 'unknown')
}

/** Once a session the kept choices are fetched; after that every change of them is kept, sealed, in the core. */
let fetchedFor: string | undefined

export function useKeptDesk(accountId: string): void {
  useEffect(() => {
    if (fetchedFor !== accountId) {
      fetchedFor = accountId
      call('drafts.load', { key: KEY })
        .then(({ value }) => {
          if (value !== null) take(value)
        })
        .catch(warn)
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    let kept = keep()
    const save = () => {
      const value = keep()
      if (value === kept) return
      kept = value
      call('drafts.save', { key: KEY, value }).catch(warn)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(save, KEEP_AFTER_MS)
    }
    const stop = [useViewerPreferences.subscribe(later), useCaseDesk.subscribe(later)]
    return () => {
      clearTimeout(timer)
      save()
      for (const end of stop) end()
    }
  }, [accountId])
}
