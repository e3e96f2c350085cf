import { type PrintedNumber, printPrintedNumber, readPrintedNumber } from '../page-number.ts'
import { checkCatalogueRanges, type RangeFinding } from '../page-range.ts'
import { alignRows, type RowPairing } from './row-alignment.ts'
import type { ComparableRow } from './row-likeness.ts'
import { dateIsKept, documentNumberForm, sameNames, sameWords, titleForm } from './written-forms.ts'
import {
  pagesAreKept,
  printWrittenPages,
  readWrittenPages,
  type WrittenPages,
  withImpliedEnds,
} from './written-pages.ts'

/** A row of the paper's 卷内目录, as it is written. */
export interface PaperRow {
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  readonly pages: string
}

/** A row of the electronic catalogue. */
export interface ElectronicRow {
  readonly itemId: string
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  /** Printed numbers as text; empty where none is kept. */
  readonly firstPrinted: string
  readonly lastPrinted: string
  /** How many images belong to it. */
  readonly imageCount: number
}

/** A line of the comparison; `paperRow` counts from 0. */
export interface RowFinding {
  readonly type: 'D04' | 'D11' | 'D12' | 'D13' | 'D14' | 'D15'
  readonly field: 'row' | 'order' | 'title' | 'date' | 'documentNumber' | 'responsible' | 'pages'
  readonly paperRow: number | null
  readonly itemId: string | null
  readonly paper: string
  readonly electronic: string
}

export interface CatalogueComparison {
  readonly pairs: readonly RowPairing[]
  readonly findings: readonly RowFinding[]
  /** The paper's rows with their pages as they are to be understood. */
  readonly paperPages: readonly (WrittenPages | null)[]
}

export interface ComparisonContext {
  /** Whether an image carries this printed number. */
  readonly hasImage: (number: string) => boolean
  /** Books 册 of the volume: each counts its pages from 1. */
  readonly bookCount: number
}

/** The printed numbers of an electronic row; null where they are none. */
export function electronicPages({ firstPrinted, lastPrinted }: ElectronicRow): WrittenPages | null {
  const first = readPrintedNumber(firstPrinted)
  const last = readPrintedNumber(lastPrinted === '' ? firstPrinted : lastPrinted)
  return first === null || last === null ? null : { first, last, open: false }
}

const electronicPagesText = (row: ElectronicRow): string => {
  const pages = electronicPages(row)
  return pages === null
    ? [row.firstPrinted, row.lastPrinted].filter(Boolean).join('-')
    : printWrittenPages(pages)
}

const rowInWords = (title: string, pages: string): string =>
  pages === '' ? title : `${title}（第 ${pages} 页）`

/** Whether the images of these pages are all there: then the file has the document and a catalogue lacks it. */
function hasImages({ first, last }: WrittenPages, hasImage: (number: string) => boolean): boolean {
  const ends: readonly PrintedNumber[] = [first, last]
  if (!ends.every((number) => hasImage(printPrintedNumber(number)))) return false
  for (let main = first.main + 1; main < last.main; main++) if (!hasImage(String(main))) return false
  return true
}

function pairFindings(
  paper: PaperRow,
  paperPages: WrittenPages | null,
  electronic: ElectronicRow,
  paperRow: number,
): readonly RowFinding[] {
  const findings: RowFinding[] = []
  const check = (
    type: RowFinding['type'],
    field: RowFinding['field'],
    written: string,
    kept: string,
    same: () => boolean,
  ) => {
    if (written.trim() !== '' && !same())
      findings.push({ type, field, paperRow, itemId: electronic.itemId, paper: written, electronic: kept })
  }
  check(
    'D11',
    'title',
    paper.title,
    electronic.title,
    () => titleForm(paper.title) === titleForm(electronic.title),
  )
  check('D12', 'documentNumber', paper.documentNumber, electronic.documentNumber, () => {
    return documentNumberForm(paper.documentNumber) === documentNumberForm(electronic.documentNumber)
  })
  check('D12', 'date', paper.date, electronic.date, () => dateIsKept(paper.date, electronic.date))
  check('D12', 'responsible', paper.responsible, electronic.responsible, () =>
    sameNames(paper.responsible, electronic.responsible),
  )
  const pages = electronicPages(electronic)
  // as it is to be understood, so that it can be put into the catalogue: 3 before a row that begins at 6 is 3-5
  const understood = paperPages === null || paperPages.open ? paper.pages : printWrittenPages(paperPages)
  check('D13', 'pages', understood, electronicPagesText(electronic), () =>
    paperPages === null || pages === null
      ? sameWords(paper.pages, electronicPagesText(electronic))
      : pagesAreKept(paperPages, pages),
  )
  return findings
}

function lonePaperRow(
  row: PaperRow,
  pages: WrittenPages | null,
  at: number,
  context: ComparisonContext,
): RowFinding {
  const there = pages !== null && context.bookCount === 1 && hasImages(pages, context.hasImage)
  return {
    type: there ? 'D15' : 'D14',
    ...{ field: 'row', paperRow: at, itemId: null },
    paper: rowInWords(row.title, row.pages),
    electronic: there ? '有影像，目录无此件' : '无',
  }
}

function loneElectronicRow(row: ElectronicRow): RowFinding {
  return {
    type: row.imageCount > 0 ? 'D15' : 'D14',
    ...{ field: 'row', paperRow: null, itemId: row.itemId, paper: '无' },
    electronic: rowInWords(row.title, electronicPagesText(row)),
  }
}

