import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MapLayout, Spot } from './map-layout.ts'

const KINDS = ['missing', 'extra', 'replaced', 'moved', 'turned', 'duplicate', 'changed', 'unsure'] as const
type Kind = (typeof KINDS)[number]

const isOf = (kind: Kind) => (spot: Spot) =>
  kind === 'moved' || kind === 'turned' ? spot[kind] : spot.state === kind

const SIGNS: Readonly<Record<Kind, string>> = {
  ...{
    missing: '−',
    extra: '+',
    replaced: '╳',
    moved: '⇄',
    turned: '↻',
    duplicate: '=',
    changed: '▲',
    unsure: '?',
  },
}

interface MapLegendProps {
  readonly layout: MapLayout
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

/** What the signs mean and how many there are; pressing one goes to the next of its kind. */
export function MapLegend({ layout, chosen, onChoose }: MapLegendProps) {
  const { t } = useTranslation('reconcile')
  const at = layout.spotOf.get(chosen ?? '') ?? -1
  const kinds = KINDS.filter((kind) => layout.counts[kind] > 0)
  if (kinds.length === 0) {
    return (
      <span className="map-legend-same">
        {t(layout.counts.same > 0 ? 'map.all-same' : 'map.not-matched', { count: layout.counts.same })}
      </span>
    )
  }
  return (
    <span className="map-legend">
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="small"
          type="text"
          title={t('map.next-of-kind')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            const next = layout.spots.slice(at + 1).find(isOf(kind)) ?? layout.spots.find(isOf(kind))
            if (next !== undefined) onChoose(next.key)
          }}
        >
          <span className="map-sign" data-kind={kind} aria-hidden="true">
            {SIGNS[kind]}
          </span>
          {t(`state.${kind}`)} <b className="figures">{layout.counts[kind]}</b>
        </Button>
      ))}
      {layout.counts.same > 0 && (
        <span className="map-legend-same figures">
          <span className="map-sign" data-kind="same" aria-hidden="true" />
          {t('state.same')} {layout.counts.same}
        </span>
      )}
    </span>
  )
}
