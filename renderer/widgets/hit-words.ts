import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { useTerm } from '../app/terms.ts'

export type FoundCase = OutputOf<'search.find'>['cases'][number]
export type FoundHit = FoundCase['hits'][number]

export interface HitWords {
  /** What was found: 案号, 当事人, 页内文字 … */
  readonly field: (hit: FoundHit) => string
  /** Where it stands: 正卷 · 民事起诉状 · 影像 7 · 印 5. */
  readonly place: (hit: FoundHit) => string
}

/** How hits of a search are spoken of. */
export function useHitWords(): HitWords {
  const { t } = useTranslation('search')
  const term = useTerm()
  return useMemo(
    () => ({
      field: (hit) => t(`field.${hit.field}`),
      place: (hit) =>
        [
          hit.volumeKind === null ? '' : term(VOLUME_KIND_INFO[hit.volumeKind]),
          hit.field === 'item' ? '' : (hit.itemTitle ?? ''),
          hit.position === null ? '' : t('place.image', { position: hit.position }),
          hit.printedNumber === null || hit.printedNumber === ''
            ? ''
            : t('place.printed', { number: hit.printedNumber }),
        ]
          .filter((part) => part !== '')
          .join(' · '),
    }),
    [t, term],
  )
}

/** Where a hit is opened: on its page, with what was asked for marked there. */
export function hitAddress(
  caseId: string,
  hit: FoundHit | undefined,
  asked: { readonly text: string; readonly tolerant: boolean },
): string {
  const parts = new URLSearchParams()
  if (hit !== undefined && hit.volumeId !== null) parts.set('volume', hit.volumeId)
  if (hit !== undefined && hit.pageId !== null) {
    parts.set('page', hit.pageId)
    parts.set('find', asked.text)
    if (asked.tolerant) parts.set('tolerant', '1')
    const [x, y] = hit.places[0] ?? []
    if (x !== undefined && y !== undefined) parts.set('at', `${x.toFixed(4)},${y.toFixed(4)}`)
  } else if (hit !== undefined && hit.itemId !== null) parts.set('item', hit.itemId)
  const query = parts.toString()
  return `/cases/${caseId}${query === '' ? '' : `?${query}`}`
}

/** Cases whose number was asked for stand first; the others keep their order. */
export function numbersFirst(cases: readonly FoundCase[]): readonly FoundCase[] {
  const byNumber = (found: FoundCase) => found.hits.some(({ field }) => field === 'number')
  return [...cases.filter(byNumber), ...cases.filter((found) => !byNumber(found))]
}

/** Hits of the case itself, which its heading can show, and hits inside its volumes. */
export function partedHits(found: FoundCase): {
  readonly ofCase: readonly FoundHit[]
  readonly inside: readonly FoundHit[]
} {
  return {
    ofCase: found.hits.filter((hit) => hit.itemId === null && hit.pageId === null),
    inside: found.hits.filter((hit) => hit.itemId !== null || hit.pageId !== null),
  }
}
