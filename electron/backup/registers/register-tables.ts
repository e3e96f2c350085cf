import type { Automation, BackupRow, BackupTask, Duty, Retention } from '../../../shared/contract/backup.ts'
import type { Medium, MediumEventRow } from '../../../shared/contract/media.ts'
import { DUTY_WORDS } from '../../../shared/domain/backup/duty.ts'
import { MEDIUM_SET_INFO } from '../../../shared/domain/backup/medium.ts'
import type { TableColumn } from '../../forms/index.ts'
import type { SampledCheck } from '../runs/check-records.ts'
import { findingsText, REMEDY_WORDS } from './finding-words.ts'
import {
  DUTY_STATE_WORDS,
  dayOf,
  digestOf,
  KIND_WORDS,
  MEDIUM_EVENT_WORDS,
  MEDIUM_STATE_WORDS,
  minuteOf,
  ORIGIN_WORDS,
  RESULT_WORDS,
  RUN_REASON_WORDS,
  sizeOf,
} from './register-words.ts'

/** One register as it is printed and as it is taken into a table. */
export interface RegisterTable {
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
  /** The same, with lines broken where narrow columns want it. */
  readonly paperRows: readonly (readonly string[])[]
  readonly notes: readonly string[]
  readonly signatures: readonly string[]
}

type Columns<T> = readonly (readonly [
  title: string,
  weight: number,
  cell: (row: T, at: number) => string,
  /** How the cell's words stand on paper, where they stand otherwise. */
  onPaper?: (words: string) => string,
])[]

function tableOf<T>(
  title: string,
  columns: Columns<T>,
  rows: readonly T[],
  more: Pick<RegisterTable, 'notes' | 'signatures'>,
): RegisterTable {
  return {
    title,
    columns: columns.map(([name, weight]) => ({ title: name, weight })),
    rows: rows.map((row, at) => columns.map(([, , cell]) => cell(row, at))),
    paperRows: rows.map((row, at) =>
      columns.map(([, , cell, onPaper]) => (onPaper ?? String)(cell(row, at))),
    ),
    ...more,
  }
}

/** 备份策略表. */
export function policyTable(
  duties: readonly Duty[],
  retention: Retention,
  { idle, idleMinutes, signOut }: Automation,
): RegisterTable {
  const automatic = [...(idle ? [`空闲满 ${idleMinutes} 分钟时`] : []), ...(signOut ? ['退出登录时'] : [])]
  return tableOf<Duty>(
    '备份策略表',
    [
      ['项目', 8, ({ kind }) => DUTY_WORDS[kind].zh],
      ['周期', 4, ({ everyDays, state }) => (state === 'off' ? '—' : `每 ${everyDays} 天`)],
      ['上次完成', 6, ({ lastAt }) => minuteOf(lastAt)],
      ['应于', 6, ({ dueAt }) => minuteOf(dueAt)],
      ['情况', 4, ({ state }) => DUTY_STATE_WORDS[state]],
    ],
    duties,
    {
      notes: [
        '原则（3-2-1-1-0）：三份，两种载体，一份异地，一份离线，零差错。只有校验通过的备份、演练通过的恢复才算完成。',
        `保留：每日 ${retention.daily} 份，每周 ${retention.weekly} 份，每月 ${retention.monthly} 份，每年 ${retention.yearly} 份；最新一份校验通过的和未校验的一律保留。`,
        `自动备份：${automatic.length === 0 ? '停用' : automatic.join('，')}。`,
      ],
      signatures: ['制定人签名', '负责人签名'],
    },
  )
}

const rangeOf = ({ firstCase, lastCase }: BackupRow) =>
  firstCase === lastCase ? firstCase : `${firstCase} 至 ${lastCase}`

/** A line for each part that stands apart. */
const stacked = (words: string) => words.replaceAll(' ', '\n')

function verifiedWords({ verifyResult, verifiedAt, prunedAt }: BackupRow): string {
  const words = [RESULT_WORDS[verifyResult], minuteOf(verifiedAt)]
  if (prunedAt !== null) words.push(`已清理${dayOf(prunedAt)}`)
  return words.filter((part) => part !== '').join(' ')
}

