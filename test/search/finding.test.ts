import { describe, expect, test } from 'vitest'
import { CaseDraft } from '../../shared/contract/model.ts'
import { AT, addCase, addVolume, itemFields, newId, numberFacts } from '../fixtures/catalogue/open.ts'
import { ask, askFacets, searchRoom, sessionOf } from '../fixtures/search-room.ts'

const ARCHIVIST = sessionOf('archivist')

async function room() {
  const made = await searchRoom()
  const { catalogue } = made
  const loan = addCase(catalogue, '（2023）云0199民初1024号', {
    cause: '民间借贷纠纷',
    handler: '陈拟文',
    acceptedOn: '2023-02-23',
    archiveNumber: 'J045-ZY·SS·2022·办公室-0001-003',
    retention: 'D30',
    parties: [
      { role: 'plaintiff', name: '张三' },
      { role: 'defendant', name: '单小样' },
    ],
  })
  const theft = addCase(catalogue, '（2024）云0199刑初77号', { cause: '盗窃罪', handler: '单拟文' })
  const main = addVolume(catalogue, loan)
  const sub = addVolume(catalogue, loan, 'restricted')
  const item = catalogue.volumes.insertItem({
    id: newId(),
    bookId: main.bookId,
    fields: itemFields('民事起诉状', { responsible: '张三', date: '2023.2.20' }),
    at: AT,
  })
  const petition = made.page(
    main,
    '民事起诉状',
    '原告张三，住所地云州市。',
    '借款本金 35000 元，借条为证。',
    '二〇二三年二月二十日',
  )
  const note = made.page(main, '借', '条：今借到张三人民币三万五千元', 'ID卡 card 1024')
  const minutes = made.page(sub, '合议庭评议笔录', '张三所述属实')
  return { ...made, loan, theft, main, sub, item, petition, note, minutes }
}

const asText = (found: Awaited<ReturnType<typeof ask>>) =>
  found.cases.map(({ number, hits }) => [
    number.replace(/^（|云0199|号$/gu, ''),
    ...hits.map(
      ({ field, text, marks }) =>
        `${field} ${marks.map(({ start, end }) => text.slice(start, end)).join('+')}`,
    ),
  ])

