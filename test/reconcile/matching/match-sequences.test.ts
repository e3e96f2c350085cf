import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  matchSequences,
  type PageSignature,
  type SequenceMatch,
} from '../../../electron/reconcile/matching/index.ts'
import { blankPage, madeForm, madePage } from './made-pages.ts'

const paperPage = (seed: number) => madePage({ seed, scan: 1 })
const electronicPage = (seed: number) => madePage({ seed, scan: 2 })
const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1)
const links = ({ matches }: SequenceMatch) => matches.map(({ paper, electronic }) => [paper, electronic])
const straight = (length: number) => Array.from({ length }, (_, index) => [index, index])
const gone = (result: SequenceMatch) => ({
  missing: result.missing.map(({ paper }) => paper),
  extra: result.extra.map(({ electronic }) => electronic),
})

describe('two sequences of pages', () => {
  const paper = numbers(12).map(paperPage)
  const whole = numbers(12).map(electronicPage)

  it('that agree are matched page by page, surely and in order', () => {
    const result = matchSequences(paper, whole)
    expect(links(result)).toEqual(straight(12))
    expect(
      result.matches.every(({ sure, moved, kind, turn }) => sure && !moved && kind === 'same' && turn === 0),
    ).toBe(true)
    expect(result.matches[3]?.reasons.map(({ code }) => code)).toContain('text-alike')
    expect({ ...gone(result), doubles: result.duplicated }).toEqual({ missing: [], extra: [], doubles: [] })
  })

  it('of which one lacks a page agree in all others', () => {
    const result = matchSequences(paper, whole.toSpliced(5, 1))
    expect(gone(result)).toEqual({ missing: [5], extra: [] })
    expect(links(result)).toEqual(
      straight(12)
        .filter(([p]) => p !== 5)
        .map(([p = 0]) => [p, p > 5 ? p - 1 : p]),
    )
    expect(result.matches.every(({ moved }) => !moved)).toBe(true)
  })

  it('of which one has a page more name it', () => {
    const result = matchSequences(paper, whole.toSpliced(7, 0, electronicPage(99)))
    expect(gone(result)).toEqual({ missing: [], extra: [7] })
    expect(result.matches).toHaveLength(12)
  })

  it('name a page that another one replaced, and only that', () => {
    const result = matchSequences(paper, whole.with(4, electronicPage(77)))
    expect(links(result)).toEqual(straight(12))
    expect(result.matches.filter(({ kind }) => kind === 'replaced').map(({ paper }) => paper)).toEqual([4])
  })

  it('name a page that was moved, and only that', () => {
    const [moved] = whole.slice(2, 3)
    const result = matchSequences(paper, [...whole.toSpliced(2, 1), ...(moved ? [moved] : [])])
    expect(result.matches.filter((match) => match.moved).map(({ paper }) => paper)).toEqual([2])
    expect(links(result)).toContainEqual([2, 11])
    expect(gone(result)).toEqual({ missing: [], extra: [] })
  })

  it('name the second of two scans of one page', () => {
    const result = matchSequences(paper, whole.toSpliced(4, 0, madePage({ seed: 4, scan: 9 })))
    expect(result.duplicated).toMatchObject([{ side: 'electronic', first: 3, again: 4 }])
    expect(gone(result)).toEqual({ missing: [], extra: [4] })
    expect(links(result)).toContainEqual([3, 3])
  })

  it('name the second of two scans that stand far apart', () => {
    const result = matchSequences([...paper, madePage({ seed: 2, scan: 5 })], whole)
    expect(result.duplicated).toMatchObject([{ side: 'paper', first: 1, again: 12 }])
    expect(gone(result)).toEqual({ missing: [12], extra: [] })
  })

  it.each([90, 180, 270] as const)(
    'find a page that was scanned turned by %i°, with text and without',
    (turn) => {
      for (const read of [true, false]) {
        const pages = numbers(7).map((seed) => madePage({ seed, scan: 2, read, turn: seed === 6 ? turn : 0 }))
        const own = read ? paper.slice(0, 7) : numbers(7).map((seed) => madePage({ seed, scan: 1, read }))
        const result = matchSequences(own, pages)
        expect(links(result)).toEqual(straight(7))
        expect(result.matches.map((match) => match.turn)).toEqual(
          numbers(7).map((seed) => (seed === 6 ? turn : 0)),
        )
      }
    },
  )

  it('agree by the image alone where one of them was not read, and are less sure', () => {
    const unread = numbers(12).map((seed) => madePage({ seed, scan: 2, read: false }))
    const result = matchSequences(paper, unread.toSpliced(5, 1))
    expect(gone(result)).toEqual({ missing: [5], extra: [] })
    expect(result.matches).toHaveLength(11)
    for (const { confidence, reasons } of result.matches) {
      expect(reasons.map(({ code }) => code)).toContain('only-image')
      expect(confidence).toBeLessThan(0.95)
    }
  })

  it('place blank backs by the pages around them', () => {
    const own = [1, 2, 3, 4].flatMap((seed) => [paperPage(seed), blankPage()])
    const other = [1, 2, 3, 4].flatMap((seed) => [electronicPage(seed), blankPage()]).toSpliced(3, 1)
    const result = matchSequences(own, other)
    expect(gone(result)).toEqual({ missing: [3], extra: [] })
    expect(links(result)).toContainEqual([5, 4])
    expect(result.matches.every(({ moved }) => !moved)).toBe(true)
  })

  it('tell forms apart in a long run by the person on them', () => {
    const people = numbers(16)
    const own = people.map((person) => madeForm(person, 1))
    const other = people.filter((person) => person !== 7).map((person) => madeForm(person, 2))
    const result = matchSequences(own, other)
    expect(gone(result)).toEqual({ missing: [6], extra: [] })
    expect(links(result)).toEqual(people.filter((p) => p !== 7).map((p) => [p - 1, p > 7 ? p - 2 : p - 1]))
  })

  it('name a form that was put in place of the same form of another person', () => {
    const own = numbers(8).map((person) => madeForm(person, 1))
    const other = own.map((_, index) => madeForm(index === 3 ? 50 : index + 1, 2))
    const replaced = matchSequences(own, other).matches.filter(({ kind }) => kind === 'replaced')
    expect(replaced.map(({ paper, electronic }) => [paper, electronic])).toEqual([[3, 3]])
  })

  it('ask a person where nothing tells two pages apart, and offer both', () => {
    const own = [paperPage(1), madePage({ seed: 2, scan: 1, read: false })]
    const twin = () => madePage({ seed: 2, scan: 2, read: false })
    const result = matchSequences(own, [twin(), electronicPage(1), twin()])
    const asked = result.matches.find(({ paper }) => paper === 1)
    expect(asked?.electronic).toBe(2)
    expect(result.extra[0]?.candidates.map(({ paper }) => paper)).toContain(1)
  })

  it('may be empty', () => {
    expect(matchSequences([], [])).toEqual({ matches: [], missing: [], extra: [], duplicated: [] })
    expect(gone(matchSequences(paper, []))).toEqual({ missing: paper.map((_, index) => index), extra: [] })
    expect(gone(matchSequences([], whole))).toEqual({ missing: [], extra: whole.map((_, index) => index) })
  })

  it('are not matched once the work is given up', () => {
    expect(() => matchSequences(paper, whole, [], AbortSignal.abort(new Error('given up')))).toThrow(
      'given up',
    )
  })
})

