import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printFieldDate } from '../../../shared/domain/field-date.ts'
import { printPrintedNumber, readPrintedNumber } from '../../../shared/domain/page-number.ts'
import { sameName } from '../../../shared/domain/page-proposal-case.ts'
import { pageSignals } from '../../../shared/domain/page-signal.ts'
import { caseNumberIn } from '../../../shared/domain/page-signal-case.ts'
import { dateInLine } from '../../../shared/domain/page-signal-date.ts'
import { cornerNumber } from '../../../shared/domain/page-signal-number.ts'
import { namesOfParty } from '../../../shared/domain/page-signal-party.ts'
import type { PageReading, Quad, TextLine, Turn } from '../../../shared/domain/page-text.ts'
import { placeOfWords, plainLine, uprightLines } from '../../../shared/domain/upright-line.ts'
import { drawnReading } from '../../fixtures/recognition/drawn-text.ts'
import { sampleVolume } from '../../fixtures/recognition/sample-volumes.ts'

const HAN = [...'民事起诉状原告王小样被告公司年月日一二三第页共号合议庭评议笔录（）：，。、']
const text = fc
  .array(
    fc.oneof(fc.constantFrom(...HAN), fc.constantFrom(...'0123456789-. :()OlI'), fc.string({ maxLength: 2 })),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''))
