import type { PageRow } from '../../../shared/contract/model.ts'
import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'

/** A page of the fresh scan, as far as its place matters. */
export interface PlacedPaper {
  readonly id: string
  readonly sequence: number
  readonly printedNumber: string
}

export interface PagePlaces {
  /** `第 12 页（影像 14）` */
  readonly electronic: (pageId: string) => string
  /** `第 12 页（纸质影像 13）` */
  readonly paper: (paperPageId: string) => string
  /** Where on the electronic side a paper page without a partner belongs. */
  readonly electronicGap: (paperPageId: string) => string
  /** Where on the paper an electronic page without a partner would stand. */
  readonly paperGap: (pageId: string) => string
}

function words(printedNumber: string, image: string): string {
  return printedNumber === '' ? image : `第 ${printedNumber} 页（${image}）`
}

/** Says in words where pages stand, for the register: printed number and place in the images, told apart. */
export function pagePlaces(
  paper: readonly PlacedPaper[],
  electronic: readonly PageRow[],
  bookNumber: (bookId: string) => number,
  matches: readonly PageMatchRow[],
): PagePlaces {
  const books = new Set(electronic.map(({ bookId }) => bookId))
  const pages = new Map(electronic.map((page) => [page.id, page]))
  const papers = new Map(paper.map((page) => [page.id, page]))
  const pairs = matches.filter(
    ({ paperPageId, pageId, kind, moved }) =>
      paperPageId !== null && pageId !== null && kind === 'same' && !moved,
  )
  const pageOf = new Map(pairs.map(({ paperPageId, pageId }) => [paperPageId, pageId]))
  const paperOf = new Map(pairs.map(({ paperPageId, pageId }) => [pageId, paperPageId]))

  const electronicPlace = (pageId: string) => {
    const page = pages.get(pageId)
    if (page === undefined) return ''
    const image = `影像 ${page.position}`
    return words(page.printedNumber, books.size > 1 ? `第 ${bookNumber(page.bookId)} 册${image}` : image)
  }
  const paperPlace = (paperPageId: string) => {
    const page = papers.get(paperPageId)
    return page === undefined ? '' : words(page.printedNumber, `纸质影像 ${page.sequence}`)
  }
  /** The partner of the nearest page before this one that has one. */
  const partnerBefore = (
    ids: readonly string[],
    at: number,
    partner: ReadonlyMap<string | null, string | null>,
  ) => {
    for (let place = at - 1; place >= 0; place--) {
      const found = partner.get(ids[place] ?? '')
      if (found !== undefined && found !== null) return found
    }
    return undefined
  }
  const paperIds = paper.map(({ id }) => id)
  const pageIds = electronic.map(({ id }) => id)
  return {
    electronic: electronicPlace,
    paper: paperPlace,
    electronicGap: (paperPageId) => {
      const before = partnerBefore(paperIds, paperIds.indexOf(paperPageId), pageOf)
      return before === undefined ? '缺，应在卷首' : `缺，应在${electronicPlace(before)}之后`
    },
    paperGap: (pageId) => {
      const before = partnerBefore(pageIds, pageIds.indexOf(pageId), paperOf)
      return before === undefined ? '无，应在卷首' : `无，应在${paperPlace(before)}之后`
    },
  }
}
