import { describe, expect, it } from 'vitest'
import {
  type CaseTree,
  type PageRow,
  pagesByHolder,
  printedRange,
  treeRows,
} from '../../renderer/screens/case/tree-rows.ts'

const item = (id: string, sequence: number, title: string, pageCount: number) => ({
  id,
  bookId: 'book',
  sequence,
  templateRow: null,
  templateRowTitle: null,
  title,
  documentNumber: '',
  responsible: '',
  date: '',
  firstPrinted: '3',
  lastPrinted: '9',
  remark: '',
  pageCount,
})
const volume = { caseId: 'case', sequence: 1, templateId: null, templateVersion: null }
const tree: CaseTree = {
  case: {
    id: 'case',
    number: '（2023）云0199民初1024号',
    archiveNumber: '',
    cause: '',
    title: '',
    year: 2023,
    court: '云0199',
    typeText: '民初',
    handler: '',
    status: 'open',
    retention: null,
    secrecy: 'internal',
    pageCount: 4,
    acceptedOn: null,
    closedOn: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  },
  parties: [],
  numberRaw: '',
  filed: null,
  volumes: [
    {
      ...volume,
      id: 'main',
      kind: 'main',
      compartment: 'open',
      readable: true,
      books: [
        {
          id: 'book',
          volumeId: 'main',
          sequence: 1,
          title: '',
          pageCount: 4,
          items: [item('plaint', 1, '起诉状', 2), item('answer', 2, '答辩状', 0)],
        },
      ],
    },
    { ...volume, id: 'sub', kind: 'sub', compartment: 'restricted', readable: false, books: [] },
  ],
}
const page = (id: string, itemId: string | null, kind: PageRow['kind']): PageRow => ({
  id,
  bookId: 'book',
  itemId,
  position: 1,
  sheet: null,
  side: null,
  printedNumber: '',
  kind,
  versionId: id,
  versionNumber: 1,
  widthPixels: 1,
  heightPixels: 1,
  dpi: null,
  colourMode: 'grey',
})
const pages = [
  page('cover', null, 'cover'),
  page('one', 'plaint', 'content'),
  page('two', 'plaint', 'content'),
  page('three', null, 'content'),
]
const keysOf = (toggled: readonly string[], filter = '', opened = true) =>
  treeRows({
    tree,
    open: opened ? { volumeId: 'main', pages } : undefined,
    holders: pagesByHolder(opened ? pages : []),
    toggled: new Set(toggled),
    filter,
  }).map((row) => row.key)

describe('the tree of a case', () => {
  it('opens volumes and books, keeps rows closed, and says that a closed volume is closed', () => {
    expect(keysOf([])).toEqual([
      'volume main',
      'book book',
      'item plaint',
      'item answer',
      'unassigned book',
      'apart book',
      'volume sub',
      'locked sub',
    ])
  })

  it('shows the pages of a row that was opened', () => {
    expect(keysOf(['item plaint']).slice(2, 5)).toEqual(['item plaint', 'page one', 'page two'])
  })

  it('knows how many pages are not assigned before the pages themselves are there', () => {
    expect(keysOf([], '', false)).toContain('unassigned book')
  })

  it('keeps only the rows that match what is looked for', () => {
    expect(keysOf([], '答辩').filter((key) => key.startsWith('item'))).toEqual(['item answer'])
  })

  it('writes one number where a row has one page', () => {
    expect(printedRange({ firstPrinted: '3', lastPrinted: '9' })).toBe('3–9')
    expect(printedRange({ firstPrinted: '12-1', lastPrinted: '12-1' })).toBe('12-1')
    expect(printedRange({ firstPrinted: '', lastPrinted: '' })).toBe('')
  })
})
