import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locate } from '../../electron/catalogue/search-index.ts'
import { indexQuery, indexTokens, normaliseForSearch } from '../../electron/catalogue/search-tokens.ts'
import {
  AT,
  addCase,
  addVolume,
  EVERYTHING,
  freshCatalogue,
  itemFields,
  newId,
} from '../fixtures/catalogue/open.ts'

const OPEN = new Set(['open'] as const)
const BOTH = new Set(['open', 'restricted'] as const)

async function indexed() {
  const { catalogue } = await freshCatalogue()
  const caseId = addCase(catalogue, '（2023）云0199民初1024号', {
    cause: '民间借贷纠纷',
    parties: [{ role: 'plaintiff', name: '王小样' }],
  })
  const place = addVolume(catalogue, caseId)
  const add = (title: string, at = place) =>
    catalogue.volumes.insertItem({ id: newId(), bookId: at.bookId, fields: itemFields(title), at: AT })
  const texts = (typed: string, compartments: ReadonlySet<'open' | 'restricted'> = OPEN) =>
    catalogue.search.find(typed, 50, compartments, EVERYTHING).hits.map((hit) => hit.text)
  return { catalogue, caseId, add, texts }
}

/** Mostly common characters, some of the rare planes, with what stands between them in real titles. */
const han = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'民事起诉状答辩证据王李张借条笔录判决书〇') },
  { weight: 1, arbitrary: fc.constantFrom(...'𠮷𡈽𠀋龘䶮') },
)
const piece = fc.oneof(
  { weight: 6, arbitrary: han },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' ', '　', '，', '（', '）', '12', 'A4', 'é', '、', '-', '"', '*', 'OR '),
  },
)
const title = fc.array(piece, { minLength: 2, maxLength: 24 }).map((parts) => parts.join(''))

