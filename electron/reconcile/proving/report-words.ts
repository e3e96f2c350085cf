import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  DIFFERENCE_STATE_WORDS,
  FINDING_METHOD_WORDS,
  FINDING_STAGE_WORDS,
  HANDLING_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../shared/domain/reconcile/difference-words.ts'
import { minuteWords } from '../../lending/index.ts'
import type { ProofReport, ReportedDifference, ReportedPicture } from './report-shape.ts'

type Table = Readonly<Record<string, { readonly zh: string }>>

/** A word of the report's data in Chinese; what no table knows stays as it is. */
const zh = (table: Table, name: string): string => table[name]?.zh ?? name

export const PICTURE_WORDS: Readonly<Record<ReportedPicture['of'], string>> = {
  paper: '纸质',
  before: '电子（发现时）',
  after: '电子（处理后）',
  attachment: '附件',
}

const MATCH_WORDS: Readonly<Record<string, string>> = {
  same: '对应',
  replaced: '换页',
  missing: '缺页',
  extra: '多页',
  duplicate: '重页',
}

export const timeWords = (at: string | null): string => (at === null ? '' : minuteWords(new Date(at)))

export function methodRow(
  method: ProofReport['methods'][number],
  nameOf: (id: string) => string,
): readonly string[] {
  switch (method.way) {
    case 'catalogue':
      return ['目录核对', nameOf(method.by), timeWords(method.at), '纸质目录、备考表、封面与电子目录逐项比对']
    case 'sheets':
      return [
        `逐页核对 第 ${method.pass} 轮`,
        nameOf(method.by),
        `${timeWords(method.startedAt)} 至 ${timeWords(method.finishedAt)}`,
        `一致 ${method.agrees}，不符 ${method.differs}，存疑 ${method.doubtful}`,
      ]
    case 'rescan':
      return [
        method.part ? '重扫比对（部分）' : '重扫比对（全卷）',
        nameOf(method.by),
        timeWords(method.at),
        `${method.name}，${method.pages} 页`,
      ]
  }
}

export function countWords({ counts }: ProofReport): readonly (readonly [string, string])[] {
  const matches = Object.entries(counts.matches).map(([kind, n]) => `${MATCH_WORDS[kind] ?? kind} ${n}`)
  const types = Object.entries(counts.differences).map(
    ([type, n]) => `${type} ${zh(DIFFERENCE_TYPE_INFO, type)} ${n}`,
  )
  return [
    ['电子', `${counts.books} 册，${counts.items} 件，${counts.pages} 页影像`],
    ['纸质重扫', `${counts.paperPages} 页`],
    ['页的对应', matches.join('，') || '—'],
    ['不符', types.join('；') || '未发现不符'],
  ]
}

function attachmentWords({ attachment, attachments = [] }: ReportedDifference): string {
  const older = attachment == null ? [] : [`${attachment.name}　${attachment.sha256}`]
  return [
    ...older,
    ...attachments.map(
      ({ name, pageCount, sha256 }) => `${name === '' ? '（在副卷）' : name}（${pageCount} 页）　${sha256}`,
    ),
  ].join('\n')
}

/** A difference with every column of the register that says something. */
export function differenceFacts(
  difference: ReportedDifference,
  nameOf: (id: string) => string,
): readonly (readonly [string, string])[] {
  const step = (by: string | null, at: string | null, note = '') =>
    by === null ? '' : [nameOf(by), timeWords(at), note].filter((part) => part !== '').join('　')
  const verdict = difference.checkOk === null ? '' : difference.checkOk ? '通过' : '未通过'
  const rows: readonly (readonly [string, string])[] = [
    [
      '发现',
      [
        step(difference.foundBy, difference.foundAt),
        zh(FINDING_STAGE_WORDS, difference.foundStage),
        difference.methods.map((method) => zh(FINDING_METHOD_WORDS, method)).join('、'),
      ].join('　'),
    ],
    ['位置', [difference.paperPlace, difference.electronicPlace].filter(Boolean).join(' ／ ')],
    ['目录', difference.itemWords],
    ['纸质情况', difference.paperWords],
    ['电子情况', difference.electronicWords],
    ['严重度', zh(SEVERITY_WORDS, difference.severity)],
    [
      '原因与环节',
      [
        difference.cause === null ? '' : zh(CAUSE_WORDS, difference.cause),
        difference.originStage === null ? '' : zh(ORIGIN_STAGE_WORDS, difference.originStage),
        difference.originPerson,
      ]
        .filter(Boolean)
        .join('　'),
    ],
    ['处理方式', difference.handling === null ? '' : zh(HANDLING_WORDS, difference.handling)],
    ['处理依据', difference.basis],
    ['承办说明', difference.explanation],
    ['附件', attachmentWords(difference)],
    ['判定', step(difference.judgedBy, difference.judgedAt)],
    ['审批', step(difference.approvedBy, difference.approvedAt, difference.approvalNote)],
    ['处理', step(difference.handledBy, difference.handledAt)],
    ['处理前摘要', difference.beforeDigest],
    ['处理后摘要', difference.afterDigest],
    ['复核', step(difference.checkedBy, difference.checkedAt, `${verdict}　${difference.checkNote}`.trim())],
    ['备考表', difference.noted ? '已更新' : ''],
    ['改进措施', difference.trainingMeasure],
    ['结案', [zh(DIFFERENCE_STATE_WORDS, difference.state), timeWords(difference.closedAt)].join('　')],
  ]
  return rows.filter(([, value]) => value.trim() !== '')
}

export function differenceTitle({ number, type }: ReportedDifference): string {
  return `${number}　${type} ${zh(DIFFERENCE_TYPE_INFO, type)}`
}
