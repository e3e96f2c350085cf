import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ComparisonContext,
  compareCatalogues,
  type ElectronicRow,
  type PaperRow,
} from '../../../../shared/domain/reconcile/catalogue-comparison.ts'

const context: ComparisonContext = { hasImage: () => false, bookCount: 1 }
const TITLES = [
  '审判流程管理信息表',
  '民事起诉状',
  '民事答辩状',
  '受理案件通知书',
  '应诉通知书',
  '授权委托书',
  '证据目录',
  '借条',
  '银行账户交易明细',
  '开庭公告',
  '法庭审理笔录',
  '代理词',
  '民事判决书',
  '宣判笔录',
  '送达地址确认书',
  '送达回证',
  '送达回证',
  '送达回证',
]

const paperRow = (title: string, pages: string, more: Partial<PaperRow> = {}): PaperRow => ({
  ...{ title, pages, documentNumber: '', responsible: '', date: '' },
  ...more,
})
const electronicRow = (title: string, first: number, last: number, more: Partial<ElectronicRow> = {}) => ({
  ...{ itemId: `${title}-${first}`, title, documentNumber: '', responsible: '', date: '' },
  ...{ firstPrinted: String(first), lastPrinted: String(last), imageCount: last - first + 1 },
  ...more,
})

/** A catalogue whose rows run on from page 1, on both sides alike. */
function sides(lengths: readonly number[]) {
  let next = 1
  const rows = lengths.map((length, at) => {
    const [first, last] = [next, next + length - 1]
    next = last + 1
    return { title: TITLES[at % TITLES.length] ?? '', first, last }
  })
  return {
    paper: rows.map(({ title, first, last }) =>
      paperRow(title, first === last ? `${first}` : `${first}-${last}`),
    ),
    electronic: rows.map(({ title, first, last }) => electronicRow(title, first, last)),
  }
}
const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 })
const typesOf = (found: ReturnType<typeof compareCatalogues>) => found.findings.map(({ type }) => type)

