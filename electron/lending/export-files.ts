import type { Book, Item, PageRow } from '../../shared/contract/model.ts'
import { type FileNameValues, renderFileName } from '../../shared/domain/index.ts'
import { PAGE_KIND_INFO } from '../../shared/domain/page-kind.ts'
import { maskSensitive } from '../../shared/domain/sensitive-text.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { PdfBookmark } from '../forms/index.ts'
import { requireNameTemplate } from '../intake/index.ts'
import type { ExportedVolume, ExportScope } from './export-scope.ts'

export type ExportFiles = 'whole' | 'volume' | 'item'

export interface PlannedPage {
  readonly page: PageRow
  readonly from: ExportedVolume
  readonly label: string
}

/** One PDF of an export. */
export interface PlannedFile {
  /** The same when an export that was cut off is taken up again. */
  readonly key: string
  readonly title: string
  readonly template: 'item' | 'volume' | 'case' | 'loose'
  readonly values: FileNameValues
  readonly pages: readonly PlannedPage[]
  readonly bookmarks: readonly PdfBookmark[]
}

const VOLUME_TEMPLATE = '{案号}_{正|副}_p{起页}-{止页}.pdf'
const CASE_TEMPLATE = '{案号}_全案_{页数}页.pdf'
/** Pages that no row of the catalogue names, as covers and closing notes, still belong to the volume. */
const LOOSE_TEMPLATE = '{案号}_{正|副}_{序号:3}_{题名}.pdf'
const LOOSE_TITLE = '目录外页面'

interface CaseNames {
  readonly number: string
  readonly fileSafe: string
}

interface PlacedPage {
  readonly page: PageRow
  readonly from: ExportedVolume
  readonly book: Book | undefined
  readonly item: Item | undefined
}

function placedPages(volumes: readonly ExportedVolume[]): readonly PlacedPage[] {
  return volumes.flatMap((from) => {
    const books = new Map(from.books.map((book) => [book.id, book]))
    const items = new Map(from.books.flatMap((book) => book.items.map((item) => [item.id, item])))
    return from.pages.map((page) => ({
      page,
      from,
      book: books.get(page.bookId),
      item: page.itemId === null ? undefined : items.get(page.itemId),
    }))
  })
}

function numberOf({ printedNumber, kind, position }: PageRow): string {
  if (printedNumber !== '') return printedNumber
  return PAGE_KIND_INFO[kind].numbered ? `影像${position}` : PAGE_KIND_INFO[kind].zh
}

/** Printed numbers alone where they are plain to read; with volume and book where several begin at 1. */
function labelled(pages: readonly PlacedPage[]): readonly PlannedPage[] {
  const several = new Set(pages.map(({ page }) => page.bookId)).size > 1
  const severalVolumes = new Set(pages.map(({ from }) => from.volume.id)).size > 1
  return pages.map(({ page, from, book }) => {
    const mark = severalVolumes ? VOLUME_KIND_INFO[from.volume.kind].mark : ''
    const part = from.books.length > 1 ? `${book?.sequence ?? ''}` : ''
    return { page, from, label: several ? `${mark}${part}·${numberOf(page)}` : numberOf(page) }
  })
}

interface OpenBookmark {
  readonly title: string
  readonly page: number
  readonly children: OpenBookmark[]
}

/** 卷 → 册, where there are several → 件; a document is named once, where its first page stands. */
function bookmarksOf(pages: readonly PlacedPage[], withVolumes: boolean): readonly PdfBookmark[] {
  const root: OpenBookmark[] = []
  const known = new Map<string, OpenBookmark>()
  const under = (level: OpenBookmark[], key: string, title: string, page: number): OpenBookmark[] => {
    const found = known.get(key)
    if (found !== undefined) return found.children
    const made: OpenBookmark = { title, page, children: [] }
    known.set(key, made)
    level.push(made)
    return made.children
  }
  for (const [place, { from, book, item }] of pages.entries()) {
    let level = root
    if (withVolumes) {
      level = under(level, from.volume.id, VOLUME_KIND_INFO[from.volume.kind].zh, place)
      if (from.books.length > 1 && book !== undefined)
        level = under(level, book.id, `第${book.sequence}册`, place)
    }
    if (item !== undefined) under(level, item.id, maskSensitive(item.title), place)
  }
  return root
}

