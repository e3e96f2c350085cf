import { describe, expect, test } from 'vitest'
import { CaseFilter, type CaseListRequest } from '../../shared/contract/cases.ts'
import { CaseDraft } from '../../shared/contract/model.ts'
import {
  AT,
  addCase,
  codeOf,
  EVERYTHING,
  freshCatalogue,
  indexedAs,
  newId,
  numberFacts,
} from '../fixtures/catalogue/open.ts'

type Asked = Partial<Omit<CaseListRequest, 'filter'>> & { readonly filter?: Partial<CaseFilter> }
function request({ filter, ...rest }: Asked = {}): CaseListRequest {
  return {
    filter: CaseFilter.parse(filter ?? {}),
    sort: { column: 'number', descending: false },
    offset: 0,
    limit: 1000,
    ...rest,
  }
}

async function someCases() {
  const { catalogue } = await freshCatalogue()
  const numbers: (readonly [string, Partial<CaseDraft>, string])[] = [
    ['（2024）云0199民初2号', { cause: '离婚纠纷', handler: '周试行', acceptedOn: '2024-02-01' }, '1'],
    ['（2024）云0199民初10号', { cause: '民间借贷纠纷', handler: '陈拟文', retention: 'D30' }, '4'],
    ['（2023）云0199刑初1号', { cause: '盗窃', handler: '陈拟文', acceptedOn: '2023-05-06' }, '2'],
    ['（2024）云0199民初1号', { cause: '100%_股权转让', closedOn: '2024-09-09' }, '3'],
  ]
  for (const [number, draft, second] of numbers)
    addCase(catalogue, number, draft, AT.replace('06.', `0${second}.`))
  const shown = (asked: Asked) =>
    catalogue.cases.list(request(asked), EVERYTHING).rows.map((row) => row.number.replace('云0199', ''))
  return { catalogue, shown }
}

