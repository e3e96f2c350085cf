import { parseFieldDate } from '../field-date.ts'
import { comparePrintedNumbers } from '../page-number.ts'
import { bigrams, similarity, titleForms } from '../title-normal-form.ts'
import { documentNumberForm, titleForm } from './written-forms.ts'
import type { WrittenPages } from './written-pages.ts'

/** A catalogue row of either side, with its pages read. */
export interface ComparableRow {
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  readonly pages: WrittenPages | null
}

/** A row with what comparing it a thousand times needs. */
export interface PreparedRow {
  readonly form: string
  readonly core: string
  readonly pairs: ReadonlySet<string>
  readonly number: string
  readonly date: string
  readonly pages: WrittenPages | null
}

export function preparedRow(row: ComparableRow): PreparedRow {
  const form = titleForm(row.title)
  const date = parseFieldDate(row.date)
  return {
    form,
    core: titleForms(row.title).core,
    pairs: bigrams(form),
    number: documentNumberForm(row.documentNumber),
    date: date.ok ? date.iso : '',
    pages: row.pages,
  }
}

/** Shares of the four kinds of evidence; what a side does not write is left out and the rest shared anew. */
const WEIGHTS = { title: 0.55, pages: 0.3, number: 0.12, date: 0.08 } as const
/** Titles as alike as this speak for a pair by themselves. */
const ALIKE_TITLE = 0.6

export interface RowLikeness {
  /** 0 to 1. */
  readonly value: number
  /** 0 to 1, of the titles alone. */
  readonly title: number
  readonly samePages: boolean
  readonly sameNumber: boolean
}

/** One less the share of characters to be changed (Levenshtein). */
function spelling(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (longer === 0) return 1
  let before = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return 1 - (before[b.length] ?? 0) / longer
}

function titleLikeness(a: PreparedRow, b: PreparedRow): number {
  if (a.form === b.form) return 1
  if (a.form === '' || b.form === '') return 0
  if (a.core === b.core) return 0.85
  const pairs = similarity(a.pairs, b.pairs)
  // titles that share no two characters are not the same one misspelt, but for the shortest
  return pairs === 0 && Math.max(a.form.length, b.form.length) > 3
    ? 0
    : Math.max(pairs, spelling(a.form, b.form))
}

function pageLikeness(a: WrittenPages, b: WrittenPages): number {
  const sameFirst = comparePrintedNumbers(a.first, b.first) === 0
  if (sameFirst && (a.open || b.open || comparePrintedNumbers(a.last, b.last) === 0)) return 1
  const apart = comparePrintedNumbers(a.last, b.first) < 0 || comparePrintedNumbers(b.last, a.first) < 0
  return apart && !sameFirst ? 0 : 0.5
}

/** How much speaks for two rows being the same document: title, pages, 文号, date. */
export function rowLikeness(a: PreparedRow, b: PreparedRow): RowLikeness {
  const title = titleLikeness(a, b)
  let weight: number = WEIGHTS.title
  let sum = WEIGHTS.title * title
  const add = (share: number, likeness: number) => {
    weight += share
    sum += share * likeness
  }
  const pages = a.pages === null || b.pages === null ? null : pageLikeness(a.pages, b.pages)
  if (pages !== null) add(WEIGHTS.pages, pages)
  const sameNumber = a.number !== '' && a.number === b.number
  if (a.number !== '' && b.number !== '') add(WEIGHTS.number, sameNumber ? 1 : 0)
  if (a.date !== '' && b.date !== '') add(WEIGHTS.date, a.date === b.date ? 1 : 0)
  return { value: sum / weight, title, samePages: pages === 1, sameNumber }
}

/** The least likeness of a pair that stands in its place. */
const PAIR_THRESHOLD = 0.3

/** Whether two rows in their places may be one document: some title, or the very pages, must speak for it. */
export function mayBePair({ value, title, samePages, sameNumber }: RowLikeness): boolean {
  return (
    value >= PAIR_THRESHOLD &&
    (title >= ALIKE_TITLE || samePages || sameNumber || (title > 0.3 && value > 0.4))
  )
}
