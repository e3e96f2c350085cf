import { useCallback, useEffect, useRef, useState } from 'react'
import type { EventName, EventOf, InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { asAppError, call, onEvent } from './client.ts'

export interface Answer<T> {
  /** The last answer; stays while a newer one is fetched. */
  readonly data: T | undefined
  readonly error: AppError | undefined
  readonly loading: boolean
  readonly reload: () => void
}

/** Keeps the answer to a query; `undefined` as input asks nothing yet. */
export function useQuery<M extends MethodName>(
  method: M,
  input: InputOf<M> | undefined,
): Answer<OutputOf<M>> {
  const key = input === undefined ? undefined : JSON.stringify(input)
  const [round, setRound] = useState(0)
  const [answer, setAnswer] = useState<{ data?: OutputOf<M>; error?: AppError; loading: boolean }>({
    loading: input !== undefined,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again; the input is compared by its text
  useEffect(() => {
    if (key === undefined) {
      setAnswer({ loading: false })
      return
    }
    let wanted = true
    setAnswer((before) => ({ ...before, loading: true }))
    call(method, JSON.parse(key)).then(
      (data) => {
        if (wanted) setAnswer({ data, loading: false })
      },
      (thrown: unknown) => {
        if (wanted) setAnswer({ error: asAppError(thrown), loading: false })
      },
    )
    return () => {
      wanted = false
    }
  }, [method, key, round])
  const reload = useCallback(() => setRound((before) => before + 1), [])
  return { data: answer.data, error: answer.error, loading: answer.loading, reload }
}

export interface Action<A extends readonly unknown[], T> {
  /** Runs it; `undefined` when it failed, and then `error` says why. */
  readonly run: (...input: A) => Promise<T | undefined>
  readonly busy: boolean
  readonly error: AppError | undefined
  readonly clearError: () => void
}

/** Something that a person sets off: one at a time, with its error kept for showing. */
export function useAction<A extends readonly unknown[], T>(work: (...input: A) => Promise<T>): Action<A, T> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const workRef = useRef(work)
  workRef.current = work
  const busyRef = useRef(false)
  const run = useCallback(async (...input: A): Promise<T | undefined> => {
    if (busyRef.current) return undefined
    busyRef.current = true
    setBusy(true)
    setError(undefined)
    try {
      return await workRef.current(...input)
    } catch (thrown) {
      setError(asAppError(thrown))
      return undefined
    } finally {
      busyRef.current = false
      setBusy(false)
    }
  }, [])
  const clearError = useCallback(() => setError(undefined), [])
  return { run, busy, error, clearError }
}

/** Hears events of the core while the component stands. */
export function useCoreEvent<N extends EventName>(name: N, listener: (event: EventOf<N>) => void): void {
  const listenerRef = useRef(listener)
  listenerRef.current = listener
  useEffect(() => onEvent(name, (event) => listenerRef.current(event)), [name])
}

/** A value that follows another after it has been still for a while. */
export function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return settled
}
