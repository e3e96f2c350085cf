import { describe, expect, it } from 'vitest'
import {
  type CaseNumber,
  caseNumberCompact,
  caseNumberCounterKey,
  caseNumberCounts,
  caseNumberSearchForms,
  caseNumberTail,
  caseNumberUniquenessKey,
  gapsAlarm,
  listSchemes,
  matchCaseType,
  normaliseCaseNumber,
  parseCaseNumber,
  printCaseNumber,
  type ReadContext,
  readCaseNumber,
  suggestCaseNumberRepairs,
} from '../../../shared/domain/index.ts'

const context: ReadContext = { clock: () => new Date('2024-06-01T00:00:00Z') }

function read(raw: string, more: Partial<ReadContext> = {}): CaseNumber {
  const reading = readCaseNumber(raw, { ...context, ...more })
  if (!reading.ok) throw new Error(reading.reason)
  return reading.number
}

describe('normalising a case number', () => {
  it.each([
    ['(2023)京0105民初123号', '（2023）京0105民初123号'],
    ['［２０２３］京０１０５民初１２３號', '（2023）京0105民初123号'],
    ['〔2023〕 京0105\u3000民初\u00a0123\u200b号', '（2023）京0105民初123号'],
    ['（2023）京0105民初00123号', '（2023）京0105民初123号'],
    ['（2014）民一终字第0174号', '（2014）民一终字第0174号'],
    ['（2019）粤03民终3827,3828号', '（2019）粤03民终3827、3828号'],
    ['（2019）粤03民终3827，03828号', '（2019）粤03民终3827、3828号'],
    ['（2019）粤03民终18775—18776号之一', '（2019）粤03民终18775-18776号之一'],
    ['（2019）粤03民终18775至18776号', '（2019）粤03民终18775-18776号'],
    ['（2019）粤03民终18775～18776号', '（2019）粤03民终18775-18776号'],
    ['密检起诉受[2016]37078500026号', '密检起诉受〔2016〕37078500026号'],
    ['长检一部刑诉（2020）64号', '长检一部刑诉〔2020〕64号'],
  ])('%s becomes %s', (raw, normalised) => {
    expect(normaliseCaseNumber(raw)).toBe(normalised)
  })

  it('does not take a letter for a digit', () => {
    expect(normaliseCaseNumber('（2O23）京0l05民初123号')).toBe('（2O23）京0l05民初123号')
  })

  it('leaves 至 alone where it is a word', () => {
    expect(normaliseCaseNumber('至诚案卷第3号')).toBe('至诚案卷第3号')
  })
})

