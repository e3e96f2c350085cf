import type { PageRow } from '../../../shared/contract/model.ts'
import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
import type { Place, StandingPlace } from '../../../shared/domain/reconcile/place.ts'

/** A page of the fresh scan, as far as its place matters. */
export interface PlacedPaper {
  readonly id: string
  readonly sequence: number
  readonly printedNumber: string
}

export interface PagePlaces {
  readonly electronic: (pageId: string) => Place
  /** Of several pages in a row. */
  readonly electronicRun: (firstPageId: string, lastPageId: string) => Place
  readonly paper: (paperPageId: string) => Place
  readonly paperRun: (firstPaperId: string, lastPaperId: string) => Place
  /** Where on the electronic side a paper page without a partner belongs. */
  readonly electronicGap: (paperPageId: string) => Place
  /** Where on the paper an electronic page without a partner would stand. */
  readonly paperGap: (pageId: string) => Place
}

const NOWHERE: Place = { at: 'words', words: '' }

/** Says where pages stand, for the register: printed number and place in the images, told apart. */
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

  const electronicPlace = (pageId: string): StandingPlace | null => {
    const page = pages.get(pageId)
    if (page === undefined) return null
    const book = books.size > 1 ? bookNumber(page.bookId) : null
    return { at: 'page', book, image: page.position, printed: page.printedNumber }
  }
  const paperPlace = (paperPageId: string): StandingPlace | null => {
    const page = papers.get(paperPageId)
    return page === undefined
      ? null
      : { at: 'scan', book: null, image: page.sequence, printed: page.printedNumber }
  }
  const runOf = (first: StandingPlace | null, last: StandingPlace | null): Place => {
    if (first === null || last === null) return first ?? last ?? NOWHERE
    return first.image === last.image
      ? first
      : { ...first, last: { image: last.image, printed: last.printed } }
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
    electronic: (pageId) => electronicPlace(pageId) ?? NOWHERE,
    electronicRun: (first, last) => runOf(electronicPlace(first), electronicPlace(last)),
    paper: (paperPageId) => paperPlace(paperPageId) ?? NOWHERE,
    paperRun: (first, last) => runOf(paperPlace(first), paperPlace(last)),
    electronicGap: (paperPageId) => {
      const before = partnerBefore(paperIds, paperIds.indexOf(paperPageId), pageOf)
      return { at: 'missing', after: before === undefined ? null : electronicPlace(before) }
    },
    paperGap: (pageId) => {
      const before = partnerBefore(pageIds, pageIds.indexOf(pageId), paperOf)
      return { at: 'none', after: before === undefined ? null : paperPlace(before) }
    },
  }
}
