import type { Drill, DrillPoint } from '../../../shared/contract/restores.ts'
import { type ReportBlock, reportDocumentPdf } from '../../forms/index.ts'
import { isGenuineDrill } from '../drills/drill-record.ts'
import { type KeptDrill, shownDrill } from '../drills/drill-records.ts'
import { findingsText } from './finding-words.ts'
import { minuteOf, POINT_WORDS, WAY_WORDS } from './register-words.ts'

export interface DrillSheetFacts {
  readonly unitName: string
  readonly logHead: string
  readonly nameOf: (accountId: string) => string
  readonly now: Date
  readonly fontRegular: string
  readonly fontBold: string
}

const POINT_COLUMNS = [
  { title: '查验项目', weight: 8 },
  { title: '查验数', weight: 3 },
  { title: '不符数', weight: 3 },
  { title: '结果', weight: 3 },
  { title: '说明', weight: 12 },
]

const versus = (actual: number, target: number, unit: string) =>
  `实际 ${actual} ${unit}，目标 ${target} ${unit}：${actual <= target ? '达标' : '未达标'}`

/** A figure is not wrong, it is beyond its target. */
const failedWord = (point: DrillPoint['point']) => (point === 'targets' ? '未达标' : '未通过')

const missesTargetsOnly = ({ points }: Drill) =>
  points.every(({ point, passed }) => passed !== (point === 'targets'))

function resultOf(drill: Drill, problems: number): string {
  if (drill.passed) return '各项通过，备份可以恢复'
  return missesTargetsOnly(drill)
    ? '备份可以恢复，但恢复用时或可能丢失未达标：本次演练不合格'
    : `未通过：${problems} 项，见上`
}

function* blocksOf(
  drills: readonly KeptDrill[],
  { nameOf, logHead }: DrillSheetFacts,
): Generator<ReportBlock> {
  for (const [at, kept] of drills.entries()) {
    const drill = shownDrill(kept, nameOf)
    if (at > 0) yield { kind: 'page' }
    yield { kind: 'facts', title: `编号 ${drill.number}`, rows: factsOf(drill, kept) }
    yield { kind: 'heading', text: '查验' }
    yield {
      kind: 'table',
      columns: POINT_COLUMNS,
      rows: drill.points.map(({ point, passed, checked, wrong, note, findings }) => [
        POINT_WORDS[point],
        String(checked),
        String(wrong),
        passed ? '通过' : failedWord(point),
        note || findingsText(findings),
      ]),
    }
    const problems = drill.points.filter(({ passed }) => !passed)
    yield { kind: 'heading', text: '问题与结论' }
    yield {
      kind: 'facts',
      rows: [
        ['演练结果', resultOf(drill, problems.length)],
        ['整改人/期限', drill.passed ? '—' : ''],
        ['结论', drill.conclusion],
        ['批准', drill.approvedBy === null ? '' : `${drill.approvedBy}　${minuteOf(drill.approvedAt)}`],
      ],
    }
    yield { kind: 'signatures', names: ['演练人', '参加人', '批准人'] }
    yield {
      kind: 'facts',
      title: '电子签名',
      rows: [
        ['签名人公钥', drill.publicKey],
        ['签名', `${drill.signature}（${isGenuineDrill(kept) ? '有效' : '无效：记录被改动过'}）`],
        ['审计链头', logHead],
      ],
    }
  }
}

function factsOf(drill: Drill, { sample }: KeptDrill): readonly (readonly [string, string])[] {
  return [
    ['场景', drill.scenario],
    ['备份集', `${drill.mediumNumber}　${drill.snapshotId}`],
    ['目标机', drill.machine],
    ['打开方式', WAY_WORDS[drill.way]],
    ['范围', sample === null ? '全部文件' : `抽样 ${sample} 个文件`],
    ['开始/结束', `${minuteOf(drill.startedAt)} 至 ${minuteOf(drill.endedAt)}`],
    ['恢复用时 RTO', versus(drill.rtoMinutes, drill.rtoTargetMinutes, '分钟')],
    ['可能丢失 RPO', versus(drill.rpoHours, drill.rpoTargetHours, '小时')],
    ['演练人', drill.by],
    ['参加人', drill.participants || '—'],
  ]
}

/** 恢复演练记录, one drill a page, with the signed records embedded. */
export async function drillSheetPdf(drills: readonly KeptDrill[], facts: DrillSheetFacts): Promise<Buffer> {
  const records = drills.map(({ conclusion: _, approvedBy: __, approvedAt: ___, ...record }) => record)
  return await reportDocumentPdf({
    title: '恢复演练记录',
    heading: [`${facts.unitName}　　打印日期：${minuteOf(facts.now.toISOString()).slice(0, 10)}`],
    blocks: blocksOf(drills, facts),
    attachment: {
      name: 'juanku-drills.json',
      mediaType: 'application/json',
      description: '恢复演练记录的数据与签名',
      bytes: Buffer.from(`${JSON.stringify(records, null, 1)}\n`, 'utf8'),
    },
    createdAt: facts.now,
    fontRegular: facts.fontRegular,
    fontBold: facts.fontBold,
  })
}

const TITLES = [
  ...['编号', '场景', '介质编号', '备份集', '目标机', '打开方式', '范围', '开始', '结束'],
  ...['RTO目标（分钟）', 'RTO实际（分钟）', 'RPO目标（小时）', 'RPO实际（小时）'],
]

/** The drills as a table: a line each, every point with its numbers. */
export function drillRows(
  drills: readonly KeptDrill[],
  nameOf: (accountId: string) => string,
): readonly (readonly string[])[] {
  const points = Object.keys(POINT_WORDS) as (keyof typeof POINT_WORDS)[]
  const head = [
    ...TITLES,
    ...points.map((point) => POINT_WORDS[point]),
    ...['结果', '演练人', '参加人', '结论', '批准', '批准时间', '签名', '公钥'],
  ]
  const rows = drills.map((kept) => {
    const drill = shownDrill(kept, nameOf)
    return [
      ...[drill.number, drill.scenario, drill.mediumNumber, drill.snapshotId, drill.machine],
      ...[WAY_WORDS[drill.way], kept.sample === null ? '全部' : `抽样 ${kept.sample}`],
      ...[minuteOf(drill.startedAt), minuteOf(drill.endedAt), String(drill.rtoTargetMinutes)],
      ...[String(drill.rtoMinutes), String(drill.rpoTargetHours), String(drill.rpoHours)],
      ...points.map((name) => {
        const found = drill.points.find(({ point }) => point === name)
        return found === undefined
          ? ''
          : `${found.passed ? '通过' : failedWord(name)} ${found.checked}/${found.wrong} ${found.note || findingsText(found.findings)}`.trim()
      }),
      ...[
        drill.passed ? '通过' : missesTargetsOnly(drill) ? '可恢复，未达标' : '未通过',
        drill.by,
        drill.participants,
        drill.conclusion,
      ],
      ...[drill.approvedBy ?? '', minuteOf(drill.approvedAt), drill.signature, drill.publicKey],
    ]
  })
  return [head, ...rows]
}
