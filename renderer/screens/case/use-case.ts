import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { useCoreEvent } from '../../app/use-call.ts'
import { caseTree } from '../../cache/reading-cache.ts'
import type { CaseTree, OpenVolume } from './tree-rows.ts'

/** While pages arrive the core tells of every change; the screen follows at this pace. */
const FOLLOW_AFTER_MS = 400

interface Loaded<T> {
  readonly data: T | undefined
  readonly error: AppError | undefined
}

/** The tree of a case: the copy of the reading side first, the core whenever it says that something changed. */
export function useCaseTree(caseId: string, round: number): Loaded<CaseTree> {
  const [loaded, setLoaded] = useState<Loaded<CaseTree>>({ data: undefined, error: undefined })
  useEffect(() => {
    let wanted = true
    const ask = () => call('cases.tree', { caseId })
    const asked = round === 0 ? caseTree(caseId, ask) : ask()
    asked.then(
      (data) => wanted && setLoaded({ data, error: undefined }),
      (thrown: unknown) => wanted && setLoaded((before) => ({ ...before, error: asAppError(thrown) })),
    )
    return () => {
      wanted = false
    }
  }, [caseId, round])
  return loaded
}

/** Every page of one volume; the pages of another volume are never shown under its name. */
export function useVolumePages(volumeId: string | undefined, round: number): Loaded<OpenVolume> {
  const [loaded, setLoaded] = useState<Loaded<OpenVolume>>({ data: undefined, error: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    if (volumeId === undefined) return
    let wanted = true
    call('pages.list', { volumeId }).then(
      (pages) => wanted && setLoaded({ data: { volumeId, pages }, error: undefined }),
      (thrown: unknown) => wanted && setLoaded((before) => ({ ...before, error: asAppError(thrown) })),
    )
    return () => {
      wanted = false
    }
  }, [volumeId, round])
  return loaded.data === undefined || loaded.data.volumeId === volumeId
    ? loaded
    : { data: undefined, error: loaded.error }
}

/** A counter that grows when the case changed, and when asked to. */
export function useCaseRound(caseId: string): readonly [number, () => void] {
  const [round, setRound] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const grow = useCallback(() => setRound((before) => before + 1), [])
  useCoreEvent('changed', (event) => {
    if (event.what !== 'case' || event.caseId !== caseId || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      grow()
    }, FOLLOW_AFTER_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return [round, grow]
}