describe('a case', () => {
  test('keeps what was typed and what its number says', async () => {
    const { catalogue } = await freshCatalogue()
    const parties = [
      { role: 'plaintiff' as const, name: '王小样' },
      { role: 'defendant' as const, name: '李样本' },
      { role: 'defendant' as const, name: '云州样例商贸有限公司' },
    ]
    const id = addCase(catalogue, '(2023)云0199民初1024号', {
      cause: '民间借贷纠纷',
      parties,
      secrecy: 'work-secret',
    })
    expect(catalogue.cases.require(id)).toMatchObject({
      number: '（2023）云0199民初1024号',
      title: '王小样 诉 李样本、云州样例商贸有限公司',
      year: 2023,
      court: '云0199',
      typeText: '民初',
      status: 'open',
      secrecy: 'work-secret',
      pageCount: 0,
      createdAt: AT,
    })
    expect(catalogue.cases.parties(id)).toEqual(parties)
    expect(catalogue.cases.numberFacts(id).raw).toBe('(2023)云0199民初1024号')
  })

  test('takes a new number and new parties, and is then found by them alone', async () => {
    const { catalogue } = await freshCatalogue()
    const id = addCase(catalogue, '（2023）云0199民初1号', {
      parties: [{ role: 'plaintiff', name: '旧名甲' }],
    })
    const draft = CaseDraft.parse({
      number: '（2023）云0199民初9号',
      parties: [{ role: 'plaintiff', name: '新名乙' }],
    })
    catalogue.cases.update(id, draft, numberFacts(draft.number), '2026-03-01T00:00:00.000Z')
    expect(catalogue.cases.require(id)).toMatchObject({
      number: '（2023）云0199民初9号',
      title: '新名乙',
      createdAt: AT,
      updatedAt: '2026-03-01T00:00:00.000Z',
    })
    const found = (text: string) => indexedAs(catalogue, text)
    expect([found('旧名'), found('新名')]).toEqual([0, 1])
    expect(catalogue.search.count()).toEqual({ entries: 1, indexed: 1 })
  })

  test('cannot take a number in use, however it is written, and says who has it', async () => {
    const { catalogue } = await freshCatalogue()
    const first = addCase(catalogue, '（2023）云0199民初1024号')
    const other = addCase(catalogue, '（2023）云0199民初1025号')
    for (const written of [
      '(2023)云0199民初1024号',
      '〔2023〕云0199民初 1024 号',
      '（2023）云０１９９民初０１０２４号',
    ]) {
      let taken: unknown
      try {
        addCase(catalogue, written)
      } catch (error) {
        taken = error
      }
      expect(taken, written).toMatchObject({ code: 'CASE_NUMBER_TAKEN', details: { caseId: first } })
    }
    const draft = CaseDraft.parse({ number: '（2023）云0199民初1024号' })
    expect(codeOf(() => catalogue.cases.update(other, draft, numberFacts(draft.number), AT))).toBe(
      'CASE_NUMBER_TAKEN',
    )
    // Its own number is no obstacle.
    catalogue.cases.update(first, draft, numberFacts(draft.number), AT)
    expect(catalogue.cases.count()).toBe(2)
  })

  test('has a 档号 of its own, one way of writing it, or none', async () => {
    const { catalogue } = await freshCatalogue()
    const { cases } = catalogue
    const first = addCase(catalogue, '（2023）云0199民初1号', {
      archiveNumber: ' j045－zy•ss・2023·d60-0001 ',
    })
    const second = addCase(catalogue, '（2023）云0199民初2号')
    addCase(catalogue, '（2023）云0199民初3号')
    expect(cases.require(first).archiveNumber).toBe('J045-ZY·SS·2023·D60-0001')
    expect(cases.require(second).archiveNumber).toBe('')
    expect(cases.findByArchiveNumber('J045-ZY·SS·2023·D60-0001')).toBe(first)
    expect(cases.findByArchiveNumber('')).toBeUndefined()
    const taken = CaseDraft.parse({
      number: '（2023）云0199民初2号',
      archiveNumber: 'J045-ZY・SS・2023・D60-0001',
    })
    expect(codeOf(() => cases.update(second, taken, numberFacts(taken.number), AT))).toBe(
      'ARCHIVE_NUMBER_TAKEN',
    )
    expect(codeOf(() => addCase(catalogue, '（2023）云0199民初4号', taken))).toBe('ARCHIVE_NUMBER_TAKEN')
    expect(cases.count()).toBe(3)
    // What no rule reads is kept as well, and its own is no obstacle.
    const odd = CaseDraft.parse({ number: '（2023）云0199民初1号', archiveNumber: '旧档 12 号' })
    cases.update(first, odd, numberFacts(odd.number), AT)
    cases.update(first, odd, numberFacts(odd.number), AT)
    expect(cases.require(first).archiveNumber).toBe('旧档12号')
    cases.update(second, taken, numberFacts(taken.number), AT)
    expect(cases.require(second).archiveNumber).toBe('J045-ZY·SS·2023·D60-0001')
  })

  test('is still found by the 档号 that it had after 归档, not by one that was only a draft', async () => {
    const { catalogue } = await freshCatalogue()
    const { cases } = catalogue
    const number = '（2023）云0199民初1号'
    const id = addCase(catalogue, number, { archiveNumber: 'J045-ZY·SS·2023·D60-0001' })
    const other = addCase(catalogue, '（2023）云0199民初2号')
    const give = (caseId: string, typed: string, archiveNumber: string) => {
      const draft = CaseDraft.parse({ number: typed, archiveNumber })
      cases.update(caseId, draft, numberFacts(typed), AT)
    }
    const listed = (text: string) =>
      cases.list(request({ filter: { text } }), EVERYTHING).rows.map((row) => row.id)
    give(id, number, 'J045-ZY·SS·2023·D60-0002')
    cases.file(id, newId(), AT)
    give(id, number, 'J045-ZY·SS·2023·D60-0003')
    give(id, number, '')
    give(id, number, 'J045-ZY·SS·2023·D60-0004')
    const found = (tail: string) => [
      indexedAs(catalogue, `J045-ZY·SS·2023·D60-${tail}`),
      listed(`J045-ZY·SS·2023·D60-${tail}`).length,
    ]
    expect(['0001', '0002', '0003', '0004'].map(found)).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    // A number that was given back, as one that was given by mistake, may name the right case.
    give(other, '（2023）云0199民初2号', 'J045-ZY·SS·2023·D60-0002')
    expect(listed('D60-0002').sort()).toEqual([id, other].sort())
    give(id, number, 'J045-ZY·SS·2023·D60-0003')
    expect(found('0003')).toEqual([1, 1])
    expect(catalogue.search.checkSome(null)).toMatchObject({ missing: 0, stale: 0, extra: 0 })
    catalogue.search.rebuildSome(null)
    expect(found('0004')).toEqual([1, 1])
  })

  test('that is not there is CATALOGUE_NOT_FOUND', async () => {
    const { catalogue } = await freshCatalogue()
    expect(codeOf(() => catalogue.cases.require(newId()))).toBe('CATALOGUE_NOT_FOUND')
    expect(codeOf(() => catalogue.cases.numberFacts(newId()))).toBe('CATALOGUE_NOT_FOUND')
  })
})

