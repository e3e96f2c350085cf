import type { AccountRow } from '../../shared/contract/accounts.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { AccountRecord } from '../catalogue/index.ts'
import { changeRights, keysFor, refuseMixed, refuseSelf } from './account-rights.ts'
import { type FrontDeskParts, type OpenDesk, requireSession, SMALL_UNIT } from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'

type AccountMethod =
  `accounts.${'list' | 'create' | 'approve' | 'reject' | 'setRoles' | 'deliverKeys' | 'resetPassword' | 'setLocked' | 'leave'}`

/** 三员分立 around accounts: 系统 creates, 安全 approves and grants, key holders hand over keys, everybody is recorded. */
export function accountHandlers(
  { now, newId }: FrontDeskParts,
  desk: OpenDesk,
  refuseWeak: RefuseWeak,
): Handlers<AccountMethod> {
  const room = desk.room
  const at = () => now().toISOString()
  const slots = () =>
    new Map(
      room()
        .vault.info()
        .accounts.map((slot) => [slot.accountId, slot]),
    )
  const rowOf = (account: AccountRecord): AccountRow => {
    const slot = slots().get(account.id)
    const keysHeld = [...(slot?.compartments ?? [])]
    return {
      id: account.id,
      name: account.name,
      displayName: account.displayName,
      staffNumber: account.staffNumber,
      state: account.state,
      roles: [...account.roles],
      proposedRoles: [...account.proposedRoles],
      locked: slot?.locked ?? true,
      self: account.id === room().vault.account.accountId,
      keysHeld,
      keysDue: account.keysDue.filter((compartment) => !keysHeld.includes(compartment)),
      createdBy: account.createdBy,
      approvedBy: account.approvedBy,
      lastActiveAt: account.lastActiveAt,
    }
  }
  const row = (id: string) => rowOf(room().catalogue.accounts.require(id))

  return {
    'accounts.list': () => room().catalogue.accounts.all().map(rowOf),
    'accounts.create': async ({ name, displayName, staffNumber, roles, password }, call) => {
      refuseWeak(password, [name, staffNumber])
      refuseMixed(room(), roles)
      const id = newId()
      const { vault, catalogue } = room()
      await vault.addSlot({ accountId: id, name, password, compartments: [] })
      // Until it is approved the password opens nothing, in any program.
      await vault.lockAccount(id)
      catalogue.accounts.insert(
        {
          id,
          name,
          displayName: displayName || name,
          staffNumber,
          roles: [],
          state: 'pending',
          proposedRoles: roles,
          keysDue: [],
          createdBy: requireSession(call).accountId,
        },
        at(),
      )
      call.note({ subject: `account:${id}`, details: { roles: roles.join(',') } })
      return row(id)
    },
    'accounts.approve': async ({ accountId, roles, compartments }, call) => {
      const { vault, catalogue } = room()
      const account = catalogue.accounts.require(accountId)
      if (account.state !== 'pending') throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
      refuseMixed(room(), roles)
      const by = requireSession(call).accountId
      const smallUnit = catalogue.desk.setting(SMALL_UNIT) === 'yes'
      if (account.createdBy === by && !smallUnit)
        throw new AppError('ACCESS_DENIED', { reason: 'own-request' })
      await vault.unlockAccount(accountId)
      catalogue.transaction(() => {
        catalogue.accounts.approve(accountId, by, at())
        catalogue.accounts.setRoles(accountId, roles)
        catalogue.accounts.setKeysDue(accountId, keysFor(roles, compartments))
      })
      call.note({ details: { roles: roles.join(','), compartments: compartments.join(',') } })
      return row(accountId)
    },
    'accounts.reject': async ({ accountId }) => {
      const { vault, catalogue } = room()
      if (catalogue.accounts.require(accountId).state !== 'pending')
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
      await vault.removeSlot(accountId)
      catalogue.accounts.remove(accountId)
      return {}
    },
    'accounts.setRoles': async ({ accountId, roles, compartments }, call) => {
      const { before, keys } = await changeRights(room(), accountId, roles, compartments)
      const details = { before: before.join(','), roles: roles.join(',') }
      call.note({ details: { ...details, compartments: keys.join(',') } })
      return row(accountId)
    },
    'accounts.deliverKeys': async ({ accountId }, call) => {
      const { vault, catalogue } = room()
      const account = catalogue.accounts.require(accountId)
      const { keysDue } = rowOf(account)
      if (account.state !== 'active' || keysDue.length === 0)
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
      await vault.deliverCompartments(accountId, keysDue)
      call.note({ details: { compartments: keysDue.join(',') } })
      return row(accountId)
    },
    'accounts.resetPassword': async ({ accountId, password }) => {
      refuseSelf(room(), accountId)
      const account = room().catalogue.accounts.require(accountId)
      refuseWeak(password, [account.name, account.staffNumber])
      const held = slots().get(accountId)?.compartments ?? []
      await room().vault.resetSlot({ accountId, password, compartments: [] })
      // Its keys went with the old password: a key holder hands them over once more.
      room().catalogue.accounts.setKeysDue(accountId, [...new Set([...account.keysDue, ...held])])
      return {}
    },
    'accounts.setLocked': async ({ accountId, locked }) => {
      refuseSelf(room(), accountId)
      const { vault, catalogue } = room()
      if (!locked && catalogue.accounts.require(accountId).state !== 'active')
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
      await (locked ? vault.lockAccount(accountId) : vault.unlockAccount(accountId))
      return {}
    },
    'accounts.leave': async ({ accountId }) => {
      refuseSelf(room(), accountId)
      const { vault, catalogue } = room()
      await vault.lockAccount(accountId)
      catalogue.transaction(() => {
        catalogue.accounts.setState(accountId, 'left')
        catalogue.accounts.setRoles(accountId, [])
        catalogue.accounts.setKeysDue(accountId, [])
        catalogue.assignments.endAllOf(accountId, at())
      })
      return {}
    },
  }
}
