import type { AccountRow } from '../../shared/contract/accounts.ts'
import { ROLES, type Role } from '../../shared/domain/permission.ts'
import { COMPARTMENT_WORDS } from '../../shared/domain/permission-words.ts'
import { AppError } from '../../shared/errors.ts'
import { askPassword, type CommandContext, WrongUse } from './context.ts'

const STATES = { pending: '待批准 pending', active: '在用 active', left: '离岗 left' } as const

function keysOf(compartments: AccountRow['keysHeld'], mark = ''): readonly string[] {
  return compartments.map((compartment) => `${COMPARTMENT_WORDS[compartment].zh}钥${mark}`)
}

/** name, display name, staff number, roles, state, keys: what is empty is left out. */
function accountLine(account: AccountRow): string {
  const roles = account.state === 'pending' ? account.proposedRoles : account.roles
  const locked = account.state === 'active' && account.locked ? '停用 locked' : STATES[account.state]
  const keys = [...keysOf(account.keysHeld), ...keysOf(account.keysDue, '（待移交）')]
  return [account.name, account.displayName, account.staffNumber, roles.join(', '), locked, keys.join('、')]
    .filter((part) => part !== '')
    .join('  ')
}

function readRoles(texts: readonly string[]): Role[] {
  return texts.map((text) => {
    const role = ROLES.find((known) => known === text)
    if (role === undefined) throw new WrongUse(`Unknown role 未知角色: ${text}; one of ${ROLES.join(', ')}`)
    return role
  })
}

async function accountNamed(context: CommandContext, name: string): Promise<AccountRow> {
  const found = (await context.call('accounts.list', {})).find((account) => account.name === name)
  if (found === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
  return found
}

export async function listUsers(context: CommandContext): Promise<void> {
  await context.signIn()
  const accounts = await context.call('accounts.list', {})
  context.show(accounts, accounts.map(accountLine))
}

export interface CreateUserOptions {
  readonly name?: string
  readonly staffNumber?: string
  readonly role: readonly string[]
}

/** As 系统管理员. */
export async function createUser(
  context: CommandContext,
  account: string,
  { name = account, staffNumber = '', role }: CreateUserOptions,
): Promise<void> {
  const roles = readRoles(role)
  await context.signIn()
  // The new account's password must not be the one that the caller signed in with, so it has a variable of its own.
  const password = await askPassword(`新账户密码 password of ${account}: `, 'JUANKU_NEW_PASSWORD')
  const created = await context.call('accounts.create', {
    ...{ name: account, displayName: name, staffNumber, roles, password },
  })
  context.show(created, [
    `账户已建立，等待安全保密管理员批准 account created, to be approved: ${accountLine(created)}`,
  ])
}

export interface ApproveUserOptions {
  readonly role?: readonly string[]
  /** Without: no key of 副卷. */
  readonly restricted?: boolean
}

/** As 安全保密管理员; grants what was asked for unless roles are named. */
export async function approveUser(
  context: CommandContext,
  account: string,
  { role = [], restricted = false }: ApproveUserOptions,
): Promise<void> {
  const named = readRoles(role)
  await context.signIn()
  const { id, proposedRoles } = await accountNamed(context, account)
  const roles = named.length > 0 ? named : proposedRoles
  const approved = await context.call('accounts.approve', {
    accountId: id,
    roles,
    compartments: restricted ? ['open', 'restricted'] : ['open'],
  })
  context.show(approved, [`账户已批准 account approved: ${accountLine(approved)}`])
}

/** As 安全保密管理员. */
export async function rejectUser(
  context: CommandContext,
  account: string,
  { reason }: { readonly reason: string },
): Promise<void> {
  await context.signIn()
  const { id } = await accountNamed(context, account)
  await context.call('accounts.reject', { accountId: id, reason })
  context.show({ account, rejected: true }, [`账户已驳回 account rejected: ${account}`])
}

/** As a key holder, an archivist. */
export async function deliverKeys(context: CommandContext, account: string): Promise<void> {
  await context.signIn()
  const { id } = await accountNamed(context, account)
  const delivered = await context.call('accounts.deliverKeys', { accountId: id })
  context.show(delivered, [`密钥已移交 keys handed over: ${accountLine(delivered)}`])
}

export async function setUserLocked(
  context: CommandContext,
  account: string,
  locked: boolean,
): Promise<void> {
  await context.signIn()
  const { id } = await accountNamed(context, account)
  await context.call('accounts.setLocked', { accountId: id, locked })
  context.show({ account, locked }, [
    locked ? `账户已停用 locked: ${account}` : `账户已启用 unlocked: ${account}`,
  ])
}