describe('the list of cases', () => {
  test('sorts numbers as people count, and by every column both ways', async () => {
    const { catalogue, shown } = await someCases()
    const rising = ['（2023）刑初1号', '（2024）民初1号', '（2024）民初2号', '（2024）民初10号']
    expect(shown({})).toEqual(rising)
    expect(shown({ sort: { column: 'number', descending: true } })).toEqual([...rising].reverse())
    expect(shown({ sort: { column: 'updatedAt', descending: false } })).toEqual([
      '（2024）民初2号',
      '（2023）刑初1号',
      '（2024）民初1号',
      '（2024）民初10号',
    ])
    for (const column of ['cause', 'handler', 'acceptedOn', 'closedOn', 'pageCount'] as const) {
      const rows = catalogue.cases.list(request({ sort: { column, descending: true } }), EVERYTHING).rows
      const values = rows.map((row) => row[column] ?? '').map(String)
      // SQLite compares text by its bytes; so does this.
      const sorted = [...values].sort((a, b) => -Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(values, column).toEqual(sorted)
    }
  })

  test('is filtered by words, years, types, retention and state, all of them together', async () => {
    const { catalogue, shown } = await someCases()
    expect(shown({ filter: { text: '陈拟文' } })).toEqual(['（2023）刑初1号', '（2024）民初10号'])
    expect(shown({ filter: { text: '2024 陈拟' } })).toEqual(['（2024）民初10号'])
    expect(shown({ filter: { text: '２０２４云0199民初10' } })).toEqual(['（2024）民初10号'])
    const filed = addCase(catalogue, '（2022）云0199民初8号', { archiveNumber: 'J045-ZY·SS·2022·Y-0008' })
    for (const text of ['J045-ZY·SS·2022·Y-0008', 'j045zyss2022y0008', 'ＺＹ・ＳＳ・2022', 'Y－0008'])
      expect(shown({ filter: { text } }), text).toEqual(['（2022）民初8号'])
    expect(catalogue.cases.require(filed).archiveNumber).toBe('J045-ZY·SS·2022·Y-0008')
    expect(shown({ filter: { years: [2023] } })).toEqual(['（2023）刑初1号'])
    expect(shown({ filter: { types: ['民初'], retentions: ['D30'] } })).toEqual(['（2024）民初10号'])
    expect(shown({ filter: { statuses: ['filed'] } })).toEqual([])
    expect(shown({ filter: { years: [2023], text: '离婚' } })).toEqual([])
  })

  test('takes the wildcards of SQL as the signs they are', async () => {
    const { shown } = await someCases()
    expect(shown({ filter: { text: '100%_股' } })).toEqual(['（2024）民初1号'])
    expect(shown({ filter: { text: '%' } })).toEqual(['（2024）民初1号'])
    expect(shown({ filter: { text: '离_纠' } })).toEqual([])
    expect(shown({ filter: { text: `'; DROP TABLE case_file; --` } })).toEqual([])
    expect(shown({}).length).toBe(4)
  })

  test('counts what years and types there are', async () => {
    const { catalogue } = await someCases()
    expect(catalogue.cases.facets(EVERYTHING)).toEqual({
      years: [
        { value: 2024, count: 3 },
        { value: 2023, count: 1 },
      ],
      types: [
        { value: '民初', count: 3 },
        { value: '刑初', count: 1 },
      ],
    })
  })

  test('comes in windows that join without a gap or an overlap, with many equal values', async () => {
    const { catalogue } = await freshCatalogue()
    catalogue.transaction(() => {
      for (let n = 1; n <= 1_500; n++)
        addCase(catalogue, `（2024）云0199民初${n}号`, { cause: `案由${n % 3}` })
    })
    for (const sort of [
      { column: 'cause' as const, descending: true },
      { column: 'pageCount' as const, descending: false },
      { column: 'number' as const, descending: true },
    ]) {
      const seen: string[] = []
      for (let offset = 0; ; offset += 170) {
        const { total, rows } = catalogue.cases.list(request({ sort, offset, limit: 170 }), EVERYTHING)
        expect(total).toBe(1_500)
        if (rows.length === 0) break
        seen.push(...rows.map((row) => row.id))
      }
      expect(new Set(seen).size).toBe(1_500)
      expect(seen).toEqual(
        catalogue.cases.list(request({ sort, limit: 2_000 }), EVERYTHING).rows.map((row) => row.id),
      )
    }
    const found = catalogue.cases.list(request({ filter: { text: '案由2' }, limit: 10 }), EVERYTHING)
    expect([found.total, found.rows.length]).toEqual([500, 10])
  })

  test('reads a window deep in 100,000 rows', { timeout: 120_000 }, async () => {
    const { catalogue } = await freshCatalogue()
    const template = addCase(catalogue, '（2024）云0199民初1号')
    // Filing 100,000 cases is not what is proved here: the rows are copied within the database.
    catalogue.sql.run(
      `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
       INSERT INTO case_file (id, number_raw, number, number_unique, number_sort, number_tail, number_file_safe,
         scheme, year, court, type_text, cause, handler, title, filter_text, status, retention, secrecy,
         accepted_on, closed_on, page_count, created_at, created_by, updated_at)
       SELECT printf('%026d', i), number_raw, number || i, number_unique || i,
         printf('%08d', i), number_tail, number_file_safe, scheme, 2000 + i % 25, court, type_text, cause, handler,
         title, 'k' || (i % 1000) || '|', status, retention, secrecy, accepted_on, closed_on, i % 7, created_at,
         created_by, updated_at FROM n, case_file WHERE id = ?`,
      template,
    )
    const deep = catalogue.cases.list(request({ offset: 90_000, limit: 3 }), EVERYTHING)
    expect(deep.total).toBe(100_000)
    const first = catalogue.cases.list(request({ limit: 1 }), EVERYTHING).rows[0]?.id === template ? 1 : 2
    expect(deep.rows.map((row) => Number(row.id))).toEqual([0, 1, 2].map((n) => 90_000 + first + n))
    const some = catalogue.cases.list(
      request({ filter: { text: 'k77|', years: [2002] }, limit: 1000 }),
      EVERYTHING,
    )
    const wanted = Array.from({ length: 99_999 }, (_, n) => n + 2).filter(
      (n) => n % 1000 === 77 && n % 25 === 2,
    )
    expect(some.rows.map((row) => Number(row.id)).sort((a, b) => a - b)).toEqual(wanted)
    const last = catalogue.cases.list(request({ offset: 99_999, limit: 10 }), EVERYTHING)
    expect(last.rows).toHaveLength(1)
  })
})
