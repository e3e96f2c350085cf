import { z } from 'zod'
import { CASE_PERMISSIONS, PERMISSIONS, ROLES } from '../domain/permission.ts'
import { SCOPES } from '../domain/role-matrix.ts'
import { SECRECY_LEVELS } from '../domain/secrecy.ts'
import { area, command, query } from './method.ts'
import { Compartment, Empty, Id, IsoTime, RoleName } from './model.ts'

/** `pending` waits for the security officer; `left` 离岗 is over for good. */
export const AccountState = z.enum(['pending', 'active', 'left'])

export const AccountRow = z.object({
  id: Id,
  name: z.string(),
  displayName: z.string(),
  /** 工号 */
  staffNumber: z.string(),
  state: AccountState,
  roles: z.array(RoleName),
  /** What the system officer asked for; in force only once the security officer approves. */
  proposedRoles: z.array(RoleName),
  locked: z.boolean(),
  self: z.boolean(),
  /** Compartments whose keys the account has, and those that a key holder still has to hand over. */
  keysHeld: z.array(Compartment),
  keysDue: z.array(Compartment),
  createdBy: z.string(),
  approvedBy: z.string().nullable(),
  lastActiveAt: IsoTime.nullable(),
})
export type AccountRow = z.infer<typeof AccountRow>

const Roles = z.array(RoleName).min(1).max(ROLES.length)

export const NewAccount = z.object({
  name: z.string().trim().min(1).max(60),
  displayName: z.string().trim().max(60).default(''),
  staffNumber: z.string().trim().max(40).default(''),
  roles: Roles,
  password: z.string().min(1).max(500),
})
export type NewAccount = z.infer<typeof NewAccount>

const OneAccount = z.object({ accountId: Id })
const account = ({ accountId }: { accountId: string }) => ({ kind: 'account', id: accountId }) as const

export const accounts = area('accounts', {
  list: query({ input: Empty, output: z.array(AccountRow), needs: 'account.read' }),
  /** 系统管理员 makes an account: it opens nothing until 安全保密管理员 has approved it. */
  create: command({
    input: NewAccount,
    output: AccountRow,
    needs: 'account.create',
    audit: 'account.created',
  }),
  /** Grants the roles and names the compartments whose keys are to be handed over. */
  approve: command({
    input: OneAccount.extend({ roles: Roles, compartments: z.array(Compartment).default([]) }),
    output: AccountRow,
    needs: 'account.approve',
    resource: account,
    audit: 'account.approved',
  }),
  reject: command({
    input: OneAccount.extend({ reason: z.string().trim().min(1).max(300) }),
    output: Empty,
    needs: 'account.approve',
    resource: account,
    audit: 'account.rejected',
  }),
  setRoles: command({
    input: OneAccount.extend({
      roles: Roles,
      compartments: z.array(Compartment),
      reason: z.string().trim().min(1).max(300),
    }),
    output: AccountRow,
    needs: 'right.grant',
    resource: account,
    audit: 'account.rights-changed',
  }),
  /** A key holder hands over the keys that are due, sealed to the account. */
  deliverKeys: command({
    input: OneAccount,
    output: AccountRow,
    needs: 'key.deliver',
    resource: account,
    audit: 'account.keys-delivered',
  }),
  resetPassword: command({
    input: OneAccount.extend({ password: z.string().min(1).max(500) }),
    output: Empty,
    needs: 'account.create',
    resource: account,
    audit: 'account.password-reset',
  }),
  /** A locked account's password opens nothing, in any program. */
  setLocked: command({
    input: OneAccount.extend({ locked: z.boolean() }),
    output: Empty,
    needs: 'account.lock',
    resource: account,
    audit: 'account.locked-or-unlocked',
  }),
  /** 离岗: locked at once, roles, assignments and delegations ended. */
  leave: command({
    input: OneAccount.extend({ reason: z.string().trim().min(1).max(300) }),
    output: Empty,
    needs: 'account.lock',
    resource: account,
    audit: 'account.left',
  }),
})

