import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  archiveNumberCompact,
  archiveNumberWarnings,
  beginsAsArchiveNumber,
} from '../../../shared/domain/archive-number.ts'
import {
  type ArchiveNumber,
  type ArchiveNumberPattern,
  type ArchiveNumberValues,
  buildArchiveNumber,
  DEFAULT_ARCHIVE_PATTERN,
  nextArchiveNumber,
  parseArchiveNumber,
  parseArchivePattern,
  printArchiveNumber,
  RETENTION_CODES,
  readCategory,
  validateArchiveNumber,
} from '../../../shared/domain/index.ts'

function pattern(source = DEFAULT_ARCHIVE_PATTERN): ArchiveNumberPattern {
  const result = parseArchivePattern(source)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.pattern
}

const values: ArchiveNumberValues = { fonds: 'J045', year: 2023, retention: 'D60' }

describe('an archive number', () => {
  it('by volume is read level by level', () => {
    expect(parseArchiveNumber('J019-ZY·JC·CC·2019·D30-001-001')).toEqual({
      style: 'by-volume',
      fonds: 'J019',
      category: ['ZY', 'JC', 'CC', '2019', 'D30'],
      volume: '001',
      item: '001',
      page: null,
    })
  })

  it('by item is read when the archive files by item', () => {
    expect(parseArchiveNumber('Z109-WS·2011·Y·办公室-0001', 'by-item')).toEqual({
      style: 'by-item',
      fonds: 'Z109',
      category: ['WS', '2011', 'Y', '办公室'],
      item: '0001',
      page: null,
    })
  })

  it('of the style of 1994 is read for import', () => {
    expect(parseArchiveNumber('J045-12-0034-5')).toEqual({
      style: '1994',
      fonds: 'J045',
      catalogue: '12',
      volume: '0034',
      item: '5',
    })
  })

  it.each(['ｊ０４５－ＺＹ・ＳＳ・２０２３・Ｄ６０—０００１—００３', 'J045 - ZY•SS•2023•D60 - 0001 - 003'])(
    'is read from %s',
    (raw) => {
      const number = parseArchiveNumber(raw)
      expect(number && printArchiveNumber(number)).toBe('J045-ZY·SS·2023·D60-0001-003')
    },
  )

  it.each([
    '',
    'J045',
    'J045-ZY·SS',
    'J045-ZY·SS-1-2-3-4',
    'J045-zy ss!-1',
    'JX45-ZY-1',
    'J045-ZY·SS-000001',
  ])('is not %j', (raw) => {
    expect(parseArchiveNumber(raw)).toBeNull()
  })

  it('tells what its category says', () => {
    expect(readCategory(['ZY', 'JC', 'CC', '2019', 'D30'])).toEqual({
      classCode: 'ZY',
      subclasses: ['JC', 'CC'],
      year: 2019,
      retention: 'D30',
      office: null,
    })
    expect(readCategory(['WS', '2011', 'Y', '办公室'])).toMatchObject({
      year: 2011,
      retention: 'Y',
      office: '办公室',
    })
    expect(readCategory(['ZY', 'Y', '2019', 'D30'])).toMatchObject({
      subclasses: ['Y'],
      year: 2019,
      retention: 'D30',
    })
    expect(readCategory(['ZY'])).toEqual({
      classCode: 'ZY',
      subclasses: [],
      year: null,
      retention: null,
      office: null,
    })
  })

  it.each([
    ['J045-ZY·SS·2023·D60-0001', []],
    ['J046-ZY·SS·2023·D60-0001', ['other-fonds']],
    ['J045-ZY·SS-0001', ['no-year', 'no-retention']],
    ['J045-ZY·SS·2030·D60-0001', ['year-in-future']],
    ['J045-ZY·SS·2023·D60-0000', ['counter-is-zero']],
    ['J045-12-0034', ['old-style']],
  ])('%s warns of %j', (raw, codes) => {
    const number = parseArchiveNumber(raw)
    if (number === null) throw new Error('not read')
    const warnings = validateArchiveNumber(number, { currentYear: 2024, fonds: 'J045' })
    expect(warnings.map((warning) => warning.code)).toEqual(codes)
  })

  it.each([
    [' ', []],
    ['J045-ZY·SS·2023·D60-0001', []],
    ['j045－zy・ss-0001', ['no-year', 'no-retention']],
    ['旧档 12 号', ['unreadable']],
  ])('says of %j what is odd about it: %j', (raw, codes) => {
    expect(archiveNumberWarnings(raw, { currentYear: 2024 }).map(({ code }) => code)).toEqual(codes)
  })

  it('knows a number of today without its marks, and nothing else', () => {
    expect(archiveNumberCompact('j045－zy・ss•2023·D60-0001')).toBe('J045ZYSS2023D600001')
    const begins = [
      'J045ZY',
      'j045-zy·ss',
      'Ｊ０４５－ＺＹ',
      'J045',
      '045ZY',
      '（2023）云0199民初1号',
      '借条',
    ]
    expect(begins.map(beginsAsArchiveNumber)).toEqual([true, true, true, false, false, false, false])
  })

  it('prints and reads back in every style', () => {
    const counter = fc.integer({ min: 0, max: 99_999 }).map((value) => String(value).padStart(3, '0'))
    const fonds = fc.stringMatching(/^[A-Z]\d{3}$/)
    const category = fc
      .tuple(
        fc.stringMatching(/^[A-Z]{2}$/),
        fc.array(fc.stringMatching(/^[A-Z]{1,3}$/), { maxLength: 2 }),
        fc.option(fc.integer({ min: 1950, max: 2050 }).map(String)),
        fc.option(fc.constantFrom(...RETENTION_CODES)),
        fc.option(fc.constantFrom('办公室', '民一庭')),
      )
      .map(([code, classes, ...rest]) => [code, ...classes, ...rest.filter((part) => part !== null)])
    const any: fc.Arbitrary<ArchiveNumber> = fc.oneof(
      fc.record({
        style: fc.constant('by-volume' as const),
        fonds,
        category,
        volume: counter,
        item: counter,
        page: fc.option(counter),
      }),
      fc.record({
        style: fc.constant('by-item' as const),
        fonds,
        category,
        item: counter,
        page: fc.option(counter),
      }),
      fc.record({
        style: fc.constant('1994' as const),
        fonds,
        catalogue: fc.integer({ min: 1, max: 9999 }).map(String),
        volume: counter,
        item: fc.option(counter),
      }),
    )
    fc.assert(
      fc.property(any, (number) => {
        const arrangement = number.style === 'by-item' ? 'by-item' : 'by-volume'
        expect(parseArchiveNumber(printArchiveNumber(number), arrangement)).toEqual(number)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a pattern of archive numbers', () => {
  it('makes the number of a volume and of an item in it', () => {
    expect(buildArchiveNumber(pattern(), { ...values, volume: 1 })).toEqual({
      ok: true,
      number: 'J045-ZY·SS·2023·D60-0001',
    })
    expect(buildArchiveNumber(pattern(), { ...values, volume: 1, item: 3 })).toEqual({
      ok: true,
      number: 'J045-ZY·SS·2023·D60-0001-003',
    })
  })

  it('goes on after the greatest number, and does not use a freed one again', () => {
    const existing = [
      'J045-ZY·SS·2023·D60-0001-003',
      'J045-ZY·SS·2023·D60-0007',
      'J045-ZY·SS·2022·D60-0900',
      'J045-ZY·SS·2023·D30-0800',
      '旧号',
    ]
    const next = (counter: 'volume' | 'item', more: Partial<ArchiveNumberValues> = {}): unknown =>
      nextArchiveNumber(pattern(), { ...values, ...more }, counter, existing)
    expect(next('volume')).toEqual({ ok: true, number: 'J045-ZY·SS·2023·D60-0008' })
    expect(next('item', { volume: 1 })).toEqual({ ok: true, number: 'J045-ZY·SS·2023·D60-0001-004' })
    expect(next('item', { volume: 9 })).toEqual({ ok: true, number: 'J045-ZY·SS·2023·D60-0009-001' })
  })

  it('refuses a counter that its width cannot hold', () => {
    expect(buildArchiveNumber(pattern(), { ...values, volume: 10_000 })).toMatchObject({
      reason: 'counter-too-large',
    })
    expect(nextArchiveNumber(pattern(), values, 'volume', ['J045-ZY·SS·2023·D60-9999'])).toMatchObject({
      ok: false,
      reason: 'counter-too-large',
    })
    expect(buildArchiveNumber(pattern(), { ...values, volume: -1 })).toMatchObject({ ok: false })
  })

  it('refuses to leave out a level in the middle', () => {
    expect(buildArchiveNumber(pattern(), { ...values, item: 3 })).toMatchObject({
      ok: false,
      reason: 'value-missing',
    })
  })

  it('refuses values that make no archive number', () => {
    expect(buildArchiveNumber(pattern(), { ...values, fonds: '法院', volume: 1 })).toMatchObject({
      reason: 'not-an-archive-number',
    })
  })

  it.each([
    ['{全宗}-ZY', 'no-counter'],
    ['{全宗}-{案卷:9}', 'bad-format'],
    ['{全宗:2}-{案卷}', 'bad-format'],
    ['{全宗}-{卷}', 'unknown-field'],
    ['{全宗}/{案卷}', 'forbidden-character'],
    ['{全宗-{案卷}', 'unclosed-brace'],
  ])('%s is refused: %s', (source, reason) => {
    const result = parseArchivePattern(source)
    expect(result).toMatchObject({ ok: false, code: 'TEMPLATE_INVALID' })
    expect(result.ok ? [] : result.problems.map((problem) => problem.reason)).toContain(reason)
  })

  it('always gives the next number a greater counter of the same width', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9998 }), { minLength: 1, maxLength: 30 }), (used) => {
        const existing = used.map((volume) => {
          const built = buildArchiveNumber(pattern(), { ...values, volume })
          if (!built.ok) throw new Error(built.reason)
          return built.number
        })
        const next = nextArchiveNumber(pattern(), values, 'volume', existing)
        if (!next.ok) throw new Error(next.reason)
        expect(existing).not.toContain(next.number)
        expect(existing.every((number) => number < next.number && number.length === next.number.length)).toBe(
          true,
        )
      }),
    )
  })
})
