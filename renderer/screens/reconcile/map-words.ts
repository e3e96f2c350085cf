import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageRow } from '../../viewer/page-words.ts'
import type { MapLayout, PaperPage, Spot } from './map-layout.ts'

export interface MapWords {
  /** Both pages of a place and how they stand to each other, in one line. */
  readonly spot: (spot: Spot) => string
  readonly paper: (index: number | null) => string
  readonly page: (index: number | null) => string
  /** How the two stand: state, moved, turned. */
  readonly standing: (spot: Spot) => string
  /** The whole map in a sentence, for those who do not see it. */
  readonly summary: (layout: MapLayout) => string
}

/** How the places of the map are spoken of. */
export function useMapWords(
  paper: readonly PaperPage[],
  pages: readonly PageRow[],
  matched: boolean,
): MapWords {
  const { t } = useTranslation('reconcile')
  return useMemo(() => {
    const place = (side: 'paper' | 'page', index: number | null, printed: string | undefined) => {
      if (index === null) return t(`place.no-${side}`)
      return printed === undefined || printed === ''
        ? t(`place.${side}`, { count: index + 1 })
        : t(`place.${side}-printed`, { count: index + 1, printed })
    }
    const paperWords = (index: number | null) => place('paper', index, paper[index ?? -1]?.printedNumber)
    const pageWords = (index: number | null) => place('page', index, pages[index ?? -1]?.printedNumber)
    const standing = (spot: Spot) =>
      [
        matched ? t(`state.${spot.state}`) : t('map.not-matched'),
        ...(spot.moved ? [t('state.moved')] : []),
        ...(spot.turned ? [t('state.turned')] : []),
      ].join(t('common:list-comma'))
    const sure = ({ match }: Spot) =>
      match === null || match.paperPageId === null || match.pageId === null
        ? ''
        : t('place.sure', { percent: Math.round(match.confidence * 100) })
    return {
      paper: paperWords,
      page: pageWords,
      standing,
      spot: (spot) =>
        [
          // Before the matching nothing is known of the other side.
          matched || spot.paperIndex !== null ? paperWords(spot.paperIndex) : '',
          matched || spot.pageIndex !== null ? pageWords(spot.pageIndex) : '',
          ...[standing(spot), sure(spot)],
        ]
          .filter((part) => part !== '')
          .join(' · '),
      summary: ({ counts }) =>
        t('map.summary', {
          paper: paper.length,
          pages: pages.length,
          parts: (
            ['missing', 'extra', 'replaced', 'moved', 'turned', 'duplicate', 'changed', 'unsure'] as const
          )
            .filter((name) => counts[name] > 0)
            .map((name) => `${t(`state.${name}`)} ${counts[name]}`)
            .join(t('common:list-comma')),
        }),
    }
  }, [matched, pages, paper, t])
}
