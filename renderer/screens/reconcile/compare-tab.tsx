import { OrderedListOutlined, ScanOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton, Splitter } from 'antd'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { TabProps } from './check-tabs.ts'
import { CompareView } from './compare-view.tsx'
import { layoutMap, needsLook } from './map-layout.ts'
import { MapLegend } from './map-legend.tsx'
import { MapList } from './map-list.tsx'
import { useMapWords } from './map-words.ts'
import { DifferencePanel } from './settling/difference-panel.tsx'
import type { Standing } from './stepping.ts'
import { useDifferencePlaces, useDifferences, useSides } from './use-checking.ts'
import { VolumeMap } from './volume-map.tsx'

interface CompareTabProps extends TabProps {
  readonly mayRun: boolean
  /** A job is matching and comparing now. */
  readonly running: boolean
  readonly onRescan: () => void
  readonly onMatchAgain: () => void
}

const ADDRESS_AFTER_MS = 300
const Panel = memo(DifferencePanel)
const Legend = memo(MapLegend)
const NO_PAPER: OutputOf<'reconcile.sides'>['paper'] = []
const NO_PAGES: OutputOf<'pages.list'> = []
const NO_MATCHES: OutputOf<'reconcile.sides'>['matches'] = []

/** 重扫比对: the map above, the two pages below it, and beside them what was found. */
export function CompareTab(props: CompareTabProps) {
  const { volumeId, caseId, reconciliationId, mayRun, running, onRescan } = props
  const { t } = useTranslation('reconcile')
  const [search, setSearch] = useSearchParams()
  const { sides, pages, reload } = useSides(volumeId, reconciliationId)
  const differences = useDifferences(reconciliationId, volumeId)
  const { byId, firstOfMatch } = useDifferencePlaces(differences)
  const paper = sides.data?.paper ?? NO_PAPER
  const electronic = pages.data ?? NO_PAGES
  const matches = sides.data?.matches ?? NO_MATCHES
  const layout = useMemo(() => layoutMap(paper, electronic, matches), [paper, electronic, matches])
  const words = useMapWords(paper, electronic, matches.length > 0)
  const [standing, setStanding] = useState<Standing>()
  const [selectedId, setSelectedId] = useState<string | null>(search.get('difference'))
  const [listing, setListing] = useState(false)

  const keyOf = useCallback(
    (differenceId: string | null): string | undefined => {
      const found = byId.get(differenceId ?? '')
      if (found === undefined) return undefined
      if (found.matchId !== null && layout.spotOf.has(found.matchId)) return found.matchId
      const at = layout.spots.find(
        ({ match, key }) =>
          key === found.pageId ||
          key === found.paperPageId ||
          (found.pageId !== null && match?.pageId === found.pageId) ||
          (found.paperPageId !== null && match?.paperPageId === found.paperPageId),
      )
      return at?.key
    },
    [byId, layout],
  )
  const ready = sides.data !== undefined && pages.data !== undefined
  // A place that went away, as after matching anew, or none yet: what the address names, else the first to look at.
  const begun = useRef(false)
  useEffect(() => {
    if (!ready || layout.spots.length === 0) return
    if (standing !== undefined && layout.spotOf.has(standing.key)) return
    const named = begun.current ? undefined : (keyOf(selectedId) ?? search.get('match') ?? undefined)
    const key =
      named !== undefined && layout.spotOf.has(named)
        ? named
        : (layout.spots.find(needsLook) ?? layout.spots[0])?.key
    begun.current = true
    if (key !== undefined) setStanding({ key, change: -1 })
  }, [keyOf, layout, ready, search, selectedId, standing])

  const standingMatch = layout.spots[layout.spotOf.get(standing?.key ?? '') ?? -1]?.match?.id
  // Where one begins, the difference of the page shown is the one in hand.
  useEffect(() => {
    const here = firstOfMatch.get(standingMatch ?? '')
    if (here !== undefined) setSelectedId((before) => before ?? here)
  }, [firstOfMatch, standingMatch])

  const stand = useCallback(
    (next: Standing) => {
      setStanding(next)
      const match = layout.spots[layout.spotOf.get(next.key) ?? -1]?.match
      if (match === null || match === undefined) return
      setSelectedId((before) =>
        byId.get(before ?? '')?.matchId === match.id ? before : (firstOfMatch.get(match.id) ?? before),
      )
    },
    [byId, firstOfMatch, layout],
  )
  // A change of address draws the whole screen anew: not while somebody leafs through.
  useEffect(() => {
    if (standingMatch === undefined || search.get('match') === standingMatch) return
    const timer = setTimeout(() => {
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          after.set('match', standingMatch)
          return after
        },
        { replace: true },
      )
    }, ADDRESS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [search, setSearch, standingMatch])
  const select = useCallback(
    (differenceId: string) => {
      setSelectedId(differenceId)
      const key = keyOf(differenceId)
      if (key !== undefined) setStanding((before) => (before?.key === key ? before : { key, change: -1 }))
    },
    [keyOf],
  )
  const choose = useCallback((key: string) => stand({ key, change: -1 }), [stand])

  const error = sides.error ?? pages.error
  if (error !== undefined && !ready) {
    return (
      <div className="check-fault">
        <ErrorNotice error={error} onRetry={reload} />
      </div>
    )
  }
  if (!ready) return <Skeleton active className="check-wait" paragraph={{ rows: 8 }} />
  const matchId = standingMatch ?? null
  return (
    <div className="compare-tab">
      {sides.data?.current === false && paper.length > 0 && !running && (
        <Alert
          type="warning"
          showIcon
          banner
          title={t(matches.length > 0 ? 'stale.text' : 'stale.unmatched')}
          action={
            mayRun && (
              <Button size="small" onClick={props.onMatchAgain}>
                {t(matches.length > 0 ? 'stale.do' : 'stale.match')}
              </Button>
            )
          }
        />
      )}
      {paper.length > 0 && (
        <section className="check-map" aria-label={t('map.title')}>
          <div className="check-map-head">
            <Legend layout={layout} chosen={standing?.key} onChoose={choose} />
            <Button
              size="small"
              type="text"
              icon={<OrderedListOutlined aria-hidden="true" />}
              onClick={() => setListing(true)}
            >
              {t('list.open')}
            </Button>
          </div>
          <VolumeMap
            layout={layout}
            paper={paper}
            pages={electronic}
            chosen={standing?.key}
            onChoose={choose}
          />
        </section>
      )}
      <Splitter className="check-desk">
        <Splitter.Panel min={360}>
          {paper.length === 0 ? (
            <EmptyState
              icon={<ScanOutlined aria-hidden="true" />}
              title={t(running ? 'no-scan.running' : 'no-scan.title')}
              text={t('no-scan.text')}
            >
              {mayRun && !running && (
                <Button type="primary" onClick={onRescan}>
                  {t('rescan.do')}
                </Button>
              )}
            </EmptyState>
          ) : (
            <CompareView
              volumeId={volumeId}
              reconciliationId={reconciliationId}
              layout={layout}
              paper={paper}
              pages={electronic}
              words={words}
              mayDecide={mayRun && !running}
              standing={standing}
              onStand={stand}
              onDecided={reload}
            />
          )}
        </Splitter.Panel>
        <Splitter.Panel defaultSize={380} min={280} max="50%" collapsible>
          <aside className="check-panel" aria-label={t('differences')}>
            <Panel
              volumeId={volumeId}
              caseId={caseId}
              reconciliationId={reconciliationId}
              selectedId={selectedId}
              onSelect={select}
              matchId={matchId}
            />
          </aside>
        </Splitter.Panel>
      </Splitter>
      {listing && (
        <MapList
          layout={layout}
          words={words}
          chosen={standing?.key}
          onChoose={choose}
          onClose={() => setListing(false)}
        />
      )}
    </div>
  )
}
