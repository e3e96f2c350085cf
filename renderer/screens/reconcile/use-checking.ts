import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { asAppError, call } from '../../app/client.ts'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'

export type Checking = OutputOf<'reconcile.list'>[number]
export type Difference = OutputOf<'differences.list'>['rows'][number]

/** While a scan is compared the core tells of every page; the screen follows at this pace. */
const FOLLOW_AFTER_MS = 500
const ROWS_AT_ONCE = 1000

/** Calls once for a burst of changes of a volume's checking, or of any when none is named. */
export function useReconcileChanges(volumeId: string | undefined, onChanged: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const listener = useRef(onChanged)
  listener.current = onChanged
  useCoreEvent('changed', (event) => {
    if (event.what !== 'reconcile' || (volumeId !== undefined && event.volumeId !== volumeId)) return
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      listener.current()
    }, FOLLOW_AFTER_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
}

/** Whether a checking is still under way; one that has ended is for looking at only. */
export function useIsOpen(volumeId: string, reconciliationId: string): boolean {
  const checking = useQuery('reconcile.ofVolume', { volumeId })
  useReconcileChanges(volumeId, checking.reload)
  return checking.data?.id === reconciliationId && checking.data.state === 'open'
}

/** The two sides of a checking and how they match; follows what changes. */
export function useSides(volumeId: string, reconciliationId: string) {
  const sides = useQuery('reconcile.sides', { volumeId, reconciliationId })
  const pages = useQuery('pages.list', { volumeId })
  const reload = useCallback(() => {
    sides.reload()
    pages.reload()
  }, [sides.reload, pages.reload])
  useReconcileChanges(volumeId, reload)
  return { sides, pages, reload }
}

/** Every difference of a checking, for finding the page of one and the ones of a page. */
export function useDifferences(reconciliationId: string, volumeId: string): readonly Difference[] {
  const [rows, setRows] = useState<readonly Difference[]>([])
  const [round, setRound] = useState(0)
  useReconcileChanges(volumeId, () => setRound((before) => before + 1))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let wanted = true
    const fetchAll = async () => {
      const found: Difference[] = []
      for (;;) {
        const answer = await call('differences.list', {
          filter: { reconciliationId },
          offset: found.length,
          limit: ROWS_AT_ONCE,
        })
        found.push(...answer.rows)
        if (!wanted || answer.rows.length === 0 || found.length >= answer.total) break
      }
      if (wanted) setRows(found)
    }
    // The panel beside shows the same list and says why it cannot be had.
    fetchAll().catch((error: unknown) => console.warn('differences not read', asAppError(error).code))
    return () => {
      wanted = false
    }
  }, [reconciliationId, round])
  return rows
}

/** Which difference belongs to a match, and which place of the volume to a difference. */
export function useDifferencePlaces(rows: readonly Difference[]) {
  return useMemo(() => {
    const byId = new Map(rows.map((row) => [row.id, row]))
    const firstOfMatch = new Map<string, string>()
    for (const { id, matchId } of rows) {
      if (matchId !== null && !firstOfMatch.has(matchId)) firstOfMatch.set(matchId, id)
    }
    return { byId, firstOfMatch }
  }, [rows])
}