describe('what a person decided', () => {
  const paper = numbers(6).map(paperPage)
  const electronic = numbers(6).map(electronicPage)

  it('stands against all evidence', () => {
    const result = matchSequences(paper, electronic, [
      { paper: 1, electronic: 4 },
      { paper: 2, electronic: null },
    ])
    expect(result.matches.find(({ paper }) => paper === 1)).toMatchObject({
      electronic: 4,
      confidence: 1,
      sure: true,
    })
    expect(result.missing.map(({ paper }) => paper)).toContain(2)
  })

  it('is refused where it contradicts itself', () => {
    const twice = [
      { paper: 1, electronic: 4 },
      { paper: 2, electronic: 4 },
    ]
    expect(() => matchSequences(paper, electronic, twice)).toThrow('CALL_INVALID_INPUT')
    expect(() => matchSequences(paper, electronic, [{ paper: 9, electronic: 0 }])).toThrow(
      'CALL_INVALID_INPUT',
    )
  })
})

describe('whatever two sequences hold', () => {
  const page = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 14 }).map((seed) => ({ seed, form: false })) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }).map((seed) => ({ seed, form: true })) },
    { weight: 1, arbitrary: fc.constant({ seed: 0, form: false }) },
  )
  const drawn =
    (scan: number) =>
    (made: { seed: number; form: boolean }): PageSignature =>
      made.seed === 0
        ? blankPage()
        : made.form
          ? madeForm(made.seed, scan)
          : madePage({ seed: made.seed, scan })
  const sequenceOf = fc.array(page, { maxLength: 9 })

  it('each page is used once, none is lost, and decisions are kept', () => {
    fc.assert(
      fc.property(sequenceOf, sequenceOf, fc.nat(), fc.nat(), (ours, theirs, p, e) => {
        const paper = ours.map(drawn(1))
        const electronic = theirs.map(drawn(2))
        const fixed =
          paper.length === 0 || electronic.length === 0
            ? []
            : [{ paper: p % paper.length, electronic: e % electronic.length }]
        const result = matchSequences(paper, electronic, fixed)
        const usedPaper = [...result.matches.map((match) => match.paper), ...gone(result).missing]
        const usedElectronic = [...result.matches.map((match) => match.electronic), ...gone(result).extra]
        expect(usedPaper.sort((a, b) => a - b)).toEqual(paper.map((_, index) => index))
        expect(usedElectronic.sort((a, b) => a - b)).toEqual(electronic.map((_, index) => index))
        for (const decision of fixed)
          expect(links(result)).toContainEqual([decision.paper, decision.electronic])
        for (const { side, again } of result.duplicated)
          expect(side === 'paper' ? gone(result).missing : gone(result).extra).toContain(again)
      }),
      { numRuns: 25 },
    )
  })

  it('one page that is taken out changes no other match', () => {
    const own = numbers(20).map((seed) => (seed % 3 === 0 ? madeForm(seed, 1) : paperPage(seed)))
    const other = numbers(20).map((seed) => (seed % 3 === 0 ? madeForm(seed, 2) : electronicPage(seed)))
    fc.assert(
      fc.property(fc.nat(19), (out) => {
        const result = matchSequences(own, other.toSpliced(out, 1))
        expect(gone(result)).toEqual({ missing: [out], extra: [] })
        expect(links(result)).toEqual(
          straight(20)
            .filter(([p]) => p !== out)
            .map(([p = 0]) => [p, p > out ? p - 1 : p]),
        )
      }),
      { numRuns: 6 },
    )
  })
})
