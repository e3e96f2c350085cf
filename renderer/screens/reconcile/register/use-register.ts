import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '../../../../shared/errors.ts'
import { asAppError, call } from '../../../app/client.ts'
import { type Difference, useReconcileChanges } from '../use-checking.ts'
import type { RegisterFilter } from './register-filter.ts'

const WINDOW = 200

interface Held {
  readonly total: number | undefined
  readonly windows: ReadonlyMap<number, readonly Difference[]>
  readonly error: AppError | undefined
}

const NOTHING: Held = { total: undefined, windows: new Map(), error: undefined }

/** The register by windows of rows, fetched as they come into sight; what is shown stays until newer rows are there. */
export function useRegister(filter: RegisterFilter) {
  const question = useMemo(() => filter, [filter])
  const [held, setHeld] = useState<Held>(NOTHING)
  const [loading, setLoading] = useState(true)
  const asked = useRef(new Set<number>())
  const inSight = useRef<readonly [number, number]>([0, 0])
  const round = useRef(0)

  const fetchWindow = useCallback(
    async (offset: number) => {
      const thisRound = round.current
      asked.current.add(offset)
      try {
        const { total, rows } = await call('differences.list', { filter: question, offset, limit: WINDOW })
        if (thisRound !== round.current) return
        setHeld(({ windows }) => ({ total, windows: new Map(windows).set(offset, rows), error: undefined }))
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
  const reload = useCallback(() => {
    round.current += 1
    asked.current = new Set()
    setLoading(true)
    fetchInSight()
  }, [fetchInSight])
  useEffect(() => {
    setHeld((before) => ({ ...NOTHING, total: before.total }))
    inSight.current = [0, 0]
    reload()
  }, [reload])
  useReconcileChanges(undefined, reload)

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
  return { total: held.total, error: held.error, loading, rowAt, onVisible, reload }
}
