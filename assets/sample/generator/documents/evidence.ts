import { flow, partyStyle, sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

/** 证据目录 */
export function evidenceList(): PageSpec[] {
  const head = ['序号', '证据名称', '证据来源', '证明目的', '页数'].map((text) => ({
    text,
    align: 'centre' as const,
    font: 'hei' as const,
  }))
  const body = table(
    [
      head,
      [
        '1',
        '借条',
        '被告李样本出具',
        '证明2021年3月15日被告李样本向原告借款200000元，月利率1%，期限一年。',
        '1',
      ],
      [
        '2',
        '银行账户交易明细',
        '云州示例银行临江支行',
        '证明原告已将借款200000元实际转账交付，被告付息六次，共计12000元。',
        '3',
      ],
      ['3', '微信聊天记录', '原告手机打印', '证明被告李样本认可欠款，原告在到期后持续催要。', '1'],
      ['4', '保证合同', '原告与被告公司签订', '证明被告公司对借款本息承担连带责任保证，保证期间三年。', '2'],
    ],
    { x: 24, y: 62, columns: [14, 34, 38, 62, 14], sizePt: 12, font: 'song', rowHeight: 14 },
  )
  return [
    sheetOf([
      {
        kind: 'text',
        text: '证据目录',
        font: 'songBold',
        sizePt: 22,
        x: 105,
        y: 42,
        align: 'centre',
        spacing: 3,
      },
      { kind: 'text', text: `提交人：原告${facts.plaintiff}`, font: 'song', sizePt: 12, x: 25, y: 56 },
      ...body.marks,
      { kind: 'text', text: '提交人：', font: 'song', sizePt: 14, x: 118, y: body.bottom + 22 },
      {
        kind: 'hand',
        style: 'running',
        text: facts.plaintiff,
        sizePt: 26,
        x: 138,
        y: body.bottom + 23,
        joined: true,
      },
      { kind: 'text', text: '2023年2月20日', font: 'song', sizePt: 14, x: 130, y: body.bottom + 34 },
    ]),
  ]
}

/** 借条: a pen on red-lined letter paper, with fingerprints. */
export function promissoryNote(): PageSpec[] {
  const marks: Mark[] = [
    {
      kind: 'text',
      text: '云州样例信笺',
      font: 'kai',
      sizePt: 15,
      x: 105,
      y: 24,
      align: 'centre',
      ink: '#c0404a',
      spacing: 3,
    },
  ]
  for (const y of [28, 29.2])
    marks.push({ kind: 'line', x1: 24, y1: y, x2: 186, y2: y, width: 0.3, ink: '#d0606a' })
  for (let y = 44; y < 275; y += 12.5)
    marks.push({ kind: 'line', x1: 24, y1: y, x2: 186, y2: y, width: 0.22, ink: '#dc8088' })
  const lines = [
    '今借到王小样人民币贰拾万元整（￥200000），',
    '用于门店进货周转，月利率百分之一，每月十五',
    '日前付当月利息。借款期限自二〇二一年三月十',
    '五日起至二〇二二年三月十四日止，到期一次还',
    '清本金。款项已由王小样转入本人尾号0002的银',
    '行账户。特立此据。',
  ]
  marks.push({ kind: 'hand', style: 'running', text: '借　条', x: 105, y: 54.5, sizePt: 34, align: 'centre' })
  lines.forEach((text, index) => {
    marks.push({
      kind: 'hand',
      style: 'running',
      text,
      x: index === 0 ? 38 : 27,
      y: 79.5 + index * 12.5,
      sizePt: 22.5,
      tiltDeg: -0.3,
    })
  })
  marks.push(
    { kind: 'hand', style: 'running', text: `借款人：${facts.defendant}`, x: 112, y: 179.5, sizePt: 26 },
    { kind: 'hand', style: 'running', text: `身份证号：${facts.defendantId}`, x: 84, y: 192, sizePt: 21 },
    { kind: 'hand', style: 'running', text: '二〇二一年三月十五日', x: 112, y: 204.5, sizePt: 23 },
    { kind: 'fingerprint', x: 158, y: 176 },
    { kind: 'fingerprint', x: 74, y: 78 },
    { kind: 'stamp', lines: ['与原件核对无异'], x: 62, y: 232, width: 44, sizePt: 13, tiltDeg: -6 },
    { kind: 'hand', style: 'running', text: `${facts.clerk} 2023.4.18`, x: 44, y: 246, sizePt: 18 },
  )
  return [sheetOf(marks, '#fdf8ec')]
}

/** 保证合同 */
export function guarantee(): PageSpec[] {
  const p = (text: string) => ({ kind: 'paragraph' as const, text })
  const { pages, endY } = flow(
    [
      { kind: 'title', text: '保证合同', sizePt: 24, spacing: 4 },
      { kind: 'gap', mm: 6 },
      p(`甲方（债权人）：${facts.plaintiff}，公民身份号码${facts.plaintiffId}`),
      p(`乙方（保证人）：${facts.company}，统一社会信用代码${facts.creditCode}`),
      p(
        `鉴于甲方于2021年3月15日向${facts.defendant}（以下称“债务人”）出借人民币200000元，乙方自愿为债务人提供保证。甲乙双方经协商一致，订立本合同。`,
      ),
      p(
        '第一条　被保证的主债权。主债权为甲方依据债务人2021年3月15日出具的《借条》对债务人享有的借款债权，本金人民币贰拾万元整，月利率1%，履行期限自2021年3月15日起至2022年3月14日止。',
      ),
      p(
        '第二条　保证方式。乙方承担的保证方式为连带责任保证。债务人不履行到期债务时，甲方可以要求债务人履行债务，也可以要求乙方在其保证范围内承担保证责任。',
      ),
      p(
        '第三条　保证范围。包括主债权本金、利息、违约金、损害赔偿金以及甲方实现债权的诉讼费、律师费等合理费用。',
      ),
      p(
        '第四条　保证期间。自主债务履行期限届满之日起三年。甲方与债务人就主债务履行期限达成展期协议的，应当取得乙方书面同意。',
      ),
      p(
        '第五条　乙方的承诺。乙方保证其具有提供保证的主体资格，已按照公司章程由股东会作出同意提供保证的决议，并将决议复印件作为本合同附件。',
      ),
      p(
        '第六条　违约责任。乙方未按本合同约定承担保证责任的，应当自甲方书面通知之日起，按照应付未付金额每日万分之三向甲方支付违约金。',
      ),
      p('第七条　争议解决。因本合同发生的争议，由双方协商解决；协商不成的，向甲方住所地人民法院提起诉讼。'),
      p('第八条　其他。本合同自甲方签名、乙方盖章之日起生效，一式两份，甲乙双方各执一份，具有同等法律效力。'),
      { kind: 'gap', mm: 16 },
      { kind: 'line', text: '甲方（签名）：　　　　　　　乙方（盖章）：', align: 'left' },
      { kind: 'gap', mm: 6 },
      { kind: 'line', text: '　　　　　　　　　　　　　　法定代表人：', align: 'left' },
      { kind: 'gap', mm: 6 },
      { kind: 'line', text: '签订日期：2021年3月15日', align: 'left' },
    ],
    partyStyle,
  )
  return pages.map((marks, index) =>
    sheetOf(
      index === pages.length - 1
        ? [
            ...marks,
            { kind: 'hand', style: 'running', text: facts.plaintiff, x: 64, y: endY - 30, sizePt: 27 },
            { kind: 'hand', style: 'running', text: facts.companyHead, x: 130, y: endY - 14, sizePt: 27 },
            {
              kind: 'seal',
              name: facts.company,
              foot: '合同专用章',
              x: 156,
              y: endY - 27,
              diameter: 42,
              tiltDeg: -14,
            },
          ]
        : marks,
    ),
  )
}