function valuesOf(names: CaseNames, pages: readonly PlacedPage[]): FileNameValues {
  const [first] = pages
  const numbered = pages.filter(({ page }) => page.printedNumber !== '')
  const printed = (numbered.length === 0 ? pages : numbered).map(({ page }) => numberOf(page))
  return {
    caseNumber: names.fileSafe,
    volumeKind: first === undefined ? '' : VOLUME_KIND_INFO[first.from.volume.kind].zh,
    volumeMark: first === undefined ? '' : VOLUME_KIND_INFO[first.from.volume.kind].mark,
    book: first?.book?.sequence ?? null,
    firstPage: printed[0] ?? '',
    lastPage: printed.at(-1) ?? '',
    pageCount: pages.length,
  }
}

/** The files of an export, in the order of the volumes; every page of the scope stands in exactly one. */
export function plannedFiles(
  { volumes, caseId }: ExportScope,
  names: CaseNames,
  files: ExportFiles,
): readonly PlannedFile[] {
  const file = (
    key: string,
    template: PlannedFile['template'],
    pages: readonly PlacedPage[],
    words: readonly string[],
    more: FileNameValues = {},
  ): PlannedFile => ({
    key,
    template,
    title: [names.number, ...words].join(' '),
    values: { ...valuesOf(names, pages), ...more },
    pages: labelled(pages),
    bookmarks: bookmarksOf(pages, template === 'volume' || template === 'case'),
  })
  const kindOf = ({ volume }: ExportedVolume) => VOLUME_KIND_INFO[volume.kind].zh
  const all = placedPages(volumes)
  if (files === 'whole' && volumes.length > 1) return [file(`case|${caseId}`, 'case', all, ['全案'])]
  if (files !== 'item')
    return volumes.map((from) =>
      file(
        `volume|${from.volume.id}`,
        'volume',
        all.filter((placed) => placed.from === from),
        [kindOf(from)],
      ),
    )
  return volumes.flatMap((from) => {
    const ofVolume = all.filter((placed) => placed.from === from)
    const groups = new Map<string | undefined, PlacedPage[]>()
    for (const placed of ofVolume) {
      const group = groups.get(placed.item?.id)
      if (group === undefined) groups.set(placed.item?.id, [placed])
      else group.push(placed)
    }
    return [...groups.values()].map((pages) => {
      const item = pages[0]?.item
      if (item === undefined)
        return file(`loose|${from.volume.id}`, 'loose', pages, [kindOf(from), LOOSE_TITLE], {
          itemNumber: 0,
          title: LOOSE_TITLE,
        })
      const title = maskSensitive(item.title)
      return file(`item|${item.id}`, 'item', pages, [kindOf(from), title], {
        ...{ itemNumber: item.sequence, title, date: item.date },
        documentNumber: maskSensitive(item.documentNumber),
        responsible: maskSensitive(item.responsible),
      })
    })
  })
}

/**
 * The name of a file in a folder where some names are taken. `itemTemplate` is the unit's own for documents.
 * Throws INTAKE_NAME_UNUSABLE and INTAKE_NAME_TEMPLATE_INVALID.
 */
export function exportFileName(
  file: PlannedFile,
  itemTemplate: string,
  folder: { readonly characters: number; readonly taken: ReadonlySet<string> },
): string {
  const source = {
    item: itemTemplate.toLowerCase().endsWith('.pdf') ? itemTemplate : `${itemTemplate}.pdf`,
    volume: VOLUME_TEMPLATE,
    case: CASE_TEMPLATE,
    loose: LOOSE_TEMPLATE,
  }[file.template]
  const rendered = renderFileName(requireNameTemplate(source), file.values, {
    folderCharacters: folder.characters,
    taken: folder.taken,
  })
  if (!rendered.ok) throw new AppError(rendered.code, { reason: rendered.reason })
  return rendered.name
}
