import type { DifferenceRow } from '../../../shared/contract/differences.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  DIFFERENCE_STATE_WORDS,
  FINDING_STAGE_WORDS,
  HANDLING_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../shared/domain/reconcile/difference-words.ts'
import { SEVERITY_RULE_INFO, SEVERITY_RULES } from '../../../shared/domain/reconcile/severity.ts'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { csvTable, ruledTablePdf, type TableColumn } from '../../forms/index.ts'

/** A row with what the register names beside it. */
export interface RegisterRow extends DifferenceRow {
  /** 申请人 of the change, or whoever prepared it; empty where nobody has yet. */
  readonly requestedBy: string
}

export interface RegisterFacts {
  readonly unitName: string
  readonly logHead: string
  readonly now: Date
  readonly fontRegular: string
  readonly fontBold: string
}

const DIGEST_SHOWN = 16
const CLOCK_MS = 8 * 60 * 60 * 1000

/** The wall clock of the room (UTC+8), to the minute. */
function minute(at: string): string {
  return new Date(Date.parse(at) + CLOCK_MS).toISOString().slice(0, 16).replace('T', ' ')
}
const day = (at: string | null) => (at === null ? '' : minute(at).slice(0, 10))

type Step = DifferenceRow['judged']
const stepWords = (step: Step, ...more: readonly string[]) =>
  step === null ? '' : [step.by, minute(step.at), ...more, step.note].filter((part) => part !== '').join(' ')

const join = (separator: string, ...parts: readonly string[]) =>
  parts.filter((part) => part !== '').join(separator)

function severityWords({ severity, severityRule }: DifferenceRow): string {
  const rule = SEVERITY_RULES.find((known) => known === severityRule)
  return join('：', SEVERITY_WORDS[severity].zh, rule === undefined ? '' : SEVERITY_RULE_INFO[rule].zh)
}

/** 复核 says what came of it: a row that stands open again was not passed. */
function verdict(row: DifferenceRow): string {
  if (row.checked === null) return ''
  return row.state === 'closed' || row.state === 'dismissed' ? '通过' : '不通过'
}

const attachmentWords = ({ name, readable }: DifferenceRow['attachments'][number]) =>
  readable ? name : '附件（副卷）'

/** Every column of domain.md §8, in its order, with the state at the end. */
const COLUMNS: readonly (readonly [string, (row: RegisterRow) => string])[] = [
  ['编号', (row) => row.number],
  ['发现日期', (row) => day(row.foundAt)],
  ['发现环节', (row) => FINDING_STAGE_WORDS[row.foundStage].zh],
  ['案号', (row) => row.caseNumber],
  ['档号', (row) => row.archiveNumber],
  [
    '卷别/册',
    (row) => join(' ', VOLUME_KIND_INFO[row.volumeKind].zh, row.book === null ? '' : `第${row.book}册`),
  ],
  ['目录序号/题名', (row) => row.itemWords],
  ['纸质页次', (row) => row.paperPlace],
  ['电子页序/文件', (row) => row.electronicPlace],
  ['类型代码', (row) => `${row.type} ${DIFFERENCE_TYPE_INFO[row.type].zh}`],
  ['纸质情况', (row) => row.paperWords],
  ['电子情况', (row) => row.electronicWords],
  ['严重度', severityWords],
  ['原因', (row) => (row.cause === null ? '' : CAUSE_WORDS[row.cause].zh)],
  [
    '责任环节/人',
    (row) =>
      join(' ', row.originStage === null ? '' : ORIGIN_STAGE_WORDS[row.originStage].zh, row.originPerson),
  ],
  ['处理方式', (row) => (row.handling === null ? '' : HANDLING_WORDS[row.handling].zh)],
  ['处理依据', (row) => row.basis],
  ['承办说明/附件', (row) => join('；', row.explanation, ...row.attachments.map(attachmentWords))],
  ['申请人', (row) => row.requestedBy],
  ['审批人/意见/时间', (row) => stepWords(row.approved)],
  ['处理人/时间', (row) => stepWords(row.handled)],
  ['处理前摘要值', (row) => row.beforeDigest],
  ['处理后摘要值', (row) => row.afterDigest],
  ['复核人/时间/结论', (row) => stepWords(row.checked, verdict(row))],
  ['备考表是否更新', (row) => (row.noted ? '是' : '否')],
  ['培训改进措施', (row) => row.trainingMeasure],
  ['结案日期', (row) => day(row.closedAt)],
  ['状态', (row) => DIFFERENCE_STATE_WORDS[row.state].zh],
]

/** The register as a table to work with. */
export function registerCsv(rows: readonly RegisterRow[]): Buffer {
  const titles = COLUMNS.map(([title]) => title)
  return Buffer.from(csvTable([titles, ...rows.map((row) => COLUMNS.map(([, words]) => words(row)))]), 'utf8')
}

/** Which columns share one on paper, so that all of them fit on A4 landscape, and how wide it is. */
const ON_PAPER: readonly (readonly [number, ...string[]])[] = [
  [7, '编号', '状态'],
  [6, '发现日期', '发现环节'],
  [11, '案号', '档号', '卷别/册'],
  [9, '目录序号/题名'],
  [10, '纸质页次', '电子页序/文件'],
  [7, '类型代码', '严重度'],
  [13, '纸质情况', '电子情况'],
  [7, '原因', '责任环节/人'],
  [11, '处理方式', '处理依据', '承办说明/附件'],
  [9, '申请人', '审批人/意见/时间'],
  [9, '处理人/时间'],
  [8, '处理前摘要值', '处理后摘要值'],
  [9, '复核人/时间/结论'],
  [8, '备考表是否更新', '培训改进措施', '结案日期'],
]

function cellOf(row: RegisterRow, titles: readonly string[]): string {
  const cells = titles.map((title) => {
    const words = COLUMNS.find(([name]) => name === title)?.[1](row) ?? ''
    if (title === '备考表是否更新') return `备考表：${words}`
    return title.endsWith('摘要值') ? words.slice(0, DIGEST_SHOWN) : words
  })
  if (titles[0] === '纸质情况')
    return join('\n', cells[0] === '' ? '' : `纸：${cells[0]}`, cells[1] === '' ? '' : `电：${cells[1]}`)
  return join('\n', ...cells)
}

/** 电子与纸质不符登记簿, ruled on A4 landscape, to be signed. */
export async function registerPdf(rows: readonly RegisterRow[], facts: RegisterFacts): Promise<Buffer> {
  const columns: readonly TableColumn[] = ON_PAPER.map(([weight, ...titles]) => ({
    title: titles.join('\n'),
    weight,
  }))
  return await ruledTablePdf({
    title: '电子与纸质不符登记簿',
    heading: [`${facts.unitName}　　打印日期：${day(facts.now.toISOString())}　　共 ${rows.length} 条`],
    columns,
    rows: rows.map((row) => ON_PAPER.map(([, ...titles]) => cellOf(row, titles))),
    notes: [`摘要值为 SHA-256 的前 ${DIGEST_SHOWN} 位，全值见电子登记簿。`, facts.logHead],
    signatures: ['登记人签名', '复核人签名', '档案部门负责人签名'],
    createdAt: facts.now,
    fontRegular: facts.fontRegular,
    fontBold: facts.fontBold,
  })
}
