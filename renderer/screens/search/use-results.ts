import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/index.ts'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { useCoreEvent } from '../../app/use-call.ts'
import { type FoundCase, numbersFirst } from '../../widgets/hit-words.ts'
import { joined } from './result-rows.ts'
import { askedOf, type ScreenQuestion } from './search-question.ts'

type Answer = OutputOf<'search.find'>

const HITS_A_CALL = 50

export interface Results {
  /** Undefined before the first answer. */
  readonly cases: readonly FoundCase[] | undefined
  readonly total: Answer['total'] | undefined
  readonly understood: Answer['understood']
  /** The question that the shown results answer; they stay while a newer one is asked. */
  readonly answered: ScreenQuestion | undefined
  readonly loading: boolean
  readonly loadingMore: boolean
  readonly hasMore: boolean
  readonly error: AppError | undefined
  readonly askMore: () => void
  readonly reload: () => void
}

interface Held {
  readonly question: ScreenQuestion
  readonly cases: readonly FoundCase[]
  readonly total: Answer['total']
  readonly understood: Answer['understood']
  readonly next: string | null
}

/** The results of a question, a few at a time. A newer question makes every answer to an older one void. */
export function useResults(question: ScreenQuestion): Results {
  const key = JSON.stringify(question)
  const [held, setHeld] = useState<Held>()
  const [loading, setLoading] = useState(false)
  const [loadingMore, setLoadingMore] = useState(false)
  const [error, setError] = useState<AppError>()
  const [round, setRound] = useState(0)
  const asked = useRef('')
  const reload = useCallback(() => setRound((before) => before + 1), [])
  useCoreEvent('changed', (event) => {
    if (event.what === 'case-list') reload()
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again; the question is compared by its text
  useEffect(() => {
    const token = `${key} ${round}`
    asked.current = token
    setError(undefined)
    setLoadingMore(false)
    if (question.text === '') {
      setHeld(undefined)
      setLoading(false)
      return
    }
    setLoading(true)
    call('search.find', { ...askedOf(question), limit: HITS_A_CALL, after: null }).then(
      ({ cases, total, understood, next }) => {
        if (asked.current !== token) return
        setLoading(false)
        setHeld({ question, cases: numbersFirst(cases), total, understood, next })
      },
      (thrown: unknown) => {
        if (asked.current !== token) return
        setLoading(false)
        setHeld(undefined)
        setError(asAppError(thrown))
      },
    )
  }, [key, round])

  const askMore = useCallback(() => {
    if (held === undefined || held.next === null || loading || loadingMore) return
    const token = asked.current
    setLoadingMore(true)
    call('search.find', { ...askedOf(held.question), limit: HITS_A_CALL, after: held.next }).then(
      ({ cases, next }) => {
        if (asked.current !== token) return
        setLoadingMore(false)
        setHeld({ ...held, cases: joined(held.cases, cases), next })
      },
      (thrown: unknown) => {
        if (asked.current !== token) return
        setLoadingMore(false)
        setError(asAppError(thrown))
      },
    )
  }, [held, loading, loadingMore])

  return useMemo(
    () => ({
      cases: held?.cases,
      total: held?.total,
      understood: held?.understood ?? [],
      answered: held?.question,
      hasMore: held !== undefined && held.next !== null,
      ...{ loading, loadingMore, error, askMore, reload },
    }),
    [held, loading, loadingMore, error, askMore, reload],
  )
}
