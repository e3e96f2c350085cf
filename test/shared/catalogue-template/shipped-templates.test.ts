import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTemplate, templateProblems } from '../../../shared/domain/catalogue-template.ts'
import { templateTable } from '../../../shared/domain/template-table.ts'
import { shipped, shippedTemplates } from './shipped-templates.ts'

const ROW_COUNTS: Readonly<Record<string, number>> = {
  'court-main-civil-first': 25,
  'court-main-criminal-first': 44,
  'court-main-enforcement': 31,
  'court-main-enforcement-resumed': 30,
  'court-main-preservation': 12,
  'court-sub': 4,
  'rules-main-civil-first': 24,
  'rules-main-civil-second': 18,
  'rules-main-criminal-first': 29,
  'rules-main-administrative-first': 26,
  'earlier-sub': 8,
  'procuratorate-internal': 12,
  'law-firm-civil': 13,
}

describe('the shipped templates', () => {
  it('are the thirteen lists of the domain, each with its number of rows', () => {
    const counts = Object.fromEntries(shippedTemplates.map(({ id, rows }) => [id, rows.length]))
    expect(counts).toEqual(ROW_COUNTS)
  })

  it.each(shippedTemplates.map((template) => [template.id, template] as const))(
    '%s is sound',
    (_id, template) => {
      expect(templateProblems(template)).toEqual([])
    },
  )

  it.each(shippedTemplates.map((template) => [template.id, template] as const))(
    '%s has the unnumbered items around its rows and says that its constraints are to be edited',
    (_id, template) => {
      expect(template.systemItems).toEqual({
        before: ['封面', '卷内目录'],
        after: ['备考表', '证物袋', '卷底'],
      })
      expect(template.certainty.constraints).toBe('c')
      expect(template.rows.some((row) => row.constraint === 'required')).toBe(true)
    },
  )

  it('are filed under their ids', () => {
    const folder = new URL('../../../assets/templates/', import.meta.url)
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
      const { id } = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
      expect(`${id}.json`).toBe(name)
    }
  })

  it('keep resumed enforcement like first enforcement, but for the source rows and the preserved property', () => {
    const titles = (id: string) => shipped(id).rows.map((row) => row.title)
    const first = titles('court-main-enforcement')
    const resumed = titles('court-main-enforcement-resumed')
    expect(resumed[2]).toBe('恢复执行申请书')
    expect(resumed[resumed.indexOf('财产查询') - 1]).toBe('财产保全材料')
    const without = (list: readonly string[], ...left: string[]) =>
      list.filter((title) => !left.includes(title))
    expect(without(resumed, '恢复执行申请书', '财产保全材料')).toEqual(
      without(first, '申请执行书', '移送执行函', '委托执行函等来源'),
    )
  })

  it('print in the published five columns', () => {
    expect(templateTable(shipped('court-main-civil-first'))[3]).toEqual({
      序号: 4,
      案件类型: '民事一审',
      卷: '正卷',
      二级目录: '起诉状',
      约束: '必有',
      材料类别: '诉辩材料',
    })
  })
})