describe('search', () => {
  test('finds every run of two or more Chinese characters that stands in a text', async () => {
    const { add, texts, catalogue } = await indexed()
    fc.assert(
      fc.property(title, fc.nat(), fc.nat(), (text, from, length) => {
        const runs = [...normaliseForSearch(text).matchAll(/[\p{Script=Han}]{2,}/gu)].map(([run]) =>
          Array.from(run),
        )
        const run = runs[from % Math.max(1, runs.length)]
        fc.pre(run !== undefined)
        const start = from % (run.length - 1)
        const wanted = run.slice(start, start + 2 + (length % (run.length - start - 1))).join('')
        const { id } = add(text)
        const hits = catalogue.search.find(wanted, 200, OPEN, EVERYTHING).hits
        const hit = hits.find(({ itemId }) => itemId === id)
        // More than the first 200 may hold so common a pair: then the newest item need not be among them.
        if (hit === undefined) return hits.length === 200
        const marked = normaliseForSearch(hit.text.slice(hit.matchStart, hit.matchEnd)).replace(/\s/gu, '')
        return marked.includes(wanted)
      }),
      { numRuns: 150 },
    )
    expect(texts('王小样')).toEqual(['王小样'])
  })

  test('finds only what holds the characters side by side', async () => {
    const { add, texts } = await indexed()
    add('证人证言')
    add('证据目录，人民法院')
    add('证')
    expect(texts('证人')).toEqual(['证人证言'])
    expect(texts('人证')).toEqual(['证人证言'])
    expect(texts('证言证')).toEqual([])
    expect(texts('证')).toEqual(['证人证言', '证据目录，人民法院', '证'])
  })

  test('takes digits and Latin words by their beginning, and full-width as half-width', async () => {
    const { add, texts } = await indexed()
    add('银行流水 6222021234')
    add('ＩＤ card 身份证')
    expect(texts('622202')).toEqual(['银行流水 6222021234'])
    expect(texts('６２２２')).toEqual(['银行流水 6222021234'])
    expect(texts('021234')).toEqual([])
    expect(texts('id')).toEqual(['ＩＤ card 身份证'])
    expect(texts('CAR 身份')).toEqual(['ＩＤ card 身份证'])
    expect(texts('1024')).toEqual(['（2023）云0199民初1024号'])
  })

  test('takes blanks between characters for layout, and Kangxi radicals for characters', async () => {
    const { add, texts } = await indexed()
    add('起 诉　状')
    add('\u2f00\u2f06审笔录') // 一 二 as radicals
    expect(texts('起诉状')).toEqual(['起 诉　状'])
    expect(texts('起诉 状')).toEqual(['起 诉　状'])
    expect(texts('一二审')).toEqual(['\u2f00\u2f06审笔录'])
  })

  test.each(['"', '*', '（）', 'AND', 'NEAR(', '王"小', "a' OR 1=1", '-', 'tokens:王', '\u0000', '^王'])(
    'lives through %j',
    async (typed) => {
      const { texts } = await indexed()
      expect(Array.isArray(texts(typed))).toBe(true)
    },
  )

  test('shows nothing of a compartment that is not named', async () => {
    const { add, catalogue, caseId, texts } = await indexed()
    add('合议庭笔录', addVolume(catalogue, caseId, 'restricted'))
    expect(texts('合议庭')).toEqual([])
    expect(texts('合议庭', BOTH)).toEqual(['合议庭笔录'])
    expect(texts('合议庭', new Set())).toEqual([])
  })

  test('forgets the former title of an item', async () => {
    const { add, catalogue, texts } = await indexed()
    const item = add('答辩状')
    catalogue.volumes.updateItem(item.id, itemFields('上诉状', { responsible: '李样本' }), AT)
    expect([texts('答辩'), texts('上诉'), texts('李样本')]).toEqual([
      [],
      ['上诉状 · 李样本'],
      ['上诉状 · 李样本'],
    ])
    const { entries, indexed: inIndex } = catalogue.search.count()
    expect(inIndex).toBe(entries)
  })

  test('says when there is more than was asked for', async () => {
    const { add, catalogue } = await indexed()
    for (let n = 0; n < 5; n++) add('送达回证')
    expect(catalogue.search.find('送达', 5, OPEN, EVERYTHING)).toMatchObject({ more: false })
    const { hits, more } = catalogue.search.find('送达', 4, OPEN, EVERYTHING)
    expect([hits.length, more]).toEqual([4, true])
  })

  test('has no query for a text without letters or digits', () => {
    expect(indexQuery('，。 *"')).toBeUndefined()
    expect(indexTokens('，。')).toBe('')
  })
})

describe('the marked range', () => {
  const marked = (shown: string, typed: string) => {
    const { start, end } = locate(shown, typed)
    return shown.slice(start, end)
  }
  test.each([
    ['民事起诉状', '起诉', '起诉'],
    ['（２０２３）云0199民初1024号', '2023', '２０２３'],
    ['（２０２３）云0199民初1024号', '(2023)云', '（２０２３）云'],
    ['起 诉　状', '起诉状', '起 诉　状'],
    ['起 诉　状', '起', '起'],
    ['甲 乙', '甲乙', '甲 乙'],
    ['㈠审', '一', '㈠'],
    ['㈠审', '一)审', '㈠审'],
    ['\u2f00审笔录', '一审', '\u2f00审'],
    ['ＡＢＣ', 'bc', 'ＢＣ'],
    ['𠮷野家案', '野家', '野家'],
    ['证据', '没有', ''],
    ['证据', ' ', ''],
  ])('in %j for %j is %j', (shown, typed, wanted) => {
    expect(marked(shown, typed)).toBe(wanted)
  })

  test('stands where the text stands, for any part of any text', () => {
    fc.assert(
      fc.property(title, fc.nat(), fc.nat(), (shown, from, length) => {
        const characters = Array.from(shown)
        const start = from % characters.length
        const typed = characters.slice(start, start + 1 + (length % (characters.length - start))).join('')
        const plain = (text: string) => normaliseForSearch(text).replace(/\s/gu, '')
        fc.pre(plain(typed) !== '')
        return plain(marked(shown, typed)) === plain(typed)
      }),
      { numRuns: 300 },
    )
  })
})
