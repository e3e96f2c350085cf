import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { useCoreEvent, useSettled } from '../../app/use-call.ts'
import type { FoundPlace, ViewerFind } from '../../viewer/find-bar.tsx'
import { type FoundHit, useHitWords } from '../../widgets/hit-words.ts'
import type { CaseTree, OpenVolume } from './tree-rows.ts'

const TYPING_MS = 150
const HITS_A_CALL = 200
/** A word on every page of a thick case: beyond this one asks for something rarer. */
const MOST_HITS = 1000
const NO_HITS: readonly FoundHit[] = []

interface Asked {
  readonly hits: readonly FoundHit[]
  readonly more: boolean
  readonly loading: boolean
  readonly error: AppError | undefined
  /** The question that the hits answer. */
  readonly text: string
}

/** All hits of a question in one case; an answer that came too late is dropped. */
function useHitsOfCase(caseId: string, text: string, tolerant: boolean): Asked {
  const [answer, setAnswer] = useState<Asked>({
    ...{ hits: NO_HITS, more: false, loading: false, error: undefined },
    text: '',
  })
  const [round, setRound] = useState(0)
  useCoreEvent('changed', (event) => {
    if (event.what === 'case' && event.caseId === caseId && text !== '') setRound((before) => before + 1)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the case asks again
  useEffect(() => {
    if (text === '') {
      setAnswer({ hits: NO_HITS, more: false, loading: false, error: undefined, text })
      return
    }
    let wanted = true
    const ask = async () => {
      const hits: FoundHit[] = []
      let after: string | null = null
      do {
        const page = await askOnce(caseId, text, tolerant, after)
        if (!wanted) return
        hits.push(...page.cases.filter((found) => found.caseId === caseId).flatMap((found) => found.hits))
        after = page.next
      } while (after !== null && hits.length < MOST_HITS)
      setAnswer({ hits, more: after !== null, loading: false, error: undefined, text })
    }
    setAnswer((before) => ({ ...before, loading: true }))
    ask().catch((thrown: unknown) => {
      if (!wanted) return
      setAnswer({ hits: NO_HITS, more: false, loading: false, error: asAppError(thrown), text })
    })
    return () => {
      wanted = false
    }
  }, [caseId, text, tolerant, round])
  return answer
}

function askOnce(caseId: string, text: string, tolerant: boolean, after: string | null) {
  return call('search.find', {
    ...{ text, tolerant, after, limit: HITS_A_CALL },
    filters: { caseId },
    order: 'newest',
  })
}

interface CaseFindInput {
  readonly caseId: string
  readonly tree: CaseTree | undefined
  readonly open: OpenVolume | undefined
  readonly currentPageId: string | null
  readonly onGo: (place: FoundPlace) => void
}

/** Finding in the case on the desk: catalogue rows and page text, in the order of the pages. */
export function useCaseFind({ caseId, tree, open, currentPageId, onGo }: CaseFindInput): ViewerFind {
  const [search] = useSearchParams()
  const words = useHitWords()
  const [shown, setShown] = useState(search.has('find'))
  const [text, setText] = useState(search.get('find') ?? '')
  const [tolerant, setTolerant] = useState(search.has('tolerant'))
  const [step, setStep] = useState<{ readonly key: string; readonly round: number }>()
  const aimAt = useRef(search.get('at'))
  useEffect(() => {
    const find = search.get('find')
    if (find === null) return
    setShown(true)
    setText(find)
    setTolerant(search.has('tolerant'))
    setStep(undefined)
    aimAt.current = search.get('at')
  }, [search])

  const settled = useSettled(shown ? text.trim() : '', TYPING_MS)
  const asked = useHitsOfCase(caseId, settled, tolerant)
  const hits = useMemo(
    () =>
      sorted(
        asked.hits.filter((hit) => hit.volumeId !== null),
        tree,
        open,
      ).map(
        (hit): FoundPlace => ({
          key: [hit.field, hit.itemId, hit.pageId, hit.text, hit.places[0]?.join()].join(' '),
          ...{ volumeId: hit.volumeId, itemId: hit.itemId, pageId: hit.pageId, versionId: hit.versionId },
          ...{ places: hit.places, text: hit.text, marks: hit.marks },
          where: words.place(hit),
        }),
      ),
    [asked.hits, tree, open, words],
  )
  const current = step === undefined ? -1 : hits.findIndex(({ key }) => key === step.key)

  const go = useCallback(
    (index: number) => {
      const place = hits[index]
      if (place === undefined) return
      setStep((before) => ({ key: place.key, round: (before?.round ?? 0) + 1 }))
      onGo(place)
    },
    [hits, onGo],
  )

  // Come here from a search: one stands on the hit that was opened.
  useEffect(() => {
    const at = aimAt.current
    const pageId = search.get('page')
    if (at === null || pageId === null || hits.length === 0) return
    aimAt.current = null
    const onPage = hits.filter((hit) => hit.pageId === pageId)
    const exact = onPage.find(({ places }) => cornerOf(places[0] ?? []) === at)
    const place = exact ?? onPage[0]
    if (place !== undefined) setStep({ key: place.key, round: 1 })
  }, [hits, search])

  const onStep = (direction: 1 | -1) => {
    if (hits.length === 0) return setShown(true)
    if (current !== -1) return go((current + direction + hits.length) % hits.length)
    // The first step leads to the first hit on the page one looks at, else to the first of all.
    const here = hits.findIndex(({ pageId }) => pageId !== null && pageId === currentPageId)
    go(here !== -1 ? here : direction === 1 ? 0 : hits.length - 1)
  }
  return {
    open: shown,
    onOpen: setShown,
    text,
    onText: (typed) => {
      setText(typed)
      setStep(undefined)
    },
    tolerant,
    onTolerant: setTolerant,
    loading: asked.loading || settled !== text.trim(),
    error: asked.error,
    hits: settled === '' ? [] : hits,
    more: asked.more,
    current: current === -1 ? undefined : current,
    round: step?.round ?? 0,
    onStep,
    onChoose: go,
  }
}

function cornerOf([x, y]: readonly number[]): string {
  return `${x?.toFixed(4)},${y?.toFixed(4)}`
}

/** By volume as they stand in the tree; in it titles before pages, and pages as they follow each other. */
function sorted(
  hits: readonly FoundHit[],
  tree: CaseTree | undefined,
  open: OpenVolume | undefined,
): readonly FoundHit[] {
  const volumes = new Map(tree?.volumes.map((volume, index) => [volume.id, index]))
  const pages = new Map(open?.pages.map((page, index) => [page.id, index]))
  const volumeOf = (hit: FoundHit) => volumes.get(hit.volumeId ?? '') ?? volumes.size
  const pageOf = (hit: FoundHit) =>
    hit.pageId === null ? -1 : (pages.get(hit.pageId) ?? (hit.position ?? 0) - 1)
  return [...hits].sort(
    (a, b) =>
      volumeOf(a) - volumeOf(b) || pageOf(a) - pageOf(b) || (a.places[0]?.[1] ?? 0) - (b.places[0]?.[1] ?? 0),
  )
}
