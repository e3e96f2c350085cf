import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../../app/client.ts'
import type { PaperCatalogue } from './paper-draft.ts'

const SAVE_DELAY_MS = 800

/** What is typed and not kept yet, and on top of which keeping it was begun. */
export interface KeptLists {
  readonly onTopOf: string | null
  readonly catalogue: PaperCatalogue
}

function readKept(text: string | null): KeptLists | null {
  if (text === null) return null
  try {
    return JSON.parse(text) as KeptLists
  } catch {
    // Kept by another version of the program.
    return null
  }
}

/** Typing that outlives a crash or a walk to another screen: kept sealed in the core until it is saved. */
export function useKeptLists(reconciliationId: string) {
  const key = `paper-lists|${reconciliationId}`
  const [found, setFound] = useState<{ readonly kept: KeptLists | null }>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const waiting = useRef<string | null>(undefined)
  useEffect(() => {
    call('drafts.load', { key }).then(
      ({ value }) => setFound({ kept: readKept(value) }),
      (error: unknown) => {
        console.warn('lists not loaded', error)
        setFound({ kept: null })
      },
    )
  }, [key])
  const write = useCallback(() => {
    clearTimeout(timer.current)
    const value = waiting.current
    waiting.current = undefined
    if (value === undefined) return
    call('drafts.save', { key, value }).catch((error: unknown) => console.warn('lists not kept', error))
  }, [key])
  const keep = useCallback(
    (kept: KeptLists | null) => {
      clearTimeout(timer.current)
      waiting.current = kept === null ? null : JSON.stringify(kept)
      timer.current = setTimeout(write, kept === null ? 0 : SAVE_DELAY_MS)
    },
    [write],
  )
  useEffect(() => write, [write])
  return { found, keep }
}
