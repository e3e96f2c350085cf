import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { FrontDeskParts, OpenDesk } from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'

/** The room's accounts and their slots. */
export function accountHandlers(
  { now, newId }: FrontDeskParts,
  desk: OpenDesk,
  refuseWeak: RefuseWeak,
): Handlers<`accounts.${'list' | 'add' | 'setLocked'}`> {
  const accountRows = () => {
    const { vault, catalogue } = desk.room()
    const slots = new Map(vault.info().accounts.map((account) => [account.accountId, account]))
    return catalogue.desk.accounts().map((account) => ({
      ...account,
      roles: [...account.roles],
      locked: slots.get(account.id)?.locked ?? true,
      self: account.id === vault.account.accountId,
    }))
  }

  return {
    'accounts.list': () => accountRows(),
    'accounts.add': async ({ name, displayName, roles, compartments, password }) => {
      refuseWeak(password, [name])
      const id = newId()
      const { vault, catalogue } = desk.room()
      await vault.addSlot({ accountId: id, name, password, compartments })
      const record = { id, name, displayName: displayName || name, roles }
      catalogue.desk.putAccount(record, now().toISOString())
      return { ...record, locked: false, self: false }
    },
    'accounts.setLocked': async ({ accountId, locked }) => {
      const { vault } = desk.room()
      if (locked && accountId === vault.account.accountId)
        throw new AppError('ACCESS_DENIED', { reason: 'own-account' })
      await (locked ? vault.lockAccount(accountId) : vault.unlockAccount(accountId))
      return {}
    },
  }
}
