import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_EXPORT_TEMPLATE,
  DEFAULT_MASTER_TEMPLATE,
  FILE_NAME_FIELDS,
  type FileNameTemplate,
  type FileNameValues,
  fileNameKey,
  parseFileNameTemplate,
  type RenderOptions,
  renderFileName,
  safeFileName,
  uniqueFileName,
} from '../../../shared/domain/index.ts'

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i

function expectSafe(name: string): void {
  expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cs}\p{Cf}]/u)
  expect(name).not.toMatch(/[. ]$|^ /)
  expect(name).not.toMatch(DEVICE)
  expect(name).not.toBe('')
  expect(name).toBe(name.normalize('NFC'))
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
}

function template(source: string): FileNameTemplate {
  const result = parseFileNameTemplate(source)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.template
}

function render(source: string, values: FileNameValues, options: RenderOptions = {}): string {
  const rendered = renderFileName(template(source), values, options)
  if (!rendered.ok) throw new Error(rendered.reason)
  return rendered.name
}

const hostile = fc.string({
  unit: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...'\\/:*?"<>|. \u0000\u001f\u007f\u202e\u200b\ud800',
        'CON',
        'nul',
        'com1',
        'LPT¹',
        '.pdf',
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom('民事判决书', '👨‍👩‍👧‍👦', 'e\u0301', 'ﬁ', '〇', '\u{20000}') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
  ),
  maxLength: 120,
})

describe('a safe file name', () => {
  it.each([
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['NUL .tar.gz', '_NUL .tar.gz'],
    ['COM1.pdf', '_COM1.pdf'],
    ['lpt³', '_lpt³'],
    ['CONTRACT.pdf', 'CONTRACT.pdf'],
    ['判决书. . .', '判决书'],
    ['  两端  空白  ', '两端 空白'],
    ['..', '_'],
    ['', '_'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['e\u0301.pdf', 'é.pdf'],
    ['判决\u202efdp.exe', '判决fdp.exe'],
    ['坏\ud800字', '坏_字'],
    ['换\n行', '换 行'],
  ])('of %j is %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('is safe and short enough for any text', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expectSafe(safeFileName(name))
      }),
      { numRuns: 1000 },
    )
  })

  it('stays as it is once safe', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const safe = safeFileName(name)
        expect(safeFileName(safe)).toBe(safe)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps its extension and stays distinct when it is cut', () => {
    const [one, two] = ['甲', '乙'].map((end) => safeFileName(`${'长'.repeat(200)}${end}.pdf`))
    expect(one).toMatch(/^长+~[0-9a-f]{8}\.pdf$/)
    expect(one).not.toBe(two)
  })

  it('is never cut inside a character', () => {
    const family = '👨‍👩‍👧‍👦'
    const name = safeFileName(`${'e\u0303\u0323'.repeat(100)}.pdf`)
    expect(name).toMatch(/^(?:ẹ̃|ẹ̃)+~/u)
    expect(safeFileName(`${family.repeat(40)}.pdf`)).not.toMatch(/\p{Cs}/u)
  })
})

