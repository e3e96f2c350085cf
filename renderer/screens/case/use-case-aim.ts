import { useCallback, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { PageRow } from '../../viewer/page-words.ts'

/** Where the person wants to be; resolved to a page when the pages are there. */
interface Aim {
  readonly itemId: string | null
  readonly pageId: string | null
}

/** Where in the case the person is: `?volume=`, `?item=` and `?page=` of the address, then whatever is chosen. */
export function useCaseAim() {
  const [search] = useSearchParams()
  const [volumeId, setVolumeId] = useState(search.get('volume') ?? undefined)
  const [aim, setAim] = useState<Aim>({ itemId: search.get('item'), pageId: search.get('page') })
  const [itemId, setItemId] = useState<string | null>(search.get('item'))
  useEffect(() => {
    const named = search.get('volume')
    if (named !== null) setVolumeId(named)
    setAim({ itemId: search.get('item'), pageId: search.get('page') })
    setItemId(search.get('item'))
  }, [search])
  const go = useCallback((to: Aim & { readonly volumeId?: string }) => {
    if (to.volumeId !== undefined) setVolumeId(to.volumeId)
    setAim({ itemId: to.itemId, pageId: to.pageId })
    setItemId(to.itemId)
  }, [])
  /** Chooses a row that has no page to go to: the page that is shown stays. */
  const choose = useCallback((inVolumeId: string, rowId: string) => {
    setVolumeId(inVolumeId)
    setItemId(rowId)
  }, [])
  const fromStart = aim.itemId === null && search.get('page') === null && search.get('item') === null
  return { volumeId, aim, itemId, go, choose, fromStart }
}

/** The place of the page that is aimed at; the first where there is none such, -1 where there are no pages. */
export function aimedIndex(pages: readonly PageRow[] | undefined, { itemId, pageId }: Aim): number {
  if (pages === undefined || pages.length === 0) return -1
  const byPage = pages.findIndex((page) => page.id === pageId)
  if (byPage !== -1) return byPage
  return Math.max(
    0,
    pages.findIndex((page) => itemId !== null && page.itemId === itemId),
  )
}
