import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { VolumeRecord } from '../../../electron/catalogue/index.ts'
import { rowsOfFile } from '../../../electron/reconcile/lists/read-lists.ts'
import { tableRows } from '../../../electron/reconcile/lists/table-rows.ts'
import { textLines } from '../../../electron/reconcile/lists/text-lines.ts'
import { AppError } from '../../../shared/errors.ts'
import { PROJECT } from '../../fixtures/records-room.ts'

const read = (text: string) => tableRows(textLines(text), 'main')
const rowsOf = (text: string) =>
  read(text).rows.map(({ order, title, pages, date, remark }) =>
    [order, title, pages, date, remark].join('|'),
  )
const THREE = ['1|民事起诉状|1-3||', '2|证据目录|4||复印件', '3|送达回证|5-6||']

describe('a pasted catalogue is read', () => {
  it.each([
    [
      'from a spreadsheet',
      '序号\t文书材料名称\t页次\t备注\r\n1\t民事起诉状\t1-3\t\r\n2\t证据目录\t4\t复印件\r\n3\t送达回证\t5-6\t\r\n',
    ],
    ['without headings', '1\t民事起诉状\t1-3\t\n2\t证据目录\t4\t复印件\n3\t送达回证\t5-6\t\n'],
    [
      'with first and last pages',
      '序号\t题　名\t起页\t止页\t备注\n1\t民事起诉状\t1\t3\t\n2\t证据目录\t4\t4\t复印件\n3\t送达回证\t5\t6\t',
    ],
    [
      'with 起 and 止 below 页次',
      '序号\t题名\t页次\t\t备注\n\t\t起\t止\t\n1\t民事起诉状\t1\t3\t\n2\t证据目录\t4\t4\t复印件\n3\t送达回证\t5\t6\t',
    ],
    ['parted by commas', '序号,题名,页次,备注\n1,民事起诉状,1-3,\n2,证据目录,4,复印件\n3,送达回证,5-6,'],
    [
      'parted by blanks',
      '序号   文书名称   页号   备注\n1   民事起诉状   1-3\n2   证据目录   4   复印件\n3   送达回证   5-6',
    ],
    ['as running text', '1、民事起诉状……1-3\n2、证据目录……4 复印件\n3、送达回证……5-6'],
    [
      'below a title',
      '卷内目录\n\n序号\t文件名称\t页码\t说明\n1\t民事起诉状\t1-3\t\n2\t证据目录\t4\t复印件\n3\t送达回证\t5-6\t',
    ],
    [
      'with its headings again on the second sheet',
      '序号\t题名\t页次\t备注\n1\t民事起诉状\t1-3\t\n2\t证据目录\t4\t复印件\n序号\t题名\t页次\t备注\n3\t送达回证\t5-6\t',
    ],
    [
      'with a quoted cell of two lines',
      '序号\t题名\t页次\t备注\n1\t"民事\n起诉状"\t1-3\t\n2\t证据目录\t4\t复印件\n3\t送达回证\t5-6\t',
    ],
    [
      'from a table of bars',
      '| 序号 | 题名 | 页次 | 备注 |\n|---|---|---|---|\n| 1 | 民事起诉状 | 1-3 | |\n| 2 | 证据目录 | 4 | 复印件 |\n| 3 | 送达回证 | 5-6 | |',
    ],
  ])('%s', (_, text) => {
    expect(rowsOf(text)).toEqual(THREE)
    expect(read(text).problems).toEqual([])
  })

  it('without headings with dates, numbers and names in columns of their own', () => {
    const text = [
      '1\t〔2023〕云第5号\t云州法院\t受理案件通知书\t2023.3.14\t1-2',
      '2\t〔2023〕云第6号\t云州法院\t应诉通知书及举证通知\t2023.3.15\t3',
      '3\t〔2023〕云第9号\t临江法院\t传票\t2023.4.1\t4-6',
    ].join('\n')
    const { rows } = read(text)
    expect(rows[2]).toMatchObject({
      documentNumber: '〔2023〕云第9号',
      responsible: '临江法院',
      title: '传票',
    })
    expect(rows[1]).toMatchObject({ order: '2', date: '2023.3.15', pages: '3' })
  })

  it('with what is wrong told by its line, and the rest kept', () => {
    const { rows, problems } = read('序号\t题名\t页次\n1\t起诉状\t1-3\n2\t\t4\n3\t判决书\t若干')
    expect(rows.map(({ title, pages }) => [title, pages])).toEqual([
      ['起诉状', '1-3'],
      ['判决书', '若干'],
    ])
    expect(problems).toEqual([
      { line: 3, code: 'title-missing' },
      { line: 4, code: 'page-not-a-number' },
    ])
  })

  it('never, where no column can be the titles', () => {
    const thrown = (() => {
      try {
        return read('1\t2\t3\n4\t5\t6')
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(AppError)
    expect(thrown).toMatchObject({ code: 'RECONCILE_TABLE_UNREADABLE' })
  })
})

describe('a table file', () => {
  const sample = path.join(PROJECT, 'assets/sample/rows.csv')
  const volume = (kind: VolumeRecord['kind']) => ({ kind }) as VolumeRecord

  it('gives the rows of its own volume only', async () => {
    const main = await rowsOfFile(sample, volume('main'))
    const sub = await rowsOfFile(sample, volume('sub'))
    expect(main.rows).toHaveLength(23)
    expect(main.rows[2]).toMatchObject({ order: '3', title: '民事起诉状', pages: '3-4', date: '2023-02-20' })
    expect(sub.rows.map(({ title }) => title)).toEqual([
      '合议庭评议笔录',
      '法律文书审批表',
      '民事判决书签发稿',
    ])
    expect([...main.problems, ...sub.problems]).toEqual([])
  })
})