function rangeWords(finding: RangeFinding): string {
  switch (finding.code) {
    case 'unreadable':
      return `页次“${finding.text}”不能辨认`
    case 'reversed':
      return `页次 ${finding.first}-${finding.last} 首尾颠倒`
    case 'does-not-ascend':
      return `页次自 ${finding.first} 起，早于前一件的 ${finding.before}`
    case 'overlap':
      return `页次自 ${finding.first} 起，与前面至 ${finding.before} 的页次重叠`
    case 'hole':
      return `前面至 ${finding.after}，此件自 ${finding.first} 起，中间缺页次`
    case 'last-page-differs':
      return `末页 ${finding.last}，清点 ${finding.counted}`
  }
}

/** Where the page ranges of the paper's own rows do not go on from one another (domain.md §2.3), book by book. */
function rangesAmongThemselves(
  rows: readonly PaperRow[],
  pages: readonly (WrittenPages | null)[],
  starts: readonly number[],
): readonly RowFinding[] {
  return starts.flatMap((start, book) => {
    const end = starts[book + 1] ?? rows.length
    const written = rows
      .map(({ pages: text }, at) => ({ at, text, pages: pages[at] ?? null }))
      .slice(start, end)
    const named = written.filter(({ text }) => text.trim() !== '')
    const ranges = named.map(({ pages: read, text }) => ({
      first: read === null ? text : printPrintedNumber(read.first),
      last: read === null ? text : printPrintedNumber(read.last),
    }))
    return checkCatalogueRanges(ranges).flatMap((finding): readonly RowFinding[] => {
      const row = finding.code === 'last-page-differs' ? undefined : named[finding.row]
      if (row === undefined) return []
      const paper = `${rowInWords(rows[row.at]?.title ?? '', row.text)}：${rangeWords(finding)}`
      return [{ type: 'D13', field: 'pages', paperRow: row.at, itemId: null, paper, electronic: '' }]
    })
  })
}

/** Where each book's rows begin: a range that goes back to 1 begins the next one, where the volume has several. */
function bookStarts(pages: readonly (WrittenPages | null)[], bookCount: number): readonly number[] {
  const starts = [0]
  let last = 0
  pages.forEach((read, at) => {
    if (read === null) return
    if (read.first.main === 1 && last > 1 && starts.length < bookCount) {
      starts.push(at)
      last = 0
    }
    last = Math.max(last, read.last.main)
  })
  return starts
}

/** Last pages as the paper's catalogue says, all books together; null where no row names a page. */
export function lastPageOf(pages: readonly (WrittenPages | null)[], bookCount: number): number | null {
  const starts = bookStarts(pages, bookCount)
  const lasts = starts.map((start, book) => {
    const own = pages.slice(start, starts[book + 1] ?? pages.length).filter((read) => read !== null)
    return own.some(({ open }) => open) ? null : Math.max(0, ...own.map(({ last }) => last.main))
  })
  const sum = lasts.reduce<number | null>(
    (total, last) => (total === null || last === null ? null : total + last),
    0,
  )
  return sum === 0 ? null : sum
}

/**
 * Holds the paper's 卷内目录 against the electronic catalogue: rows that one side lacks (D14, D15), order (D04), title
 * (D11), date, 文号 and 责任者 (D12), pages (D13), and pages that do not go on from row to row on the paper itself
 * (D13). What the paper does not write is not compared; 一 and 1, 〔〕 and （）, 2023年3月14日 and 2023.3.14 are the same.
 */
export function compareCatalogues(
  paper: readonly PaperRow[],
  electronic: readonly ElectronicRow[],
  context: ComparisonContext,
): CatalogueComparison {
  const read = paper.map(({ pages }) => readWrittenPages(pages))
  const starts = bookStarts(read, context.bookCount)
  const paperPages = starts.flatMap((start, book) =>
    withImpliedEnds(read.slice(start, starts[book + 1] ?? read.length)),
  )
  const comparable = (row: PaperRow | ElectronicRow, pages: WrittenPages | null): ComparableRow => ({
    ...row,
    pages,
  })
  const pairs = alignRows(
    paper.map((row, at) => comparable(row, paperPages[at] ?? null)),
    electronic.map((row) => comparable(row, electronicPages(row))),
  )
  const findings = pairs.flatMap((pair): readonly RowFinding[] => {
    const row = pair.paper === null ? undefined : paper[pair.paper]
    const item = pair.electronic === null ? undefined : electronic[pair.electronic]
    if (row === undefined || pair.paper === null) return item === undefined ? [] : [loneElectronicRow(item)]
    const pages = paperPages[pair.paper] ?? null
    if (item === undefined || pair.electronic === null) return [lonePaperRow(row, pages, pair.paper, context)]
    const order: readonly RowFinding[] = pair.moved
      ? [
          {
            ...{ type: 'D04', field: 'order', paperRow: pair.paper, itemId: item.itemId },
            ...{ paper: `第 ${pair.paper + 1} 行`, electronic: `第 ${pair.electronic + 1} 行` },
          },
        ]
      : []
    return [...order, ...pairFindings(row, pages, item, pair.paper)]
  })
  const told = new Set(findings.filter(({ type }) => type === 'D13').map(({ paperRow }) => paperRow))
  const ranges = rangesAmongThemselves(paper, paperPages, starts)
  return {
    pairs,
    findings: [...findings, ...ranges.filter(({ paperRow }) => !told.has(paperRow))],
    paperPages,
  }
}
