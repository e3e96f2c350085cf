import { sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

const centred = { align: 'centre' as const }

/** 审判流程管理信息表 */
export function processSheet(): PageSpec[] {
  const body = table(
    [
      [
        { text: '案号', ...centred },
        { text: facts.caseNumber, span: 3 },
      ],
      [{ text: '案由', ...centred }, facts.cause, { text: '适用程序', ...centred }, '普通程序'],
      [
        { text: '原告', ...centred },
        { text: facts.plaintiff, span: 3 },
      ],
      [
        { text: '被告', ...centred },
        { text: `${facts.defendant}、${facts.company}`, span: 3 },
      ],
      [{ text: '诉讼标的', ...centred }, '234000元', { text: '案件受理费', ...centred }, `${facts.fee}元`],
      [{ text: '收到诉状日期', ...centred }, '2023-02-20', { text: '立案日期', ...centred }, '2023-02-23'],
      [{ text: '立案人', ...centred }, facts.clerk, { text: '移送业务庭日期', ...centred }, '2023-02-24'],
      [{ text: '承办人', ...centred }, facts.judge, { text: '法定审限', ...centred }, '2023-08-23'],
      [
        { text: '排期', ...centred },
        { text: '2023-04-18 09:00 第三审判庭', span: 3 },
      ],
      [
        { text: '合议庭', ...centred },
        { text: `${facts.presiding}（审判长）、${facts.judge}、${facts.juror}（人民陪审员）`, span: 3 },
      ],
      [{ text: '裁判日期', ...centred }, '2023-05-22', { text: '结案日期', ...centred }, '2023-05-26'],
      [{ text: '结案方式', ...centred }, '判决', { text: '是否公开开庭', ...centred }, '是'],
      [
        { text: '备注', ...centred },
        { text: '全程留痕，限时办理。', span: 3, height: 26 },
      ],
    ],
    { x: 25, y: 58, columns: [32, 50, 34, 46], sizePt: 12, font: 'song', rowHeight: 12.5 },
  )
  return [
    sheetOf([
      { kind: 'text', text: facts.court, font: 'songBold', sizePt: 18, x: 105, y: 36, align: 'centre' },
      {
        kind: 'text',
        text: '审判流程管理信息表',
        font: 'songBold',
        sizePt: 22,
        x: 105,
        y: 49,
        align: 'centre',
      },
      ...body.marks,
      {
        kind: 'text',
        text: '打印时间：2023-08-28 10:12',
        font: 'song',
        sizePt: 9,
        x: 186,
        y: body.bottom + 8,
        align: 'right',
      },
    ]),
  ]
}

/** 诉讼费专用票据: a small three-part form pasted on a sheet. */
export function feeReceipt(): PageSpec[] {
  const body = table(
    [
      [{ text: '交款人', ...centred }, facts.plaintiff, { text: '案号', ...centred }, facts.caseNumber],
      [{ text: '收费项目', ...centred }, '案件受理费', { text: '计费标的', ...centred }, '234000元'],
      [
        { text: '金额（大写）', ...centred },
        '肆仟玖佰捌拾元整',
        { text: '金额（小写）', ...centred },
        `￥${facts.fee}.00`,
      ],
      [
        { text: '备注', ...centred },
        { text: '预收，结案后多退少补', span: 3 },
      ],
    ],
    { x: 30, y: 78, columns: [26, 46, 26, 56], sizePt: 10.5, font: 'song', rowHeight: 10.5, lineWidth: 0.18 },
  )
  const marks: Mark[] = [
    {
      kind: 'box',
      x: 24,
      y: 45,
      width: 166,
      height: 102,
      fill: '#f8e9ea',
      stroke: '#b9a5a8',
      strokeWidth: 0.3,
    },
    {
      kind: 'text',
      text: '云州市诉讼费专用票据',
      font: 'songBold',
      sizePt: 17,
      x: 107,
      y: 59,
      align: 'centre',
      ink: '#8a2b35',
    },
    {
      kind: 'text',
      text: '（样例，不作报销凭证）',
      font: 'song',
      sizePt: 9,
      x: 107,
      y: 65.5,
      align: 'centre',
      ink: '#8a2b35',
    },
    {
      kind: 'text',
      text: 'No 99900001024',
      font: 'song',
      sizePt: 12,
      x: 182,
      y: 58,
      align: 'right',
      ink: '#b02030',
    },
    { kind: 'text', text: '开票日期：2023年2月24日', font: 'song', sizePt: 10.5, x: 30, y: 75 },
    ...body.marks,
    { kind: 'text', text: '收款人：', font: 'song', sizePt: 10.5, x: 32, y: body.bottom + 10 },
    { kind: 'hand', style: 'running', text: '何出纳', sizePt: 17, x: 47, y: body.bottom + 11, joined: true },
    {
      kind: 'text',
      text: '收款单位（章）',
      font: 'song',
      sizePt: 10.5,
      x: 118,
      y: body.bottom + 10,
      joined: true,
    },
    {
      kind: 'seal',
      name: facts.court,
      foot: '诉讼费专用',
      x: 158,
      y: body.bottom + 3,
      diameter: 36,
      tiltDeg: 12,
    },
    {
      kind: 'text',
      text: '第三联　附卷',
      font: 'song',
      sizePt: 9,
      x: 187,
      y: 110,
      align: 'right',
      ink: '#8a2b35',
      truth: false,
    },
  ]
  return [sheetOf(marks)]
}

function identityFace(x: number, y: number): Mark[] {
  const label = '#555b66'
  const row = (text: string, value: string, at: number): Mark[] => [
    { kind: 'text', text, font: 'hei', sizePt: 8, x: x + 6, y: y + at, ink: label },
    { kind: 'text', text: value, font: 'hei', sizePt: 10, x: x + 17, y: y + at, joined: true },
  ]
  return [
    {
      kind: 'box',
      x,
      y,
      width: 85.6,
      height: 54,
      stroke: '#7b7f88',
      strokeWidth: 0.3,
      fill: '#e9edf0',
      radius: 3,
    },
    {
      kind: 'text',
      text: '样　本',
      font: 'hei',
      sizePt: 30,
      x: x + 20,
      y: y + 30,
      ink: '#d3d8dd',
      truth: false,
    },
    ...row('姓名', facts.plaintiff, 9),
    ...row('性别', '男　　民族　汉', 16),
    ...row('出生', '1985年1月1日', 23),
    ...row('住址', '云州市临江区样张路1号', 30),
    { kind: 'text', text: '示例小区1栋101室', font: 'hei', sizePt: 10, x: x + 17, y: y + 35 },
    { kind: 'text', text: '公民身份号码', font: 'hei', sizePt: 8, x: x + 6, y: y + 48, ink: label },
    { kind: 'text', text: facts.plaintiffId, font: 'hei', sizePt: 11, x: x + 28, y: y + 48, joined: true },
    { kind: 'box', x: x + 61, y: y + 7, width: 20, height: 26, fill: '#b9bec6' },
    { kind: 'box', x: x + 66.5, y: y + 11, width: 9, height: 11, fill: '#80868f', radius: 4.5 },
    { kind: 'box', x: x + 63, y: y + 24, width: 16, height: 9, fill: '#80868f', radius: 3 },
  ]
}

/** 身份证复印件, plainly a specimen: both faces photocopied on one sheet. */
export function identityCopy(): PageSpec[] {
  const x = 62
  return [
    sheetOf([
      ...identityFace(x, 58),
      {
        kind: 'box',
        x,
        y: 132,
        width: 85.6,
        height: 54,
        stroke: '#7b7f88',
        strokeWidth: 0.3,
        fill: '#e9edf0',
        radius: 3,
      },
      {
        kind: 'text',
        text: '居民身份证（样本）',
        font: 'hei',
        sizePt: 17,
        x: x + 46,
        y: 152,
        align: 'centre',
      },
      { kind: 'text', text: '签发机关　云州市样例局', font: 'hei', sizePt: 9.5, x: x + 16, y: 170 },
      { kind: 'text', text: '有效期限　2015.01.01-2035.01.01', font: 'hei', sizePt: 9.5, x: x + 16, y: 178 },
      {
        kind: 'hand',
        style: 'running',
        text: '此复印件仅用于本案诉讼',
        sizePt: 20,
        x: 60,
        y: 212,
        ink: '#2a2a2c',
      },
      {
        kind: 'hand',
        style: 'running',
        text: `${facts.plaintiff} 2023.2.20`,
        sizePt: 21,
        x: 96,
        y: 226,
        ink: '#2a2a2c',
      },
    ]),
  ]
}

/** 营业执照复印件 of the company, portrait copy with its seal. */
export function licenceCopy(): PageSpec[] {
  const rows: readonly (readonly [string, string])[] = [
    ['名　　称', facts.company],
    ['类　　型', '有限责任公司'],
    ['法定代表人', facts.companyHead],
    ['注册资本', '壹佰万元整'],
    ['成立日期', '2018年6月18日'],
    ['住　　所', facts.companyAddress],
    ['经营范围', '日用百货、办公用品销售；样品展示服务。'],
  ]
  return [
    sheetOf([
      { kind: 'box', x: 24, y: 34, width: 162, height: 206, stroke: '#44464c', strokeWidth: 1.2 },
      { kind: 'box', x: 27, y: 37, width: 156, height: 200, stroke: '#8b8d93', strokeWidth: 0.4 },
      { kind: 'text', text: '营 业 执 照', font: 'songBold', sizePt: 34, x: 105, y: 68, align: 'centre' },
      { kind: 'text', text: '（副本）（样本）', font: 'song', sizePt: 14, x: 105, y: 79, align: 'centre' },
      { kind: 'text', text: `统一社会信用代码　${facts.creditCode}`, font: 'song', sizePt: 13, x: 40, y: 94 },
      ...rows.flatMap(([label, value], index): Mark[] => [
        { kind: 'text', text: label, font: 'hei', sizePt: 12, x: 40, y: 112 + index * 13 },
        { kind: 'text', text: value, font: 'song', sizePt: 13, x: 72, y: 112 + index * 13, joined: true },
      ]),
      { kind: 'text', text: '登记机关　云州市临江区样例局', font: 'song', sizePt: 12, x: 108, y: 214 },
      { kind: 'text', text: '2018年6月18日', font: 'song', sizePt: 12, x: 128, y: 223 },
      { kind: 'hand', style: 'running', text: '与原件一致', sizePt: 22, x: 34, y: 256 },
      { kind: 'seal', name: facts.company, x: 62, y: 250, diameter: 40, tiltDeg: 16 },
    ]),
  ]
}