describe('a catalogue on paper and one in the file', () => {
  it('that are the same have every row paired in order and nothing found', () => {
    fc.assert(
      fc.property(lengths, (given) => {
        const { paper, electronic } = sides(given)
        const found = compareCatalogues(paper, electronic, context)
        expect(found.findings).toEqual([])
        expect(found.pairs.map((pair) => [pair.paper, pair.electronic])).toEqual(
          given.map((_, at) => [at, at]),
        )
      }),
    )
  })

  it('has each row of either side in exactly one pair, whatever stands in them', () => {
    const row = fc.record({
      title: fc.constantFrom(...TITLES, '', '附件'),
      first: fc.nat(9),
      length: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.array(row, { maxLength: 12 }), (left, right) => {
        const { pairs } = compareCatalogues(
          left.map(({ title, first, length }) => paperRow(title, `${first + 1}-${first + 1 + length}`)),
          right.map(({ title, first, length }, at) =>
            electronicRow(title, first + 1, first + 1 + length, { itemId: String(at) }),
          ),
          context,
        )
        const places = (side: 'paper' | 'electronic') =>
          pairs.flatMap((pair) => pair[side] ?? []).sort((a, b) => a - b)
        expect(places('paper')).toEqual(left.map((_, at) => at))
        expect(places('electronic')).toEqual(right.map((_, at) => at))
      }),
    )
  })

  it('tells the one row that the electronic side lacks, and nothing of the others', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (given, seed) => {
        const { paper, electronic } = sides(given)
        const gone = seed % given.length
        const found = compareCatalogues(paper, electronic.toSpliced(gone, 1), context)
        expect(found.findings.map(({ type, paperRow: at }) => [type, at])).toEqual([['D14', gone]])
      }),
    )
  })

  it('tells the one row that only the electronic side has', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (given, seed) => {
        const { paper, electronic } = sides(given)
        const extra = electronicRow('补充调查令', 900, 902)
        const found = compareCatalogues(
          paper,
          electronic.toSpliced(seed % (given.length + 1), 0, extra),
          context,
        )
        expect(found.findings.map(({ type, itemId }) => [type, itemId])).toEqual([['D15', extra.itemId]])
      }),
    )
  })

  it('tells one moved row as order alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 15 }),
        fc.nat(),
        fc.nat(),
        (given, from, by) => {
          const { paper, electronic } = sides(given)
          const start = from % given.length
          const end = (start + 2 + (by % (given.length - 3))) % given.length
          const moved = electronic[start]
          if (moved === undefined) return
          const found = compareCatalogues(
            paper,
            electronic.toSpliced(start, 1).toSpliced(end, 0, moved),
            context,
          )
          expect(typesOf(found)).toEqual(start === end ? [] : ['D04'])
        },
      ),
    )
  })

  it('takes every way of writing the same for the same', () => {
    const paper = [
      paperRow('第一次开庭笔录（正本）', '第1页', {
        date: '2023年3月14日',
        documentNumber: '〔2023〕云第5号',
        responsible: '张三、李四',
      }),
      paperRow('送达回证　二', '２－4', { date: '二〇二三年三月十五日' }),
      paperRow('《收条》', '五至七'),
    ]
    const electronic = [
      electronicRow('第1次开庭笔录(正本)', 1, 1, {
        date: '2023-03-14',
        documentNumber: '（2023）云005号',
        responsible: '李四，张三',
      }),
      electronicRow('送达回证2', 2, 4, { date: '2023-03-15' }),
      electronicRow('收条', 5, 7),
    ]
    expect(compareCatalogues(paper, electronic, context).findings).toEqual([])
  })

  it.each([
    ['D11', 'title', { title: '民事反诉状' }],
    ['D12', 'date', { date: '2023-03-16' }],
    ['D12', 'documentNumber', { documentNumber: '（2023）云6号' }],
    ['D12', 'responsible', { responsible: '王五' }],
    ['D13', 'pages', { firstPrinted: '2', lastPrinted: '5' }],
  ] as const)('tells %s where the %s is another', (type, field, change) => {
    const same = { date: '2023-03-15', documentNumber: '（2023）云5号', responsible: '李四' }
    const paper = [paperRow('收案登记表', '1'), paperRow('民事起诉状', '2-4', same)]
    const electronic = [
      electronicRow('收案登记表', 1, 1),
      { ...electronicRow('民事起诉状', 2, 4, same), ...change },
    ]
    const { findings } = compareCatalogues(paper, electronic, context)
    expect(findings.map((finding) => [finding.type, finding.field, finding.paperRow])).toEqual([
      [type, field, 1],
    ])
  })

  it('compares nothing that the paper does not write', () => {
    const rich = { date: '2023-03-15', documentNumber: '5号', responsible: '李四' }
    const found = compareCatalogues([paperRow('起诉状', '')], [electronicRow('起诉状', 1, 2, rich)], context)
    expect(found.findings).toEqual([])
  })

  it('tells a document whose images are there as lacking in the catalogue, not in the file', () => {
    const paper = [paperRow('起诉状', '1-2'), paperRow('答辩状', '3-5')]
    const electronic = [electronicRow('起诉状', 1, 2)]
    const images = { hasImage: (number: string) => Number(number) <= 5, bookCount: 1 }
    expect(typesOf(compareCatalogues(paper, electronic, images))).toEqual(['D15'])
    expect(typesOf(compareCatalogues(paper, electronic, context))).toEqual(['D14'])
  })

  it('understands a catalogue that writes first pages only', () => {
    const paper = ['1', '3', '4', '9-12'].map((pages, at) => paperRow(TITLES[at] ?? '', pages))
    const ends = [2, 3, 8, 12]
    const electronic = [1, 3, 4, 9].map((first, at) => electronicRow(TITLES[at] ?? '', first, ends[at] ?? 0))
    expect(compareCatalogues(paper, electronic, context).findings).toEqual([])
    const [, , third] = electronic
    if (third === undefined) throw new Error('three rows')
    const changed = electronic.with(2, { ...third, lastPrinted: '7' })
    const { findings } = compareCatalogues(paper, changed, context)
    expect(findings).toMatchObject([{ type: 'D13', paper: '4-8', electronic: '4-7' }])
  })

  it('reads an inserted page as one page, not as a range', () => {
    const paper = [paperRow('起诉状', '1-12'), paperRow('补充证据', '12-1'), paperRow('判决书', '13-15')]
    const electronic = [
      electronicRow('起诉状', 1, 12),
      { ...electronicRow('补充证据', 12, 12), firstPrinted: '12-1', lastPrinted: '12-1' },
      electronicRow('判决书', 13, 15),
    ]
    expect(compareCatalogues(paper, electronic, context).findings).toEqual([])
  })

  it.each([
    ['a hole', ['1-2', '5-6'], 1],
    ['an overlap', ['1-4', '4-6'], 1],
    ['pages that cannot be read', ['1-2', '三五页上下'], 1],
  ])('tells %s within the paper’s own pages', (_, pages, at) => {
    const paper = pages.map((text, place) => paperRow(TITLES[place] ?? '', text))
    const electronic = pages.map((text, place) => {
      const [first = '', last = first] = text.split('-')
      return { ...electronicRow(TITLES[place] ?? '', 1, 1), firstPrinted: first, lastPrinted: last }
    })
    const { findings } = compareCatalogues(paper, electronic, context)
    expect(findings.map(({ type, paperRow: row }) => [type, row])).toEqual([['D13', at]])
  })

  it('counts each book of a volume from 1', () => {
    const paper = [paperRow('起诉状', '1-3'), paperRow('判决书', '4-6'), paperRow('上诉状', '1-2')]
    const electronic = [
      electronicRow('起诉状', 1, 3),
      electronicRow('判决书', 4, 6),
      electronicRow('上诉状', 1, 2),
    ]
    expect(compareCatalogues(paper, electronic, { ...context, bookCount: 2 }).findings).toEqual([])
  })

  it('stays quick and right with thousands of look-alike rows', () => {
    const paper = Array.from({ length: 3000 }, (_, at) => paperRow('送达回证', String(at + 1)))
    const electronic = Array.from({ length: 3000 }, (_, at) =>
      electronicRow('送达回证', at + 1, at + 1),
    ).toSpliced(1500, 1)
    const { findings } = compareCatalogues(paper, electronic, context)
    expect(findings.map(({ type, paperRow: at }) => [type, at])).toEqual([['D14', 1500]])
  })
})
