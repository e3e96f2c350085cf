import type { PageRow } from '../../../shared/contract/model.ts'
import type { CatalogueFinding, PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import { countNumbered } from '../../../shared/domain/page-kind.ts'
import {
  type CatalogueComparison,
  compareCatalogues,
  type ElectronicRow,
  electronicPages,
  lastPageOf,
} from '../../../shared/domain/reconcile/catalogue-comparison.ts'
import { compareCovers, type ElectronicCover } from '../../../shared/domain/reconcile/cover-comparison.ts'
import { pageCountsDiffer } from '../../../shared/domain/reconcile/page-counts.ts'
import type { Catalogue } from '../../catalogue/index.ts'

/** The electronic side of a volume, as far as lists tell of it. */
export interface ElectronicLists {
  readonly rows: readonly ElectronicRow[]
  readonly pages: readonly PageRow[]
  readonly cover: ElectronicCover
  readonly bookCount: number
  /** Book of an item, from 1. */
  readonly bookOf: (itemId: string) => number | null
  /** Place of an item in the volume's catalogue, from 1. */
  readonly placeOf: (itemId: string) => number
}

export function electronicLists({ volumes, pages, cases }: Catalogue, volumeId: string): ElectronicLists {
  const { caseId } = volumes.require(volumeId)
  const books = volumes.books(volumeId)
  const images = pages.list(volumeId)
  const ofItem = new Map<string, PageRow[]>()
  for (const page of images) {
    if (page.itemId === null) continue
    const own = ofItem.get(page.itemId)
    if (own === undefined) ofItem.set(page.itemId, [page])
    else own.push(page)
  }
  const items = books.flatMap((book) => book.items.map((item) => ({ ...item, book: book.sequence })))
  const rows = items.map((item): ElectronicRow => {
    const own = ofItem.get(item.id) ?? []
    const numbers = own.map(({ printedNumber }) => printedNumber).filter((number) => number !== '')
    const kept = item.firstPrinted !== ''
    return {
      ...{ itemId: item.id, title: item.title, documentNumber: item.documentNumber },
      ...{ responsible: item.responsible, date: item.date, imageCount: own.length },
      firstPrinted: kept ? item.firstPrinted : (numbers[0] ?? ''),
      lastPrinted: kept ? item.lastPrinted : (numbers.at(-1) ?? ''),
    }
  })
  const row = cases.require(caseId)
  const bookOf = new Map(items.map(({ id, book }) => [id, book]))
  const placeOf = new Map(items.map(({ id }, at) => [id, at + 1]))
  return {
    rows,
    pages: images,
    bookCount: books.length,
    bookOf: (itemId) => bookOf.get(itemId) ?? null,
    placeOf: (itemId) => placeOf.get(itemId) ?? 0,
    cover: {
      ...{ caseNumber: row.number, cause: row.cause, handler: row.handler, parties: cases.parties(caseId) },
      ...{ acceptedOn: row.acceptedOn ?? '', closedOn: row.closedOn ?? '', retention: row.retention },
      ...{ archiveNumber: row.archiveNumber, secrecy: row.secrecy, bookCount: books.length },
    },
  }
}

function countFindings(
  { note, cover, countedPages, rows }: PaperCatalogue,
  electronic: ElectronicLists,
  comparison: CatalogueComparison | null,
): readonly CatalogueFinding[] {
  const about = { type: 'D16', name: '', paperRow: null, itemId: null } as const
  const findings: CatalogueFinding[] = []
  const pages = pageCountsDiffer({
    catalogue: comparison === null ? null : lastPageOf(comparison.paperPages, electronic.bookCount),
    note: note.pageCount,
    // a cover tells of its own book
    cover: electronic.bookCount === 1 ? cover.pageCount : null,
    counted: countedPages,
    images: countNumbered(electronic.pages.map(({ kind }) => kind)),
    electronicCatalogue: lastPageOf(electronic.rows.map(electronicPages), electronic.bookCount),
  })
  if (pages !== null) findings.push({ ...about, field: 'pageCount', ...pages })
  const items = [note.itemCount, ...(rows.length === 0 ? [] : [rows.length]), electronic.rows.length]
  if (note.itemCount !== null && new Set(items).size > 1)
    findings.push({
      ...{ ...about, field: 'itemCount', electronic: `电子目录 ${electronic.rows.length} 件` },
      paper: [`备考表 ${note.itemCount} 件`, ...(rows.length === 0 ? [] : [`目录 ${rows.length} 件`])].join(
        ' · ',
      ),
    })
  return findings
}

/** Rows of both sides that are one document; null: the side has none. */
export interface ListPair {
  paperRow: number | null
  itemId: string | null
  likeness: number
}

/** Everything that the paper's lists say otherwise than the electronic volume, and which rows belong together. */
export function compareLists(
  paper: PaperCatalogue,
  electronic: ElectronicLists,
): { readonly pairs: ListPair[]; readonly findings: CatalogueFinding[] } {
  const numbers = new Set(electronic.pages.map(({ printedNumber }) => printedNumber))
  // who gave the cover or the closing note only has said nothing of rows
  const comparison =
    paper.rows.length === 0
      ? null
      : compareCatalogues(paper.rows, electronic.rows, {
          hasImage: (number) => numbers.has(number),
          bookCount: electronic.bookCount,
        })
  const covers = compareCovers(paper.cover, electronic.cover).map(
    (finding): CatalogueFinding => ({ ...finding, field: 'cover', paperRow: null, itemId: null }),
  )
  return {
    pairs: (comparison?.pairs ?? []).map(({ paper: paperRow, electronic: at, likeness }) => ({
      ...{ paperRow, likeness },
      itemId: at === null ? null : (electronic.rows[at]?.itemId ?? null),
    })),
    findings: [
      ...(comparison?.findings ?? []).map((finding): CatalogueFinding => ({ ...finding, name: '' })),
      ...countFindings(paper, electronic, comparison),
      ...covers,
    ],
  }
}
