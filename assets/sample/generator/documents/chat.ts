import { sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { facts } from './facts.ts'

/** 微信聊天记录: a telephone's screen printed on paper. */
export function chat(): PageSpec[] {
  const said: readonly (readonly ['them' | 'me' | 'time', string])[] = [
    ['time', '2022年3月16日 19:42'],
    ['me', '老李，借款14号到期了，二十万本金和欠的利息什么时候还？'],
    ['them', '最近货款没收回来，再宽限我两个月'],
    ['me', '利息从去年10月就没付了'],
    ['them', '知道，二十万我认，一分不会少你的'],
    ['time', '2022年5月20日 20:15'],
    ['me', '两个月到了，请把钱还上'],
    ['them', '店里还压着货，下个月先还一部分'],
    ['time', '2022年8月2日 09:08'],
    ['me', '再不还我只能起诉了'],
    ['me', '在吗？'],
  ]
  const marks: Mark[] = [
    { kind: 'text', text: '证据3：微信聊天记录（原告手机打印件）', font: 'song', sizePt: 12, x: 30, y: 26 },
    { kind: 'box', x: 45, y: 34, width: 116, height: 222, stroke: '#9a9a9a', fill: '#ececec', radius: 3 },
    { kind: 'box', x: 45, y: 34, width: 116, height: 14, fill: '#e2e2e2', radius: 3 },
    { kind: 'text', text: '李样本', font: 'hei', sizePt: 13, x: 103, y: 43, align: 'centre' },
  ]
  let y = 56
  for (const [who, words] of said) {
    if (who === 'time') {
      marks.push({
        kind: 'text',
        text: words,
        font: 'hei',
        sizePt: 9,
        x: 103,
        y: y + 4,
        align: 'centre',
        ink: '#8a8a8a',
      })
      y += 9
      continue
    }
    const mine = who === 'me'
    const lines: string[] = []
    for (let at = 0; at < words.length; at += 15) lines.push(words.slice(at, at + 15))
    const width = Math.min(15, words.length) * 4.24 + 7
    const height = lines.length * 6 + 5.5
    marks.push(
      {
        kind: 'box',
        x: mine ? 148 : 49,
        y,
        width: 9,
        height: 9,
        fill: mine ? '#7f97b8' : '#c39a72',
        radius: 1,
      },
      {
        kind: 'box',
        x: mine ? 145 - width : 61,
        y,
        width,
        height,
        fill: mine ? '#95e07a' : '#ffffff',
        radius: 1.2,
      },
    )
    lines.forEach((text, row) => {
      marks.push({
        kind: 'text',
        text,
        font: 'hei',
        sizePt: 12,
        x: (mine ? 145 - width : 61) + 3.4,
        y: y + 7 + row * 6,
      })
    })
    y += height + 5
  }
  marks.push({
    kind: 'hand',
    style: 'running',
    text: `${facts.plaintiff} 2023.2.20`,
    x: 128,
    y: 272,
    sizePt: 20,
  })
  return [sheetOf(marks)]
}
