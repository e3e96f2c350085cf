import { describe, expect, it } from 'vitest'
import { templateForCase } from '../../../shared/domain/catalogue-template.ts'
import { CASE_TYPES } from '../../../shared/domain/index.ts'
import { shippedTemplates } from './shipped-templates.ts'

function choice(
  caseTypeText: string,
  volumeKind: Parameters<typeof templateForCase>[1]['volumeKind'],
  yearFiled?: number,
) {
  const found = templateForCase(shippedTemplates, { caseTypeText, volumeKind, yearFiled })
  return found && { id: found.template.id, exact: found.exact, reason: found.reason }
}

describe('the template for a case', () => {
  it.each([
    ['民初', 2025, 'court-main-civil-first'],
    ['民初', 2019, 'rules-main-civil-first'],
    ['民终', 2019, 'rules-main-civil-second'],
    ['刑初', 2025, 'court-main-criminal-first'],
    ['刑初', 2012, 'rules-main-criminal-first'],
    ['行初', 2019, 'rules-main-administrative-first'],
    ['执', 2025, 'court-main-enforcement'],
    ['执恢', 2025, 'court-main-enforcement-resumed'],
    ['执保', 2025, 'court-main-preservation'],
  ])('%s of %i is the list made for it: %s', (caseType, year, id) => {
    expect(choice(caseType, 'main', year)).toEqual({ id, exact: true, reason: 'made-for' })
  })

  it('without a year is the list in force', () => {
    expect(choice('民初', 'main')).toEqual({ id: 'court-main-civil-first', exact: true, reason: 'made-for' })
  })

  it('takes the printed name of the case type too', () => {
    expect(choice('刑事一审', 'main', 2025)?.id).toBe('court-main-criminal-first')
  })

  it('falls back to the nearest case type of the same years, and says so', () => {
    expect(choice('民终', 'main', 2025)).toEqual({
      id: 'court-main-civil-first',
      exact: false,
      reason: 'nearest-case-type',
    })
    expect(choice('刑终', 'main', 2019)?.id).toBe('rules-main-criminal-first')
  })

  it('falls back to the list of other years where these years have none, and says so', () => {
    expect(choice('行初', 'main', 2025)).toEqual({
      id: 'rules-main-administrative-first',
      exact: false,
      reason: 'other-years',
    })
    expect(choice('行终', 'main', 2025)?.reason).toBe('nearest-other-years')
  })

  it('finds the code inside an older one with a chamber in it, but never calls that exact', () => {
    expect(choice('民一初字', 'main', 2012)).toEqual({
      id: 'rules-main-civil-first',
      exact: false,
      reason: 'nearest-case-type',
    })
  })

  it('falls back to the general list for a case type that no list knows', () => {
    expect(choice('认台', 'main', 2025)).toEqual({
      id: 'court-main-civil-first',
      exact: false,
      reason: 'general',
    })
  })

  it('of a sub-volume does not depend on the case type', () => {
    expect(choice('刑初', 'sub', 2025)).toEqual({
      id: 'court-sub',
      exact: true,
      reason: 'made-for',
    })
    expect(choice('执异', 'sub', 2019)?.id).toBe('earlier-sub')
  })

  it('is never one of another volume kind', () => {
    expect(choice('民初', 'procuratorate')).toBeUndefined()
    expect(choice('民初', 'investigation')).toBeUndefined()
    expect(choice('刑初', 'procuratorate-internal')?.id).toBe('procuratorate-internal')
    expect(choice('刑初', 'law-firm')).toEqual({ id: 'law-firm-civil', exact: false, reason: 'general' })
  })

  it('is the highest version of a template', () => {
    const [first] = shippedTemplates.filter(({ id }) => id === 'court-sub')
    if (!first) throw new Error('court-sub is not shipped')
    const found = templateForCase([{ ...first, version: 3 }, first], {
      caseTypeText: '民初',
      volumeKind: 'sub',
    })
    expect(found?.template.version).toBe(3)
  })

  it('exists for the main and sub-volume of every official case type, in every year', () => {
    for (const { type } of CASE_TYPES) {
      for (const year of [undefined, 1998, 2016, 2023, 2024, 2026]) {
        expect(choice(type, 'main', year), `${type} ${year}`).toBeDefined()
        expect(choice(type, 'sub', year), `${type} ${year}`).toBeDefined()
      }
    }
  })

  it('keeps criminal, administrative and enforcement cases among lists of their own class', () => {
    const classes = {
      刑事: /criminal/,
      行政: /administrative/,
      民事: /civil/,
      执行: /enforcement|preservation/,
    }
    for (const [name, wanted] of Object.entries(classes)) {
      for (const { type } of CASE_TYPES.filter((each) => each.class === name)) {
        expect(choice(type, 'main', 2025)?.id, type).toMatch(wanted)
      }
    }
  })

  it('is undefined where there are no templates', () => {
    expect(templateForCase([], { caseTypeText: '民初', volumeKind: 'main' })).toBeUndefined()
  })
})
