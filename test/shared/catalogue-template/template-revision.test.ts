import { describe, expect, it } from 'vitest'
import { reviseTemplate, type TemplateChange } from '../../../shared/domain/template-revision.ts'
import { shipped } from './shipped-templates.ts'

const template = shipped('court-sub')
const at = '2026-03-02T08:00:00.000Z'
const revise = (...changes: readonly TemplateChange[]) =>
  reviseTemplate(template, { changes, at, reason: '院内规定' })
const newRow = { title: '其他', constraint: 'optional', materialClass: 'other', aliases: ['杂项'] } as const

describe('revising a template', () => {
  it('makes the next version, says what it came from, and leaves the old one as it was', () => {
    const before = structuredClone(template)
    const revised = revise({
      kind: 'rename',
      title: { zh: '副卷目录（本院）', en: 'Sub-volume (ours)' },
    })
    expect(revised.version).toBe(2)
    expect(revised.revision).toEqual({ basedOn: 1, at, reason: '院内规定' })
    expect(template).toEqual(before)
  })

  it('adds a row at its place with an id of its own and renumbers the rest', () => {
    const revised = revise({ kind: 'add-row', number: 2, row: newRow })
    expect(revised.rows.map(({ id, number }) => `${number}:${id}`)).toEqual([
      '1:r01',
      '2:r05',
      '3:r02',
      '4:r03',
      '5:r04',
    ])
  })

  it('never gives the id of a removed row to another', () => {
    const removed = reviseTemplate(revise({ kind: 'add-row', number: 5, row: newRow }), {
      changes: [
        { kind: 'remove-row', rowId: 'r05' },
        { kind: 'add-row', number: 5, row: newRow },
      ],
      at,
      reason: '更正',
    })
    expect(removed.rows.at(-1)?.id).toBe('r06')
    expect(removed.version).toBe(3)
  })

  it('moves a row with its id', () => {
    const revised = revise({ kind: 'move-row', rowId: 'r04', number: 1 })
    expect(revised.rows.map(({ id }) => id)).toEqual(['r04', 'r01', 'r02', 'r03'])
    expect(revised.rows.map(({ number }) => number)).toEqual([1, 2, 3, 4])
  })

  it('changes what a row says, not what it is', () => {
    const revised = revise({ kind: 'change-row', rowId: 'r02', to: { constraint: 'required' } })
    expect(revised.rows[1]).toEqual({ ...template.rows[1], constraint: 'required' })
  })

  it('changes which cases it is for', () => {
    const appliesTo = { ...template.appliesTo, filedFrom: 2022 }
    expect(revise({ kind: 'apply-to', appliesTo }).appliesTo.filedFrom).toBe(2022)
  })

  it.each<readonly [string, TemplateChange]>([
    ['a row that is not there', { kind: 'remove-row', rowId: 'r77' }],
    ['a place outside the list', { kind: 'move-row', rowId: 'r01', number: 9 }],
    ['a title that another row has', { kind: 'change-row', rowId: 'r02', to: { title: '结案材料' } }],
    [
      'an alias that another row has',
      { kind: 'add-row', number: 1, row: { ...newRow, aliases: ['审批表'] } },
    ],
    ['an empty title', { kind: 'change-row', rowId: 'r02', to: { title: ' ' } }],
  ])('refuses %s', (_what, change) => {
    expect(() => revise(change)).toThrowError(expect.objectContaining({ code: 'TEMPLATE_INVALID' }))
  })
})
