import type { AuditRecord } from './audit-record.ts'

export interface EvidenceFacts {
  readonly unitName: string
  readonly vaultId: string
  readonly at: string
  readonly from: number
  readonly to: number
  readonly shownCount: number
  readonly keys: readonly { readonly name: string; readonly fingerprint: string }[]
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const RESULTS: Readonly<Record<AuditRecord['result'], string>> = {
  done: '成功 done',
  refused: '拒绝 refused',
  failed: '失败 failed',
}

/** The report for people: one table, Chinese first. It is written as it goes, whatever its length. */
export function reportStart({ unitName, vaultId, at, from, to, shownCount, keys }: EvidenceFacts): string {
  const facts = [
    ['单位 Unit', unitName],
    ['库编号 Vault', vaultId],
    ['导出时间 Exported (UTC)', at],
    ['记录范围 Records', `${from}–${to}`],
    ['列出内容 Shown in full', `${shownCount}`],
    ['签名公钥指纹 Signing keys', keys.map(({ name, fingerprint }) => `${name} ${fingerprint}`).join('；')],
  ]
  const columns = [
    ...['序号 No.', '时间 Time (UTC)', '人员 Account', '角色 Roles', '动作 Action', '对象 Subject'],
    ...['案号 Case', '结果 Result', '理由 Reason', '机器 Machine', '明细 Details'],
  ]
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>审计证据 Audit evidence</title>
<style>body{font:14px/1.5 "Noto Serif SC",SimSun,serif;margin:24px}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #888;padding:3px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead{display:table-header-group}</style>
<h1>审计证据 Audit evidence</h1>
<p>本页供阅读；是否完整以 <code>node check.mjs</code> 的结果为准。For reading only: <code>node check.mjs</code> proves whether it is whole.</p>
<table>${facts.map(([name = '', text = '']) => `<tr><th>${name}<td>${escaped(text)}`).join('')}</table>
<h2>记录 Records</h2>
<table><thead><tr>${columns.map((name) => `<th>${name}`).join('')}</thead>
`
}

export function reportRow(record: AuditRecord, nameOf: (accountId: string) => string): string {
  const details = Object.entries(record.details).map(([name, value]) => `${name}=${value}`)
  const cells = [
    ...[String(record.sequence), record.at, record.accountId === null ? '' : nameOf(record.accountId)],
    ...[record.role ?? '', record.action, record.subject, record.caseNumber ?? ''],
    `${RESULTS[record.result]}${record.code === null ? '' : ` ${record.code}`}`,
    ...[record.reason ?? '', record.machine ?? '', details.join(' ')],
  ]
  return `<tr>${cells.map((cell) => `<td>${escaped(cell)}`).join('')}\n`
}

export const reportEnd = (): string => '</table></html>\n'

export function readMe({ unitName, from, to, keys }: EvidenceFacts): string {
  return `# 审计证据 Audit evidence

${unitName}，第 ${from}–${to} 条审计记录。Audit records ${from}–${to}.

## 怎样校验 How to check

装有 Node 20 以上的任何计算机，不需要卷库，不联网：
On any computer with Node 20 or newer, without Juanku, without a network:

    node check.mjs

退出码 0 为通过，1 为不通过。改动记录或链头的任何一个字节都会被发现。
Exit code 0: it holds. 1: it does not. Any one changed byte of records or heads is found.

校验能证明记录自签名之后没有被改动；签名的是谁，要拿下面的指纹与单位存档的核对：
The check proves that nothing changed since it was signed. Who signed is known by these fingerprints:

${keys.map(({ name, fingerprint }) => `- ${name}: ${fingerprint}`).join('\n')}

\`node check.mjs --key 指纹\` 连指纹一起核对 compares the fingerprint as well.

## 文件 Files

- \`records.jsonl\` 每行一条记录。只有 \`lineDigest\` 的行是本次没有列出内容的记录，只留摘要以证明链条连续。One record a line; a line with \`lineDigest\` alone is a record that is kept back, its digest proves the chain across it.
- \`heads.jsonl\` 已签名的链头 signed heads。
- \`keys.json\` 签名公钥 public keys (Ed25519)。
- \`report.html\` 供阅读 for reading。
- \`evidence.json\` 导出声明与签名，含各文件的 SHA-256。The statement of the export, signed, with each file's SHA-256.

## 格式 Format

哈希 hash = SHA-256(前一条的哈希 ‖ SHA-256(行))，行为 JSON 数组 the line being the JSON array
\`[2, sequence, at, action, accountId, sessionId, subject, result, code, details, role, machine, osUser, caseNumber, archiveNumber, page, beforeDigest, afterDigest, reason, approvalId]\`；
格式 1 的记录 records of format 1: SHA-256(前一条的哈希 ‖ 行)，行没有开头的 2，止于 details. Without the leading 2, ending with details.
链头签名 A head is signed (Ed25519) over \`juanku-audit-head-1\\n\` and the JSON array of its fields.
`
}
