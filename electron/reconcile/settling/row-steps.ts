import type { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import { comparePrintedNumbers, readPrintedNumber } from '../../../shared/domain/page-number.ts'
import { type CatalogueRange, readRange } from '../../../shared/domain/page-range.ts'
import { readPlace } from '../../../shared/domain/reconcile/place.ts'
import type { StateItem, VolumeState } from '../../../shared/domain/reconcile/volume-state.ts'
import type { DifferenceRecord } from '../register/difference-records.ts'
import type { SealedWords } from '../register/sealed-words.ts'
import { type Found, LAST } from './found-steps.ts'

/** As much as a row of the catalogue takes. */
const LONGEST = { date: 40, documentNumber: 100, responsible: 200 } as const
/** 3-9 is a range; 12-1 counts down as one, so it is the single page put in after 12. */
function rangeOf(value: string): CatalogueRange | null {
  const range = readRange(value)
  if (range !== null && Number(range.first) <= Number(range.last)) return range
  return readPrintedNumber(value) === null ? null : { first: value, last: value }
}

/** The rows of the paper's catalogue, and which electronic rows they are; none where it was not given. */
export interface KnownRows {
  readonly rows: PaperCatalogue['rows']
  readonly pairs: readonly { readonly paperRow: number | null; readonly itemId: string | null }[]
}

type Added = Extract<PlanStep, { readonly kind: 'add-item' }>

/** Before which row a new one belongs: the one that follows it on paper, else the first whose pages come after its own. */
function rowBehind(
  ofBook: readonly StateItem[],
  firstPrinted: string,
  paperRow: number | null,
  { rows, pairs }: KnownRows,
): string | null {
  const partners = new Map(pairs.map(({ paperRow: row, itemId }) => [row, itemId]))
  if (paperRow !== null)
    for (let row = paperRow + 1; row < rows.length; row++) {
      const partner = ofBook.find(({ key }) => key === partners.get(row))
      if (partner !== undefined) return partner.key
    }
  const own = readPrintedNumber(firstPrinted)
  if (own === null) return null
  const after = ofBook.find((item) => {
    const first = readPrintedNumber(item.firstPrinted)
    return first !== null && comparePrintedNumbers(first, own) > 0
  })
  return after?.key ?? null
}

function addedRow(
  { id: differenceId, book, paperPlace }: DifferenceRecord,
  value: string,
  state: VolumeState,
  known: KnownRows,
): Added | null {
  const [first] = state.books
  if (value === '' || first === undefined) return null
  const bookId = state.books.find(({ sequence }) => sequence === book)?.id ?? first.id
  const place = readPlace(paperPlace)
  const at = place.at === 'catalogue-row' ? place.row - 1 : null
  const row = at === null || known.rows[at]?.title.trim() !== value ? undefined : known.rows[at]
  const pages = rangeOf(row?.pages ?? '')
  const range = { firstPrinted: pages?.first ?? '', lastPrinted: pages?.last ?? '' }
  const items = state.items.filter((item) => item.bookId === bookId)
  return {
    ...{ kind: 'add-item', differenceId, bookId, title: value.slice(0, 300) },
    beforeItemId: rowBehind(items, range.firstPrinted, row === undefined ? null : at, known),
    date: (row?.date ?? '').slice(0, LONGEST.date),
    documentNumber: (row?.documentNumber ?? '').slice(0, LONGEST.documentNumber),
    responsible: (row?.responsible ?? '').slice(0, LONGEST.responsible),
    ...range,
  }
}

/** What 改目录 makes of the rows: entered in its place on paper, taken out, or corrected. */
export function rowSteps(
  difference: DifferenceRecord,
  words: Pick<SealedWords, 'paperWords'>,
  state: VolumeState,
  known: KnownRows,
): Found {
  const { id: differenceId, itemId, type, identity } = difference
  const value = words.paperWords.trim()
  const order = LAST
  if (type === 'D14' || type === 'D15') {
    if (itemId !== null) return { steps: [{ kind: 'remove-item', differenceId, itemId }], order }
    const added = addedRow(difference, value, state, known)
    return added === null ? 'value-unknown' : { steps: [added], order }
  }
  if (itemId === null || !state.items.some(({ key }) => key === itemId)) return 'no-item'
  const edit = (values: Extract<PlanStep, { kind: 'edit-item' }>['values']): Found => ({
    steps: [{ kind: 'edit-item', differenceId, itemId, values }],
    order,
  })
  if (value === '') return 'value-unknown'
  if (type === 'D11') return edit({ title: value.slice(0, 300) })
  if (type === 'D13') {
    const range = rangeOf(value)
    if (range === null) return 'value-unknown'
    return edit({ firstPrinted: range.first, lastPrinted: range.last })
  }
  const field = identity.split('|').at(-1)
  if (field === 'date' || field === 'documentNumber' || field === 'responsible')
    return edit({ [field]: value.slice(0, LONGEST[field]) })
  return 'value-unknown'
}
