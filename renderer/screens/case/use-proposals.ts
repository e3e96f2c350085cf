import { useCallback, useEffect, useMemo, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { type Answer, useCoreEvent, useQuery, useSettled } from '../../app/use-call.ts'
import type { Marking } from '../../viewer/page-overlay.tsx'

export type ProposalList = OutputOf<'proposals.list'>
export type Proposal = ProposalList['proposals'][number]
export type ProposalKind = Proposal['kind']

/** What the text suggests for the open volume, and which of it the person looks at. */
export interface Proposals {
  readonly answer: Answer<ProposalList>
  /** Those of the chosen kind, in image order. */
  readonly shown: readonly Proposal[]
  readonly openCount: number
  readonly kind: ProposalKind | null
  readonly onKind: (kind: ProposalKind | null) => void
  readonly withDismissed: boolean
  readonly onDismissed: (show: boolean) => void
  readonly selected: Proposal | undefined
  readonly onSelect: (id: string) => void
  /** The next or the one before; the first when none is chosen. */
  readonly onStep: (step: 1 | -1) => void
  /** Evidence on a page. */
  readonly markingsOf: (pageId: string) => readonly Marking[]
}

const NONE: readonly Proposal[] = []
const NO_MARKINGS: readonly Marking[] = []

export function useProposals(
  volumeId: string | undefined,
  round: number,
  onPage: (pageId: string) => void,
): Proposals {
  const [kind, setKind] = useState<ProposalKind | null>(null)
  const [withDismissed, setWithDismissed] = useState(false)
  const [selectedId, setSelectedId] = useState<string>()
  /** Where the last chosen one stood: when it is gone, the one in its place is next. */
  const [place, setPlace] = useState(0)
  // The page that the person came for is shown first; nothing is asked for volumes that are only passed.
  const settledId = useSettled(volumeId, 300)
  const answer = useQuery(
    'proposals.list',
    settledId === undefined || settledId !== volumeId
      ? undefined
      : { volumeId: settledId, dismissed: withDismissed },
  )
  const { reload } = answer
  useEffect(() => {
    if (round > 0) reload()
  }, [round, reload])
  const [readings, setReadings] = useState(0)
  useCoreEvent('changed', (event) => {
    if (event.what === 'recognition') setReadings((before) => before + 1)
  })
  const settledReadings = useSettled(readings, 1500)
  useEffect(() => {
    if (settledReadings > 0) reload()
  }, [settledReadings, reload])

  const all = answer.data?.proposals ?? NONE
  const shown = useMemo(
    () => (kind === null ? all : all.filter((proposal) => proposal.kind === kind)),
    [all, kind],
  )
  const at = shown.findIndex(({ id }) => id === selectedId)
  const selected =
    shown[at] ?? (selectedId === undefined ? undefined : shown[Math.min(place, shown.length - 1)])
  const select = useCallback(
    (index: number) => {
      const proposal = shown[index]
      if (proposal === undefined) return
      setSelectedId(proposal.id)
      setPlace(index)
      onPage(proposal.pageId)
    },
    [shown, onPage],
  )
  const selectedAt = selected === undefined ? -1 : shown.indexOf(selected)
  return {
    answer,
    shown,
    openCount: all.filter(({ state }) => state === 'open').length,
    kind,
    onKind: setKind,
    withDismissed,
    onDismissed: setWithDismissed,
    selected,
    onSelect: (id) => select(shown.findIndex((proposal) => proposal.id === id)),
    onStep: (step) =>
      select(selectedAt === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, selectedAt + step))),
    markingsOf: (pageId) => {
      const onPageNow = shown.filter((proposal) => proposal.pageId === pageId)
      if (onPageNow.length === 0) return NO_MARKINGS
      return onPageNow.map(({ id, places }) => ({ key: id, places, current: id === selected?.id }))
    },
  }
}