/** 备份登记. */
export function backupsTable(backups: readonly BackupRow[]): RegisterTable {
  return tableOf<BackupRow>(
    '备份登记',
    [
      ['编号', 12, ({ snapshotId }) => snapshotId, (id) => id.replace('T', 'T\n')],
      ['时间', 11, ({ createdAt }) => minuteOf(createdAt), stacked],
      [
        '类型',
        5,
        ({ kind, reason }) => [KIND_WORDS[kind], RUN_REASON_WORDS[reason]].filter(Boolean).join(' '),
        stacked,
      ],
      ['介质编号', 8, ({ mediumNumber }) => mediumNumber],
      ['案号区间', 21, rangeOf, (range) => range.replace(' 至 ', '\n至 ')],
      [
        '案件/卷/页',
        8,
        ({ cases, volumes, pages }) => `${cases}/${volumes}/${pages}`,
        (counts) => counts.replaceAll('/', '/\n'),
      ],
      ['文件数', 8, ({ objects }) => String(objects)],
      ['字节', 8, ({ bytes }) => sizeOf(bytes)],
      ['本次写入', 8, ({ bytesWritten }) => sizeOf(bytesWritten)],
      ['摘要根值（SHA-256）', 16, ({ objectsSha256 }) => objectsSha256, digestOf],
      ['备份文件值（SHA-256）', 16, ({ snapshotSha256 }) => snapshotSha256, digestOf],
      ['操作人', 8, ({ by }) => by],
      ['复核人', 8, ({ verifiedBy }) => verifiedBy ?? ''],
      ['校验结果', 11, verifiedWords, stacked],
      ['库中已缺', 5, ({ missing }) => (missing === 0 ? '' : String(missing))],
    ],
    backups,
    {
      notes: [
        '时间为北京时间。摘要根值是全部密文清单的 SHA-256：与载体上 check.mjs 显示的值相同，则载体上的内容与登记时一致。',
      ],
      signatures: ['操作人签名', '复核人签名', '负责人签名'],
    },
  )
}

/** 载体台账. */
export function mediaTable(media: readonly Medium[]): RegisterTable {
  return tableOf<Medium>(
    '载体台账',
    [
      ['编号', 6, ({ number }) => number],
      ['套别', 5, ({ set }) => `${set} ${MEDIUM_SET_INFO[set].zh}`],
      [
        '品牌型号、序列号',
        12,
        ({ model, serial }) => [model, serial].filter(Boolean).join(' / '),
        (words) => words.replace(' / ', '\n'),
      ],
      ['容量', 5, ({ capacityBytes }) => (capacityBytes === null ? '' : sizeOf(capacityBytes))],
      ['启用日', 6, ({ registeredAt }) => dayOf(registeredAt)],
      ['密级', 4, ({ secrecy }) => secrecy],
      ['存放地', 10, ({ place }) => place],
      ['状态', 5, ({ state }) => MEDIUM_STATE_WORDS[state]],
      ['SMART', 8, ({ smart }) => smart],
      ['最近备份', 7, ({ lastBackupAt }) => minuteOf(lastBackupAt)],
      ['最近校验通过', 7, ({ lastVerifiedAt }) => minuteOf(lastVerifiedAt)],
      ['最近插上', 7, ({ lastSeenAt }) => minuteOf(lastSeenAt)],
      ['下次检测', 6, ({ inspectionDueAt }) => dayOf(inspectionDueAt)],
      ['备注', 8, ({ note }) => note],
    ],
    media,
    {
      notes: ['A 套封存，B 套异地，C 套在用（DA/T 38）。磁性载体远离磁场 76 毫米以上，直立存放（DA/T 15）。'],
      signatures: ['保管人签名', '负责人签名'],
    },
  )
}

const EVENT_COLUMNS: Columns<MediumEventRow> = [
  ['序号', 3, ({ sequence }) => String(sequence)],
  ['时间', 7, ({ at }) => minuteOf(at)],
  ['介质编号', 6, ({ number }) => number],
]

