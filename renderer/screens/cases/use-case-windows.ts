import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/index.ts'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { useCoreEvent } from '../../app/use-call.ts'
import { caseWindow } from '../../cache/reading-cache.ts'
import type { CaseFilter, CaseSort } from '../../state/case-list.ts'

export type CaseRow = OutputOf<'cases.list'>['rows'][number]

const WINDOW = 200
const CHANGE_DELAY_MS = 250

interface Held {
  readonly total: number | undefined
  readonly windows: ReadonlyMap<number, readonly CaseRow[]>
  readonly error: AppError | undefined
}

const NOTHING: Held = { total: undefined, windows: new Map(), error: undefined }

/** The case list by windows of rows, fetched as they come into sight and refreshed when the core says so. */
export function useCaseWindows(filter: CaseFilter, sort: CaseSort) {
  const question = useMemo(() => ({ filter, sort }), [filter, sort])
  const [held, setHeld] = useState<Held>(NOTHING)
  const [loading, setLoading] = useState(true)
  const asked = useRef(new Set<number>())
  const inSight = useRef<readonly [number, number]>([0, 0])
  const round = useRef(0)

  const fetchWindow = useCallback(
    async (offset: number) => {
      const thisRound = round.current
      asked.current.add(offset)
      const request = { ...question, offset, limit: WINDOW }
      try {
        const window = await caseWindow(JSON.stringify(request), () => call('cases.list', request))
        if (thisRound !== round.current) return
        setHeld(({ windows }) => ({
          total: window.total,
          windows: new Map(windows).set(offset, window.rows),
          error: undefined,
        }))
      } catch (thrown) {
        if (thisRound !== round.current) return
        asked.current.delete(offset)
        setHeld((before) => ({ ...before, error: asAppError(thrown) }))
      } finally {
        if (thisRound === round.current) setLoading(false)
      }
    },
    [question],
  )

  const fetchInSight = useCallback(() => {
    const [first, last] = inSight.current
    for (let offset = Math.floor(first / WINDOW) * WINDOW; offset <= last; offset += WINDOW) {
      if (!asked.current.has(offset)) fetchWindow(offset).catch(() => undefined)
    }
  }, [fetchWindow])

  const startOver = useCallback(() => {
    round.current += 1
    asked.current = new Set()
    setLoading(true)
    fetchInSight()
  }, [fetchInSight])

  useEffect(() => {
    // Another question: the rows of the former one are gone, its total stands until the answer comes.
    setHeld((before) => ({ ...NOTHING, total: before.total }))
    inSight.current = [0, 0]
    startOver()
  }, [startOver])

  const [changes, setChanges] = useState(0)
  useCoreEvent('changed', (event) => {
    if (event.what === 'case-list' || event.what === 'case') setChanges((before) => before + 1)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once for a burst of changes
  useEffect(() => {
    if (changes === 0) return
    const timer = setTimeout(startOver, CHANGE_DELAY_MS)
    return () => clearTimeout(timer)
  }, [changes])

  const onVisible = useCallback(
    (first: number, last: number) => {
      inSight.current = [first, last]
      fetchInSight()
    },
    [fetchInSight],
  )
  const rowAt = useCallback(
    (index: number) => {
      const offset = Math.floor(index / WINDOW) * WINDOW
      return held.windows.get(offset)?.[index - offset]
    },
    [held.windows],
  )
  return { total: held.total, error: held.error, loading, rowAt, onVisible, reload: startOver }
}
