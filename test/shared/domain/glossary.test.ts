import { describe, expect, it } from 'vitest'
import {
  GLOSSARY,
  PAGE_KIND_INFO,
  PARTY_ROLE_INFO,
  term,
  VOLUME_KIND_INFO,
} from '../../../shared/domain/index.ts'

describe('the glossary', () => {
  it.each(['id', 'zh', 'en'] as const)('has no %s twice', (key) => {
    const words = GLOSSARY.map((each) => each[key])
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })

  it('has an English name in code, Chinese words and one line of meaning for each term', () => {
    for (const { id, zh, en, meaning } of GLOSSARY) {
      expect(id).toMatch(/^[a-z][a-zA-Z]+$/)
      expect(zh).toMatch(/^[\u4e00-\u9fff]+$/)
      expect(en).toMatch(/^[a-z][a-z -]+$/)
      expect(meaning).toMatch(/^[^\n]{5,100}\.$/)
    }
  })

  it('finds a term by its id', () => {
    expect(term('volume')).toMatchObject({ zh: '卷', en: 'volume' })
  })

  it('has the words that the kinds of volumes, sides and parties use', () => {
    const words = new Set(GLOSSARY.map((each) => each.zh))
    const used = [VOLUME_KIND_INFO, PAGE_KIND_INFO, PARTY_ROLE_INFO].flatMap((table) =>
      Object.values(table).map((info) => info.zh),
    )
    expect(used.filter((word) => !words.has(word) && word !== '其他')).toEqual([])
  })
})
