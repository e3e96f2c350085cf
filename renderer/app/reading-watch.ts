import { useEffect, useRef } from 'react'
import { useReading } from '../state/reading.ts'
import { asAppError, call } from './client.ts'
import { useCoreEvent } from './use-call.ts'

export async function askReading(): Promise<void> {
  try {
    useReading.getState().put(await call('recognition.status', {}))
  } catch (thrown) {
    useReading.getState().failed(asAppError(thrown))
  }
}

/** Imports and readings tell of every page: they are followed at this pace. */
const FOLLOW_AFTER_MS = 1_000

/** Keeps the status up to date while somebody who may see it is at the desk. */
export function useReadingWatch(wanted: boolean): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const later = () => {
    if (!wanted || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void askReading()
    }, FOLLOW_AFTER_MS)
  }
  useCoreEvent('changed', ({ what }) => {
    if (what === 'recognition' || what === 'case-list') later()
  })
  useCoreEvent('job', later)
  useEffect(() => {
    if (wanted) void askReading()
    return () => {
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [wanted])
}
