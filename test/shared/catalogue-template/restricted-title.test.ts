import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectRestrictedTitle } from '../../../shared/domain/restricted-title.ts'
import { shippedTemplates } from './shipped-templates.ts'

describe('titles of restricted material', () => {
  it.each([
    '合议庭评议笔录（第二次）',
    '合 议 笔 录',
    '审判委员会讨论案件记录',
    '审委会决议',
    '专业法官会议纪要',
    '民事判决书签发稿.pdf',
    '判决书原本',
    '承办人审理报告',
    '案情报告',
    '阅卷笔录',
    '关于本案的内部函',
    '院长审批意见',
    '检委会记录',
  ])('%s is a strong suspicion', (title) => {
    expect(detectRestrictedTitle(title)?.suspicion).toBe('strong')
  })

  it.each(['延长审限审批表', '关于法律适用问题的请示', '上级法院批复', '结案报告', '案件督办函'])(
    '%s is a weak suspicion',
    (title) => {
      expect(detectRestrictedTitle(title)?.suspicion).toBe('weak')
    },
  )

  it.each([
    '起诉状',
    '合议庭组成人员通知书',
    '告知合议庭组成人员通知书',
    '建设用地审批表',
    '行政审批局准予许可决定书',
    '执行案款发放审批表',
    '公司付款审批单',
    '业主委员会决议',
    '医院领导签字的证明',
    '开庭公告底稿',
    '补充侦查提纲',
    '立案审批表',
    '',
  ])('%s is none', (title) => {
    expect(detectRestrictedTitle(title)).toBeUndefined()
  })

  it('suspects what raised it in words of the title', () => {
    expect(detectRestrictedTitle('第一次合议庭评议笔录')?.matchedText).toBe('合议庭评议')
  })

  it('suspects every row and alias of internal deliberation in the sub-volumes', () => {
    const rows = shippedTemplates
      .filter(({ volumeKind }) => volumeKind === 'sub')
      .flatMap(({ rows: all }) =>
        all.filter(({ title }) => /评议|合议|审委会|签发|审理报告|阅卷/u.test(title)),
      )
    for (const row of rows) {
      for (const title of [row.title, ...row.aliases])
        expect(detectRestrictedTitle(title), title).toBeDefined()
    }
    expect(rows.length).toBeGreaterThan(4)
  })

  it('has no strong suspicion against a row of a 正卷 that is not internal and has no 原本 in its title', () => {
    const titles = shippedTemplates
      .filter(({ volumeKind }) => volumeKind === 'main')
      .flatMap(({ rows }) =>
        rows.filter(({ materialClass, title }) => materialClass !== 'internal' && !title.includes('原本')),
      )
      .flatMap(({ title, aliases }) => [title, ...aliases])
    expect(titles.filter((title) => detectRestrictedTitle(title)?.suspicion === 'strong')).toEqual([])
  })

  it('never throws, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (title) => void detectRestrictedTitle(title)))
  })
})
