import { sheetOf } from '../page/flow.ts'
import type { PageSpec } from '../page/marks.ts'
import { createRandom } from '../page/random.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

const shops = ['样品超市', '示例餐饮', '虚构加油站', '范本书店', '模拟电器', '样张药房'] as const

/** 银行账户交易明细: three sheets of one printout. */
export function statement(seed: number): PageSpec[] {
  const random = createRandom(seed)
  const columns = [24, 20, 28, 28, 30, 36]
  const head = ['交易日期', '摘要', '交易金额', '账户余额', '对方户名', '对方账号/备注'].map((text) => ({
    text,
    align: 'centre' as const,
    font: 'hei' as const,
  }))
  let balance = 268413.52
  const money = (value: number): string => value.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  const entries: string[][] = []
  const add = (date: string, summary: string, amount: number, name: string, note: string): void => {
    balance += amount
    entries.push([
      date,
      summary,
      `${amount < 0 ? '-' : ''}${money(Math.abs(amount))}`,
      money(balance),
      name,
      note,
    ])
  }
  for (let month = 3; month <= 11; month += 1) {
    const date = (day: number): string =>
      `2021-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    add(date(random.whole(2, 4)), '工资', 8600, '样例科技公司', '代发')
    add(date(random.whole(6, 9)), '消费', -random.whole(4000, 98000) / 100, random.pick(shops), '快捷支付')
    add(date(11), '消费', -random.whole(4000, 68000) / 100, random.pick(shops), '快捷支付')
    if (month === 3) add(date(15), '转账', -200000, facts.defendant, '*0002 借款')
    else if (month <= 9) add(date(random.whole(13, 15)), '转入', 2000, facts.defendant, '*0002 利息')
    add(date(random.whole(17, 19)), '水电费', -random.whole(9000, 30000) / 100, '示例水电公司', '代扣')
    add(date(random.whole(21, 24)), '消费', -random.whole(2000, 50000) / 100, random.pick(shops), '快捷支付')
    add(date(26), '消费', -random.whole(2000, 42000) / 100, random.pick(shops), '扫码支付')
    add(date(28), '转账', -1500, '王小小样', '*0009 生活费')
  }
  const perPage = 24
  const count = Math.ceil(entries.length / perPage)
  return Array.from({ length: count }, (_unused, index) => {
    const rows = entries.slice(index * perPage, (index + 1) * perPage)
    const body = table(
      [
        head,
        ...rows.map((row) =>
          row.map((text, column) => ({
            text,
            align: column === 2 || column === 3 ? ('right' as const) : ('centre' as const),
          })),
        ),
      ],
      { x: 22, y: 62, columns, sizePt: 10.5, font: 'song', rowHeight: 8.2 },
    )
    return sheetOf([
      {
        kind: 'text',
        text: '云州示例银行个人账户交易明细',
        font: 'songBold',
        sizePt: 18,
        x: 105,
        y: 36,
        align: 'centre',
      },
      { kind: 'text', text: `户名：${facts.plaintiff}`, font: 'song', sizePt: 10.5, x: 22, y: 47 },
      {
        kind: 'text',
        text: `账号：${facts.plaintiffAccount}`,
        font: 'song',
        sizePt: 10.5,
        x: 80,
        y: 47,
        joined: true,
      },
      { kind: 'text', text: '币种：人民币', font: 'song', sizePt: 10.5, x: 162, y: 47, joined: true },
      { kind: 'text', text: '查询区间：2021-03-01 至 2021-11-30', font: 'song', sizePt: 10.5, x: 22, y: 55 },
      {
        kind: 'text',
        text: `第${index + 1}页 共${count}页`,
        font: 'song',
        sizePt: 10.5,
        x: 162,
        y: 55,
        joined: true,
      },
      ...body.marks,
      {
        kind: 'text',
        text: '打印日期：2023-02-16　打印网点：临江支行　本明细仅供参考',
        font: 'song',
        sizePt: 9,
        x: 22,
        y: body.bottom + 9,
      },
      {
        kind: 'stamp',
        lines: ['云州示例银行临江支行', '业务专用章'],
        x: 158,
        y: body.bottom + 14,
        width: 50,
        sizePt: 12,
        tiltDeg: -3,
      },
    ])
  })
}
