import { OPEN_DIFFERENCE_STATES, type Severity } from './handling.ts'

/** Which way of writing a report is meant; another one gets another name. */
export const PROOF_FORMAT = 'juanku-proof-2'
/** Every way in which reports were written: they are read and verified as they are. */
export const PROOF_FORMATS = ['juanku-proof-1', PROOF_FORMAT] as const

interface Words {
  readonly zh: string
  readonly en: string
}

/** What may still stand between a checking and its report. */
export const PROOF_LACKS = [
  'no-pages',
  'way-missing',
  'scan-unfinished',
  'page-unaccounted',
  'paper-unmatched',
  'match-undecided',
  'pass-unfinished',
  'disagreement-unsettled',
  'difference-open',
  'dismissal-unchecked',
  'plan-open',
] as const
export type ProofLack = (typeof PROOF_LACKS)[number]

/** What the checker of a report looks at, in this order. */
export const PROOF_POINTS = [
  'format',
  'signature',
  'signer',
  'vault',
  'sealed',
  'recorded',
  'file',
  'pages',
  'order',
  'objects',
  'catalogue',
  'paper',
  'differences',
  'attachments',
  'audit-head',
  'stands',
] as const
export type ProofPoint = (typeof PROOF_POINTS)[number]

export const PROOF_POINT_INFO: Readonly<Record<ProofPoint, Words>> = {
  format: { zh: '报告格式', en: 'Form of the report' },
  signature: { zh: '签名', en: 'Signature' },
  signer: { zh: '签名人', en: 'Signer' },
  vault: { zh: '所属保险库与卷', en: 'Vault and volume' },
  sealed: { zh: '与库内封存件一致', en: 'The same as the one sealed in the vault' },
  recorded: { zh: '审计记录中有出具记录', en: 'Its making stands in the log' },
  file: { zh: '导出文件未改动', en: 'The exported file is unaltered' },
  pages: { zh: '各页版本与哈希', en: 'Versions and hashes of the pages' },
  order: { zh: '页序、页码与方向', en: 'Order, printed numbers and turn' },
  objects: { zh: '封存的影像', en: 'Sealed images' },
  catalogue: { zh: '目录与封面', en: 'Catalogue and cover' },
  paper: { zh: '纸质重扫影像', en: 'Fresh scan of the paper' },
  differences: { zh: '不符与备考表', en: 'Differences and closing note' },
  attachments: { zh: '不符的附件', en: 'What is attached to differences' },
  'audit-head': { zh: '审计链头', en: 'Head of the log' },
  stands: { zh: '至今一致', en: 'Stands to this day' },
}

/** 超期: an open difference is overdue after so many days. (c), a rule of this program. */
export const OVERDUE_DAYS: Readonly<Record<Severity, number>> = { serious: 7, ordinary: 30, slight: 30 }

const DAY_MS = 24 * 60 * 60 * 1000

/** Whether an open difference waits for longer than its severity allows. Times are UTC ISO. */
export function isOverdue(
  difference: { readonly state: string; readonly severity: Severity; readonly foundAt: string },
  now: Date,
): boolean {
  if (!OPEN_DIFFERENCE_STATES.some((state) => state === difference.state)) return false
  return now.getTime() - Date.parse(difference.foundAt) > OVERDUE_DAYS[difference.severity] * DAY_MS
}
