import type { Item, PageRow } from '../../shared/contract/model.ts'
import { AppError } from '../../shared/errors.ts'
import { type Catalogue, number, restoreItemDraft, text } from '../catalogue/index.ts'
import { storedDate } from '../intake/index.ts'
import { type Describer, field } from './describe-parts.ts'

type Draft = Pick<Item, 'title' | 'templateRow' | 'date' | 'documentNumber' | 'responsible' | 'remark'>

const FIELDS = ['title', 'templateRow', 'date', 'documentNumber', 'responsible', 'remark'] as const

function itemFields(before: Draft | null, after: Draft) {
  return FIELDS.map((name) => field(name, before === null ? null : before[name], after[name]))
}

export const describeItemUpdate: Describer<'items.update'> = ({ itemId, draft: typed }, parts) => {
  const item = parts.catalogue().volumes.requireItem(itemId)
  const draft = restoreItemDraft(item, typed)
  return {
    input: { itemId, draft },
    adds: false,
    changes: itemFields(item, { ...draft, date: storedDate(draft.date) }),
  }
}

export const describeNewItem: Describer<'items.create'> = (input, parts) => {
  const book = parts
    .catalogue()
    .volumes.books(input.volumeId)
    .find(({ id }) => id === input.bookId)
  if (book === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'book', id: input.bookId })
  const last = Math.max(0, ...book.items.map(({ sequence }) => sequence))
  return {
    input,
    adds: true,
    changes: [
      field('sequence', null, last + 1),
      ...itemFields(null, { ...input.draft, date: storedDate(input.draft.date) }),
    ],
  }
}

/** Pages by what both people see: the place of the image, then the printed number. */
function pageWords({ position, printedNumber }: Pick<PageRow, 'position' | 'printedNumber'>): string {
  return printedNumber === '' ? `#${position}` : `#${position} · ${printedNumber}`
}

function titles(catalogue: Catalogue, volumeId: string): (itemId: string | null) => string | null {
  const known = new Map(
    catalogue.volumes.books(volumeId).flatMap(({ items }) => items.map((item) => [item.id, item] as const)),
  )
  return (itemId) => {
    const item = itemId === null ? undefined : known.get(itemId)
    return item === undefined ? null : `${item.sequence} ${item.title}`
  }
}

/** The pages meant, in image order; every one of them must be of the volume. */
function pagesMeant(catalogue: Catalogue, volumeId: string, pageIds: readonly string[]): readonly PageRow[] {
  const wanted = new Set(pageIds)
  const found = catalogue.pages.list(volumeId).filter(({ id }) => wanted.has(id))
  if (found.length === wanted.size) return found
  const missing = pageIds.find((pageId) => found.every(({ id }) => id !== pageId)) ?? ''
  throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: missing })
}

export const describeAssignment: Describer<'pages.assign'> = (input, parts) => {
  const catalogue = parts.catalogue()
  const { volumeId, pageIds, itemId } = input
  if (itemId !== null && catalogue.volumes.ofItem(itemId).id !== volumeId)
    throw new AppError('CATALOGUE_CONFLICT', { kind: 'item', id: itemId })
  const title = titles(catalogue, volumeId)
  return {
    input,
    adds: false,
    changes: pagesMeant(catalogue, volumeId, pageIds).map((page) =>
      field('item', title(page.itemId), title(itemId), pageWords(page)),
    ),
  }
}

export const describeTurn: Describer<'pages.setTurn'> = (input, parts) => {
  const { volumeId, pageIds, turn } = input
  const changes = pagesMeant(parts.catalogue(), volumeId, pageIds).map((page) =>
    field('turn', page.turn ?? 0, turn, pageWords(page)),
  )
  return { input, adds: false, changes }
}

/** Confirming one number counts on from it: every number and row that moves is said. */
export const describeNumber: Describer<'pages.confirmNumber'> = (input, parts) => {
  const catalogue = parts.catalogue()
  const { volumeId, pageId, printedNumber } = input
  pagesMeant(catalogue, volumeId, [pageId])
  const title = titles(catalogue, volumeId)
  const plan = catalogue.pages.markPlan(volumeId, new Map(), new Map([[pageId, printedNumber]]))
  const changes = plan.flatMap(({ page, printedNumber: number, itemId }) => [
    ...(page.id === pageId || page.printedNumber !== number
      ? [field('printedNumber', page.printedNumber, number, `#${page.position}`)]
      : []),
    ...(page.itemId === itemId
      ? []
      : [field('item', title(page.itemId), title(itemId), `#${page.position}`)]),
  ])
  return { input, adds: false, changes }
}

/** Marking moves printed numbers of the whole book, and with them the pages of rows that name numbers: all is said. */
export const describeMarking: Describer<'pages.mark'> = (input, parts) => {
  const catalogue = parts.catalogue()
  const { volumeId, pageIds, kind } = input
  pagesMeant(catalogue, volumeId, pageIds)
  const title = titles(catalogue, volumeId)
  const kinds = new Map(pageIds.map((pageId) => [pageId, kind]))
  const changes = catalogue.pages.markPlan(volumeId, kinds).flatMap((marked) => {
    const { page } = marked
    const subject = `#${page.position}`
    return [
      ...(kinds.has(page.id) ? [field('kind', page.kind, marked.kind, subject)] : []),
      ...(kinds.has(page.id) || page.printedNumber !== marked.printedNumber
        ? [field('printedNumber', page.printedNumber, marked.printedNumber, subject)]
        : []),
      ...(page.itemId === marked.itemId
        ? []
        : [field('item', title(page.itemId), title(marked.itemId), subject)]),
    ]
  })
  return { input, adds: false, changes }
}

/** The image is named by its digest: whoever decides need not have the medium at hand. */
export const describePageReturn: Describer<'restores.page'> = (input, parts) => {
  const { volumeId, pageId, sha256, snapshotId } = input
  const row = parts.catalogue().sql.one(
    `SELECT page.position, page.printed_number, page.withdrawn_at, v.sha256 FROM page
       JOIN page_version v ON v.id = page.current_version_id JOIN book ON book.id = page.book_id
     WHERE page.id = ? AND book.volume_id = ?`,
    ...[pageId, volumeId],
  )
  if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  const subject = pageWords({
    position: number(row, 'position'),
    printedNumber: text(row, 'printed_number'),
  })
  const shown = row.withdrawn_at === null ? text(row, 'sha256') : null
  return {
    input,
    adds: false,
    changes: [
      field('image', shown === null ? null : `SHA-256 ${shown}`, `SHA-256 ${sha256}`, subject),
      field('backup', null, snapshotId, subject),
    ],
  }
}