describe('reading a case number', () => {
  it.each([
    [
      '（2020）最高法知民终1号',
      { scheme: 'court', year: 2020, court: '最高法', special: '知', type: '民终', number: '1' },
    ],
    ['（2023）京0105民初123号', { scheme: 'court', court: '京0105', special: null, type: '民初', sub: null }],
    ['（2021）粤03民辖终5号', { scheme: 'court', court: '粤03', type: '民辖终' }],
    ['（2021）川行赔初7号', { scheme: 'court', court: '川', type: '行赔初' }],
    ['（2022）苏0591民诉前调88号', { scheme: 'court', type: '民诉前调' }],
    ['（2014）民一终字第174号', { scheme: 'court-legacy', body: '民一终', number: '174', sub: null }],
    ['（2015）沪一中民保字第7号之一', { scheme: 'court-legacy', body: '沪一中民保', number: '7', sub: 1 }],
    ['（2015）济民一初字第21号', { scheme: 'court-legacy', body: '济民一初' }],
    [
      '长检一部刑诉〔2020〕64号',
      {
        scheme: 'procuratorate-document',
        procuratorate: '长检',
        department: '一部',
        document: '刑诉',
        marked: false,
      },
    ],
    [
      '京丰检一部刑诉〔2019〕1394号',
      { scheme: 'procuratorate-document', procuratorate: '京丰检', number: '1394' },
    ],
    [
      '京丰检刑诉〔2023〕Z12号',
      { scheme: 'procuratorate-document', department: null, marked: true, number: '12' },
    ],
    [
      '密检起诉受[2016]37078500026号',
      {
        scheme: 'procuratorate-intake',
        procuratorate: '密检',
        category: '起诉',
        unit: '370785',
        number: '00026',
      },
    ],
    [
      '山东省院起诉受[2017]37000000095号',
      { scheme: 'procuratorate-intake', procuratorate: '山东省院', unit: '370000', number: '00095' },
    ],
    ['37078520150084600', { scheme: 'unified-intake', unit: '370785', year: 2015, number: '0084600' }],
    ['（2024）XX律民字第001号', { scheme: 'law-firm', firm: 'XX律', kind: '民', number: '001' }],
  ])('%s', (raw, expected) => {
    expect(read(raw).fields).toMatchObject(expected)
  })

  it('keeps what was typed beside the canonical form', () => {
    const number = read('(2023) 京0105民初00123号')
    expect([number.raw, number.canonical]).toEqual(['(2023) 京0105民初00123号', '（2023）京0105民初123号'])
  })

  it('reads several numbers and an ending', () => {
    expect(parseCaseNumber('（2018）粤03民终18775-18776、18780号之十二')).toMatchObject({
      number: '18775',
      more: [
        { join: '-', number: '18776' },
        { join: '、', number: '18780' },
      ],
      sub: 12,
    })
  })

  it('keeps unreadable text as free text with a warning, or refuses it when asked to', () => {
    expect(read('旧卷甲-7').scheme).toBe('free-text')
    expect(read('旧卷甲-7').warnings).toEqual([{ code: 'free-text' }])
    expect(readCaseNumber('旧卷甲-7', { ...context, freeText: 'refuse' })).toMatchObject({
      ok: false,
      reason: 'unrecognised',
    })
  })

  it('refuses what is empty once blanks are gone, and what is too long', () => {
    expect(readCaseNumber(' \u3000\u200b', context)).toMatchObject({ ok: false, reason: 'empty' })
    expect(readCaseNumber('号'.repeat(121), context)).toMatchObject({ ok: false, reason: 'too-long' })
  })

  it('does not take 之一一 for an ending', () => {
    expect(parseCaseNumber('（2023）京0105民初123号之一一')).toBeNull()
  })
})

describe('warnings', () => {
  it.each([
    ['（2023）京0105民初123号', []],
    ['（2025）京0105民初1号', [{ code: 'year-in-future', year: 2025, currentYear: 2024 }]],
    ['（2015）京0105民初1号', [{ code: 'modern-form-before-2016', year: 2015 }]],
    ['（2016）济民一初字第21号', [{ code: 'legacy-form-after-2016', year: 2016 }]],
    ['（2023）京0105民甲1号', [{ code: 'unknown-type', type: '民甲' }]],
    ['（2023）京0105民诉前调1号', [{ code: 'caution-type', type: '民诉前调' }]],
    ['（2023）京9999民初1号', [{ code: 'unknown-court', court: '京9999' }]],
    ['（2023）京0105民初0号', [{ code: 'number-is-zero' }]],
    ['（2023）京0105民初9-3号', [{ code: 'range-descends', from: '9', to: '3' }]],
  ])('%s', (raw, warnings) => {
    expect(read(raw).warnings).toEqual(warnings)
  })

  it('takes the year of China, not of Greenwich', () => {
    const newYear = { clock: () => new Date('2024-12-31T16:00:00Z') }
    expect(read('（2025）京0105民初1号', newYear).warnings).toEqual([])
  })

  it('knows the courts that the records room added', () => {
    const ownCourts = [{ code: '云9901', name: '云州市临江区人民法院' }]
    expect(read('（2023）云9901民初1号', { ownCourts }).warnings).toEqual([])
  })
})

