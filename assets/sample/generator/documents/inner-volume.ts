import type { Block } from '../page/flow.ts'
import { flow, judgmentStyle, recordStyle, sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { textWidth } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'
import { judgmentBlocks } from './hearing.ts'

const line = (text: string): Block => ({ kind: 'paragraph', text })
const correctionInk = '#b32632'

/** 合议庭评议笔录 */
export function deliberation(): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '合议庭评议笔录', sizePt: 22 },
      { kind: 'gap', mm: 3 },
      line(`案号：${facts.caseNumber}　　案由：${facts.cause}`),
      line('时间：2023年5月10日14时30分　　地点：合议室'),
      line(`合议庭成员：${facts.presiding}、${facts.judge}、${facts.juror}`),
      line(`书记员：${facts.clerk}`),
      line(
        `${facts.judge}：我是承办人，先汇报案情。借款200000元有借条和转账记录，被告认可，事实清楚。争议是现金3000元、利率和公司的保证责任。我认为现金付款没有证据，不予认定；年利率12%未超过法定上限；公司承担连带责任。`,
      ),
      line(`${facts.juror}：同意承办人意见。被告说给过现金，但日期和金额都没有凭据，微信里也没有提到。`),
      line(
        `${facts.presiding}：同意。补充一点，判决书中要写明公司承担责任后有权向李样本追偿。利息从2021年9月15日起算，与付息六次的事实要对应清楚。`,
      ),
      line(
        '评议结果（一致意见）：一、李样本归还本金200000元并按年利率12%支付利息；二、样例公司承担连带清偿责任；三、诉讼费由两被告共同负担。',
      ),
    ],
    recordStyle,
  )
  return pages.map((marks) =>
    sheetOf([
      ...marks,
      { kind: 'text', text: '合议庭成员签名：', font: 'fangsong', sizePt: 14, x: 32, y: endY + 22 },
      {
        kind: 'hand',
        style: 'running',
        text: facts.presiding,
        sizePt: 25,
        x: 76,
        y: endY + 23,
        joined: true,
      },
      { kind: 'hand', style: 'running', text: facts.judge, sizePt: 25, x: 112, y: endY + 24, joined: true },
      { kind: 'hand', style: 'running', text: facts.juror, sizePt: 25, x: 148, y: endY + 22, joined: true },
    ]),
  )
}

/** 法律文书审批表 */
export function approvalForm(): PageSpec[] {
  const centred = { align: 'centre' as const }
  const body = table(
    [
      [{ text: '案号', ...centred }, facts.caseNumber, { text: '文书名称', ...centred }, '民事判决书'],
      [{ text: '承办人', ...centred }, facts.judge, { text: '拟稿日期', ...centred }, '2023年5月15日'],
      [
        { text: '承办人意见', ...centred },
        { text: '', span: 3, height: 40 },
      ],
      [
        { text: '审判长意见', ...centred },
        { text: '', span: 3, height: 40 },
      ],
      [
        { text: '庭长阅核意见', ...centred },
        { text: '', span: 3, height: 40 },
      ],
      [
        { text: '备注', ...centred },
        { text: '', span: 3, height: 20 },
      ],
    ],
    { x: 25, y: 56, columns: [32, 58, 28, 44], sizePt: 12, font: 'song', rowHeight: 13 },
  )
  const opinions: readonly (readonly [string, string, string])[] = [
    ['拟判如评议意见，请审核。', facts.judge, '2023.5.15'],
    ['同意，个别文字已修改。', facts.presiding, '2023.5.18'],
    ['同意签发。', facts.divisionHead, '2023.5.22'],
  ]
  return [
    sheetOf([
      { kind: 'text', text: '法律文书审批表', font: 'songBold', sizePt: 22, x: 105, y: 44, align: 'centre' },
      ...body.marks,
      ...opinions.flatMap(([words, name, date], index): Mark[] => [
        { kind: 'hand', style: 'running', text: words, sizePt: 23, x: 64, y: 98 + index * 40 },
        { kind: 'hand', style: 'running', text: `${name} ${date}`, sizePt: 20, x: 126, y: 115 + index * 40 },
      ]),
    ]),
  ]
}

/** What the draft said, and what the presiding judge's pen made of it: the signed judgment has the latter. */
const revisions: readonly { readonly draft: string; readonly final: string }[] = [
  { draft: '适用简易程序', final: '适用普通程序' },
  { draft: '降低利息、分期偿还', final: '请求降低利息、分期偿还' },
  { draft: '付息六次', final: '支付利息六次' },
  { draft: '应予准许', final: '予以支持' },
  { draft: '不予采纳', final: '不予采信' },
]

function asDraft(block: Block): Block {
  if (block.kind !== 'paragraph') return block
  const text = revisions.reduce((words, { draft, final }) => words.replace(final, draft), block.text)
  return { ...block, text }
}

function pen(text: string, x: number, y: number, sizePt = 16): Mark {
  return { kind: 'hand', style: 'running', text, x, y, sizePt, ink: correctionInk }
}

/** Strikes the draft's words out and writes the new ones above, wherever the lines broke. */
function correct(marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark): Mark[] => {
    if (mark.kind !== 'text') return []
    return revisions.flatMap(({ draft, final }): Mark[] => {
      const at = mark.text.indexOf(draft)
      if (at === -1) return []
      const from = mark.x + textWidth(mark.text.slice(0, at), mark.sizePt)
      const to = from + textWidth(draft, mark.sizePt)
      const y = mark.y - 1.9
      return [
        { kind: 'line', x1: from, y1: y, x2: to, y2: y - 0.6, width: 0.5, ink: correctionInk, byHand: true },
        pen(final, from + 2, mark.y - 5.4),
      ]
    })
  })
}

/** 判决书签发稿: the draft's first two pages with the presiding judge's corrections and the release. */
export function judgmentDraft(): PageSpec[] {
  const { pages } = flow([{ kind: 'line', text: '签发稿', align: 'left' }, ...judgmentBlocks.map(asDraft)], {
    ...judgmentStyle,
    sizePt: 15,
    leadingPt: 32,
  })
  const release = [pen(`同意签发　${facts.divisionHead}`, 104, 28, 22), pen('2023.5.22', 164, 29, 17)]
  return pages
    .slice(0, 2)
    .map((marks, index) =>
      sheetOf([
        ...marks,
        ...correct(marks),
        ...(index === 0 ? release : [pen(`已核　${facts.presiding}`, 150, 284, 20)]),
      ]),
    )
}
