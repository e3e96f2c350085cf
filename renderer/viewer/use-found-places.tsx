import { useMemo } from 'react'
import type { FoundPlace, ViewerFind } from './find-bar.tsx'
import { boxAround } from './geometry.ts'
import { type Marking, Markings, type PageOverlay } from './page-overlay.tsx'
import type { PageRow } from './page-words.ts'
import type { StageAim } from './stage.tsx'

const NO_HITS: readonly FoundPlace[] = []

/** What was found, drawn on the pages of the stage, and the place of the present hit to be brought into sight. */
export function useFoundPlaces(
  find: ViewerFind | undefined,
  shown: readonly PageRow[],
): { readonly overlay: PageOverlay; readonly aim: StageAim | undefined } {
  const hits = find?.open === true ? find.hits : NO_HITS
  const current = find?.current
  const byVersion = useMemo(() => {
    const gathered = new Map<string, Marking[]>()
    for (const [index, hit] of hits.entries()) {
      if (hit.versionId === null || hit.places.length === 0) continue
      const marking: Marking = { key: hit.key, places: hit.places, current: index === current }
      const list = gathered.get(hit.versionId)
      if (list === undefined) gathered.set(hit.versionId, [marking])
      else list.push(marking)
    }
    return gathered
  }, [hits, current])
  const aim = useMemo((): StageAim | undefined => {
    const hit = current === undefined ? undefined : hits[current]
    const part = boxAround(hit?.places.slice(0, 1) ?? [])
    if (hit === undefined || hit.versionId === null || part === undefined) return undefined
    if (!shown.some(({ versionId }) => versionId === hit.versionId)) return undefined
    return { key: `${hit.key} ${find?.round ?? 0}`, versionId: hit.versionId, part }
  }, [hits, current, shown, find?.round])
  return {
    overlay: (page) => <Markings markings={byVersion.get(page.versionId) ?? []} />,
    aim,
  }
}
