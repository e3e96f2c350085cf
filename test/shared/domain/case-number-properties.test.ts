import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CASE_TYPES,
  type CaseNumberFields,
  caseNumberCompact,
  caseNumberFileSafe,
  caseNumberSearchForms,
  caseNumberSortKey,
  caseNumberTail,
  caseNumberUniquenessKey,
  caseTypeOrder,
  fileNameKey,
  type ModernCaseNumber,
  normaliseCaseNumber,
  PROVINCE_MARKS,
  parseCaseNumber,
  printCaseNumber,
  readCaseNumber,
  safeFileName,
  suggestCaseNumberRepairs,
} from '../../../shared/domain/index.ts'

const year = fc.integer({ min: 1950, max: 2099 })
const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })
const plainNumber = fc.integer({ min: 0, max: 99_999_999 }).map(String)
const han = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...'甲乙丙民刑行商保贸沪济京一二初终再'),
    minLength: min,
    maxLength: max,
  })
const more = (number: fc.Arbitrary<string>): fc.Arbitrary<{ join: '、' | '-'; number: string }[]> =>
  fc.array(fc.record({ join: fc.constantFrom<'、' | '-'>('、', '-'), number }), { maxLength: 3 })
const sub = fc.option(fc.integer({ min: 1, max: 999 }))
const court = fc.oneof(
  fc.constant('最高法'),
  fc
    .tuple(fc.constantFrom(...PROVINCE_MARKS), fc.oneof(fc.constant(''), digits(2, 2), digits(4, 4)))
    .map((parts) => parts.join('')),
)
const modern: fc.Arbitrary<ModernCaseNumber> = fc.record({
  scheme: fc.constant('court' as const),
  year,
  court,
  special: fc.constantFrom(null, '知'),
  type: fc.constantFrom(...CASE_TYPES.map((row) => row.type), '民诉前调', '甲乙丙丁戊'),
  number: plainNumber,
  more: more(plainNumber),
  sub,
})
const procuratorate = fc
  .tuple(han(1, 7), fc.constantFrom('检', '院'))
  .map(([mark, end]) => mark + mark.slice(0, 1) + end)
const numbers: fc.Arbitrary<CaseNumberFields> = fc.oneof(
  modern,
  fc.record({
    scheme: fc.constant('court-legacy' as const),
    year,
    body: han(1, 15),
    number: digits(1, 8),
    more: more(digits(1, 8)),
    sub,
  }),
  fc.record({
    scheme: fc.constant('procuratorate-document' as const),
    year,
    procuratorate: procuratorate.filter((name) => name.length <= 9),
    department: fc.constantFrom(null, '一部', '十二部'),
    document: fc.constantFrom('刑诉', '不诉', '民监', '批捕'),
    marked: fc.boolean(),
    number: digits(1, 6),
  }),
  fc.record({
    scheme: fc.constant('procuratorate-intake' as const),
    year,
    procuratorate,
    category: fc.constantFrom('起诉', '批捕', '民监'),
    unit: digits(6, 6),
    number: digits(5, 5),
  }),
  fc.record({
    scheme: fc.constant('unified-intake' as const),
    year,
    unit: digits(6, 6),
    number: digits(7, 7),
  }),
  fc.record({
    scheme: fc.constant('law-firm' as const),
    year,
    firm: fc
      .tuple(fc.stringMatching(/^[A-Z]{0,4}$/), han(0, 6))
      .map(([latin, name]) => `${latin}${name}所律`),
    kind: han(0, 6),
    number: digits(1, 8),
  }),
)

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'（）()[]〔〕【】０１２３0123456789京沪粤知民初终执字第号之至~—-、,，Ａz號検\u3000\u200b\u00a0\u0301\u0338<>≯',
    ),
    fc.constantFrom('（2023）', '(2019)', '最高法', '京0105'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
})

describe('case numbers of every scheme', () => {
  it('print and read back as the same fields', () => {
    fc.assert(
      fc.property(numbers, (fields) => {
        expect(parseCaseNumber(printCaseNumber(fields))).toEqual(fields)
      }),
      { numRuns: 1000 },
    )
  })

  it('are normal as printed', () => {
    fc.assert(
      fc.property(numbers, (fields) => {
        const printed = printCaseNumber(fields)
        expect(normaliseCaseNumber(printed)).toBe(printed)
      }),
    )
  })

  it('are read the same in full width, with blanks and with other brackets', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('()', '[]', '【】', '〔〕', '（）'), (fields, pair) => {
        const disguised = printCaseNumber(fields)
          .replace(/[（〔](\d{4})[）〕]/, `${pair[0]}$1${pair[1]}`)
          .replace(/[0-9A-Z]/g, (mark) => `\u3000${String.fromCharCode(mark.charCodeAt(0) + 0xfee0)}\u200b`)
          .replaceAll('号', '號')
        expect(parseCaseNumber(disguised)).toEqual(fields)
      }),
    )
  })

  it('have names that are safe', () => {
    fc.assert(
      fc.property(numbers, (fields) => {
        const name = caseNumberFileSafe(fields)
        expect(safeFileName(name)).toBe(name)
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(120)
      }),
    )
  })

  it('are found by their own text and by any end of it', () => {
    fc.assert(
      fc.property(modern, fc.nat(), (fields, seed) => {
        const printed = printCaseNumber(fields)
        const stored = caseNumberCompact(printed)
        expect(stored).toContain(caseNumberSearchForms(printed).compact)
        expect(stored.endsWith(caseNumberTail(printed))).toBe(true)
        const piece = `${fields.type}${fields.number}`.slice(seed % fields.type.length)
        expect(stored).toContain(caseNumberSearchForms(piece).compact)
      }),
    )
  })

  it('lose one bracket and are still suggested', () => {
    fc.assert(
      fc.property(modern, (fields) => {
        const printed = printCaseNumber(fields)
        const suggested = suggestCaseNumberRepairs(printed.replace('（', '')).map((each) => each.canonical)
        expect(suggested).toContain(printed)
      }),
    )
  })
})

