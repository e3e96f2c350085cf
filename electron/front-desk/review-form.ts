import type { Review, ReviewConcern, ReviewLine } from '../../shared/contract/reviews.ts'
import { ROLE_WORDS } from '../../shared/domain/permission-words.ts'
import { reviewPeriodWords } from '../../shared/domain/review-period.ts'
import { csvTable, ruledTablePdf } from '../forms/index.ts'

interface PrintedReview {
  readonly review: Review
  readonly unitName: string
  readonly logHead: string
  readonly createdAt: Date
  readonly fontRegular: string
  readonly fontBold: string
}

const CONCERNS: Readonly<Record<ReviewConcern, string>> = {
  dormant: '30 天未使用',
  delegated: '他人借给的角色（代理）',
  'single-cases': '有单独交办或授权的案件',
  'restricted-key': '持有副卷密钥而角色不可读副卷',
  'several-roles': '一人多角色',
  'role-widened': '角色权限多于出厂设定',
  locked: '账户已锁定',
}

const COLUMNS = [
  ['序号', 4],
  ['姓名（账户）', 13],
  ['工号', 7],
  ['角色', 10],
  ['最近使用', 10],
  ['批准人', 8],
  ['需要留意', 22],
  ['结论', 6],
  ['说明', 15],
  ['复核人', 8],
] as const

function timeText(iso: string | null): string {
  if (iso === null) return '从未'
  return new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(iso))
}

function verdictText({ verdict }: ReviewLine): string {
  if (verdict === null) return '未定'
  return verdict === 'confirm' ? '保留' : '收回'
}

function cellsOf(line: ReviewLine): readonly string[] {
  const name = line.displayName === '' ? line.accountName : `${line.displayName}（${line.accountName}）`
  return [
    String(line.sequence),
    name,
    line.staffNumber,
    ROLE_WORDS[line.role].zh,
    timeText(line.lastActiveAt),
    line.approvedBy,
    line.concerns.map((concern) => CONCERNS[concern]).join('；'),
    verdictText(line),
    line.note,
    line.decidedBy,
  ]
}

const titles = () => COLUMNS.map(([title]) => title)

/** The review as a table for other programs. */
export function reviewCsv(review: Review): string {
  return csvTable([titles(), ...review.lines.map(cellsOf)])
}

function signatureNotes({ signature }: Review): readonly string[] {
  if (signature === null) return ['本次复核尚未完成，没有电子签名。']
  const state = signature.valid ? '电子签名有效' : '电子签名无效：内容在签名之后被改动过'
  const key = signature.keyInVault ? '' : '（签名所用公钥已不是该账户现在的公钥）'
  return [
    `${state}${key}。签名人：${signature.signedBy}；算法：Ed25519。`,
    `各行内容的 SHA-256：${signature.digest}`,
    `公钥：${signature.publicKey}`,
    `签名：${signature.signature}`,
  ]
}

/** The review to print and sign on paper. */
export async function reviewPdf({ review, unitName, logHead, ...printed }: PrintedReview): Promise<Buffer> {
  const finished = review.finishedAt === null ? '未完成' : `完成 ${timeText(review.finishedAt)}`
  return await ruledTablePdf({
    ...printed,
    title: `${reviewPeriodWords(review.period).zh}权限复核表`,
    heading: [
      unitName,
      `开始 ${timeText(review.startedAt)}（${review.startedBy}）　${finished}　共 ${review.lineCount} 项，收回 ${review.revokedCount} 项`,
    ],
    columns: COLUMNS.map(([title, weight]) => ({
      title,
      weight,
      ...(title === '序号' || title === '结论' ? { align: 'center' as const } : {}),
    })),
    rows: review.lines.map(cellsOf),
    notes: [...signatureNotes(review), logHead],
    signatures: ['复核人', '审核人', '单位负责人'],
  })
}
