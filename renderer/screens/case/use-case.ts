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

/** What is fetched of a thick volume before all of it, and from where on a volume is thick. */
const FIRST_PAGES = 8
export const THICK_FROM_PAGES = 300

interface VolumePages extends Loaded<OpenVolume> {
  /** Only the first pages are there yet; `askRest` fetches all, once the first of them is shown. */
  readonly partial: boolean
  readonly askRest: () => void
}

/**
 * Every page of one volume; the pages of another volume are never shown under its name. With `firstAlone` its
 * first pages come alone, so that the first is on the screen before thousands of rows are read.
 */
export function useVolumePages(
  volumeId: string | undefined,
  round: number,
  firstAlone: boolean,
): VolumePages {
  const [loaded, setLoaded] = useState<Loaded<OpenVolume>>({ data: undefined, error: undefined })
  const [restOf, setRestOf] = useState<string>()
  const askRest = useCallback(() => setRestOf(volumeId), [volumeId])
  const known = loaded.data?.volumeId === volumeId
  // What is asked for first is settled when the volume is chosen; later wishes ask for the rest.
  const alone = firstAlone && round === 0 && restOf !== volumeId
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    if (volumeId === undefined) return
    let wanted = true
    call('pages.list', alone ? { volumeId, first: FIRST_PAGES } : { volumeId }).then(
      (pages) => wanted && setLoaded({ data: { volumeId, pages }, error: undefined }),
      (thrown: unknown) => wanted && setLoaded((before) => ({ ...before, error: asAppError(thrown) })),
    )
    return () => {
      wanted = false
    }
  }, [volumeId, round, alone])
  const data = known ? loaded.data : undefined
  const partial = firstAlone && data !== undefined && data.pages.length === FIRST_PAGES
  return { data, error: loaded.error, partial, askRest }
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
