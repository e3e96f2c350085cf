import type { PageRow } from '../../../shared/contract/model.ts'
import { printPrintedNumber, readPrintedNumber } from '../../../shared/domain/page-number.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import type { StandingPlace } from '../../../shared/domain/reconcile/place.ts'
import { type SaidDifference, saidDifferences } from '../../../shared/domain/reconcile/sheet-passes.ts'
import { type Catalogue, text } from '../../catalogue/index.ts'
import type { FoundDifference } from '../difference-desk.ts'
import type { FinalSaying, SheetWork } from './sheet-work.ts'

interface Places {
  readonly book: (page: PageRow) => number
  readonly item: (page: PageRow) => string
  /** With the book where there are several. */
  readonly place: (page: PageRow) => StandingPlace
}

function placesOf({ volumes }: Catalogue, volumeId: string): Places {
  const books = volumes.books(volumeId)
  const sequence = new Map(books.map((book) => [book.id, book.sequence]))
  const titles = new Map(books.flatMap((book) => book.items.map(({ id, title }) => [id, title] as const)))
  const bookOf = ({ bookId }: PageRow) => sequence.get(bookId) ?? 1
  return {
    book: bookOf,
    item: ({ itemId }) => (itemId === null ? '' : (titles.get(itemId) ?? '')),
    place: (page) => ({
      ...{ at: 'page', book: books.length > 1 ? bookOf(page) : null },
      ...{ image: page.position, printed: page.printedNumber },
    }),
  }
}

/** 012 and １２ are one number. */
function numberForm(text: string): string {
  const number = readPrintedNumber(text)
  return number === null ? text : printPrintedNumber(number)
}

function differenceOf(page: PageRow, said: SaidDifference, places: Places): FoundDifference {
  const { type, missing, note, confidence } = said
  const number = missing === null ? null : numberForm(missing)
  const book = places.book(page)
  // a number is one within its book
  const printed = book === 1 ? `printed:${number}` : `printed:${book}/${number}`
  return {
    identity: number === null ? `${type}|page:${page.id}` : `D01|${printed}`,
    ...{ type, stage: 'acceptance', book, itemId: page.itemId, confidence },
    paperPlace:
      number === null && page.printedNumber === ''
        ? ''
        : { at: 'printed', number: number ?? page.printedNumber },
    electronicPlace: number === null ? places.place(page) : { at: 'missing', after: places.place(page) },
    ...{ paperPageId: null, matchId: null },
    // a missing sheet is at no page: the one before it tells the place in words only
    ...(number === null ? { pageId: page.id, versionId: page.versionId } : { pageId: null, versionId: null }),
    content: {
      itemWords: places.item(page),
      paperWords: note === '' ? (number === null ? '' : '纸质有此页') : note,
      electronicWords: number === null ? DIFFERENCE_TYPE_INFO[type].zh : '无影像',
      regions: [],
    },
  }
}

/**
 * Whether the register is to be told. What was said before a difference was judged or mended is no news of it; what was
 * said of an older image only keeps a difference that nobody has looked at.
 */
function isNews({ sql }: Catalogue, reconciliationId: string, identity: string, said: FinalSaying): boolean {
  const known = sql.one(
    `SELECT state, judged_by, coalesce(handled_at, judged_at, closed_at, '') AS at FROM difference
     WHERE reconciliation_id = ? AND identity = ?`,
    ...[reconciliationId, identity],
  )
  if (known === undefined) return said.current
  const state = text(known, 'state')
  if (state === 'found') return true
  const takenBack = state === 'dismissed' && known.judged_by === null
  return said.current && (takenBack || said.at > text(known, 'at'))
}

/**
 * What the finished passes found, as the register takes it: what one says as long as there is one pass, then what both
 * say, what holds, and, until that is settled, what either says.
 */
export function sheetDifferences(
  catalogue: Catalogue,
  { volumeId, reconciliationId }: { readonly volumeId: string; readonly reconciliationId: string },
  work: SheetWork,
): readonly FoundDifference[] {
  const places = placesOf(catalogue, volumeId)
  return work.pages.flatMap((page) => {
    const said = work.final(page)
    return saidDifferences(said)
      .map((one) => differenceOf(page, one, places))
      .filter(({ identity }) => isNews(catalogue, reconciliationId, identity, said))
  })
}
