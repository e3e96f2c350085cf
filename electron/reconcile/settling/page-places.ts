import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
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
