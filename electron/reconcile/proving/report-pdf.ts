import { VOLUME_KIND_INFO, type VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { type ReportBlock, reportDocumentPdf } from '../../forms/index.ts'
import type { ReportedPicture, SignedReport } from './report-shape.ts'
import {
  countWords,
  differenceFacts,
  differenceTitle,
  methodRow,
  PICTURE_WORDS,
  timeWords,
} from './report-words.ts'

export interface ReportPdfParts {
  readonly signed: SignedReport
  /** The report's file as it is sealed; embedded as it is. */
  readonly json: Uint8Array
  readonly sha256: string
  readonly fontRegular: string
  readonly fontBold: string
  readonly picture: (picture: ReportedPicture) => Promise<Uint8Array | null>
}

/** Sheets of attachments side by side. */
const A_ROW = 3

const METHOD_COLUMNS = [
  { title: '方法', weight: 4 },
  { title: '人员', weight: 3 },
  { title: '时间', weight: 6 },
  { title: '范围与结果', weight: 7 },
]
const NOTE_COLUMNS = [
  { title: '日期', weight: 3 },
  { title: '人员', weight: 2 },
  { title: '备考表内容', weight: 10 },
]

/** The parts of the report in the order in which they are read. */
function* blocksOf({ signed, sha256, picture }: ReportPdfParts): Generator<ReportBlock> {
  const { report, publicKey, signature } = signed
  const nameOf = (id: string) => report.people[id] ?? id
  const { cover } = report.case
  yield {
    kind: 'facts',
    rows: [
      ['案号', cover.number],
      ['档号', report.case.archiveNumber || '—'],
      ['案由', cover.cause || '—'],
      ['卷别', VOLUME_KIND_INFO[report.volume.kind as VolumeKind]?.zh ?? report.volume.kind],
      ['核对', `${timeWords(report.reconciliation.startedAt)} 至 ${timeWords(report.madeAt)}`],
      ...countWords(report),
      ['结论', report.conclusion || '各项不符均已办结，电子卷宗与纸质卷宗一致。'],
    ],
  }
  yield { kind: 'heading', text: '一、核对方法与人员' }
  yield {
    kind: 'table',
    columns: METHOD_COLUMNS,
    rows: report.methods.map((method) => methodRow(method, nameOf)),
  }
  yield { kind: 'heading', text: `二、不符与处理（${report.differences.length} 项）` }
  if (report.differences.length === 0) yield { kind: 'text', text: '未发现不符。' }
  for (const difference of report.differences) {
    yield {
      kind: 'facts',
      title: differenceTitle(difference),
      rows: differenceFacts(difference, nameOf),
    }
    const pictures = difference.pictures.map((each) => ({
      caption: `${difference.number} ${PICTURE_WORDS[each.of]}　${each.sha256.slice(0, 12)}…`,
      image: () => picture(each),
    }))
    const attached = (difference.attachments ?? []).flatMap((attachment, at) =>
      attachment.pictures.map((each, page) => ({
        caption: `${difference.number} 附件 ${at + 1} 第 ${page + 1} 页　${each.sha256.slice(0, 12)}…`,
        image: () => picture(each),
      })),
    )
    if (pictures.length > 0) yield { kind: 'pictures', pictures }
    for (let from = 0; from < attached.length; from += A_ROW)
      yield { kind: 'pictures', pictures: attached.slice(from, from + A_ROW) }
  }
  if (report.notes.length > 0) {
    yield { kind: 'heading', text: '三、备考表' }
    yield {
      kind: 'table',
      columns: NOTE_COLUMNS,
      rows: report.notes.map(({ at, by, text }) => [timeWords(at), nameOf(by), text]),
    }
  }
  yield { kind: 'heading', text: `电子影像 SHA-256（${report.pages.length} 页，影像序号·印刷页码）` }
  yield {
    kind: 'hashes',
    rows: report.pages.map(({ position, printed, sha256: hash }) => [
      printed === '' ? String(position) : `${position}·${printed}`,
      hash,
    ]),
  }
  if (report.paperPages.length > 0) {
    yield { kind: 'heading', text: `纸质重扫影像 SHA-256（${report.paperPages.length} 页）` }
    yield {
      kind: 'hashes',
      rows: report.paperPages.map(({ sequence, sha256: hash }) => [String(sequence), hash]),
    }
  }
  const head = JSON.parse(report.auditHead) as { number: number; sequence: number; recordHash: string }
  yield { kind: 'heading', text: '审计链头与签名' }
  yield {
    kind: 'facts',
    rows: [
      ['保险库', report.vaultId],
      ['报告编号', report.reportId],
      [
        '上一份报告',
        report.previous === null ? '—' : `${report.previous.reportId}　${report.previous.sha256}`,
      ],
      ['审计链头', `第 ${head.number} 号，签至第 ${head.sequence} 条记录：${head.recordHash}`],
      ['签名人', `${nameOf(report.madeBy)}　Ed25519 公钥 ${publicKey}`],
      ['签名', signature],
    ],
  }
  yield {
    kind: 'code',
    code: `${report.reportId}|${sha256}`,
    words: [
      `报告数据 SHA-256：${sha256}`,
      '本文件内嵌报告数据（JSON）。校验：juanku reconcile verify 本文件 --vault 保险库 --user 账户',
      '纸面仅供阅读；是否有效以校验结果为准。',
    ],
  }
  yield { kind: 'signatures', names: ['核对人', '复核人', '档案部门负责人'] }
}

/** 纸电一致性核对报告 for people, with the report's data embedded for the checker. */
export async function reportPdf(parts: ReportPdfParts): Promise<Buffer> {
  const { report } = parts.signed
  return await reportDocumentPdf({
    title: '纸电一致性核对报告',
    heading: [`${report.unitName}　　${timeWords(report.madeAt)}`],
    blocks: blocksOf(parts),
    attachment: {
      name: 'juanku-proof.json',
      mediaType: 'application/json',
      description: '纸电一致性核对报告的数据，供校验',
      bytes: parts.json,
    },
    createdAt: new Date(report.madeAt),
    fontRegular: parts.fontRegular,
    fontBold: parts.fontBold,
  })
}
