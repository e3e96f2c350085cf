import { describe, expect, it } from 'vitest'
import {
  CASE_TYPES,
  CAUTION_CASE_TYPES,
  COURTS,
  caseTypeOrder,
  defineScheme,
  findCourtName,
  gapsAlarm,
  listSchemes,
  PROVINCE_MARKS,
  readCaseNumber,
} from '../../../shared/domain/index.ts'

const firm = {
  id: 'our-firm',
  label: { zh: '本所编号', en: 'Our numbers' },
  pattern: '(?<year>\\d{4})-(?<office>[A-Z]{2})-(?<number>\\d{4})',
  template: '{year}-{office}-{number}',
  gapsAlarm: true,
  samples: ['2024-BJ-0007'],
}
const clock = (): Date => new Date('2024-06-01T00:00:00Z')

describe('a scheme defined as data', () => {
  it('reads, prints, sorts and names its numbers', () => {
    const result = defineScheme(firm)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const read = (raw: string): { canonical: string; sortKey: string } => {
      const reading = readCaseNumber(raw, { clock, ownSchemes: [result.scheme] })
      if (!reading.ok) throw new Error(reading.reason)
      return reading.number
    }
    expect(read('２０２４—BJ—0007')).toMatchObject({
      canonical: '2024-BJ-0007',
      scheme: 'custom',
      fields: { schemeId: 'our-firm', values: { year: '2024', office: 'BJ', number: '0007' } },
      fileSafe: '2024-BJ-0007',
      warnings: [],
    })
    expect(read('2024-BJ-0010').sortKey > read('2024-BJ-0009').sortKey).toBe(true)
    expect(read('2025-BJ-0001')).toMatchObject({ warnings: [{ code: 'year-in-future' }] })
    expect(listSchemes([result.scheme]).find((scheme) => scheme.editable)?.id).toBe('our-firm')
  })

  it('alarms about gaps as it was told to', () => {
    for (const alarm of [true, false]) {
      const result = defineScheme({ ...firm, gapsAlarm: alarm })
      if (!result.ok) throw new Error('not defined')
      const reading = readCaseNumber('2024-BJ-0007', { clock, ownSchemes: [result.scheme] })
      expect(reading.ok && gapsAlarm(reading.number.fields, [result.scheme])).toBe(alarm)
    }
  })

  it.each([
    ['a pattern that does not compile', { pattern: '(?<year>' }, 'pattern-does-not-compile'],
    [
      'a pattern that could run for ever',
      { pattern: '(?<number>(\\d+)+)', template: '{number}' },
      'pattern-too-slow',
    ],
    [
      'a pattern with many open-ended repeats',
      { pattern: '(?<a>.*)(?<b>.*)(?<c>.*)(?<d>.*)!', template: '{a}{b}{c}{d}!' },
      'pattern-too-slow',
    ],
    ['a pattern without fields', { pattern: '\\d{4}', template: 'x' }, 'pattern-has-no-fields'],
    [
      'a template field that the pattern lacks',
      { template: '{year}-{office}-{number}{x}' },
      'template-field-unknown',
    ],
    ['a pattern field that the template lacks', { template: '{year}-{number}' }, 'template-field-missing'],
    ['a sample that is not read', { samples: ['2024-bj'] }, 'sample-not-read'],
    [
      'a template that prints otherwise',
      { template: '{year}/{office}/{number}' },
      'sample-prints-differently',
    ],
    ['no sample', { samples: [] }, 'not-a-definition'],
    ['a wrong id', { id: 'Our Firm' }, 'not-a-definition'],
  ])('refuses %s', (_name, change, reason) => {
    const result = defineScheme({ ...firm, ...change })
    expect(result).toMatchObject({ ok: false, code: 'TEMPLATE_INVALID' })
    expect(result.ok ? [] : result.problems.map((problem) => problem.reason)).toContain(reason)
  })

  it('never takes over a number that a built-in scheme reads', () => {
    const greedy = defineScheme({ ...firm, pattern: '(?<all>.{1,60})', template: '{all}', samples: ['x'] })
    if (!greedy.ok) throw new Error('not defined')
    const reading = readCaseNumber('（2023）京0105民初1号', { clock, ownSchemes: [greedy.scheme] })
    expect(reading.ok && reading.number.scheme).toBe('court')
  })
})

describe('the tables', () => {
  it('have every row of the official list once, in its order', () => {
    expect(CASE_TYPES).toHaveLength(129)
    expect(new Set(CASE_TYPES.map((row) => row.type)).size).toBe(129)
    const codes = CASE_TYPES.map((row) => row.code)
    expect(codes).toEqual(codes.toSorted())
    expect(CASE_TYPES.find((row) => row.type === '民初')).toEqual({
      type: '民初',
      code: '0301',
      class: '民事',
    })
    expect(caseTypeOrder('刑辖')).toBe(0)
    expect(CAUTION_CASE_TYPES.filter((type) => caseTypeOrder(type) !== null)).toEqual([])
  })

  it('put provinces in the order of GB/T 2260', () => {
    expect(PROVINCE_MARKS.join('')).toBe('京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军')
  })

  it('name every high court, and no court twice', () => {
    for (const mark of PROVINCE_MARKS) expect(findCourtName(mark)).not.toBeNull()
    expect(new Set(COURTS.map((court) => court.code)).size).toBe(COURTS.length)
    expect(new Set(COURTS.map((court) => court.name)).size).toBe(COURTS.length)
  })

  it('never make a name from digits', () => {
    expect(findCourtName('粤0304')).toBe('广东省深圳市福田区人民法院')
    expect(findCourtName('粤1972')).toBeNull()
    expect(findCourtName('粤0399')).toBeNull()
  })

  it('let the records room add and rename courts', () => {
    const own = [{ code: '粤0399', name: '某法院' }]
    expect(findCourtName('粤0399', own)).toBe('某法院')
  })
})
