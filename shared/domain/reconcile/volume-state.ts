import type { PageKind } from '../page-kind.ts'
import type { Turn } from '../page-text.ts'

/** A page of a volume as a plan sees it. */
export interface StatePage {
  /** The page's id, or `paper:<id>` of a page that the plan makes. */
  readonly key: string
  /** The page of the fresh scan whose image a plan gives it; null: it keeps its own. */
  readonly paperPageId: string | null
  /** Null: the plan makes the version. */
  readonly versionId: string | null
  /** SHA-256 of the image, hex. */
  readonly sha256: string
  readonly bookId: string
  /** An item's key. */
  readonly itemId: string | null
  readonly printedNumber: string
  /** A person confirmed the number: the count goes round it. */
  readonly confirmed: boolean
  readonly kind: PageKind
  readonly turn: Turn
}

/** A row of the catalogue as a plan sees it. */
export interface StateItem {
  /** The item's id, or `item:<step>` of one that the plan makes. */
  readonly key: string
  readonly bookId: string
  /** Place among the rows of its book, from 1. */
  readonly sequence: number
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  readonly firstPrinted: string
  readonly lastPrinted: string
  readonly remark: string
}

/** A volume: pages in image order book by book, rows in catalogue order. */
export interface VolumeState {
  readonly books: readonly { readonly id: string; readonly sequence: number }[]
  readonly pages: readonly StatePage[]
  readonly items: readonly StateItem[]
}

/**
 * A volume in one spelling, to be hashed: the same content in the same order gives the same text, whatever ids new
 * pages will have.
 */
export function volumeText({ books, pages, items }: VolumeState): string {
  const bookOf = new Map(books.map(({ id, sequence }) => [id, sequence]))
  const rowOf = new Map(items.map((item) => [item.key, `${bookOf.get(item.bookId)}-${item.sequence}`]))
  return JSON.stringify({
    pages: pages.map((page) => [
      ...[bookOf.get(page.bookId), page.sha256, page.turn, page.kind, page.printedNumber],
      page.itemId === null ? '' : (rowOf.get(page.itemId) ?? ''),
    ]),
    items: items.map((item) => [
      ...[bookOf.get(item.bookId), item.sequence, item.title, item.documentNumber, item.responsible],
      ...[item.date, item.firstPrinted, item.lastPrinted, item.remark],
    ]),
  })
}
