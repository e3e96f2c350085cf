import type { Block } from '../page/flow.ts'
import { flow, judgmentStyle, sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
const centred = { align: 'centre' as const }

function letter(title: string, blocks: readonly Block[], date: string): PageSpec[] {
  const { pages, endY } = flow(
    [
      { kind: 'title', text: facts.court, sizePt: 20 },
      { kind: 'title', text: title, sizePt: 24, spacing: 1 },
      { kind: 'gap', mm: 3 },
      { kind: 'line', text: facts.caseNumber, align: 'right' },
      { kind: 'gap', mm: 3 },
      ...blocks,
      { kind: 'gap', mm: 14 },
      { kind: 'line', text: date, align: 'right', inset: 12 },
    ],
    judgmentStyle,
  )
  return pages.map((marks) =>
    sheetOf([...marks, { kind: 'seal', name: facts.court, x: 148, y: endY - 5, diameter: 42, tiltDeg: 7 }]),
  )
}

/** 受理案件通知书 */
export const acceptance = (): PageSpec[] =>
  letter(
    '受理案件通知书',
    [
      { kind: 'paragraph', text: `${facts.plaintiff}：`, indent: 0 },
      paragraph(
        `你与${facts.defendant}、${facts.company}${facts.cause}一案的起诉状已收到。经审查，起诉符合法定受理条件，本院决定立案审理。现将有关事项通知如下：`,
      ),
      paragraph(
        '一、在诉讼过程中，当事人必须依法行使诉讼权利，有权行使《中华人民共和国民事诉讼法》规定的诉讼权利，同时必须遵守诉讼秩序，履行诉讼义务。',
      ),
      paragraph(
        `二、你应在收到本通知书之日起七日内预交案件受理费${facts.fee}元。逾期不交的，按自动撤诉处理。`,
      ),
      paragraph('三、自然人应当提交身份证明；委托代理人的，应当提交由委托人签名或者盖章的授权委托书。'),
    ],
    '二〇二三年二月二十三日',
  )

/** 应诉通知书 */
export const responseNotice = (): PageSpec[] =>
  letter(
    '应诉通知书',
    [
      { kind: 'paragraph', text: `${facts.defendant}、${facts.company}：`, indent: 0 },
      paragraph(
        `本院受理${facts.plaintiff}与你们${facts.cause}一案，现随文送达起诉状副本一份，并将应诉的有关事项通知如下：`,
      ),
      paragraph(
        '一、你们应当在收到起诉状副本之日起十五日内向本院提出答辩状。不按时提出答辩状的，不影响本案的审理。',
      ),
      paragraph('二、当事人应当在举证期限内向本院提交证据。本案举证期限自收到本通知书次日起三十日。'),
      paragraph('三、本案依法适用普通程序，由合议庭进行审理，开庭时间、地点另行通知。'),
    ],
    '二〇二三年二月二十七日',
  )

/** 开庭公告 */
export const hearingNotice = (): PageSpec[] =>
  letter(
    '公　　告',
    [
      paragraph(
        `本院定于2023年4月18日9时00分，在第三审判庭公开开庭审理原告${facts.plaintiff}与被告${facts.defendant}、${facts.company}${facts.cause}一案。`,
      ),
      paragraph(
        `合议庭组成人员：审判长${facts.presiding}，审判员${facts.judge}，人民陪审员${facts.juror}。书记员：${facts.clerk}。`,
      ),
      paragraph('凡愿旁听者，可持有效身份证件，经安全检查后入庭旁听。'),
      paragraph('特此公告。'),
    ],
    '二〇二三年四月十三日',
  )

/** 传票 */
export function summons(): PageSpec[] {
  const body = table(
    [
      [
        { text: '案　号', ...centred },
        { text: facts.caseNumber, span: 3 },
      ],
      [
        { text: '案　由', ...centred },
        { text: facts.cause, span: 3 },
      ],
      [
        { text: '被传唤人', ...centred },
        { text: facts.defendant, hand: true },
        { text: '住所', ...centred },
        facts.defendantAddress,
      ],
      [
        { text: '传唤事由', ...centred },
        { text: '开庭', hand: true, span: 3 },
      ],
      [
        { text: '应到时间', ...centred },
        { text: '2023年4月18日上午9时00分', hand: true, span: 3 },
      ],
      [
        { text: '应到处所', ...centred },
        { text: '本院第三审判庭', hand: true, span: 3 },
      ],
      [
        { text: '注意事项', ...centred },
        {
          text: '1.被传唤人必须准时到达应到处所；\n2.本票由被传唤人携带来院报到；\n3.被传唤人收到传票后，应在送达回证上签名或者盖章；\n4.原告经传票传唤，无正当理由拒不到庭的，可以按撤诉处理；被告经传票传唤，无正当理由拒不到庭的，可以缺席判决。',
          span: 3,
          height: 58,
        },
      ],
    ],
    { x: 27, y: 64, columns: [28, 44, 20, 64], sizePt: 14, font: 'fangsong', rowHeight: 15 },
  )
  const at = body.bottom
  return [
    sheetOf([
      { kind: 'text', text: facts.court, font: 'songBold', sizePt: 20, x: 105, y: 38, align: 'centre' },
      { kind: 'text', text: '传　　票', font: 'songBold', sizePt: 26, x: 105, y: 53, align: 'centre' },
      ...body.marks,
      { kind: 'text', text: '审判长', font: 'fangsong', sizePt: 15, x: 112, y: at + 16 },
      { kind: 'hand', style: 'running', text: facts.presiding, sizePt: 25, x: 138, y: at + 17, joined: true },
      { kind: 'text', text: '书记员', font: 'fangsong', sizePt: 15, x: 112, y: at + 30 },
      { kind: 'hand', style: 'running', text: facts.clerk, sizePt: 25, x: 138, y: at + 31, joined: true },
      { kind: 'text', text: '二〇二三年四月十日', font: 'fangsong', sizePt: 15, x: 120, y: at + 45 },
      { kind: 'text', text: '（此联存卷）', font: 'fangsong', sizePt: 12, x: 30, y: at + 45, joined: true },
      { kind: 'seal', name: facts.court, x: 146, y: at + 36, diameter: 42, tiltDeg: -11 },
    ]),
  ]
}

/** 送达地址确认书 */
export function addressConfirmation(): PageSpec[] {
  const body = table(
    [
      [
        { text: '案由', ...centred },
        { text: facts.cause, span: 1 },
        { text: '案号', ...centred },
        facts.caseNumber,
      ],
      [
        { text: '告知事项', ...centred },
        {
          text: '1.当事人拒绝提供自己的送达地址的，以人民法院查明的户籍登记住址或者经常居住地为送达地址。\n2.因当事人提供的送达地址不准确、送达地址变更未及时告知人民法院，导致诉讼文书未能被实际接收的，文书退回之日视为送达之日。\n3.同意电子送达的，到达系统显示发送成功的日期为送达日期。',
          span: 3,
          height: 52,
        },
      ],
      [
        { text: '当事人', ...centred },
        { text: facts.defendant, hand: true },
        { text: '证件号码', ...centred },
        { text: facts.defendantId, hand: true },
      ],
      [
        { text: '送达地址', ...centred },
        { text: facts.defendantAddress, hand: true, span: 3 },
      ],
      [
        { text: '收件人', ...centred },
        { text: facts.defendant, hand: true },
        { text: '联系电话', ...centred },
        { text: facts.defendantPhone, hand: true },
      ],
      [
        { text: '电子送达', ...centred },
        { text: '☑同意　□不同意', span: 1 },
        { text: '邮政编码', ...centred },
        { text: '999001', hand: true },
      ],
      [
        { text: '确认', ...centred },
        {
          text: '我已阅读（听明白）本确认书的告知事项，提供了上栏送达地址，并保证所提供的各项内容是正确的、有效的。',
          span: 3,
          height: 42,
        },
      ],
    ],
    { x: 25, y: 62, columns: [26, 52, 24, 60], sizePt: 12, font: 'song', rowHeight: 14 },
  )
  return [
    sheetOf([
      { kind: 'text', text: facts.court, font: 'songBold', sizePt: 18, x: 105, y: 38, align: 'centre' },
      { kind: 'text', text: '送达地址确认书', font: 'songBold', sizePt: 22, x: 105, y: 52, align: 'centre' },
      ...body.marks,
      { kind: 'hand', style: 'running', text: facts.defendant, sizePt: 27, x: 122, y: body.bottom - 9 },
      {
        kind: 'hand',
        style: 'running',
        text: '2023.3.2',
        sizePt: 18,
        x: 154,
        y: body.bottom - 8,
        joined: true,
      },
      { kind: 'text', text: '法院工作人员签名：', font: 'song', sizePt: 12, x: 27, y: body.bottom + 14 },
      {
        kind: 'hand',
        style: 'running',
        text: facts.clerk,
        sizePt: 23,
        x: 66,
        y: body.bottom + 15,
        joined: true,
      },
    ]),
  ]
}

/** 送达回证 for one addressee; `papers` are the served documents. */
export function serviceReturn(
  person: string,
  address: string,
  papers: string,
  signed: string,
  date: string,
): PageSpec[] {
  const body = table(
    [
      [{ text: '案　由', ...centred }, facts.cause, { text: '案　号', ...centred }, facts.caseNumber],
      [
        { text: '受送达人', ...centred },
        { text: person, hand: true, span: 3 },
      ],
      [
        { text: '送达地址', ...centred },
        { text: address, hand: true, span: 3 },
      ],
      [
        { text: '送达文书名称及件数', ...centred },
        { text: papers, hand: true, span: 3, height: 32 },
      ],
      [
        { text: '送达方式', ...centred },
        { text: '直接送达', hand: true, span: 3 },
      ],
      [
        { text: '受送达人签名或盖章', ...centred },
        { text: '', span: 3, height: 24 },
      ],
      [
        { text: '代收人签名及代收理由', ...centred },
        { text: '', span: 3, height: 22 },
      ],
      [
        { text: '备　注', ...centred },
        { text: '', span: 3, height: 20 },
      ],
    ],
    { x: 26, y: 66, columns: [34, 40, 18, 66], sizePt: 13, font: 'fangsong', rowHeight: 15 },
  )
  const signature = body.bottom - 20 - 22 - 9
  const marks: Mark[] = [
    { kind: 'hand', style: 'running', text: signed, sizePt: 28, x: 78, y: signature },
    { kind: 'hand', style: 'running', text: date, sizePt: 19, x: 132, y: signature + 2, joined: true },
    { kind: 'text', text: '送达人：', font: 'fangsong', sizePt: 13, x: 100, y: body.bottom + 13 },
    {
      kind: 'hand',
      style: 'running',
      text: facts.clerk,
      sizePt: 22,
      x: 120,
      y: body.bottom + 14,
      joined: true,
    },
    {
      kind: 'text',
      text: '填发人：',
      font: 'fangsong',
      sizePt: 13,
      x: 30,
      y: body.bottom + 13,
      joined: true,
    },
    {
      kind: 'hand',
      style: 'running',
      text: facts.judge,
      sizePt: 22,
      x: 50,
      y: body.bottom + 14,
      joined: true,
    },
  ]
  return [
    sheetOf([
      { kind: 'text', text: facts.court, font: 'songBold', sizePt: 20, x: 105, y: 38, align: 'centre' },
      { kind: 'text', text: '送 达 回 证', font: 'songBold', sizePt: 24, x: 105, y: 54, align: 'centre' },
      ...body.marks,
      ...marks,
    ]),
  ]
}
