import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
import { comparePrintedNumbers, readPrintedNumber } from '../../../shared/domain/page-number.ts'
import type { StatePage, VolumeState } from '../../../shared/domain/reconcile/volume-state.ts'

/** Where a page belongs in the volume as it stands. */
export interface Place {
  readonly bookId: string
  readonly beforePageId: string | null
  readonly itemId: string | null
}

/**
 * Where a page of the paper belongs among the electronic pages, told by its nearest neighbours on the paper that have
 * a partner in its right place. Undefined only for a volume without a book.
 */
export function placesFor(
  state: VolumeState,
  paper: readonly { readonly id: string; readonly sequence: number }[],
  matches: readonly PageMatchRow[],
): (paperPageId: string) => Place | undefined {
  const pages = new Map(state.pages.map((page) => [page.key, page]))
  const anchors = new Map(
    matches.flatMap(({ paperPageId, pageId, moved, kind }) => {
      const page = pageId === null ? undefined : pages.get(pageId)
      const stands = !moved && (kind === 'same' || kind === 'replaced')
      return paperPageId === null || page === undefined || !stands ? [] : [[paperPageId, page] as const]
    }),
  )
  const after = (page: StatePage): Place => {
    const ofBook = state.pages.filter(({ bookId }) => bookId === page.bookId)
    const next = ofBook[ofBook.indexOf(page) + 1]
    return { bookId: page.bookId, beforePageId: next?.key ?? null, itemId: page.itemId }
  }
  return (paperPageId) => {
    const at = paper.findIndex(({ id }) => id === paperPageId)
    if (at < 0) return undefined
    const before = paper.slice(0, at).findLast(({ id }) => anchors.has(id))
    const behind = paper.slice(at + 1).find(({ id }) => anchors.has(id))
    const previous = before === undefined ? undefined : anchors.get(before.id)
    const next = behind === undefined ? undefined : anchors.get(behind.id)
    // At the seam of two books a page goes with what stands before it.
    if (previous !== undefined && (next === undefined || next.bookId !== previous.bookId))
      return after(previous)
    if (next !== undefined) {
      const itemId = previous === undefined ? null : previous.itemId
      return { bookId: next.bookId, beforePageId: next.key, itemId }
    }
    const [book] = state.books
    return book === undefined ? undefined : { bookId: book.id, beforePageId: null, itemId: null }
  }
}

/** Where a page belongs by its printed number, which a person confirmed; undefined where it stands right or has none. */
export function placeByNumber(state: VolumeState, pageId: string): Place | undefined {
  const page = state.pages.find(({ key }) => key === pageId)
  const own = page?.confirmed === true ? readPrintedNumber(page.printedNumber) : null
  if (page === undefined || own === null) return undefined
  const ofBook = state.pages.filter(({ bookId }) => bookId === page.bookId)
  const next = ofBook.find(({ key, printedNumber }) => {
    const number = readPrintedNumber(printedNumber)
    return key !== pageId && number !== null && comparePrintedNumbers(number, own) > 0
  })
  const behind = ofBook[ofBook.indexOf(page) + 1]
  if (next === behind) return undefined
  return { bookId: page.bookId, beforePageId: next?.key ?? null, itemId: page.itemId }
}

/** The page of the fresh scan with the printed number that a difference is about, where only one without a partner has it. */
export function numberedPaper(
  { identity }: { readonly identity: string },
  paper: readonly { readonly id: string; readonly printedNumber: string }[],
  partners: ReadonlyMap<string | null, unknown>,
): string | null {
  const number = /^D\d\d\|printed:(?:\d+\/)?(.+)$/u.exec(identity)?.[1]
  const found = paper.filter(({ id, printedNumber }) => printedNumber === number && !partners.has(id))
  return number !== undefined && found.length === 1 ? (found[0]?.id ?? null) : null
}
