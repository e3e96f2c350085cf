import { useVirtualizer } from '@tanstack/react-virtual'
import { Drawer, Switch } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MapLayout, needsLook } from './map-layout.ts'
import type { MapWords } from './map-words.ts'

const LINE_HEIGHT = 34

interface MapListProps {
  readonly layout: MapLayout
  readonly words: MapWords
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  readonly onClose: () => void
}

/** The map in words, line by line: for who reads with the ears, and for who looks for a number. */
export function MapList({ layout, words, chosen, onChoose, onClose }: MapListProps) {
  const { t } = useTranslation('reconcile')
  const [all, setAll] = useState(false)
  const spots = useMemo(() => (all ? layout.spots : layout.spots.filter(needsLook)), [all, layout])
  return (
    <Drawer open size={560} title={t('list.title')} onClose={onClose}>
      <p className="map-list-head">
        <Switch checked={all} onChange={setAll} aria-label={t('list.all')} /> {t('list.all')}
        <span className="muted figures">{t('list.count', { count: spots.length })}</span>
      </p>
      {spots.length === 0 ? (
        <p className="muted">{t('list.none')}</p>
      ) : (
        <Lines key={String(all)} {...{ spots, words, chosen, onChoose }} />
      )}
    </Drawer>
  )
}

interface LinesProps {
  readonly spots: MapLayout['spots']
  readonly words: MapWords
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

function Lines({ spots, words, chosen, onChoose }: LinesProps) {
  const { t } = useTranslation('reconcile')
  const roomRef = useRef<HTMLUListElement>(null)
  const lines = useVirtualizer({
    count: spots.length,
    getScrollElement: () => roomRef.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 10,
    initialOffset: Math.max(0, spots.findIndex(({ key }) => key === chosen) - 4) * LINE_HEIGHT,
  })
  return (
    <ul ref={roomRef} className="map-list" aria-label={t('list.title')}>
      <li aria-hidden="true" style={{ height: lines.getTotalSize() }} />
      {lines.getVirtualItems().map(({ index, start }) => {
        const spot = spots[index]
        if (spot === undefined) return null
        return (
          <li
            key={spot.key}
            ref={lines.measureElement}
            data-index={index}
            className="map-list-line"
            style={{ top: start }}
          >
            <button
              type="button"
              aria-current={spot.key === chosen ? 'true' : undefined}
              onClick={() => onChoose(spot.key)}
            >
              {words.spot(spot)}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
