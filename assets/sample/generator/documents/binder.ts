import { sheetOf } from '../page/flow.ts'
import type { Mark, PageSpec } from '../page/marks.ts'
import { table } from '../page/table.ts'
import { facts } from './facts.ts'

const centred = { align: 'centre' as const }

/** A row of the 卷内目录. */
export interface CatalogueRow {
  readonly title: string
  readonly first: string
  readonly last: string
  readonly remark: string
}

/** 封面 on kraft board. */
export function cover(volume: string, items: number, pages: number): PageSpec {
  const rows = table(
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
        { text: '当事人', ...centred },
        {
          text: `原告：${facts.plaintiff}\n被告：${facts.defendant}\n被告：${facts.company}`,
          span: 3,
          height: 30,
        },
      ],
      [
        { text: '审判长', ...centred },
        facts.presiding,
        { text: '审判员', ...centred },
        `${facts.judge}、${facts.juror}`,
      ],
      [{ text: '书记员', ...centred }, facts.clerk, { text: '审　级', ...centred }, '一审（普通程序）'],
      [
        { text: '收案日期', ...centred },
        { text: '2023年2月23日', hand: true },
        { text: '结案日期', ...centred },
        { text: '2023年5月26日', hand: true },
      ],
      [
        { text: '审理结果', ...centred },
        { text: '判决', hand: true, span: 3 },
      ],
      [
        { text: '归档日期', ...centred },
        { text: '2023年8月30日', hand: true },
        { text: '保管期限', ...centred },
        { text: '短期（30年）', hand: true },
      ],
      [
        { text: '本册共', ...centred },
        { text: `${items}件 ${pages}页`, hand: true },
        { text: '册　次', ...centred },
        '第1册 共1册',
      ],
      [
        { text: '档　号', ...centred },
        { text: `Z999-ZY·SS·2023·D30-1024-${volume === '正卷' ? '001' : '002'}`, span: 3 },
      ],
    ],
    { x: 30, y: 108, columns: [26, 52, 26, 54], sizePt: 14, font: 'song', rowHeight: 13, lineWidth: 0.35 },
  )
  return sheetOf(
    [
      { kind: 'box', x: 22, y: 26, width: 174, height: 250, stroke: '#3a3128', strokeWidth: 0.8 },
      {
        kind: 'text',
        text: facts.court,
        font: 'songBold',
        sizePt: 28,
        x: 109,
        y: 52,
        align: 'centre',
        spacing: 1,
      },
      {
        kind: 'text',
        text: '民事诉讼卷宗',
        font: 'songBold',
        sizePt: 34,
        x: 109,
        y: 74,
        align: 'centre',
        spacing: 3,
      },
      { kind: 'text', text: `（${volume}）`, font: 'songBold', sizePt: 26, x: 109, y: 92, align: 'centre' },
      ...rows.marks,
      ...(volume === '副卷'
        ? [
            {
              kind: 'stamp',
              lines: ['不对外查阅'],
              x: 172,
              y: 40,
              width: 38,
              sizePt: 15,
              tiltDeg: -4,
            } as const,
          ]
        : []),
    ],
    '#dcbf94',
  )
}

/** 卷内目录 */
export function catalogue(volume: string, rows: readonly CatalogueRow[]): PageSpec {
  const empty = Math.max(0, 24 - rows.length)
  const body = table(
    [
      ['序号', '文书材料名称', '页次', '备注'].map((text) => ({ text, ...centred, font: 'hei' as const })),
      ...rows.map((row, index) => [
        { text: String(index + 1), ...centred },
        row.title,
        { text: row.first === row.last ? row.first : `${row.first}-${row.last}`, ...centred },
        row.remark,
      ]),
      ...Array.from({ length: empty }, () => ['', '', '', '']),
    ],
    { x: 26, y: 58, columns: [16, 92, 24, 30], sizePt: 12, font: 'song', rowHeight: 8.4 },
  )
  return sheetOf([
    { kind: 'text', text: '卷 内 目 录', font: 'songBold', sizePt: 22, x: 107, y: 40, align: 'centre' },
    {
      kind: 'text',
      text: `${facts.caseNumber}　${volume}`,
      font: 'song',
      sizePt: 11,
      x: 107,
      y: 51,
      align: 'centre',
    },
    ...body.marks,
  ])
}

/** 备考表 */
export function closingNote(items: number, pages: number, remark: string): PageSpec {
  const marks: Mark[] = [
    { kind: 'box', x: 28, y: 56, width: 158, height: 210, stroke: '#1c1b1d', strokeWidth: 0.4 },
    { kind: 'text', text: '卷 内 备 考 表', font: 'songBold', sizePt: 22, x: 107, y: 44, align: 'centre' },
    { kind: 'text', text: '本卷情况说明：', font: 'song', sizePt: 14, x: 34, y: 70 },
    {
      kind: 'hand',
      style: 'running',
      text: `本卷共${items}件，${pages}页，页码连续，无缺损。`,
      sizePt: 20,
      x: 42,
      y: 86,
    },
  ]
  const lines = remark.split('\n')
  lines.forEach((text, index) => {
    marks.push({ kind: 'hand', style: 'running', text, sizePt: 20, x: 42, y: 99 + index * 13 })
  })
  const signed: readonly (readonly [string, string])[] = [
    ['立卷人', facts.clerk],
    ['检查人', facts.archivist],
  ]
  signed.forEach(([label, name], index) => {
    marks.push(
      { kind: 'text', text: `${label}：`, font: 'song', sizePt: 14, x: 116, y: 216 + index * 15 },
      { kind: 'hand', style: 'running', text: name, sizePt: 24, x: 140, y: 217 + index * 15, joined: true },
    )
  })
  marks.push(
    { kind: 'text', text: '立卷时间：', font: 'song', sizePt: 14, x: 116, y: 246 },
    { kind: 'hand', style: 'running', text: '2023.8.30', sizePt: 22, x: 143, y: 247, joined: true },
  )
  return sheetOf(marks)
}

/** A side with nothing on it, as the scanner's duplex unit delivers it. */
export const blank = (): PageSpec => sheetOf([])
