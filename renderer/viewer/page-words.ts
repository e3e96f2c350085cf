import type { TFunction } from 'i18next'
import type { OutputOf } from '../../shared/contract/index.ts'

export type PageRow = OutputOf<'pages.list'>[number]
export type Item = OutputOf<'items.update'>

/** The printed number, or what stands in its place on a side that has none. */
export function printedWords(t: TFunction, page: PageRow): string {
  if (page.printedNumber !== '') return t('viewer:printed', { number: page.printedNumber })
  return page.kind === 'content' ? t('viewer:unnumbered') : t(`viewer:kind.${page.kind}`)
}

/** Both numbers of a page, which are different things: what is printed on it, and its place among the images. */
export function pageWords(t: TFunction, page: PageRow, index: number, total: number): string {
  return t('viewer:pageOf', { printed: printedWords(t, page), image: index + 1, total })
}
