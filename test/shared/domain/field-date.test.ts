import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DateStyle,
  parseFieldDate,
  printChineseNumeral,
  printFieldDate,
  readChineseNumeral,
} from '../../../shared/domain/index.ts'

describe('a date as typed', () => {
  it.each([
    ['20230314', '2023-03-14'],
    ['2023.3.14', '2023-03-14'],
    ['2023-03-14', '2023-03-14'],
    ['2023/3/14', '2023-03-14'],
    ['2023年3月14日', '2023-03-14'],
    ['2023 年 03 月 14 日', '2023-03-14'],
    ['２０２３．３．１４', '2023-03-14'],
    ['２０２３年３月１４日', '2023-03-14'],
    ['二〇二三年三月十四日', '2023-03-14'],
    ['二零二三年三月十四日', '2023-03-14'],
    ['二○二三年十二月三十一日', '2023-12-31'],
    ['一九九八年十月廿一日', '1998-10-21'],
    ['二〇二三年三月十四号', '2023-03-14'],
    ['2024-02-29', '2024-02-29'],
    ['2023', '2023'],
    ['2023年', '2023'],
    ['202303', '2023-03'],
    ['2023.3', '2023-03'],
    ['2023年3月', '2023-03'],
    ['二〇二三年三月', '2023-03'],
  ])('%s is %s', (raw, iso) => {
    expect(parseFieldDate(raw)).toMatchObject({ ok: true, iso })
  })

  it.each([
    ['', 'empty'],
    [' \u3000', 'empty'],
    ['昨天', 'unrecognised'],
    ['23.3.14', 'unrecognised'],
    ['2023.3/14', 'unrecognised'],
    ['14-03-2023', 'unrecognised'],
    ['2023年3月14', 'ok'],
    ['2023-02-29', 'no-such-day'],
    ['1900-02-29', 'no-such-day'],
    ['2023-04-31', 'no-such-day'],
    ['20231314', 'no-such-day'],
    ['2023-00-10', 'no-such-day'],
    ['0999年', 'no-such-day'],
    ['二〇二三年二三月', 'no-such-day'],
  ])('%s: %s', (raw, reason) => {
    const reading = parseFieldDate(raw)
    expect(reading.ok ? 'ok' : reading.reason).toBe(reason)
  })

  it('says how much of it is known', () => {
    expect(['2023', '2023.3', '2023.3.4'].map((raw) => parseFieldDate(raw))).toMatchObject([
      { precision: 'year' },
      { precision: 'month' },
      { precision: 'day' },
    ])
  })
})

describe('a printed date', () => {
  it.each<[DateStyle, string]>([
    ['iso', '2023-03-14'],
    ['compact', '20230314'],
    ['dotted', '2023.3.14'],
    ['numeric', '2023年3月14日'],
    ['formal', '二〇二三年三月十四日'],
  ])('in style %s is %s', (style, printed) => {
    expect(printFieldDate('2023-03-14', style)).toBe(printed)
  })

  it('is nothing for what is no date', () => {
    expect([printFieldDate('2023-02-30', 'iso'), printFieldDate('x', 'formal')]).toEqual([null, null])
  })

  it('reads back as the same date, whole or partial, in every style', () => {
    const iso = fc
      .date({
        min: new Date('1000-01-01T00:00:00Z'),
        max: new Date('2999-12-31T00:00:00Z'),
        noInvalidDate: true,
      })
      .chain((date) => fc.constantFrom(4, 7, 10).map((length) => date.toISOString().slice(0, length)))
    const style = fc.constantFrom<DateStyle>('iso', 'compact', 'dotted', 'numeric', 'formal')
    fc.assert(
      fc.property(iso, style, (date, chosen) => {
        const printed = printFieldDate(date, chosen)
        expect(parseFieldDate(printed ?? '')).toMatchObject({ ok: true, iso: date })
      }),
      { numRuns: 1000 },
    )
  })

  it('agrees with the calendar about which days there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 2999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day))
          expect(parseFieldDate(`${year}-${month}-${day}`).ok).toBe(date.getUTCMonth() === month - 1)
        },
      ),
    )
  })
})

describe('a Chinese numeral', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [100, '一百'],
    [105, '一百零五'],
    [110, '一百一十'],
    [999, '九百九十九'],
  ])('%i is %s', (value, text) => {
    expect(printChineseNumeral(value)).toBe(text)
  })

  it('reads back for every number it can hold', () => {
    for (let value = 1; value <= 999; value += 1)
      expect(readChineseNumeral(printChineseNumeral(value))).toBe(value)
  })

  it('is none for what counts nothing', () => {
    expect(['', '一一', '零', '百十百', '甲'].map(readChineseNumeral)).toEqual([null, null, null, null, null])
    expect(() => printChineseNumeral(1000)).toThrow(RangeError)
  })
})