const GrantCell = z
  .strictObject({
    permission: z.enum(PERMISSIONS),
    scope: z.enum(SCOPES),
    compartments: z.array(Compartment).min(1).optional(),
    secrecyUpTo: z.enum(SECRECY_LEVELS).optional(),
    statuses: z
      .array(z.enum(['open', 'filed']))
      .min(1)
      .optional(),
  })
  .refine(({ permission, scope }) => CASE_PERMISSIONS.has(permission) || scope === 'all', {
    path: ['scope'],
  })
export const RoleMatrixShape = z.record(RoleName, z.array(GrantCell).max(200))

export const roles = area('roles', {
  matrix: query({
    input: Empty,
    output: z.object({ matrix: RoleMatrixShape, edited: z.boolean() }),
    needs: 'right.read',
  }),
  /** Writes the whole matrix as a file: A4 landscape to sign, a table, or the data. */
  export: command({
    input: z.object({ file: z.string().min(1), format: z.enum(['pdf', 'csv', 'json']) }),
    output: z.object({ fileName: z.string() }),
    needs: 'right.read',
    audit: 'role.matrix-exported',
  }),
  setGrants: command({
    input: z.object({
      role: RoleName,
      grants: z.array(GrantCell).max(200),
      reason: z.string().trim().min(1).max(300),
    }),
    output: z.object({ matrix: RoleMatrixShape, edited: z.boolean() }),
    needs: 'right.grant',
    audit: 'role.changed',
  }),
})

export const Assignment = z.object({
  id: Id,
  caseId: Id,
  accountId: Id,
  accountName: z.string(),
  kind: z.enum(['own', 'assigned']),
  fromAt: IsoTime,
  untilAt: IsoTime.nullable(),
})

const ofCase = ({ caseId }: { caseId: string }) => ({ kind: 'case', id: caseId }) as const

export const assignments = area('assignments', {
  ofCase: query({
    input: z.object({ caseId: Id }),
    output: z.object({
      people: z.array(Assignment),
      recused: z.array(z.object({ accountId: Id, accountName: z.string(), reason: z.string() })),
      /** Who may be named. */
      accounts: z.array(z.object({ id: Id, displayName: z.string(), roles: z.array(RoleName) })),
    }),
    needs: 'case.assign',
    resource: ofCase,
  }),
  add: command({
    input: z.object({
      caseId: Id,
      accountId: Id,
      kind: z.enum(['own', 'assigned']),
      untilAt: IsoTime.nullable().default(null),
    }),
    output: Empty,
    needs: 'case.assign',
    resource: ofCase,
    audit: 'case.assigned',
  }),
  end: command({
    input: z.object({ caseId: Id, assignmentId: Id }),
    output: Empty,
    needs: 'case.assign',
    resource: ofCase,
    audit: 'case.assignment-ended',
  }),
  /** 回避: keeps a person away from a case whatever their roles say; `reason: null` lifts it. */
  recuse: command({
    input: z.object({ caseId: Id, accountId: Id, reason: z.string().trim().max(300).nullable() }),
    output: Empty,
    needs: 'case.assign',
    resource: ofCase,
    audit: 'case.recusal-set',
  }),
})

export const Delegation = z.object({
  id: Id,
  fromName: z.string(),
  toName: z.string(),
  roles: z.array(RoleName),
  fromAt: IsoTime,
  untilAt: IsoTime,
  reason: z.string(),
  inForce: z.boolean(),
  /** Set when it was ended before its time. */
  endedAt: IsoTime.nullable(),
})

export const delegations = area('delegations', {
  list: query({ input: Empty, output: z.array(Delegation), needs: 'right.read' }),
  /** Lends some roles of one account to another for dated days; the separation of officers holds here too. */
  add: command({
    input: z.object({
      fromAccountId: Id,
      toAccountId: Id,
      roles: Roles,
      fromAt: IsoTime,
      untilAt: IsoTime,
      reason: z.string().trim().min(1).max(300),
    }),
    output: Empty,
    needs: 'right.grant',
    audit: 'delegation.added',
  }),
  end: command({
    input: z.object({ id: Id }),
    output: Empty,
    needs: 'right.grant',
    audit: 'delegation.ended',
  }),
})
