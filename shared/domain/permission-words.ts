import { PERMISSIONS, type Permission, type Role } from './permission.ts'
import type { Grant, Scope } from './role-matrix.ts'
import { SECRECY_LEVEL_INFO } from './secrecy.ts'
import type { Compartment } from './volume-kind.ts'

/** The words for what the matrix of roles is made of: on the screen, in print and in tables alike. */
export interface Words {
  readonly zh: string
  readonly en: string
}

const words = (zh: string, en: string): Words => ({ zh, en })

export const PERMISSION_WORDS: Readonly<Record<Permission, Words>> = {
  'case.read': words('查看案件', 'See cases'),
  'case.create': words('登记案件', 'Register cases'),
  'case.edit': words('修改案件信息', 'Edit case facts'),
  'case.assign': words('指定办案人员与回避', 'Assign people, set recusals'),
  'case.file': words('归档', 'File cases'),
  'secrecy.change': words('变更密级', 'Change secrecy'),
  'retention.change': words('变更保管期限', 'Change retention'),
  'page.read': words('阅读卷宗页面', 'Read pages'),
  'page.add': words('扫描与导入', 'Scan and import'),
  'page.arrange': words('整理页面', 'Arrange pages'),
  'item.edit': words('编目', 'Catalogue'),
  'field.unmask': words('查看遮盖的信息', 'Unmask fields'),
  'change.request': words('申请归档后更改', 'Request changes after filing'),
  'change.approve': words('审批更改', 'Approve changes'),
  'change.execute': words('执行更改', 'Carry out changes'),
  'change.check': words('复核更改', 'Verify changes'),
  'page.print': words('打印页面', 'Print pages'),
  'page.export': words('导出页面', 'Export pages'),
  'text.copy': words('复制页面文字', 'Copy text of pages'),
  'recognition.run': words('识别页面文字', 'Read pages by OCR'),
  'search.export': words('导出检索结果', 'Export search results'),
  'reconcile.run': words('核对卷宗', 'Check paper against electronic'),
  'reconcile.prove': words('出具核对报告', 'Make the report of a checking'),
  'difference.read': words('查看不符登记', 'Read the register of differences'),
  'difference.report': words('登记不符', 'Report differences'),
  'difference.explain': words('承办说明', 'Explain differences'),
  'difference.judge': words('判定不符与拟定方案', 'Judge differences and plan their handling'),
  'loan.request': words('申请借阅', 'Request loans'),
  'loan.approve': words('审批借阅', 'Approve loans'),
  'loan.approve-restricted': words('副卷与涉密借阅的第二审批', 'Second approval of restricted loans'),
  'loan.lend': words('出库与归还', 'Hand out and take back'),
  'register.read': words('查看登记簿', 'Read registers'),
  'template.read': words('查看目录模板', 'See templates'),
  'template.edit': words('修改目录模板', 'Edit templates'),
  'settings.read': words('查看设置', 'See settings'),
  'settings.edit': words('修改设置', 'Change settings'),
  'vault.check': words('检查库', 'Check the vault'),
  'backup.read': words('查看备份', 'See backups'),
  'backup.run': words('备份、核验与演练', 'Back up, verify and drill'),
  'backup.manage': words('管理载体、策略与保留方案', 'Manage media, duties and retention'),
  'backup.restore': words('恢复', 'Restore'),
  'account.read': words('查看账户', 'See accounts'),
  'account.create': words('新建账户、重置密码', 'Create accounts, reset passwords'),
  'account.approve': words('批准账户', 'Approve accounts'),
  'account.lock': words('锁定账户、办理离岗', 'Lock accounts, end service'),
  'right.read': words('查看权限', 'See rights'),
  'right.grant': words('授予与调整权限', 'Grant and change rights'),
  'right.review': words('权限复核', 'Review rights'),
  'key.deliver': words('移交密钥', 'Hand over keys'),
  'audit.read': words('查看审计记录', 'Read the audit log'),
  'audit.export': words('导出审计记录', 'Export the audit log'),
  'audit.rule': words('设定异常规则', 'Set anomaly rules'),
  'alarm.close': words('处理告警', 'Close alarms'),
  'job.read': words('查看任务', 'See jobs'),
  'job.control': words('停止与继续任务', 'Stop and resume jobs'),
}