/** 出入库/运输交接. */
export function eventsTable(events: readonly MediumEventRow[]): RegisterTable {
  return tableOf<MediumEventRow>(
    '载体出入库及运输交接登记',
    [
      ...EVENT_COLUMNS,
      ['事项', 5, ({ event }) => MEDIUM_EVENT_WORDS[event]],
      ['从', 9, ({ fromPlace }) => fromPlace],
      ['到', 9, ({ toPlace }) => toPlace],
      ['交接对方', 7, ({ counterpart }) => counterpart],
      ['SMART', 8, ({ smart }) => smart],
      ['经手', 6, ({ by }) => by],
      ['备注', 10, ({ note }) => note],
      ['对方签名', 8, () => ''],
    ],
    events.filter(({ event }) => event !== 'inspected' && event !== 'migrated'),
    {
      notes: ['运输前后各清点一次数量并记录 SMART（DA/T 75）。'],
      signatures: ['经手人签名', '负责人签名'],
    },
  )
}

/** 抽样核验 stands in the same register as what people looked at. */
function sampleRow({ mediumId, number, at, by, seed, sampled, unreadable }: SampledCheck): MediumEventRow {
  return {
    ...{ sequence: 0, mediumId, number, event: 'inspected', at, by, sampled, unreadable },
    ...{ fromPlace: '', toPlace: '', counterpart: '', smart: '' },
    note: `抽样核验，种子 ${seed}`,
  }
}

/** 定期检测记录. */
export function inspectionsTable(
  events: readonly MediumEventRow[],
  samples: readonly SampledCheck[],
): RegisterTable {
  const inspected = [...events.filter(({ event }) => event === 'inspected'), ...samples.map(sampleRow)]
  const rows = inspected
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .map((row, at) => ({ ...row, sequence: at + 1 }))
  return tableOf<MediumEventRow>(
    '载体定期检测记录',
    [
      ...EVENT_COLUMNS,
      ['抽样数', 5, ({ sampled }) => (sampled === null ? '' : String(sampled))],
      ['不可读数', 5, ({ unreadable }) => (unreadable === null ? '' : String(unreadable))],
      ['SMART', 10, ({ smart }) => smart],
      ['处置', 16, ({ note }) => note],
      ['检测人', 6, ({ by }) => by],
    ],
    rows,
    {
      notes: ['每件载体每年至少检测一次；有一个不可读即停止写入，修复或迁移。'],
      signatures: ['检测人签名', '复核人签名'],
    },
  )
}

/** 迁移登记. */
export function migrationsTable(events: readonly MediumEventRow[]): RegisterTable {
  return tableOf<MediumEventRow>(
    '载体迁移登记',
    [
      ...EVENT_COLUMNS,
      ['原存放地', 10, ({ fromPlace }) => fromPlace],
      ['迁往', 10, ({ toPlace }) => toPlace],
      ['接收人', 7, ({ counterpart }) => counterpart],
      ['迁移情况', 16, ({ note }) => note],
      ['经手', 6, ({ by }) => by],
    ],
    events.filter(({ event }) => event === 'migrated'),
    { notes: ['原载体自迁移之日起保留三年。'], signatures: ['经手人签名', '复核人签名', '负责人签名'] },
  )
}

/** 异常处置. */
export function tasksTable(tasks: readonly BackupTask[]): RegisterTable {
  return tableOf<BackupTask>(
    '备份异常处置登记',
    [
      ['序号', 3, (_, at) => String(at + 1)],
      ['发现时间', 7, ({ openedAt }) => minuteOf(openedAt)],
      ['来源', 5, ({ origin }) => ORIGIN_WORDS[origin]],
      ['对象', 9, ({ subject }) => subject],
      ['情况', 18, ({ details, findings }) => details || findingsText(findings)],
      ['处置', 14, ({ remedy, remedyCode }) => (remedyCode === null ? remedy : REMEDY_WORDS[remedyCode])],
      ['处置人', 6, ({ closedBy }) => closedBy ?? ''],
      ['办结时间', 7, ({ closedAt }) => (closedAt === null ? '未办结' : minuteOf(closedAt))],
    ],
    tasks,
    { notes: [], signatures: ['登记人签名', '复核人签名', '负责人签名'] },
  )
}
