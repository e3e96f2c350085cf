import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type CatalogueTemplate,
  type CatalogueTemplateRow,
  parseTemplate,
  templateProblems,
} from '../../../shared/domain/catalogue-template.ts'
import { shipped } from './shipped-templates.ts'

const template = shipped('court-main-civil-first')

function withRow(index: number, change: Partial<CatalogueTemplateRow>): CatalogueTemplate {
  return { ...template, rows: template.rows.map((row, at) => (at === index ? { ...row, ...change } : row)) }
}

const kinds = (changed: CatalogueTemplate) => templateProblems(changed).map((problem) => problem.code)

describe('the rules of a template', () => {
  it('tell of a row number out of order', () => {
    expect(kinds(withRow(3, { number: 9 }))).toEqual(['number-out-of-order'])
  })

  it('tell of an id used twice', () => {
    expect(kinds(withRow(3, { id: 'r01' }))).toEqual(['duplicate-id'])
  })

  it('tell of a title used twice', () => {
    expect(kinds(withRow(4, { title: '起诉状', aliases: [] }))).toContain('duplicate-title')
  })

  it('tell of an alias that two rows claim without saying so', () => {
    expect(templateProblems(withRow(5, { aliases: ['民事起诉状'] }))).toEqual([
      { code: 'alias-in-two-rows', rowId: 'r06', otherRowId: 'r04', text: '民事起诉状' },
    ])
  })

  it('tell of an alias that is the title of another row', () => {
    expect(kinds(withRow(0, { aliases: ['反诉状'] }))).toEqual(['alias-in-two-rows'])
  })

  it('accept an alias that both rows mark as shared', () => {
    const shared = { aliases: [], sharedAliases: ['说明'] }
    const rows = template.rows.map((row, at) => (at === 0 || at === 1 ? { ...row, ...shared } : row))
    expect(kinds({ ...template, rows })).toEqual([])
  })

  it('tell of a shared alias that one row alone claims', () => {
    expect(kinds(withRow(0, { aliases: [], sharedAliases: ['说明'] }))).toEqual(['shared-alias-alone'])
  })

  it('tell of an alias written twice in one row', () => {
    expect(kinds(withRow(3, { aliases: ['诉状', '诉状'] }))).toEqual(['alias-twice'])
  })

  it('tell of a second catch-all row, of an id that is still to be given out and of years the wrong way round', () => {
    expect(kinds(withRow(0, { catchAll: true }))).toEqual(['two-catch-alls'])
    expect(kinds({ ...template, nextRowId: 25 })).toEqual(['row-id-not-reserved'])
    const appliesTo = { ...template.appliesTo, filedFrom: 2024, filedUntil: 2020 }
    expect(kinds({ ...template, appliesTo })).toEqual(['years-reversed'])
  })

  it('refuse what is not a template, with the place and without the content', () => {
    const row = { ...template.rows[0], constraint: 'maybe' }
    expect(() => parseTemplate({ ...template, rows: [row] })).toThrowError(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        details: { at: 'rows.0.constraint', problem: 'invalid_value' },
      }),
    )
    expect(() => parseTemplate(null)).toThrowError(expect.objectContaining({ code: 'TEMPLATE_INVALID' }))
    expect(() => parseTemplate(withRow(3, { number: 9 }))).toThrowError(
      expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
    )
  })

  it('refuse a field that they do not know', () => {
    const json = JSON.parse(
      readFileSync(new URL('../../../assets/templates/court-sub.json', import.meta.url), 'utf8'),
    )
    expect(() => parseTemplate({ ...json, colour: 'red' })).toThrowError(
      expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
    )
  })
})
