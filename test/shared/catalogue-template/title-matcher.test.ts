import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CATCH_ALL_CONFIDENCE,
  CONFIDENT_PROPOSAL,
  matchSystemItem,
  matchTitle,
  PROPOSAL_THRESHOLD,
  titleMatcher,
} from '../../../shared/domain/title-matcher.ts'
import { type LabelledTitle, labelledTitles, shipped, shippedTemplates } from './shipped-templates.ts'

const civil = shipped('court-main-civil-first')
const matchers = new Map(shippedTemplates.map((template) => [template.id, titleMatcher(template)]))
const first = (title: string, template = civil) => matchTitle(template, title)[0]

function misses(titles: readonly LabelledTitle[]): readonly string[] {
  return titles
    .filter(({ template, row, title }) => matchers.get(template)?.(title)[0]?.row.number !== row)
    .map(({ template, row, title }) => `${template} ${row} ${title}`)
}

describe('matching titles to rows', () => {
  it.each(['tuning', 'held-out'] as const)(
    'puts the right row first for 95 in 100 of the %s half',
    (half) => {
      const titles = labelledTitles.filter((each) => each.half === half)
      const missed = misses(titles)
      expect(titles.length).toBeGreaterThanOrEqual(125)
      expect(1 - missed.length / titles.length, missed.join('\n')).toBeGreaterThanOrEqual(0.95)
    },
  )

  it('is right in 98 of 100 of the proposals that it calls confident', () => {
    const confident = labelledTitles.filter(
      ({ template, title }) => (matchers.get(template)?.(title)[0]?.confidence ?? 0) >= CONFIDENT_PROPOSAL,
    )
    expect(confident.length).toBeGreaterThan(labelledTitles.length * 0.8)
    expect(1 - misses(confident).length / confident.length).toBeGreaterThanOrEqual(0.98)
  })

  it('is labelled with rows that exist, in every template', () => {
    for (const { template, row } of labelledTitles) {
      expect(shipped(template).rows.some(({ number }) => number === row)).toBe(true)
    }
    expect(new Set(labelledTitles.map(({ template }) => template)).size).toBe(shippedTemplates.length)
  })

  it('puts every row title first, as exact, with full confidence', () => {
    for (const template of shippedTemplates) {
      for (const row of template.rows) {
        expect(first(row.title, template)).toEqual({
          row,
          confidence: 1,
          reason: 'exact',
          matchedText: row.title,
        })
      }
    }
  })

  it('puts every alias first in its own row', () => {
    for (const template of shippedTemplates) {
      for (const row of template.rows) {
        for (const alias of row.aliases)
          expect(first(alias, template)?.row.id, `${template.id} ${alias}`).toBe(row.id)
      }
    }
  })

  it('looks past courts, parties, case numbers, dates, copies, counts and file endings', () => {
    const titles = [
      '云州市临江区人民法院民事判决书',
      '（２０２４）云0102民初1123号 民事判决书',
      '012_民事判决书（副本）3份.pdf',
      '周某某诉云州远航物流有限公司运输合同纠纷一案民事判决书',
      '2024年5月6日民事判决书之二',
    ]
    for (const title of titles) expect(first(title)?.row.title, title).toBe('本院法律文书正本')
  })

  it('cuts the names that the caller knows', () => {
    const [proposal] = matchTitle(civil, '云州合同证据服务中心起诉状', {
      partyNames: ['云州合同证据服务中心'],
    })
    expect(proposal).toMatchObject({ reason: 'alias', matchedText: '起诉状', row: { title: '起诉状' } })
  })

  it('reads another court’s ruling as such before cutting the court', () => {
    const criminal = shipped('court-main-criminal-first')
    expect(first('云州省高级人民法院刑事裁定书', criminal)?.row.title).toBe('最高院/高院裁判')
    expect(first('云州市临江区人民法院刑事裁定书', criminal)?.row.title).toBe('本院文书正本')
  })

  it('knows 书 for 状 and a missing 书', () => {
    expect(first('民事答辩书')?.row.title).toBe('答辩状')
    expect(first('应诉通知')?.row.title).toBe('受理/应诉通知')
  })

  it('lets the document before decide between rows that share an alias', () => {
    const enforcement = shipped('court-main-enforcement')
    const after = (previousRowNumber: number) =>
      matchTitle(enforcement, '委托执行函', { previousRowNumber })[0]?.row.title
    const shared = (previousRowNumber: number) =>
      matchTitle(enforcement, '委托函', { previousRowNumber })[0]?.row.title
    expect(after(4)).toBe('委托执行函等来源')
    expect(shared(26)).toBe('委托函、受托复函')
    expect(matchTitle(enforcement, '搜查令', { previousRowNumber: 14 })[0]?.row.title).toBe('强制措施')
    expect(matchTitle(enforcement, '搜查令', { previousRowNumber: 11 })[0]?.row.title).toBe('财产查询')
  })

  it('offers only the catch-all row, with low confidence, for a title that says nothing', () => {
    expect(matchTitle(civil, 'IMG 20240311 x')).toEqual([
      { row: civil.rows[24], confidence: CATCH_ALL_CONFIDENCE, reason: 'keyword', matchedText: '' },
    ])
  })

  it('offers nothing for such a title where the template has no catch-all row', () => {
    expect(matchTitle(shipped('court-sub'), '天气预报')).toEqual([])
  })

  it('offers nothing for a title without letters', () => {
    expect(matchTitle(civil, ' （） —— ')).toEqual([])
  })

  it('tells the unnumbered items from the rows', () => {
    expect(matchSystemItem(civil, '卷内目录.pdf')).toBe('卷内目录')
    expect(matchSystemItem(civil, '卷宗封面')).toBe('封面')
    expect(matchSystemItem(civil, '证据目录')).toBeUndefined()
  })

  it('never throws, ranks, stays in range and answers alike twice, for any text', () => {
    const words = fc.constantFrom(
      '民事',
      '起诉状',
      '(',
      '（二）',
      '某诉某',
      '纠纷',
      '人民法院',
      '第',
      '3份',
      '.pdf',
      '合议庭',
      '申请书',
      '的',
      '关于',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...shippedTemplates),
        fc.option(fc.integer(), { nil: undefined }),
        (title, template, previousRowNumber) => {
          const match = matchers.get(template.id)
          if (!match) throw new Error('no matcher')
          const proposals = match(title, { previousRowNumber })
          expect(match(title, { previousRowNumber })).toEqual(proposals)
          expect(proposals.length).toBeLessThanOrEqual(5)
          for (const [index, { confidence, row }] of proposals.entries()) {
            expect(confidence).toBeLessThanOrEqual(proposals[index - 1]?.confidence ?? 1)
            if (!row.catchAll) expect(confidence).toBeGreaterThanOrEqual(PROPOSAL_THRESHOLD)
            expect(confidence).toBeGreaterThan(0)
          }
        },
      ),
      { numRuns: 600 },
    )
  })

  it('takes a very long title without delay of another order', () => {
    expect(matchTitle(civil, `${'关于某某诉某某'.repeat(20_000)}起诉状`)[0]?.row.title).toBe('起诉状')
  })
})