describe('order, sameness and names', () => {
  it('sorts by year, court, type, number and ending', () => {
    const ordered = [
      '（2014）民一终字第174号',
      '（2022）粤0304执1号',
      '（2023）最高法民终2号',
      '（2023）最高法知民终1号',
      '（2023）京刑初1号',
      '（2023）京01民终1号',
      '（2023）京0105刑初9号',
      '（2023）京0105民初2号',
      '（2023）京0105民初10号',
      '（2023）京0105民初10号之一',
      '（2023）京0105民初10号之二',
      '（2023）京0105民甲1号',
      '（2023）京02民初1号',
      '（2023）津0101民初1号',
      '（2023）兵01民初1号',
      '（2023）济民一初字第21号',
      '旧卷甲',
    ]
    const shuffled = ordered.toReversed()
    const sorted = shuffled.map((raw) => read(raw)).sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    expect(sorted.map((number) => number.canonical)).toEqual(ordered)
  })

  it('counts zeros and endings out of sameness, but not for documents', () => {
    const key = (raw: string, forDocument = false): string =>
      caseNumberUniquenessKey(read(raw).fields, { forDocument })
    expect(key('（2014）民一终字第0174号')).toBe(key('（2014）民一终字第174号'))
    expect(key('（2023）京0105民初1号之一')).toBe(key('（2023）京0105民初1号'))
    expect(key('（2023）京0105民初1号之一', true)).not.toBe(key('（2023）京0105民初1号', true))
    expect(key('（2023）京0105民初1号')).not.toBe(key('（2023）京0105民初2号'))
    expect(key('（2020）最高法知民终1号')).not.toBe(key('（2020）最高法民终1号'))
  })

  it.each([
    ['（2023）京0105民初123号', '2023_京0105_民初_00123'],
    ['（2020）最高法知民终1号', '2020_最高法_知民终_00001'],
    ['（2018）粤03民终3827、3828号', '2018_粤03_民终_03827、03828'],
    ['（2018）粤03民终18775-18776号之一', '2018_粤03_民终_18775-18776_之一'],
    ['（2014）民一终字第174号', '2014_民一终字_00174'],
    ['长检一部刑诉〔2020〕64号', '2020_长检一部刑诉_00064'],
    ['京丰检刑诉〔2023〕Z12号', '2023_京丰检刑诉_Z00012'],
    ['密检起诉受[2016]37078500026号', '2016_密检起诉受_37078500026'],
    ['37078520150084600', '37078520150084600'],
    ['（2024）XX律民字第001号', '2024_XX律民_00001'],
    ['旧卷: 甲/7', '旧卷_甲_7'],
  ])('%s is named %s', (raw, name) => {
    expect(read(raw).fileSafe).toBe(name)
  })

  it('does not alarm about gaps between numbers that are random', () => {
    expect(gapsAlarm(read('（2020）最高法刑核56892144号').fields)).toBe(false)
    expect(gapsAlarm(read('（2020）最高法刑终5号').fields)).toBe(true)
  })

  it('draws numbers of one court, type and year from one counter', () => {
    const counter = (raw: string): string | null => caseNumberCounterKey(read(raw).fields)
    expect(counter('（2023）京0105民初1号')).toBe(counter('（2023）京0105民初7、9号之一'))
    expect(counter('（2023）京0105民初1号')).not.toBe(counter('（2023）京0105民终1号'))
    expect(counter('旧卷甲')).toBeNull()
  })

  it('counts every number of a range', () => {
    expect(caseNumberCounts(read('（2023）京0105民初3-6、9号').fields)).toEqual([3, 4, 5, 6, 9])
  })
})

