import { describe, expect, it } from 'vitest'
import {
  compareCovers,
  type ElectronicCover,
  type PaperCover,
} from '../../../../shared/domain/reconcile/cover-comparison.ts'
import { pageCountsDiffer } from '../../../../shared/domain/reconcile/page-counts.ts'

const cover: ElectronicCover = {
  caseNumber: '（2023）云0199民初1024号',
  cause: '民间借贷纠纷',
  parties: [
    { role: 'plaintiff', name: '王小样' },
    { role: 'defendant', name: '李样本' },
    { role: 'defendant', name: '云州样例商贸有限公司' },
  ],
  handler: '陈拟文',
  acceptedOn: '2023-02-23',
  closedOn: '2023-05-26',
  retention: 'D30',
  archiveNumber: 'Z999-ZY·SS·2023·D30-1024-001',
  secrecy: 'internal',
  bookCount: 1,
}
const asWritten: PaperCover = {
  caseNumber: '(2023)云0199民初第1024号',
  cause: '民间借贷 纠纷',
  parties: '原告：王小样　被告：李样本、云州样例商贸有限公司',
  handler: '陈 拟 文',
  acceptedOn: '2023年2月23日',
  closedOn: '二〇二三年五月二十六日',
  retention: '短期（30年）',
  archiveNumber: 'Z999－ZY•SS•2023•D30－1024－001',
  secrecy: '内部',
  bookCount: 1,
}
const EMPTY: PaperCover = {
  ...{ caseNumber: '', cause: '', parties: '', handler: '', acceptedOn: '', closedOn: '', retention: '' },
  ...{ archiveNumber: '', secrecy: '', bookCount: null },
}

describe('a cover', () => {
  it('that says the same in other writing differs in nothing', () => {
    expect(compareCovers(asWritten, cover)).toEqual([])
  })

  it('that says nothing differs in nothing', () => {
    expect(compareCovers(EMPTY, cover)).toEqual([])
  })

  it.each([
    ['caseNumber', '（2023）云0199民初1025号', 'D17'],
    ['cause', '买卖合同纠纷', 'D17'],
    ['parties', '原告：王小样 被告：李样本', 'D17'],
    ['parties', '原告：李样本 被告：王小样、云州样例商贸有限公司', 'D17'],
    ['handler', '周试行', 'D17'],
    ['acceptedOn', '2023.2.24', 'D17'],
    ['closedOn', '2023.6', 'D17'],
    ['retention', '永久', 'D17'],
    ['archiveNumber', 'Z999-ZY·SS·2023·D30-1024-002', 'D17'],
    ['secrecy', '秘密★10年', 'D25'],
  ] as const)('is told where its %s is %s', (name, written, type) => {
    const found = compareCovers({ ...EMPTY, [name]: written }, cover)
    expect(found).toMatchObject([{ name, type, paper: written }])
  })

  it('may be less exact in a date than the case', () => {
    expect(compareCovers({ ...EMPTY, closedOn: '2023.5' }, cover)).toEqual([])
  })

  it('is told where it has more books', () => {
    expect(compareCovers({ ...EMPTY, bookCount: 2 }, cover)).toMatchObject([
      { name: 'bookCount', electronic: '1' },
    ])
  })

  it.each([
    '王小样、李样本、云州样例商贸有限公司',
    '原告王小样 被告李样本 云州样例商贸有限公司',
    '王小样 李样本 云州样例商贸有限公司',
  ])('may name the parties as %s', (parties) => {
    expect(compareCovers({ ...EMPTY, parties }, cover)).toEqual([])
  })
})

describe('the counts of pages', () => {
  const agreeing = { catalogue: 34, note: 34, cover: 34, counted: 34, images: 34, electronicCatalogue: 34 }

  it('that agree are no difference', () => {
    expect(pageCountsDiffer(agreeing)).toBeNull()
  })

  it.each(['catalogue', 'note', 'cover', 'counted', 'images', 'electronicCatalogue'] as const)(
    'are told when %s says another number',
    (source) => {
      expect(pageCountsDiffer({ ...agreeing, [source]: 33 })).not.toBeNull()
    },
  )

  it('are not compared where the paper says none', () => {
    const silent = { catalogue: null, note: null, cover: null, counted: null }
    expect(pageCountsDiffer({ ...silent, images: 3, electronicCatalogue: 4 })).toBeNull()
  })
})
