import { caseTypeOrder } from './case-types.ts'
import { printNumbers, printSub } from './court-schemes.ts'
import { courtOrderText } from './courts.ts'
import type { CaseNumberFields, CaseNumberSchemeId } from './fields.ts'
import { printCaseNumber } from './print.ts'

const SCHEME_ORDER: Readonly<Record<CaseNumberSchemeId, number>> = {
  court: 1,
  'court-legacy': 2,
  'procuratorate-intake': 3,
  'procuratorate-document': 4,
  'unified-intake': 5,
  'law-firm': 6,
  custom: 7,
  'free-text': 8,
}
const NO_YEAR = '9999'
// A blank sorts before everything that can stand in a normalised number, so a shorter field comes first.
const BETWEEN = ' '

/**
 * Text whose plain `<` comparison puts numbers in the order of the shelves: year, kind of number, court in the
 * order of GB/T 2260, type in the order of the official table, the special court mark, the number as a whole
 * number, its ending. Numbers printed alike have the same key, and no others do.
 */
export function caseNumberSortKey(fields: CaseNumberFields): string {
  const canonical = printCaseNumber(fields)
  const year = yearOf(fields)
  return [
    year === null ? NO_YEAR : String(year).padStart(4, '0'),
    String(SCHEME_ORDER[fields.scheme]),
    ...orderWithin(fields),
    canonical,
  ].join(BETWEEN)
}

/** The year that a number carries; null when it carries none. */
export function yearOf(fields: CaseNumberFields): number | null {
  if (fields.scheme === 'free-text') return null
  if (fields.scheme !== 'custom') return fields.year
  const year = fields.values.year ?? ''
  return /^(?:19|20)\d{2}$/.test(year) ? Number(year) : null
}

function orderWithin(fields: CaseNumberFields): readonly string[] {
  switch (fields.scheme) {
    case 'court': {
      const order = caseTypeOrder(fields.type)
      const type = order === null ? `999${fields.type}` : String(order).padStart(3, '0')
      return [
        courtOrderText(fields.court),
        type,
        fields.special ?? '',
        counted(fields.number),
        ending(fields.sub),
      ]
    }
    case 'court-legacy':
      return [fields.body, counted(fields.number), ending(fields.sub)]
    case 'procuratorate-document':
      return [
        fields.procuratorate,
        fields.department ?? '',
        fields.document,
        fields.marked ? 'Z' : '',
        counted(fields.number),
      ]
    case 'procuratorate-intake':
      return [fields.procuratorate, fields.category, fields.unit, counted(fields.number)]
    case 'unified-intake':
      return [fields.unit, counted(fields.number)]
    case 'law-firm':
      return [fields.firm, fields.kind, counted(fields.number)]
    case 'custom': {
      const number = fields.values.number ?? ''
      const rest = Object.entries(fields.values).filter(([name]) => name !== 'number' && name !== 'year')
      return [
        fields.schemeId,
        ...rest.map(([, value]) => value),
        /^\d{1,20}$/.test(number) ? counted(number) : number,
      ]
    }
    case 'free-text':
      return []
  }
}

const counted = (number: string): string => number.replace(/^0+(?=\d)/, '').padStart(20, '0')
const ending = (sub: number | null): string => String(sub ?? 0).padStart(4, '0')

export interface UniquenessOptions {
  /** Count 之一 as a number of its own, as documents do; two documents of one case differ only there. */
  readonly forDocument?: boolean
}

/** Equal for two numbers of the same case: court, special mark, type, year and number, whatever the zeros. */
export function caseNumberUniquenessKey(fields: CaseNumberFields, options: UniquenessOptions = {}): string {
  const plain = (number: string): string => number.replace(/^0+(?=\d)/, '')
  const numbers = (own: Extract<CaseNumberFields, { more: unknown }>): string =>
    plain(own.number) + own.more.map((further) => further.join + plain(further.number)).join('')
  const key = (...parts: readonly (string | number)[]): string => [fields.scheme, ...parts].join('|')
  const sub = (value: number | null): readonly string[] =>
    options.forDocument === true && value !== null ? [printSub(value)] : []
  switch (fields.scheme) {
    case 'court':
      return key(
        fields.court,
        fields.special ?? '',
        fields.type,
        fields.year,
        numbers(fields),
        ...sub(fields.sub),
      )
    case 'court-legacy':
      return key(fields.body, fields.year, numbers(fields), ...sub(fields.sub))
    case 'procuratorate-document': {
      const { procuratorate, department, document, marked, year, number } = fields
      return key(procuratorate, department ?? '', document, marked ? 'Z' : '', year, plain(number))
    }
    case 'procuratorate-intake':
      return key(fields.procuratorate, fields.category, fields.unit, fields.year, plain(fields.number))
    case 'unified-intake':
      return key(fields.unit, fields.year, plain(fields.number))
    case 'law-firm':
      return key(fields.firm, fields.kind, fields.year, plain(fields.number))
    case 'custom':
      return key(fields.schemeId, printCaseNumber(fields))
    case 'free-text':
      return key(fields.text)
  }
}

/** The counter a number was drawn from; null for kinds without one. Numbers of one counter follow each other. */
export function caseNumberCounterKey(fields: CaseNumberFields): string | null {
  if (fields.scheme === 'free-text' || fields.scheme === 'custom') return null
  const bare = 'more' in fields ? { ...fields, number: '0', more: [], sub: null } : { ...fields, number: '0' }
  return caseNumberUniquenessKey(bare)
}

const MOST_EXPANDED = 1000

/** Every whole number that a number stands for: 18775-18776 gives two. A range over 1000 gives only its ends. */
export function caseNumberCounts(fields: CaseNumberFields): readonly number[] {
  if (fields.scheme === 'free-text' || fields.scheme === 'custom') return []
  const counts = [Number(fields.number)]
  if (!('more' in fields)) return counts
  for (const { join, number } of fields.more) {
    const last = counts.at(-1) ?? 0
    const next = Number(number)
    if (join === '-' && next > last && next - last <= MOST_EXPANDED)
      for (let between = last + 1; between < next; between += 1) counts.push(between)
    counts.push(next)
  }
  return counts
}

/** The numbers as printed, for names and lists: 3827、3828. */
export function printedNumbers(fields: Extract<CaseNumberFields, { more: unknown }>): string {
  return printNumbers(fields.number, fields.more)
}