describe('normalising', () => {
  it('is idempotent for any text', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const once = normaliseCaseNumber(raw)
        expect(normaliseCaseNumber(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })

  it('and reading never throw, and keep the raw text', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const reading = readCaseNumber(raw, { clock: () => new Date(0) })
        if (!reading.ok) return
        expect(reading.number.raw).toBe(raw)
        const again = readCaseNumber(reading.number.canonical, { clock: () => new Date(0) })
        expect(again.ok && again.number.sortKey).toBe(reading.number.sortKey)
      }),
      { numRuns: 1000 },
    )
  })
})

/** The order of §1.4, field by field, written without the key. */
function compareFieldwise(a: ModernCaseNumber, b: ModernCaseNumber): number {
  return (
    a.year - b.year ||
    compareCourts(a.court, b.court) ||
    typePlace(a.type) - typePlace(b.type) ||
    compareText(caseTypeOrder(a.type) === null ? a.type : '', caseTypeOrder(b.type) === null ? b.type : '') ||
    compareText(a.special ?? '', b.special ?? '') ||
    Number(a.number) - Number(b.number) ||
    (a.sub ?? 0) - (b.sub ?? 0) ||
    compareText(printCaseNumber(a), printCaseNumber(b))
  )
}
const typePlace = (type: string): number => caseTypeOrder(type) ?? Number.MAX_SAFE_INTEGER
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
function compareCourts(a: string, b: string): number {
  const place = (code: string): number => (code === '最高法' ? -1 : PROVINCE_MARKS.indexOf(code.charAt(0)))
  return place(a) - place(b) || compareText(a.slice(1), b.slice(1))
}

describe('the sort key', () => {
  const near = fc.record({
    scheme: fc.constant('court' as const),
    year: fc.constantFrom(2022, 2023),
    court: fc.constantFrom('最高法', '京', '京01', '京0105', '京02', '沪', '兵', '军', '新'),
    special: fc.constantFrom(null, '知'),
    type: fc.constantFrom('民初', '民终', '执', '破', '民诉前调', '引调'),
    number: fc.constantFrom('1', '2', '10', '99999999'),
    more: fc.constant([]),
    sub: fc.constantFrom(null, 1, 2, 10),
  })

  it('orders as the fields do', () => {
    fc.assert(
      fc.property(fc.oneof(near, modern), fc.oneof(near, modern), (a, b) => {
        const byKey = compareText(caseNumberSortKey(a), caseNumberSortKey(b))
        expect(byKey).toBe(Math.sign(compareFieldwise(a, b)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same only for numbers printed alike', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const alike = printCaseNumber(a) === printCaseNumber(b)
        expect(caseNumberSortKey(a) === caseNumberSortKey(b)).toBe(alike)
      }),
    )
  })
})

describe('the uniqueness key', () => {
  it('tells two cases apart exactly by court, mark, type, year and numbers', () => {
    fc.assert(
      fc.property(modern, modern, fc.boolean(), (a, b, twin) => {
        const other = twin ? { ...a, sub: b.sub } : b
        const parts = (one: ModernCaseNumber): unknown => [
          one.court,
          one.special,
          one.type,
          one.year,
          one.number,
          one.more,
        ]
        const same = JSON.stringify(parts(a)) === JSON.stringify(parts(other))
        expect(caseNumberUniquenessKey(a) === caseNumberUniquenessKey(other)).toBe(same)
      }),
    )
  })

  it('differs where file names differ', () => {
    fc.assert(
      fc.property(modern, modern, (a, b) => {
        const [one, two] = [
          { ...a, sub: null, more: [] },
          { ...b, sub: null, more: [] },
        ]
        const sameCase = caseNumberUniquenessKey(one) === caseNumberUniquenessKey(two)
        expect(fileNameKey(caseNumberFileSafe(one)) === fileNameKey(caseNumberFileSafe(two))).toBe(sameCase)
      }),
    )
  })
})
