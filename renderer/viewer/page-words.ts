import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'
import { PAGE_KIND_INFO } from '../../shared/domain/page-kind.ts'
import { useTerm } from '../app/terms.ts'

export type PageRow = OutputOf<'pages.list'>[number]
export type Item = OutputOf<'items.update'>

export interface PageWords {
  readonly kind: (kind: PageRow['kind']) => string
  /** The printed number, or what stands in its place on a side that has none. */
  readonly printed: (page: PageRow) => string
  /** Both numbers, which are different things: what is printed on the page, and its place among the images. */
  readonly place: (page: PageRow, index: number, total: number) => string
}

/** How pages are spoken of. */
export function usePageWords(): PageWords {
  const { t } = useTranslation('viewer')
  const term = useTerm()
  return useMemo(() => {
    const kind = (name: PageRow['kind']) => term(PAGE_KIND_INFO[name])
    const printed = (page: PageRow) => {
      if (page.printedNumber !== '') return t('printed', { number: page.printedNumber })
      return page.kind === 'content' ? t('unnumbered') : kind(page.kind)
    }
    return {
      kind,
      printed,
      place: (page, index, total) => t('pageOf', { printed: printed(page), image: index + 1, total }),
    }
  }, [t, term])
}
