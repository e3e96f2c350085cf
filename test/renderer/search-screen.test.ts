import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, resultRows, rowStep } from '../../renderer/screens/search/result-rows.ts'
import {
  addressOf,
  askedOf,
  questionOf,
  type ScreenQuestion,
  screenOf,
} from '../../renderer/screens/search/search-question.ts'
import { type FoundCase, type FoundHit, hitAddress, numbersFirst } from '../../renderer/widgets/hit-words.ts'
import { piecesOf } from '../../renderer/widgets/marked-text.tsx'
import { SearchQuestion } from '../../shared/contract/search.ts'
import { RETENTION_CODES } from '../../shared/domain/retention.ts'
import { VOLUME_KINDS } from '../../shared/domain/volume-kind.ts'

const HIT: FoundHit = {
  field: 'page',
  text: '收款人：何出纳',
  marks: [{ start: 4, end: 7 }],
  volumeId: 'V',
  volumeKind: 'main',
  itemId: null,
  itemTitle: null,
  pageId: 'P',
  versionId: 'W',
  position: 3,
  printedNumber: '5',
  places: [[0.1, 0.2, 0.3, 0.2, 0.3, 0.25, 0.1, 0.25]],
  doubtful: false,
}

function found(caseId: string, hits: readonly FoundHit[], moreHits = false): FoundCase {
  return {
    ...{ caseId, number: `案${caseId}`, title: '', cause: '', year: 2023, typeText: '民初' },
    ...{ retention: null, hits: [...hits], moreHits },
  }
}

const anyQuestion: fc.Arbitrary<ScreenQuestion> = fc.record({
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => text.trim() || '词'),
  order: fc.constantFrom('newest' as const, 'best' as const),
  tolerant: fc.boolean(),
  years: fc.uniqueArray(fc.integer({ min: 1000, max: 9999 }), { maxLength: 5 }),
  types: fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 5 }),
  volumeKinds: fc.subarray([...VOLUME_KINDS]),
  retentions: fc.subarray([...RETENTION_CODES]),
})

describe('the question of the search screen', () => {
  it('comes back from the address as it went there', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(questionOf(new URLSearchParams(addressOf(question).toString()))).toEqual(question)
      }),
    )
  })

  it('is one that the contract accepts, whatever stands in the address', () => {
    const parts = fc.array(
      fc.tuple(
        fc.constantFrom('q', 'order', 'tolerant', 'year', 'type', 'volume', 'retention'),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
      ),
    )
    fc.assert(
      fc.property(parts, (pairs) => {
        const question = questionOf(new URLSearchParams(pairs))
        if (question.text === '') return
        expect(SearchQuestion.safeParse(askedOf(question)).success).toBe(true)
        expect(screenOf(askedOf(question))).toEqual(question)
      }),
    )
  })
})

describe('the list of results', () => {
  it('puts hits of the case into its heading, and hits inside it under it', () => {
    const party: FoundHit = { ...HIT, field: 'party', pageId: null, versionId: null, volumeId: null }
    const rows = resultRows([found('A', [party, HIT], true), found('B', [party])])
    expect(rows.map(({ kind }) => kind)).toEqual(['case', 'hit', 'more', 'case'])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4)
    expect(rowStep(rows, 3, 1)).toBe(3)
    expect(rowStep(rows, 1, -6)).toBe(0)
  })

  it('shows cases first whose number was asked for, and joins what comes later to its case', () => {
    const number: FoundHit = { ...HIT, field: 'number', pageId: null, versionId: null }
    const cases = [found('A', [HIT]), found('B', [number])]
    expect(numbersFirst(cases).map(({ caseId }) => caseId)).toEqual(['B', 'A'])
    const all = joined(cases, [found('A', [HIT]), found('C', [HIT])])
    expect(all.map(({ caseId, hits }) => `${caseId}${hits.length}`)).toEqual(['A2', 'B1', 'C1'])
  })

  it('leads to the page with what was asked for, and where on it', () => {
    const asked = { text: '何出纳', tolerant: true }
    const [path, query] = hitAddress('C', HIT, asked).split('?')
    expect(path).toBe('/cases/C')
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      ...{ volume: 'V', page: 'P', find: '何出纳', tolerant: '1', at: '0.1000,0.2000' },
    })
    expect(hitAddress('C', undefined, asked)).toBe('/cases/C')
  })
})

describe('marked text', () => {
  it('keeps every character of a short text, whatever the marks', () => {
    const marks = fc.array(
      fc.record({ start: fc.integer({ min: -5, max: 90 }), end: fc.integer({ min: -5, max: 90 }) }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), marks, (text, given) => {
        const pieces = piecesOf(text, given, 400)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        const inside = given.some(({ start, end }) => Math.max(0, start) < Math.min(text.length, end))
        expect(pieces.some(({ marked }) => marked)).toBe(inside)
      }),
    )
  })

  it('begins a long text a little before its first mark', () => {
    const text = `${'前'.repeat(300)}何出纳${'后'.repeat(10)}`
    const pieces = piecesOf(text, [{ start: 300, end: 303 }])
    expect(pieces[0]).toEqual({ text: '…', marked: false })
    expect(pieces.find(({ marked }) => marked)?.text).toBe('何出纳')
    expect(pieces[1]?.text.length).toBeLessThan(30)
  })
})
