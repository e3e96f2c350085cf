import { useTranslation } from 'react-i18next'
import type { MapLayout, Spot } from './map-layout.ts'
import type { MapWords } from './map-words.ts'

interface PartnerGapProps {
  readonly spot: Spot
  readonly layout: MapLayout
  readonly words: MapWords
  /** Both sides have pages at all, and were matched. */
  readonly matched: boolean
}

/** Between which pages of the other side it would stand. */
function neighbours(spot: Spot, { spots, spotOf }: MapLayout, side: 'paperIndex' | 'pageIndex') {
  const at = spotOf.get(spot.key) ?? 0
  const straight = (near: Spot) => near[side] !== null && near.paperColumn === near.pageColumn
  return {
    before: spots.slice(0, at).findLast(straight)?.[side] ?? null,
    after: spots.slice(at + 1).find(straight)?.[side] ?? null,
  }
}

/** Stands in the place of a page that the other side does not have, and says why it is empty. */
export function PartnerGap({ spot, layout, words, matched }: PartnerGapProps) {
  const { t } = useTranslation('reconcile')
  const lacking = spot.pageIndex === null ? 'electronic' : 'paper'
  const side = lacking === 'electronic' ? 'pageIndex' : 'paperIndex'
  const { before, after } = neighbours(spot, layout, side)
  const speak = lacking === 'electronic' ? words.page : words.paper
  const where =
    before !== null && after !== null
      ? t('gap.between', { before: speak(before), after: speak(after) })
      : before !== null
        ? t('gap.after', { before: speak(before) })
        : after !== null
          ? t('gap.before', { after: speak(after) })
          : ''
  const again = spot.match?.reasons.find(({ code }) => code === 'again')?.value
  const why = !matched
    ? 'unmatched'
    : spot.state === 'outside'
      ? 'outside'
      : spot.state === 'duplicate'
        ? `duplicate-${lacking}`
        : spot.state === 'unsure'
          ? 'unsure'
          : lacking
  return (
    <div className="partner-gap" data-testid="partner-gap">
      <strong>{t(`gap.${why}.title`)}</strong>
      <p>{t(`gap.${why}.text`)}</p>
      {again !== undefined && <p>{t('reason.again', { place: again })}</p>}
      {where !== '' && matched && <p className="muted">{where}</p>}
    </div>
  )
}
