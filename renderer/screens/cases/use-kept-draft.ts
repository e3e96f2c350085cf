import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../app/client.ts'

const KEY = 'new-case'
const SAVE_DELAY_MS = 500

/** Typing that outlives a crash: kept sealed in the core while the dialog is open, and given back once. */
export function useKeptDraft() {
  const [found, setFound] = useState<{ readonly value: string | null }>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef<string | null>(null)
  useEffect(() => {
    call('drafts.load', { key: KEY }).then(setFound, (error: unknown) => {
      console.warn('draft not loaded', error)
      setFound({ value: null })
    })
  }, [])
  const save = useCallback((value: string | null) => {
    clearTimeout(timer.current)
    latest.current = value
    return call('drafts.save', { key: KEY, value })
  }, [])
  const keep = useCallback(
    (value: string | null) => {
      clearTimeout(timer.current)
      latest.current = value
      timer.current = setTimeout(() => {
        save(value).catch((error: unknown) => console.warn('draft not kept', error))
      }, SAVE_DELAY_MS)
    },
    [save],
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  /** Writes what is still waiting; call it when the dialog closes. */
  const flush = useCallback(async () => {
    if (latest.current !== null) await save(latest.current)
  }, [save])
  return { found, keep, save, flush }
}