export const ROLE_WORDS: Readonly<Record<Role, Words>> = {
  'system-officer': words('系统管理员', 'System officer'),
  'security-officer': words('安全保密管理员', 'Security officer'),
  auditor: words('安全审计员', 'Auditor'),
  archivist: words('档案管理员', 'Archivist'),
  scanner: words('扫描员', 'Scan operator'),
  checker: words('质检员', 'Checker'),
  handler: words('承办人', 'Handler'),
  clerk: words('书记员', 'Clerk'),
  borrower: words('借阅人', 'Borrower'),
}

/** 本人: what one handles; 交办: what one was told to work on; 授权: what was lent; 全部: the whole room. */
export const SCOPE_WORDS: Readonly<Record<Scope, Words>> = {
  own: words('本人', 'Own'),
  assigned: words('交办', 'Assigned'),
  granted: words('授权', 'Granted'),
  all: words('全部', 'All'),
}

export const COMPARTMENT_WORDS: Readonly<Record<Compartment, Words>> = {
  open: words('正卷', 'Open'),
  restricted: words('副卷', 'Restricted'),
}

export const CASE_STATUS_WORDS: Readonly<Record<'open' | 'filed', Words>> = {
  open: words('在办', 'In progress'),
  filed: words('已归档', 'Filed'),
}

/** What stands with a greater area instead of by itself. */
const WITHIN: Readonly<Record<string, string>> = {
  secrecy: 'case',
  retention: 'case',
  item: 'page',
  field: 'page',
  key: 'account',
  text: 'page',
  recognition: 'page',
  search: 'page',
  alarm: 'audit',
  difference: 'reconcile',
}

/** The first word of a permission is its area. A permission whose area has no words stands under its own name. */
const AREA_WORDS: Readonly<Record<string, Words>> = {
  case: words('案件', 'Cases'),
  page: words('页面与编目', 'Pages and cataloguing'),
  change: words('更改', 'Changes'),
  reconcile: words('纸电核对', 'Paper against electronic'),
  loan: words('借阅', 'Loans'),
  register: words('登记簿', 'Registers'),
  template: words('模板', 'Templates'),
  settings: words('设置', 'Settings'),
  vault: words('库', 'Vault'),
  backup: words('备份', 'Backup'),
  account: words('账户与密钥', 'Accounts and keys'),
  right: words('权限', 'Rights'),
  audit: words('审计与告警', 'Audit and alarms'),
  job: words('任务', 'Jobs'),
}

export interface PermissionGroup {
  readonly area: string
  readonly words: Words
  readonly permissions: readonly Permission[]
}

/** The permissions by area, each area once, in the order of the list. */
export function permissionGroups(): readonly PermissionGroup[] {
  const areaOf = (permission: Permission) => {
    const [first = ''] = permission.split('.')
    return WITHIN[first] ?? first
  }
  const areas = [...new Set(PERMISSIONS.map(areaOf))]
  return areas.map((area) => ({
    area,
    words: AREA_WORDS[area] ?? words(area, area),
    permissions: PERMISSIONS.filter((permission) => areaOf(permission) === area),
  }))
}

/** The conditions of a grant beside its scope, each in few words; empty when there are none. */
export function conditionWords(grant: Grant): readonly Words[] {
  const conditions: Words[] = []
  for (const compartment of grant.compartments ?? []) conditions.push(COMPARTMENT_WORDS[compartment])
  if (grant.secrecyUpTo !== undefined) {
    const { zh, en } = SECRECY_LEVEL_INFO[grant.secrecyUpTo]
    conditions.push(words(`≤${zh}`, `≤ ${en}`))
  }
  for (const status of grant.statuses ?? []) conditions.push(CASE_STATUS_WORDS[status])
  return conditions
}

/** One cell of the printed matrix: 本人（正卷、≤内部）; – when the role has no such grant. */
export function grantText(grants: readonly Grant[], permission: Permission): string {
  const cells = grants.filter((grant) => grant.permission === permission)
  if (cells.length === 0) return '–'
  return cells
    .map((grant) => {
      const conditions = conditionWords(grant).map(({ zh }) => zh)
      const scope = SCOPE_WORDS[grant.scope].zh
      return conditions.length === 0 ? scope : `${scope}（${conditions.join('、')}）`
    })
    .join('；')
}