describe('finding', () => {
  test('groups by case what is known of it, its catalogue and its pages, with the line and the marks', async () => {
    const made = await room()
    const all = await ask(made, ARCHIVIST, '张三')
    expect(asText(all)).toEqual([['2023）民初1024', 'party 张三', 'item 张三', 'page 张三']])
    expect(all.cases[0]?.moreHits).toBe(true)
    expect(all.total).toEqual({ count: 5, exact: true })
    const [hit] = (await ask(made, ARCHIVIST, '今借到')).cases[0]?.hits ?? []
    expect(hit).toMatchObject({
      field: 'page',
      text: '条：今借到张三人民币三万五千元',
      pageId: made.note.pageId,
      versionId: made.note.versionId,
      volumeKind: 'main',
      position: 2,
      doubtful: false,
    })
    // The third to fifth of fifteen characters, each 20 pixels wide from 100 on, of 1000.
    expect(hit?.places.map((quad) => quad.map((value) => Math.round(value * 1000)))).toEqual([
      [140, 100, 200, 100, 200, 121, 140, 121],
    ])
  })

  test('finds a word that is broken over two lines, and draws both parts', async () => {
    const made = await room()
    const [hit] = (await ask(made, ARCHIVIST, '页内:借条')).cases[0]?.hits ?? []
    expect(hit?.text).toBe('借款本金 35000 元，借条为证。')
    const [second] = (await ask(made, ARCHIVIST, '"借条 今借到"')).cases[0]?.hits ?? []
    expect(second).toBeUndefined()
    const broken = (await ask(made, ARCHIVIST, '借条 人民币')).cases[0]?.hits ?? []
    expect(broken).toHaveLength(1)
    expect(broken[0]?.places.length).toBe(3)
  })

  test.each([
    ['（2023）云0199民初1024号', 'number'],
    ['(2023)云0199民初1024号', 'number'],
    ['２０２３云0199民初1024', 'number'],
    ['民初1024号', 'number'],
    ['1024号', 'number'],
    ['民初1024', 'number'],
    ['案号:1024', 'number'],
    ['zs', 'party'],
    ['sxy', 'party'],
    ['dxy', 'party'],
    ['cnw', 'handler'],
    ['承办人:陈', 'handler'],
    ['cause:民间借贷', 'cause'],
    ['日期:2023-02-23', 'date'],
    ['20230223', 'date'],
    ['2023年2月23日', 'date'],
    ['题名:起诉*', 'item'],
    ['2023.2.20', 'date'],
    ['J045-ZY·SS·2022·办公室-0001-003', 'archive-number'],
    ['J045-ZY·SS·2022·办公室-0001', 'archive-number'],
    ['ｊ０４５－ｚｙ・ｓｓ•２０２２·办公室—0001', 'archive-number'],
    ['J045ZYSS2022办公室0001003', 'archive-number'],
    ['j045-zyss2022', 'archive-number'],
    ['J045ZY*', 'archive-number'],
    ['0001-003', 'archive-number'],
    ['０００１－００３', 'archive-number'],
    ['"0001-003"', 'archive-number'],
    ['档号:ZY·SS', 'archive-number'],
    ['档号：J045ZYSS', 'archive-number'],
    ['archive:办公室', 'archive-number'],
    ['借条 档号:0001', 'page'],
  ])('%s is found as %s', async (typed, field) => {
    const made = await room()
    const { cases } = await ask(made, ARCHIVIST, typed)
    expect(cases.map(({ caseId }) => caseId)).toEqual([made.loan])
    expect(cases[0]?.hits.map((hit) => hit.field)).toContain(field)
  })

  test.each(['案号:J045', '页内:J045', '档号:1024', '0001-004', 'J045ZYSS2023', '045ZY', '档号:0001 盗窃'])(
    '%s finds no 档号',
    async (typed) => {
      const made = await room()
      expect((await ask(made, ARCHIVIST, typed)).cases).toEqual([])
    },
  )

  test('says where a 档号 stands, and finds the one that it had before', async () => {
    const made = await room()
    const { cases } = made.catalogue
    expect(asText(await ask(made, ARCHIVIST, '档号:0001-003'))).toEqual([
      ['2023）民初1024', 'archive-number 0001-003'],
    ])
    expect(asText(await ask(made, ARCHIVIST, 'J045ZYSS2022'))).toEqual([
      ['2023）民初1024', 'archive-number J045-ZY·SS·2022·办公室-0001-003'],
    ])
    cases.file(made.loan, newId(), AT)
    const draft = CaseDraft.parse({ number: '（2023）云0199民初1024号', archiveNumber: 'J045-ZY·SS-0009' })
    cases.update(made.loan, draft, numberFacts(draft.number), AT)
    for (const typed of ['0001-003', 'J045-ZY·SS-0009'])
      expect((await ask(made, ARCHIVIST, typed)).cases.map(({ caseId }) => caseId)).toEqual([made.loan])
  })

  test('wants every word, on the page or in what is known of the case', async () => {
    const made = await room()
    const fields = async (typed: string) =>
      asText(await ask(made, ARCHIVIST, typed)).flatMap((each) => each.slice(1))
    expect(await fields('借贷 起诉状')).toEqual(['item 起诉状', 'page 起诉状'])
    expect(await fields('案由:借贷 35000')).toEqual(['page 35000'])
    expect(await fields('案由:盗窃 35000')).toEqual([])
    expect(await fields('张三 -借条')).toEqual(['party 张三', 'item 张三', 'page 张三'])
    expect(await fields('张三 NOT 单小样')).toEqual([])
    expect(await fields('评议 或 35000')).toEqual(['page 35000', 'page 评议'])
    expect(await fields('年:2024 张三')).toEqual([])
    expect(await fields('卷别:副卷 张三')).toEqual(['page 张三'])
    expect(await fields('-张三')).toEqual([])
  })

  test('takes misread characters for one another when asked', async () => {
    const made = await room()
    const pages = async (text: string, tolerant: boolean) =>
      (await ask(made, ARCHIVIST, { text, tolerant })).cases.flatMap(({ hits }) =>
        hits.map((hit) => hit.text),
      )
    expect(await pages('今惜到', true)).toEqual([])
    expect(await pages('令借到', false)).toEqual([])
    expect(await pages('令借到', true)).toEqual(['条：今借到张三人民币三万五千元'])
    expect(await pages('350OO', true)).toEqual(['借款本金 35000 元，借条为证。'])
  })

  test('says how the question was understood', async () => {
    const made = await room()
    const { understood } = await ask(made, ARCHIVIST, '民初1024 zs "借条" -三 张*')
    expect(
      understood.map(({ kind, text, excluded, tooShortForPages }) => ({
        kind,
        text,
        excluded,
        tooShortForPages,
      })),
    ).toEqual([
      { kind: 'case-number', text: '民初1024', excluded: false, tooShortForPages: false },
      { kind: 'initials', text: 'zs', excluded: false, tooShortForPages: true },
      { kind: 'phrase', text: '借条', excluded: false, tooShortForPages: false },
      { kind: 'words', text: '三', excluded: true, tooShortForPages: true },
      { kind: 'beginning', text: '张', excluded: false, tooShortForPages: true },
    ])
  })

  test('goes on where it left off, newest first, and counts exactly at the end', async () => {
    const made = await searchRoom()
    const ids = Array.from({ length: 23 }, (_, n) =>
      addCase(made.catalogue, `（${2020 + (n % 4)}）云0199民初${n + 1}号`, { cause: '买卖合同纠纷' }),
    )
    for (const order of ['newest', 'best'] as const) {
      const seen: string[] = []
      let after: string | null = null
      let total = { count: 0, exact: false }
      do {
        const page: Awaited<ReturnType<typeof ask>> = await ask(
          made,
          ARCHIVIST,
          { text: '买卖合同', order },
          5,
          after,
        )
        seen.push(...page.cases.map(({ caseId }) => caseId))
        after = page.next
        total = page.total
      } while (after !== null)
      expect([...seen].sort()).toEqual([...ids].sort())
      expect(total).toEqual({ count: 23, exact: true })
      if (order === 'newest') {
        const years = seen.map((id) => made.catalogue.cases.require(id).year ?? 0)
        expect(years).toEqual([...years].sort((a, b) => b - a))
      }
    }
    const first = await ask(made, ARCHIVIST, '买卖合同', 5)
    expect(first.total.exact).toBe(false)
    expect(first.total.count).toBeGreaterThanOrEqual(5)
  })

  test('within one case gives every hit, page by page of the list', async () => {
    const made = await room()
    const extra = Array.from({ length: 12 }, (_, n) => made.page(made.main, `附页${n}`, '送达回证'))
    const filters = { years: [], types: [], volumeKinds: [], retentions: [], caseId: made.loan }
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof ask>> = await ask(
        made,
        ARCHIVIST,
        { text: '送达', filters },
        5,
        after,
      )
      seen.push(...page.cases.flatMap(({ hits }) => hits.map(({ pageId }) => pageId ?? '')))
      expect(page.total).toEqual({ count: 12, exact: true })
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(extra.map(({ pageId }) => pageId))
  })

  test('counts facets, each without its own filter', async () => {
    const made = await room()
    const plain = await askFacets(made, ARCHIVIST, { text: '张三 或 盗窃' })
    expect(plain).toEqual({
      years: [
        { value: '2024', count: 1 },
        { value: '2023', count: 1 },
      ],
      types: [
        { value: '刑初', count: 1 },
        { value: '民初', count: 1 },
      ],
      volumeKinds: [
        { value: 'main', count: 1 },
        { value: 'sub', count: 1 },
      ],
      retentions: [{ value: 'D30', count: 1 }],
      exact: true,
    })
    const filters = { years: [2024], types: [], volumeKinds: [], retentions: [], caseId: null }
    const narrowed = await askFacets(made, ARCHIVIST, { text: '张三 或 盗窃', filters })
    expect(narrowed.years).toEqual(plain.years)
    expect(narrowed.types).toEqual([{ value: '刑初', count: 1 }])
  })

  test('follows a case to another year, its pages too', async () => {
    const made = await room()
    const number = '（2025）云0199民初8号'
    made.catalogue.cases.update(
      made.loan,
      CaseDraft.parse({ number, cause: '借款' }),
      numberFacts(number),
      AT,
    )
    expect(asText(await ask(made, ARCHIVIST, '35000'))).toEqual([['2025）民初8', 'page 35000']])
    expect(asText(await ask(made, ARCHIVIST, '起诉状'))).toEqual([
      ['2025）民初8', 'item 起诉状', 'page 起诉状'],
    ])
    expect(made.catalogue.search.checkSome(null)).toMatchObject({ missing: 0, stale: 0, extra: 0 })
    expect(made.texts.checkSome('open', 0)).toMatchObject({ rows: 2, missing: 0, misplaced: 0 })
  })

  test('masks numbers and sheltered names in what it shows', async () => {
    const made = await searchRoom()
    const caseId = addCase(made.catalogue, '（2023）云0199刑初5号', {
      parties: [{ role: 'third-party', name: '孙某小样', sheltered: true }],
    })
    const place = addVolume(made.catalogue, caseId)
    made.page(place, '被害人孙某小样，女，住云州市', '电话13812345678，孙某', '小样陈述如下')
    const shown = JSON.stringify([
      (await ask(made, ARCHIVIST, '孙某小样')).cases,
      await ask(made, ARCHIVIST, '被害人'),
      await ask(made, ARCHIVIST, '陈述'),
      await ask(made, ARCHIVIST, '电话'),
    ])
    expect(shown).not.toContain('小样')
    expect(shown).not.toContain('13812345678')
    expect(asText(await ask(made, ARCHIVIST, '孙某小样'))[0]?.slice(1)).toEqual(['party 孙***', 'page 孙***'])
  })
})
