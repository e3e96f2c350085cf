import type { InputOf } from '../../shared/contract/index.ts'
import type { JobSummary } from '../../shared/contract/jobs.ts'
import { askPassword, type CommandContext, type CommonOptions, WrongUse } from './context.ts'

export interface CreateOptions extends CommonOptions {
  readonly unit: string
  readonly name?: string
  readonly system: string
  readonly security?: string
  readonly auditor: string
  readonly smallUnit?: boolean
  readonly sheet?: string
}

/** Whose passwords are asked for, and the variable in which a script gives each. */
const OFFICERS = [
  ['system-officer', 'system', 'JUANKU_SYSTEM_PASSWORD', '系统管理员 system officer'],
  ['security-officer', 'security', 'JUANKU_SECURITY_PASSWORD', '安全保密管理员 security officer'],
  ['auditor', 'auditor', 'JUANKU_AUDITOR_PASSWORD', '安全审计员 auditor'],
] as const

export async function createVault(context: CommandContext, options: CreateOptions): Promise<void> {
  const { vault, user, smallUnit = false } = options
  if (vault === undefined || user === undefined) {
    throw new WrongUse('--vault DIR and --user NAME are needed. 需要 --vault 与 --user。')
  }
  if (options.security === undefined && !smallUnit) {
    throw new WrongUse(
      '--security NAME is needed, or --small-unit to let the system officer be both. 需要 --security，或 --small-unit。',
    )
  }
  const password = await askPassword('档案管理员新密码 new password of the archivist: ')
  const displayName = options.name ?? user
  const accounts: InputOf<'vault.create'>['accounts'] = []
  for (const [role, option, variable, title] of OFFICERS) {
    const name = options[option]
    if (name === undefined) continue
    accounts.push({ role, name, password: await askPassword(`${title} ${name}: `, variable) })
  }
  accounts.push({ role: 'archivist', name: user, displayName, password })
  const created = await context.call('vault.create', {
    folder: vault,
    unitName: options.unit,
    smallUnit,
    accounts,
  })
  if (options.sheet !== undefined) await context.call('vault.recoverySheet', { file: options.sheet })
  const shares = created.shares.map(({ index, text }) => ({ index, text }))
  context.show({ vaultId: created.vaultId, shares }, [
    `保险库已创建 vault created: ${created.vaultId}`,
    ...shares.map(({ index, text }) => `恢复单 share ${index}: ${text}`),
    ...(smallUnit
      ? [
          '小单位模式：系统管理员与安全保密管理员可为一人，不符合三员分立。Small unit: two officers may be one person.',
        ]
      : []),
    '任意两份可恢复；请分别交三人保管，程序不再保存。Any two recover the vault; they are not stored.',
  ])
  await context.call('vault.finishSetup', {})
}

export async function vaultInfo(context: CommandContext): Promise<void> {
  await context.signIn()
  const info = await context.call('vault.info', {})
  context.show(info, [
    `单位 unit: ${info.unitName}`,
    `保险库 vault: ${info.vaultId}, ${info.createdAt}`,
    `案件 cases: ${info.caseCount} · 页 pages: ${info.pageCount} · 密封对象 sealed bytes: ${info.objectBytes}`,
    `账户 accounts: ${info.accounts.map(({ name, locked }) => (locked ? `${name}（停用）` : name)).join('、')}`,
  ])
}

/** Problems that a check found, in one number. */
export function problemCount(job: JobSummary): number {
  return ['damaged', 'missing', 'failed'].reduce((sum, outcome) => sum + (job.tally[outcome] ?? 0), 0)
}

export async function checkVault(context: CommandContext): Promise<void> {
  await context.signIn()
  const job = await context.follow(await context.call('vault.check', {}))
  const { rows } = await context.call('jobs.outcomes', { jobId: job.id, limit: 1000 })
  const summary = rows.find((row) => row.outcome === 'sound')?.details ?? {}
  const problems = rows.filter((row) => row.outcome !== 'sound')
  const clean = job.state === 'succeeded' && problemCount(job) === 0
  context.show({ state: job.state, clean, tally: job.tally, summary, problems }, [
    ...problems.map(
      (row) => `${row.outcome}  ${row.subject}  ${row.code ?? ''} ${JSON.stringify(row.details)}`,
    ),
    `对象 objects: ${summary.objects ?? 0} · 完好 sound: ${summary.sound ?? 0} · 孤立 orphans: ${summary.orphans ?? 0} · 日志 log records: ${summary.auditRecords ?? 0}`,
    clean ? '保险库完好。The vault is sound.' : '发现问题，见上。Problems were found, see above.',
  ])
  context.exit(job.state !== 'succeeded' ? 3 : clean ? 0 : 1)
}
