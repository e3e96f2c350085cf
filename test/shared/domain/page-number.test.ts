import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assignPrintedNumbers,
  checkCatalogueRanges,
  checkPrintedNumbers,
  comparePrintedNumbers,
  countNumbered,
  followsDirectly,
  nextPrintedNumber,
  numberCorner,
  PAGE_KINDS,
  type PageKind,
  printPrintedNumber,
  rangeLength,
  readPrintedNumber,
  readRange,
} from '../../../shared/domain/index.ts'

const content = (...numbers: string[]): { kind: PageKind; printedNumber: string }[] =>
  numbers.map((printedNumber) => ({ kind: 'content', printedNumber }))

describe('a printed number', () => {
  it.each([
    ['12', { main: 12, inserted: null }],
    ['012', { main: 12, inserted: null }],
    [' １２ ', { main: 12, inserted: null }],
    ['12-1', { main: 12, inserted: 1 }],
    ['12之1', { main: 12, inserted: 1 }],
    ['12—1', { main: 12, inserted: 1 }],
    ['0', null],
    ['12-0', null],
    ['', null],
    ['十二', null],
    ['1-2-3', null],
    ['100000', null],
  ])('%j is read as %j', (text, number) => {
    expect(readPrintedNumber(text)).toEqual(number)
  })

  it('reads back as printed', () => {
    const number = fc.record({
      main: fc.integer({ min: 1, max: 99_999 }),
      inserted: fc.option(fc.integer({ min: 1, max: 999 })),
    })
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(readPrintedNumber(printPrintedNumber(a))).toEqual(a)
        expect(Math.sign(comparePrintedNumbers(a, b))).toBe(-Math.sign(comparePrintedNumbers(b, a)) + 0)
      }),
    )
  })

  it('is followed by the next whole number, also after an insertion', () => {
    expect([null, '', '12', '12-1'].map(nextPrintedNumber)).toEqual(['1', '1', '13', '13'])
    const follows = (a: string, b: string): boolean => {
      const [one, two] = [readPrintedNumber(a), readPrintedNumber(b)]
      return one !== null && two !== null && followsDirectly(one, two)
    }
    expect(
      follows('12', '13') && follows('12', '12-1') && follows('12-1', '12-2') && follows('12-2', '13'),
    ).toBe(true)
    expect(follows('12', '14') || follows('12', '12') || follows('12', '12-2') || follows('12', '13-1')).toBe(
      false,
    )
  })

  it('stands on sides with content only, and right on the front, left on the back', () => {
    const kinds: PageKind[] = ['cover', 'catalogue', 'content', 'blank', 'content', 'note', 'back']
    expect(assignPrintedNumbers(kinds)).toEqual(['', '', '1', '', '2', '', ''])
    expect(assignPrintedNumbers(['content', 'content'], 101)).toEqual(['101', '102'])
    expect([numberCorner('A'), numberCorner('B')]).toEqual(['upper-right', 'upper-left'])
  })

  it('as assigned is never odd', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PAGE_KINDS)),
        fc.integer({ min: 1, max: 500 }),
        (kinds, first) => {
          const numbers = assignPrintedNumbers(kinds, first)
          const pages = kinds.map((kind, at) => ({ kind, printedNumber: numbers[at] ?? '' }))
          expect(checkPrintedNumbers(pages, first)).toEqual([])
          expect(numbers.filter((number) => number !== '')).toHaveLength(countNumbered(kinds))
        },
      ),
    )
  })
})

describe('the numbers of a run of pages', () => {
  it.each([
    ['1,2,5', [{ code: 'gap', index: 2, from: 3, to: 4 }]],
    ['2,3', [{ code: 'gap', index: 0, from: 1, to: 1 }]],
    ['1,2,2,3', [{ code: 'duplicate', index: 2, text: '2' }]],
    ['1,2,3,4-1,4,5', [{ code: 'descends', index: 4, text: '4' }]],
    ['1,2,2-1,3', []],
    ['1,x,2', [{ code: 'unreadable', index: 1, text: 'x' }]],
    ['1,,2', [{ code: 'missing', index: 1, text: '' }]],
    [
      '1,3,2,4',
      [
        { code: 'gap', index: 1, from: 2, to: 2 },
        { code: 'descends', index: 2, text: '2' },
      ],
    ],
  ])('%s', (numbers, findings) => {
    expect(checkPrintedNumbers(content(...numbers.split(',')))).toEqual(findings)
  })

  it('must not stand on a cover', () => {
    expect(checkPrintedNumbers([{ kind: 'cover', printedNumber: '1' }, ...content('1')])).toEqual([
      { code: 'unexpected', index: 0, text: '1' },
    ])
  })
})

describe('the ranges of a catalogue', () => {
  const rows = (text: string): { first: string; last: string }[] =>
    text.split(' ').map((row) => {
      const [first = '', last = first] = row.split(':')
      return { first, last }
    })

  it.each([
    ['1:3 4 5:9', []],
    ['1:3 3-1:3-2 4:5', []],
    ['1:3 5:6', [{ code: 'hole', row: 1, after: '3', first: '5' }]],
    ['2:3', [{ code: 'hole', row: 0, after: '0', first: '2' }]],
    ['1:3 3:4', [{ code: 'overlap', row: 1, first: '3', before: '3' }]],
    ['1:3 9:4 4', [{ code: 'reversed', row: 1, first: '9', last: '4' }]],
    ['1:3 x:4 4', [{ code: 'unreadable', row: 1, text: 'x' }]],
    ['1:3 4:6 2', [{ code: 'does-not-ascend', row: 2, first: '2', before: '4' }]],
  ])('%s', (text, findings) => {
    expect(checkCatalogueRanges(rows(text))).toEqual(findings)
  })

  it('end at the counted page', () => {
    expect(checkCatalogueRanges(rows('1:3 4:9'), { countedLast: 9 })).toEqual([])
    expect(checkCatalogueRanges(rows('1:3 4:9'), { countedLast: '10' })).toEqual([
      { code: 'last-page-differs', last: '9', counted: '10' },
    ])
    expect(checkCatalogueRanges([], { countedLast: 1 })).toHaveLength(1)
  })

  it('may go on from another book', () => {
    expect(checkCatalogueRanges(rows('101:103'), { firstNumber: 101, countedLast: 103 })).toEqual([])
  })

  it('cut from whole pages are right, and wrong as soon as one moves', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(lengths, fc.nat(), fc.constantFrom(-1, 1), (sizes, pick, shift) => {
        let next = 1
        const ranges = sizes.map((size) => {
          const first = next
          next += size
          return { first: String(first), last: String(next - 1) }
        })
        expect(checkCatalogueRanges(ranges, { countedLast: next - 1 })).toEqual([])
        const at = pick % sizes.length
        const moved = ranges.map((range, row) =>
          row === at ? { ...range, first: String(Number(range.first) + shift) } : range,
        )
        expect(checkCatalogueRanges(moved, { countedLast: next - 1 })).not.toEqual([])
      }),
    )
  })

  it.each([
    ['3-7', { first: '3', last: '7' }],
    ['3—7', { first: '3', last: '7' }],
    ['3至7', { first: '3', last: '7' }],
    ['３～７', { first: '3', last: '7' }],
    ['3', { first: '3', last: '3' }],
    ['三', null],
  ])('%s in one cell', (text, range) => {
    expect(readRange(text)).toEqual(range)
  })

  it('have a length', () => {
    expect([rangeLength({ first: '3', last: '7' }), rangeLength({ first: '7', last: '3' })]).toEqual([
      5,
      null,
    ])
  })
})
