import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuditRow } from '../../../shared/contract/audit.ts'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import type { RecordFilter } from './record-filter-bar.tsx'

const AT_ONCE = 200

export interface Records {
  readonly rows: readonly AuditRow[]
  readonly more: boolean
  readonly loading: boolean
  readonly error: AppError | undefined
  readonly fetchMore: () => void
  readonly reload: () => void
}

/** Records that a filter lets through, newest first, fetched on as one scrolls. */
export function useRecords(filter: RecordFilter): Records {
  const key = JSON.stringify(filter)
  const [round, setRound] = useState(0)
  const [state, setState] = useState<Omit<Records, 'fetchMore' | 'reload'>>({
    rows: [],
    more: false,
    loading: true,
    error: undefined,
  })
  const wanted = useRef(0)
  const busy = useRef(false)
  const fetch = useCallback(async (filterKey: string, rows: readonly AuditRow[], turn: number) => {
    busy.current = true
    try {
      const before = rows.at(-1)?.sequence ?? null
      const found = await call('audit.list', { filter: JSON.parse(filterKey), before, limit: AT_ONCE })
      if (wanted.current !== turn) return
      setState({ rows: [...rows, ...found.rows], more: found.more, loading: false, error: undefined })
    } catch (thrown) {
      if (wanted.current === turn) setState({ rows, more: false, loading: false, error: asAppError(thrown) })
    } finally {
      if (wanted.current === turn) busy.current = false
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    wanted.current += 1
    setState((before) => ({ ...before, loading: true }))
    void fetch(key, [], wanted.current)
  }, [key, round, fetch])
  const { rows, more } = state
  const fetchMore = useCallback(() => {
    if (more && !busy.current) void fetch(key, rows, wanted.current)
  }, [more, key, rows, fetch])
  const reload = useCallback(() => setRound((before) => before + 1), [])
  return { ...state, fetchMore, reload }
}
