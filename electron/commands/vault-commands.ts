import type { JobSummary } from '../../shared/contract/jobs.ts'
import { ROLES } from '../../shared/domain/permission.ts'
import { AppError } from '../../shared/errors.ts'
import { askPassword, type CommandContext, type CommonOptions, WrongUse } from './context.ts'

export interface CreateOptions extends CommonOptions {
  readonly unit: string
  readonly name?: string
  readonly sheet?: string
}

export async function createVault(context: CommandContext, options: CreateOptions): Promise<void> {
  if (options.vault === undefined || options.user === undefined) {
    throw new WrongUse('--vault DIR and --user NAME are needed. 需要 --vault 与 --user。')
  }
  const password = await askPassword('新口令 new password: ')
  const created = await context.call('vault.create', {
    folder: options.vault,
    unitName: options.unit,
    accountName: options.user,
    displayName: options.name ?? options.user,
    password,
  })
  if (options.sheet !== undefined) await context.call('vault.recoverySheet', { file: options.sheet })
  const shares = created.shares.map(({ index, text }) => ({ index, text }))
  context.show({ vaultId: created.vaultId, shares }, [
    `保险库已创建 vault created: ${created.vaultId}`,
    ...shares.map(({ index, text }) => `恢复单 share ${index}: ${text}`),
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

export async function listUsers(context: CommandContext): Promise<void> {
  await context.signIn()
  const accounts = await context.call('accounts.list', {})
  context.show(
    accounts,
    accounts.map(
      (account) =>
        `${account.name}  ${account.displayName}  ${account.roles.join(', ')}${account.locked ? '  停用 locked' : ''}`,
    ),
  )
}

export interface AddUserOptions {
  readonly name?: string
  readonly role: readonly string[]
  readonly restricted?: boolean
}

export async function addUser(
  context: CommandContext,
  account: string,
  options: AddUserOptions,
): Promise<void> {
  await context.signIn()
  const roles = options.role.map((text) => {
    const role = ROLES.find((known) => known === text)
    if (role === undefined) throw new WrongUse(`Unknown role 未知角色: ${text}; one of ${ROLES.join(', ')}`)
    return role
  })
  // The new account's password must not be the one that the caller signed in with, so it has a variable of its own.
  const password = await askPassword(`新账户口令 password of ${account}: `, 'JUANKU_NEW_PASSWORD')
  const added = await context.call('accounts.add', {
    name: account,
    displayName: options.name ?? account,
    roles,
    compartments: options.restricted === true ? ['open', 'restricted'] : ['open'],
    password,
  })
  context.show(added, [`账户已建立 account added: ${added.name} (${added.roles.join(', ')})`])
}

export async function setUserLocked(
  context: CommandContext,
  account: string,
  locked: boolean,
): Promise<void> {
  await context.signIn()
  const found = (await context.call('accounts.list', {})).find(({ name }) => name === account)
  if (found === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
  await context.call('accounts.setLocked', { accountId: found.id, locked })
  context.show({ account, locked }, [
    locked ? `账户已停用 locked: ${account}` : `账户已启用 unlocked: ${account}`,
  ])
}