const corner = fc.integer({ min: -50, max: 3000 })
const line: fc.Arbitrary<TextLine> = fc
  .tuple(text, fc.array(corner, { minLength: 8, maxLength: 8 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .chain(([words, quad, confidence]) =>
    fc.constantFrom<TextLine['kind']>('printed', 'doubtful').map((kind) => ({
      ...{ text: words, confidence, kind },
      quad: quad as unknown as Quad,
      places: [...words].flatMap((_, at, all) => [
        Math.round((at / all.length) * 1000),
        Math.round(((at + 1) / all.length) * 1000),
      ]),
    })),
  )
const reading: fc.Arbitrary<PageReading> = fc.record({
  widthPixels: fc.integer({ min: 1, max: 3000 }),
  heightPixels: fc.integer({ min: 1, max: 3000 }),
  turn: fc.constantFrom<Turn>(0, 90, 180, 270),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  engine: fc.constant('any'),
  model: fc.constant('any'),
  lines: fc.array(line, { maxLength: 12 }),
})

describe('signals of a page', () => {
  test('are made of any reading, with every share between 0 and 1 and every place on the image', () => {
    fc.assert(
      fc.property(reading, (page) => {
        const { turnConfidence, numbers, title, dates, cases, parties, restricted } = pageSignals(page)
        const all = [
          ...numbers,
          ...(title === null ? [] : [title]),
          ...dates,
          ...cases,
          ...parties,
          ...restricted,
        ]
        for (const { confidence, places } of all) {
          expect(confidence).toBeGreaterThanOrEqual(0)
          expect(confidence).toBeLessThanOrEqual(1)
          for (const place of places) {
            expect(place).toHaveLength(8)
            expect(place.every((part) => part >= 0 && part <= 1)).toBe(true)
          }
        }
        expect(turnConfidence).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('outlive being written down', () => {
    fc.assert(
      fc.property(reading, (page) => {
        const signals = pageSignals(page)
        expect(JSON.parse(JSON.stringify(signals))).toEqual(signals)
      }),
    )
  })

  test.each([90, 180, 270] as const)(
    'of a page scanned %i° off are those of the upright one, elsewhere',
    (turn) => {
      for (const { spec } of sampleVolume('main').planned.slice(2, 12)) {
        const what = (page: PageReading) => {
          const { numbers, title, dates, cases, parties } = pageSignals(page)
          const said = [...numbers, ...(title === null ? [] : [title]), ...dates, ...cases, ...parties]
          return said.map(({ text: words, confidence }) => ({ words, confidence }))
        }
        expect(what(drawnReading(spec, { turn }))).toEqual(what(drawnReading(spec)))
      }
    },
  )
})

describe('lines', () => {
  test('stand within the upright page, left of right and top above bottom', () => {
    fc.assert(
      fc.property(reading, (page) => {
        for (const { left, right, top, bottom } of uprightLines(page)) {
          expect([left, right, top, bottom].every((part) => part >= 0 && part <= 1)).toBe(true)
          expect(left).toBeLessThanOrEqual(right)
          expect(top).toBeLessThanOrEqual(bottom)
        }
      }),
    )
  })

  test('are made plain once and for all', () => {
    fc.assert(
      fc.property(text, (words) => {
        expect(plainLine(plainLine(words))).toBe(plainLine(words))
      }),
    )
  })

  test('give the place of some of their words within their own', () => {
    const words = '原告王小样与被告李样本一案'
    const places = [...words].flatMap((_, at) => [
      Math.round((at / words.length) * 1000),
      Math.round(((at + 1) / words.length) * 1000),
    ])
    const quad: Quad = [100, 50, 1400, 50, 1400, 90, 100, 90]
    const known: TextLine = { quad, text: words, confidence: 1, kind: 'printed', places }
    const page = { widthPixels: 1500, heightPixels: 100 } as PageReading
    const [left, top, right] = placeOfWords(page, known, '王小样')
    expect([left * 1500, top * 100, right * 1500].map(Math.round)).toEqual([300, 50, 600])
    // What is not in it is somewhere in it, as far as anybody knows.
    expect(placeOfWords(page, known, '赵另案')[2]).toBeCloseTo(1400 / 1500, 3)
  })
})

describe('a number in a corner', () => {
  test('is read as it is printed, in either width, with blanks or without', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.option(fc.integer({ min: 1, max: 99 })),
        fc.boolean(),
        (main, inserted, wide) => {
          const printed = inserted === null ? String(main) : `${main}-${inserted}`
          const shown = wide
            ? printed.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
            : ` ${printed} `
          expect(cornerNumber(shown)?.number).toBe(printed)
        },
      ),
    )
  })

  test('is never anything but a number that the catalogue could hold', () => {
    fc.assert(
      fc.property(text, (words) => {
        const found = cornerNumber(words)
        if (found === null) return
        const read = readPrintedNumber(found.number)
        expect(read === null ? null : printPrintedNumber(read)).toBe(found.number)
      }),
    )
  })

  test.each(['－ 1 －', '- 3 -', '1/5', '第3页 共5页', '2023', '2023.3.14', 'A12'].map((words) => [words]))(
    '%s counts something else',
    (words) => {
      // A bare year may be a number: only its run can tell.
      if (words === '2023') expect(cornerNumber(words)?.number).toBe('2023')
      else expect(cornerNumber(words)).toBeNull()
    },
  )
})

describe('a date in a line', () => {
  const day = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  test('is found in every style in which documents are dated', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('iso', 'dotted', 'numeric', 'formal'), text, (iso, style, before) => {
        const shown = printFieldDate(iso, style) ?? ''
        const apart = before.replace(/[\d年月日一二三四五六七八九十〇○零0O]/gu, '')
        expect(dateInLine(`${apart}：${shown}`)?.iso).toBe(iso)
      }),
    )
  })

  test('with its 〇 read as a nought or an O is the same date', () => {
    for (const year of ['二〇二三', '二0二三', '二O二三', '二○二三'])
      expect(dateInLine(`${year}年五月二十二日`)?.iso).toBe('2023-05-22')
  })

  test('is none where the day does not exist', () => {
    expect(dateInLine('2023年2月30日')).toBeNull()
    expect(dateInLine('二〇二三年十三月一日')).toBeNull()
  })
})

describe('a case number in a line', () => {
  test.each([
    ['（2023）云0199民初1024号', '（2023）云0199民初1024号', false],
    ['(2023)云0199民初1O24号', '（2023）云0199民初1024号', true],
    ['（2023）云0199民初l024号', '（2023）云0199民初1024号', true],
    ['（2014）民一终字第174号', '（2014）民一终字第174号', false],
  ])('%s is %s', (read, canonical, repaired) => {
    expect(caseNumberIn(read)).toMatchObject({ canonical, repaired })
  })

  test('never throws, and what it gives reads as itself', () => {
    fc.assert(
      fc.property(text, (words) => {
        const found = caseNumberIn(`（2023）${words}号`)
        if (found !== null) expect(caseNumberIn(found.canonical)).toEqual({ ...found, repaired: false })
      }),
    )
  })
})

describe('names', () => {
  test.each([
    ['王小样', ['王小样']],
    ['王小样、李样本', ['王小样', '李样本']],
    ['云州样例商贸有限公司', ['云州样例商贸有限公司']],
    ['签名', []],
    ['对此没有意见', []],
    ['A', []],
  ])('in %s are %j', (words, names) => {
    expect(namesOfParty(words)).toEqual(names)
  })

  test('are the same with one of many characters misread, and not otherwise', () => {
    expect(sameName('云州样例商贸有限公司', '云州样例商货有限公司')).toBe(true)
    expect(sameName('王小样', '王小祥')).toBe(false)
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameName(a, b)).toBe(sameName(b, a))
        expect(sameName(a, a)).toBe(true)
      }),
    )
  })
})
