import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameInitials } from '../../../shared/domain/search/name-initials.ts'
import {
  CONFUSION_CLASSES,
  MOST_READINGS,
  misreadings,
} from '../../../shared/domain/search/ocr-confusions.ts'
import {
  findPattern,
  longEnoughForPages,
  patternQuery,
  textPattern,
} from '../../../shared/domain/search/text-pattern.ts'
import { indexTokens, normaliseForSearch, textRuns } from '../../../shared/domain/search/text-runs.ts'

const han = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'民事起诉状答辩证据王李张借条笔录判决书〇') },
  { weight: 1, arbitrary: fc.constantFrom(...'𠮷𡈽𠀋龘䶮\u2f00\u2f06') },
)
const piece = fc.oneof(
  { weight: 6, arbitrary: han },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ' ',
      '　',
      '\n',
      '，',
      '（',
      '12',
      'A4',
      'é',
      'e\u0301',
      '㈠',
      '-',
      '"',
      '*',
      'OR ',
      'ＡＢ',
    ),
  },
)
const text = fc.array(piece, { minLength: 1, maxLength: 24 }).map((parts) => parts.join(''))

const runsOf = (whole: string) => textRuns(whole).map((run) => run.text)
const marked = (shown: string, typed: string) =>
  findPattern(textRuns(shown), textPattern(typed)).map(({ start, end }) => shown.slice(start, end))

describe('runs', () => {
  test('are those of the text as it is normalised whole', () => {
    const pattern = /[\p{Script=Han}〇]+|(?:(?![\p{Script=Han}〇])[\p{L}\p{N}])+/gu
    fc.assert(
      fc.property(text, (whole) => {
        expect(runsOf(whole)).toEqual(normaliseForSearch(whole).match(pattern) ?? [])
      }),
      { numRuns: 500 },
    )
  })

  test('know where they came from', () => {
    fc.assert(
      fc.property(text, (whole) => {
        for (const run of textRuns(whole)) {
          const from = whole.slice(run.starts[0], run.ends.at(-1))
          expect(runsOf(from).join('')).toContain(run.text)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a pattern', () => {
  test('is found wherever a part of a text is asked for, and every index token it asks for is there', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (whole, at, length) => {
        const runs = textRuns(whole).filter((run) => run.han)
        fc.pre(runs.length > 0)
        const run = Array.from(runs[at % runs.length]?.text ?? '')
        const start = at % run.length
        const wanted = run.slice(start, start + 1 + (length % (run.length - start))).join('')
        expect(marked(whole, wanted).length).toBeGreaterThan(0)
        const tokens = new Set(indexTokens(whole).split(' '))
        const query = patternQuery(textPattern(wanted), { singles: false, phrases: false }) ?? ''
        for (const [, token = ''] of query.matchAll(/"([^"]+)"/gu)) expect(tokens).toContain(token)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['（２０２３）云0199民初1024号', '(2023)云', ['２０２３）云']],
    ['（2023）云0199民初1024号', '民初1024号', ['民初1024号']],
    ['（2023）云0199民初10245号', '民初1024号', []],
    ['（2023）云0199民初10245号', '民初1024', ['民初1024']],
    ['起 诉\n状', '起诉状', ['起 诉\n状']],
    ['甲，乙', '甲乙', []],
    ['622202 1234', '02', []],
    ['ＡＢＣ', 'ab', ['ＡＢ']],
    ['借条借条', '借条', ['借条', '借条']],
    ['证据', ' ', []],
  ])('in %j for %j is %j', (shown, typed, wanted) => {
    expect(marked(shown, typed)).toEqual(wanted)
  })

  test('is too short for pages below two Chinese characters or three digits', () => {
    const enough = (typed: string) => longEnoughForPages(textPattern(typed))
    expect(['张', '12', 'zs', '，'].map(enough)).toEqual([false, false, false, false])
    expect(['张三', '123', 'abc', '第5号'].map(enough)).toEqual([true, true, true, true])
  })
})

describe('misreadings', () => {
  test('begin with the word itself, change two characters at most, and are bounded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...CONFUSION_CLASSES.join(''), '张'), { minLength: 1, maxLength: 12 }),
        (word) => {
          const found = misreadings(word.join(''))
          expect(found[0]).toBe(word.join(''))
          expect(found.length).toBeLessThanOrEqual(MOST_READINGS)
          for (const other of found)
            expect(
              Array.from(other).filter((character, at) => character !== word[at]).length,
            ).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  test('go both ways', () => {
    expect(misreadings('未己')).toContain('末已')
    expect(misreadings('末已')).toContain('未己')
    expect(misreadings('2O23')).toContain('2023')
    expect(misreadings('二〇二三')).toContain('二0二三')
  })
})

test('initials follow the most common reading, and the one that a character has as a surname', () => {
  expect(nameInitials('张三')).toEqual(['zs'])
  expect(nameInitials('单雄信').toSorted()).toEqual(['dxx', 'sxx'])
  expect(nameInitials('曾仇解').toSorted()).toEqual(['ccj', 'zcj'])
  expect(nameInitials('欧阳修')).toEqual(['oyx'])
  expect(nameInitials('A')).toEqual([])
})