describe('a name template', () => {
  it('makes the shipped names', () => {
    expect(
      render(DEFAULT_MASTER_TEMPLATE, { archiveNumber: 'J045-ZY·SS·2023·D60-0001-003', counter: 12 }),
    ).toBe('J045-ZY·SS·2023·D60-0001-003_0012.jpg')
    const values = {
      caseNumber: '2023_京0105_民初_00123',
      volumeMark: '正',
      book: 1,
      itemNumber: 7,
      title: '民事判决书',
      date: '2023-03-14',
      firstPage: '12',
      lastPage: '15',
    }
    expect(render(DEFAULT_EXPORT_TEMPLATE, values)).toBe(
      '2023_京0105_民初_00123_正1_007_民事判决书_20230314_p12-15.pdf',
    )
  })

  it('reads widths, date patterns and every word of every field', () => {
    expect(
      render('{案号}_{卷别}{册}_{序号:3}_{题名}_{日期:yyyy-mm-dd}_p{起页:3}-{止页:3}', {
        caseNumber: 'A',
        volumeKind: '正卷',
        book: 2,
        itemNumber: 5,
        title: '起诉状',
        date: '2023-03-14',
        firstPage: '1',
        lastPage: '12-1',
      }),
    ).toBe('A_正卷2_005_起诉状_2023-03-14_p001-012-1')
    for (const { words, field } of FILE_NAME_FIELDS)
      for (const word of words) expect(template(`{${word}}`).pieces).toMatchObject([{ kind: 'field', field }])
  })

  it('prints a partial date as far as it goes', () => {
    expect(render('{日期}', { date: '2023-03' })).toBe('202303')
    expect(render('{日期:yyyy}', { date: '2023-03-14' })).toBe('2023')
  })

  it.each([
    ['{案号', { reason: 'unclosed-brace', at: 0 }],
    ['甲{案号{题名}', { reason: 'unclosed-brace', at: 1 }],
    ['案号}', { reason: 'stray-brace', at: 2 }],
    ['甲{}', { reason: 'empty-field', at: 1 }],
    ['甲{不知}', { reason: 'unknown-field', at: 1, field: '不知' }],
    ['{题名:3}', { reason: 'bad-format', at: 0, field: '题名' }],
    ['{序号:x}', { reason: 'bad-format', at: 0, field: '序号' }],
    ['{日期:dd/mm}', { reason: 'bad-format', at: 0, field: '日期' }],
    ['{案号}a/b', { reason: 'forbidden-character', at: 5, character: '/' }],
    ['  ', { reason: 'empty' }],
    ['x'.repeat(301), { reason: 'too-long', most: 300 }],
  ])('%s is refused with its place', (source, problem) => {
    const result = parseFileNameTemplate(source)
    expect(result).toMatchObject({ ok: false, code: 'INTAKE_NAME_TEMPLATE_INVALID' })
    expect(result.ok ? [] : result.problems).toContainEqual(problem)
  })

  it('tells every problem at once', () => {
    const result = parseFileNameTemplate('{甲}:{乙}')
    expect(result.ok ? 0 : result.problems.length).toBe(3)
  })

  it('shortens the title and nothing else', () => {
    const name = render('{案号}_{题名}_p{起}-{止}.pdf', {
      caseNumber: 'C',
      title: '长'.repeat(300),
      firstPage: 1,
      lastPage: 9,
    })
    expect(name).toMatch(/^C_长+~[0-9a-f]{8}_p1-9\.pdf$/)
    expectSafe(name)
  })

  it('gives two long titles two names', () => {
    const names = ['甲', '乙'].map((end) => render('{题名}.pdf', { title: '长'.repeat(300) + end }))
    expect(names[0]).not.toBe(names[1])
  })

  it('says when the folder leaves no room', () => {
    expect(renderFileName(template('{题名}'), { title: '甲' }, { folderCharacters: 230 })).toEqual({
      ok: false,
      code: 'INTAKE_NAME_UNUSABLE',
      reason: 'folder-too-long',
    })
  })

  it('makes safe names within the path limit for any values', () => {
    const source = fc.constantFrom(
      DEFAULT_EXPORT_TEMPLATE,
      '{题名}',
      '{案号}{题名}',
      '{责任者}.{题名}',
      '{文号}',
    )
    fc.assert(
      fc.property(
        source,
        hostile,
        hostile,
        hostile,
        fc.nat({ max: 200 }),
        (text, title, caseNumber, other, folder) => {
          const values = {
            title,
            caseNumber,
            responsible: other,
            documentNumber: other,
            date: other,
            book: other,
          }
          const name = render(text, values, { folderCharacters: folder })
          expectSafe(name)
          expect(folder + 1 + name.length).toBeLessThanOrEqual(240)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('never gives one folder two names that are the same to Windows or macOS', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hostile, fc.constantFrom('a', 'A', 'é', 'e\u0301', '长'.repeat(90)))),
        (titles) => {
          const taken = new Set<string>()
          for (const title of titles) {
            const name = render('{题名}.pdf', { title }, { taken })
            expectSafe(name)
            expect(taken.has(fileNameKey(name))).toBe(false)
            taken.add(fileNameKey(name))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a name that is taken', () => {
  it('gets a number before its extension, without regard to case', () => {
    const taken = new Set(['判决书.pdf', 'A.pdf', 'a_2.PDF'].map(fileNameKey))
    expect(uniqueFileName('判决书.pdf', taken)).toBe('判决书_2.pdf')
    expect(uniqueFileName('a.PDF', taken)).toBe('a_3.PDF')
    expect(uniqueFileName('b.pdf', taken)).toBe('b.pdf')
  })

  it('still fits', () => {
    const name = `${'x'.repeat(251)}.pdf`
    const other = uniqueFileName(name, new Set([fileNameKey(name)]))
    expect(other).toBe(`${'x'.repeat(249)}_2.pdf`)
  })
})
