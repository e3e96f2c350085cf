import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printedNumberGaps } from '../../../../shared/domain/reconcile/number-gaps.ts'

const pagesOf = (numbers: readonly string[]) =>
  numbers.map((printedNumber, at) => ({ id: `i${at + 1}`, printedNumber }))
const gapsOf = (...numbers: string[]) =>
  printedNumberGaps(pagesOf(numbers)).map(({ kind, numbers: told, afterPageId, beforePageId }) => [
    ...[kind, told],
    `${afterPageId}–${beforePageId}`,
  ])

describe('the table of gaps', () => {
  it('is empty for numbers that run on, with insertions and unnumbered sides', () => {
    expect(gapsOf('', '1', '2', '2-1', '2-2', '', '3', '４', '')).toEqual([])
  })

  it('names what is missing between two images', () => {
    expect(gapsOf('1', '2', '5', '6')).toEqual([['missing', '3、4', 'i2–i3']])
    expect(gapsOf('1', '9')).toEqual([['missing', '2至8', 'i1–i2']])
    expect(gapsOf('12', '12-3', '13').slice(-1)).toEqual([['missing', '12-1、12-2', 'i1–i2']])
  })

  it('names what is missing before the first image', () => {
    expect(gapsOf('3', '4')).toEqual([['missing', '1、2', 'null–i1']])
  })

  it('names what is missing after the last, where the paper says how far it goes', () => {
    expect(printedNumberGaps(pagesOf(['1', '2']), { last: 4 })).toEqual([
      { kind: 'missing', numbers: '3、4', afterPageId: 'i2', beforePageId: null },
    ])
  })

  it('tells a number that stands twice', () => {
    expect(gapsOf('1', '2', '2', '3')).toEqual([['twice', '2', 'i2–i3']])
  })

  it('tells a page out of order once, and no gap where it should be', () => {
    expect(gapsOf('1', '2', '4', '5', '3', '6')).toEqual([['order', '3', 'i4–i5']])
  })

  it('tells exactly the numbers that were taken out', () => {
    const runs = fc.record({
      length: fc.integer({ min: 2, max: 60 }),
      seed: fc.array(fc.nat(), { maxLength: 10 }),
    })
    fc.assert(
      fc.property(runs, ({ length, seed }) => {
        const gone = new Set(seed.map((value) => 1 + (value % (length - 1))))
        const kept = Array.from({ length }, (_, at) => at + 1).filter((number) => !gone.has(number))
        const told = printedNumberGaps(pagesOf(kept.map(String))).flatMap(({ numbers }) =>
          numbers.split('、').flatMap((part) => {
            const [from = 0, to = from] = part.split('至').map(Number)
            return Array.from({ length: to - from + 1 }, (_, at) => from + at)
          }),
        )
        expect(told).toEqual([...gone].sort((a, b) => a - b))
      }),
    )
  })

  it('takes no more pages out of order than were moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.nat(), fc.nat(), (length, from, to) => {
        const numbers = Array.from({ length }, (_, at) => String(at + 1))
        const moved = numbers[from % length] ?? '1'
        const order = numbers.toSpliced(from % length, 1).toSpliced(to % length, 0, moved)
        const kinds = printedNumberGaps(pagesOf(order)).map(({ kind }) => kind)
        expect(kinds).toEqual(from % length === to % length ? [] : ['order'])
      }),
    )
  })
})
