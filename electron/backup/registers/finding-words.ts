import type { Drill, DrillPoint } from '../../../shared/contract/restores.ts'
import type { RunReason } from '../../../shared/domain/backup/automation.ts'
import type { Finding, FindingCode, RemedyCode } from '../../../shared/domain/backup/finding.ts'
import { POINT_WORDS, RUN_REASON_WORDS, WAY_WORDS } from './register-words.ts'

type Details = Finding['details']

const PROBLEM_WORDS = {
  missing: '缺失',
  size: '长度不符',
  changed: '内容改变',
  unreadable: '读不出',
  signature: '签名不符',
  'unknown-signer': '签名人不明',
  stranger: '来历不明',
  'rolled-back': '被换成旧的',
} as const

const COUNT_WORDS: Readonly<Record<string, string>> = { cases: '案件', volumes: '卷', pages: '页' }

const listed = (names: string | number | undefined) => String(names ?? '').replaceAll(',', '、')

function problemsWords(details: Details): string {
  const parts = Object.entries(PROBLEM_WORDS).flatMap(([reason, words]) =>
    details[reason] === undefined ? [] : [`${words} ${details[reason]}`],
  )
  return `核验发现 ${details.count} 处问题：${parts.join('，')}`
}

/** How each finding reads on paper. */
const WORDS: Readonly<Record<FindingCode, (details: Details) => string>> = {
  problems: problemsWords,
  'vault-damaged': ({ count }) => `备份前发现库内 ${count} 个文件损坏，未写入载体；请从其他载体恢复这些文件`,
  'inspection-unreadable': ({ sampled, unreadable }) =>
    `检测抽样 ${sampled} 件，读不出 ${unreadable} 件；请迁移到新载体`,
  'run-failed': ({ reason, code }) => `${RUN_REASON_WORDS[reason as RunReason]}的备份没有完成（${code}）`,
  'run-unproven': ({ reason }) => `${RUN_REASON_WORDS[reason as RunReason]}的备份已写入，但读回核对有问题`,
  'point-failed': ({ point }) => `未通过：${POINT_WORDS[point as DrillPoint['point']]}`,
  'rto-missed': ({ actual, target }) => `恢复用时 ${actual} 分钟，超过目标 ${target} 分钟`,
  'rpo-missed': ({ actual, target }) => `会丢失 ${actual} 小时的变动，超过目标 ${target} 小时`,
  error: ({ error, file, reason }) => [error, file, reason].filter((part) => part !== undefined).join(' '),
  'not-done': () => '前面的步骤没有通过，未进行',
  root: ({ root }) => `摘要根值 ${root}…`,
  files: ({ names }) => listed(names),
  way: ({ way }) => WAY_WORDS[way as Drill['way']],
  database: ({ problem }) => String(problem),
  count: ({ what, said, found }) =>
    said === found
      ? `${COUNT_WORDS[what ?? '']} ${found}`
      : `${COUNT_WORDS[what ?? '']}应为 ${said}，实为 ${found}`,
  head: ({ head }) => `链头 ${head}…`,
  chain: ({ kinds, said, found }) => `${listed(kinds)}；应有 ${said} 条，实有 ${found} 条`,
  'all-objects': () => '全部',
  sample: ({ count, seed }) => `抽样 ${count}，种子 ${seed}`,
  closed: ({ count }) => `该账户无权打开的 ${count} 个未开`,
  absent: ({ count }) => `备份时库中已缺 ${count} 个`,
  'wrong-objects': ({ names }) => `有误：${listed(names)}`,
  'page-seed': ({ seed }) => `抽页种子 ${seed}`,
  compared: ({ count }) => `与现库比对 ${count} 页`,
  'wrong-pages': ({ names }) => `打不开或不一致：${listed(names)}`,
  rto: ({ actual, target }) => `恢复用时 ${actual} 分钟，目标 ${target} 分钟`,
  rpo: ({ actual, target }) => `可能丢失 ${actual} 小时，目标 ${target} 小时`,
}

export function findingsText(findings: readonly Finding[]): string {
  return findings.map(({ code, details }) => WORDS[code](details)).join('；')
}

export const REMEDY_WORDS: Readonly<Record<RemedyCode, string>> = {
  'verified-whole': '全量核验无问题',
  restored: '已从载体恢复',
  'backed-up': '此后的备份完成并核对无误',
}