describe('finding a number', () => {
  it.each([
    ['（2023）京0105民初00123号', '京0105民初123'],
    ['（2014）民一终字第0174号', '民一终174'],
    ['（2018）粤03民终18775-18776号之一', '粤03民终18775-18776之一'],
    ['民初０12号', '民初12'],
  ])('the tail of %s is %s', (raw, tail) => {
    expect(caseNumberTail(raw)).toBe(tail)
  })

  it.each([
    '2023京0105民初123',
    '（２０２３）京０１０５民初１２３号',
    '(2023)京0105',
    '京0105',
    '京0105 民初 00123',
    '民初123号',
    '123',
    '2023',
  ])('%s is found in （2023）京0105民初123号', (query) => {
    const stored = caseNumberCompact('（2023）京0105民初123号')
    expect(stored).toContain(caseNumberSearchForms(query).compact)
  })

  it('does not find another number', () => {
    expect(caseNumberCompact('（2023）京0105民初123号')).not.toContain(
      caseNumberSearchForms('民初124').compact,
    )
  })

  it('tells year, type and number of what was typed', () => {
    expect(caseNumberSearchForms('(2023)民辖终12')).toEqual({
      canonical: null,
      compact: '2023民辖终12',
      year: 2023,
      tail: '民辖终12',
      type: '民辖终',
      number: '12',
    })
    expect(caseNumberSearchForms('(2023)京0105民初123号').canonical).toBe('（2023）京0105民初123号')
  })

  it('matches the longest type', () => {
    expect([
      matchCaseType('民辖终12'),
      matchCaseType('民辖12'),
      matchCaseType('行赔初1'),
      matchCaseType('甲'),
    ]).toEqual(['民辖终', '民辖', '行赔初', null])
  })
})

describe('suggested repairs', () => {
  it.each([
    ['（2O23）京0105民初123号', '（2023）京0105民初123号'],
    ['（2023）京〇105民初l23号', '（2023）京0105民初123号'],
    ['2023京0105民初123号', '（2023）京0105民初123号'],
    ['（2023京0105民初123号', '（2023）京0105民初123号'],
    ['2023年京0105民初123', '（2023）京0105民初123号'],
    ['（2023）京0105民初123', '（2023）京0105民初123号'],
    ['（2023）京0105民初字第123号', '（2023）京0105民初123号'],
    ['（2014）民一终字174号', '（2014）民一终字第174号'],
    ['（2014）民一终第174号', '（2014）民一终字第174号'],
    ['（2014）民一终宇弟174号', '（2014）民一终字第174号'],
    ['（2023）京0105民初123号之1', '（2023）京0105民初123号之一'],
    ['（二〇二三）京0105民初123号', '（2023）京0105民初123号'],
    ['（2023）京0105民初123号民事判决书', '（2023）京0105民初123号'],
    ['本院2023京0105民初123号之一裁定', '（2023）京0105民初123号之一'],
    ['长检一部刑诉2020〕64号', '长检一部刑诉〔2020〕64号'],
  ])('%s could be %s', (raw, canonical) => {
    expect(suggestCaseNumberRepairs(raw).map((suggestion) => suggestion.canonical)).toContain(canonical)
  })

  it('are only offered, never taken', () => {
    const number = read('（2O23）京0105民初123号')
    expect(number.scheme).toBe('free-text')
    expect(number.suggestions).toEqual([
      { canonical: '（2023）京0105民初123号', repairs: ['letter-to-zero'] },
    ])
  })

  it('are none for a readable number and none for other text', () => {
    expect(suggestCaseNumberRepairs('（2023）京0105民初123号')).toEqual([])
    expect(suggestCaseNumberRepairs('旧卷甲')).toEqual([])
  })
})

describe('the list of schemes', () => {
  it('has a Chinese and an English label for each, and none twice', () => {
    const schemes = listSchemes()
    expect(new Set(schemes.map((scheme) => scheme.id)).size).toBe(schemes.length)
    for (const scheme of schemes) expect(scheme.label.zh && scheme.label.en && scheme.template).not.toBe('')
  })

  it('prints what it reads', () => {
    const fields = parseCaseNumber('密检起诉受[2016]37078500026号')
    expect(fields && printCaseNumber(fields)).toBe('密检起诉受〔2016〕37078500026号')
  })
})
