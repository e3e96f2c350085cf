import type { OutputOf } from '../../../shared/contract/index.ts'

export type CaseTree = OutputOf<'cases.tree'>
export type Volume = CaseTree['volumes'][number]
export type Book = Volume['books'][number]
export type Item = Book['items'][number]
export type PageRow = OutputOf<'pages.list'>[number]

/** The pages of the open volume; other volumes' pages are not fetched until one of them is opened. */
export interface OpenVolume {
  readonly volumeId: string
  readonly pages: readonly PageRow[]
}

/** Pages that no catalogue row holds: still to be assigned, or sides that never belong to a row. */
export type LooseKind = 'unassigned' | 'apart'

export type TreeRow = { readonly key: string; readonly level: number } & (
  | { readonly kind: 'volume'; readonly volume: Volume; readonly expanded: boolean }
  | { readonly kind: 'locked' | 'empty'; readonly volume: Volume }
  | { readonly kind: 'book'; readonly volume: Volume; readonly book: Book; readonly expanded: boolean }
  | { readonly kind: 'item'; readonly volume: Volume; readonly item: Item; readonly expanded: boolean }
  | {
      readonly kind: 'loose'
      readonly loose: LooseKind
      readonly volume: Volume
      readonly count: number
      readonly firstPageId: string | undefined
      readonly expanded: boolean
    }
  | { readonly kind: 'page'; readonly volume: Volume; readonly page: PageRow; readonly index: number }
)

const APART = new Set<PageRow['kind']>(['cover', 'catalogue', 'note', 'back', 'blank'])

export function looseKindOf(page: PageRow): LooseKind | undefined {
  if (page.itemId !== null) return undefined
  return APART.has(page.kind) ? 'apart' : 'unassigned'
}

/** Printed range of a row, "3–9", or one number. */
export function printedRange(item: Pick<Item, 'firstPrinted' | 'lastPrinted'>): string {
  if (item.firstPrinted === '') return item.lastPrinted
  if (item.lastPrinted === '' || item.lastPrinted === item.firstPrinted) return item.firstPrinted
  return `${item.firstPrinted}–${item.lastPrinted}`
}

function matches(item: Item, wanted: string): boolean {
  return [item.title, item.date, item.documentNumber, item.responsible, item.remark, printedRange(item)].some(
    (text) => text.toLowerCase().includes(wanted),
  )
}

interface PlacedPage {
  readonly page: PageRow
  readonly index: number
}

/** Gathers the pages of the open volume by what holds them, in one pass. */
export function pagesByHolder(pages: readonly PageRow[]): ReadonlyMap<string, readonly PlacedPage[]> {
  const holders = new Map<string, PlacedPage[]>()
  pages.forEach((page, index) => {
    const holder = page.itemId ?? `${looseKindOf(page)} ${page.bookId}`
    const held = holders.get(holder)
    if (held === undefined) holders.set(holder, [{ page, index }])
    else held.push({ page, index })
  })
  return holders
}

interface RowsAsked {
  readonly tree: CaseTree
  readonly open: OpenVolume | undefined
  readonly holders: ReadonlyMap<string, readonly PlacedPage[]>
  /** Keys of rows that are turned from how they stand at first. */
  readonly toggled: ReadonlySet<string>
  readonly filter: string
}

/** The tree as the lines that show, top to bottom. Volumes and books stand open at first, rows closed. */
export function treeRows({ tree, open, holders, toggled, filter }: RowsAsked): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const wanted = filter.trim().toLowerCase()
  const isOpen = (key: string, byDefault: boolean) => toggled.has(key) !== byDefault
  const pushPages = (volume: Volume, held: readonly PlacedPage[], level: number) => {
    for (const { page, index } of held) {
      rows.push({ key: `page ${page.id}`, level, kind: 'page', volume, page, index })
    }
  }
  const pushItems = (volume: Volume, book: Book, level: number) => {
    for (const item of book.items) {
      if (wanted !== '' && !matches(item, wanted)) continue
      const key = `item ${item.id}`
      const expanded = open?.volumeId === volume.id && isOpen(key, false)
      rows.push({ key, level, kind: 'item', volume, item, expanded })
      if (expanded) pushPages(volume, holders.get(item.id) ?? [], level + 1)
    }
  }
  const pushLoose = (volume: Volume, book: Book, level: number) => {
    if (wanted !== '') return
    const assigned = book.items.reduce((sum, item) => sum + item.pageCount, 0)
    if (open?.volumeId !== volume.id) {
      const count = book.pageCount - assigned
      const key = `unassigned ${book.id}`
      if (count > 0) {
        const shared = { volume, count, firstPageId: undefined, expanded: false }
        rows.push({ key, level, kind: 'loose', loose: 'unassigned', ...shared })
      }
      return
    }
    for (const loose of ['unassigned', 'apart'] as const) {
      const key = `${loose} ${book.id}`
      const held = holders.get(key) ?? []
      if (held.length === 0) continue
      const expanded = isOpen(key, false)
      const firstPageId = held[0]?.page.id
      rows.push({ key, level, kind: 'loose', loose, volume, count: held.length, firstPageId, expanded })
      if (expanded) pushPages(volume, held, level + 1)
    }
  }
  for (const volume of tree.volumes) {
    const key = `volume ${volume.id}`
    const expanded = isOpen(key, true)
    rows.push({ key, level: 1, kind: 'volume', volume, expanded })
    if (!expanded) continue
    if (!volume.readable) {
      rows.push({ key: `locked ${volume.id}`, level: 2, kind: 'locked', volume })
      continue
    }
    if (volume.books.every((book) => book.pageCount === 0 && book.items.length === 0)) {
      rows.push({ key: `empty ${volume.id}`, level: 2, kind: 'empty', volume })
      continue
    }
    for (const book of volume.books) {
      const bookKey = `book ${book.id}`
      const bookExpanded = isOpen(bookKey, true)
      rows.push({ key: bookKey, level: 2, kind: 'book', volume, book, expanded: bookExpanded })
      if (!bookExpanded) continue
      pushItems(volume, book, 3)
      pushLoose(volume, book, 3)
    }
  }
  return rows
}

export function volumePageCount(volume: Volume): number {
  return volume.books.reduce((sum, book) => sum + book.pageCount, 0)
}

export function itemsOf(volume: Volume | undefined): readonly Item[] {
  return volume === undefined ? [] : volume.books.flatMap((book) => book.items)
}
