import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isIdentityNumber,
  maskSensitive,
  passesLuhn,
  restoreMasked,
  sensitiveSpans,
} from '../../../shared/domain/sensitive-text.ts'

const CHECKS = [...'0123456789X']
const identity = fc
  .tuple(
    fc.integer({ min: 110000, max: 659999 }),
    fc.integer({ min: 1930, max: 2020 }),
    fc.nat(999),
    fc.nat(27),
  )
  .map(([region, year, order, day]) => {
    const body = `${region}${year}07${String(day + 1).padStart(2, '0')}${String(order).padStart(3, '0')}`
    return body + (CHECKS.find((check) => isIdentityNumber(body + check)) ?? '')
  })
const phone = fc
  .tuple(fc.integer({ min: 13, max: 19 }), fc.nat(999_999_999))
  .map(([start, rest]) => `${start}${String(rest).padStart(9, '0')}`)
const card = fc
  .tuple(fc.constantFrom('6222', '4392', '5187'), fc.nat(99_999_999_999))
  .map(([start, rest]) => {
    const body = `${start}${String(rest).padStart(11, '0')}`
    return body + (CHECKS.slice(0, 10).find((check) => passesLuhn(body + check)) ?? '')
  })
const words = fc
  .array(fc.constantFrom(...'原告王某证明身份电话账户关于借款合同纠纷一案的答辩状（）、：'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))

describe('sensitive text', () => {
  test.each([
    ['身份证11010519491231002X', '身份证110105********002X'],
    ['身份证１１０１０５１９４９１２３１００２Ｘ复印件', '身份证１１０１０５********００２Ｘ复印件'],
    ['老证 110105491231002', '老证 110105******002'],
    ['电话13812345678', '电话138****5678'],
    ['电话 138-1234-5678', '电话 138******5678'],
    ['座机010-62345678', '座机010-6*****78'],
    ['卡号6222021234567890128', '卡号6222***********0128'],
    ['住云州市临江区人民路12号3单元401室，电话无', '住云州市临江区*************，电话无'],
    ['住址：某省某县柳树村5号', '住址：某省某县*****'],
  ])('%s is masked as far as it must be', (text, expected) => {
    const masked = maskSensitive(text)
    expect(masked).toBe(expected)
  })

  test.each([
    '（2026）云0199民初123号',
    '(2023)云0199民初1024号民事判决书',
    '云州市临江区人民法院传票',
    '2026年1月2日庭审笔录',
    '借款合同（100000元）',
    '法释〔2002〕39号',
    'J045-ZY·SS·2023·D60-0001-003',
    '关于道路交通事故责任纠纷的第12号证据',
    '110105194912310021',
  ])('%s is left alone', (text) => {
    expect(maskSensitive(text)).toBe(text)
  })

  test('hides every identity number, phone and card, wherever it stands', () => {
    fc.assert(
      fc.property(words, fc.oneof(identity, phone, card), words, (before, secret, after) => {
        const masked = maskSensitive(`${before}${secret}${after}`)
        expect(masked).not.toContain(secret)
        expect(masked).toMatch(/\*{4,}/)
      }),
    )
  })

  test('keeps its length, hides nothing twice and says so of no text without figures', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const masked = maskSensitive(text)
        expect(masked).toHaveLength(text.length)
        expect(maskSensitive(masked)).toBe(masked)
        if (!/[0-9\uff10-\uff19]/.test(text)) expect(masked).toBe(text)
      }),
    )
  })

  test('has spans that lie in the text and apart from one another', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(identity, phone, card, words), { maxLength: 6 }), (parts) => {
        const text = parts.join('，')
        let reached = 0
        for (const span of sensitiveSpans(text)) {
          expect(span.start).toBeGreaterThanOrEqual(reached)
          expect(span.hideFrom).toBeGreaterThanOrEqual(span.start)
          expect(span.hideTo).toBeGreaterThan(span.hideFrom)
          expect(span.hideTo).toBeLessThanOrEqual(span.end)
          reached = span.end
        }
        expect(reached).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  test('comes back whole when what was shown masked is saved again', () => {
    fc.assert(
      fc.property(words, fc.oneof(identity, phone, card), words, words, (before, secret, after, more) => {
        const text = `${before}${secret}${after}`
        expect(restoreMasked(maskSensitive(text), [text])).toBe(text)
        expect(restoreMasked(`${maskSensitive(text)}${more}`, [text])).toBe(`${text}${more}`)
      }),
    )
    const address = '住云州市临江区人民路12号3单元401室'
    expect(restoreMasked(`${maskSensitive(address)}（补）`, [address])).toBe(`${address}（补）`)
  })

  test('puts two numbers that look alike back in their order', () => {
    const text = '13812345678、13899995678'
    expect(restoreMasked(maskSensitive(text), [text])).toBe(text)
  })
})
