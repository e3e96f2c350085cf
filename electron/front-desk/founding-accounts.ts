import { FOUNDING_ROLES, type FoundingAccount } from '../../shared/contract/vault.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { AppError } from '../../shared/errors.ts'

interface Founder extends Omit<FoundingAccount, 'role'> {
  readonly id: string
  readonly roles: readonly Role[]
}

const fold = (name: string) => name.normalize('NFC').trim().toLowerCase()

/**
 * Checks that the officers of a new vault are different people (domain.md §7), and gives them ids. Only in 小单位模式
 * may the system officer be the security officer too. Throws CALL_INVALID_INPUT `{ field: 'accounts', reason }`.
 */
export function foundingAccounts(
  given: readonly FoundingAccount[],
  smallUnit: boolean,
  newId: () => string,
): { readonly opener: Founder; readonly others: readonly Founder[]; readonly all: readonly Founder[] } {
  const invalid = (reason: string) => new AppError('CALL_INVALID_INPUT', { field: 'accounts', reason })
  const withoutSecurity = smallUnit && !given.some(({ role }) => role === 'security-officer')
  const wanted = FOUNDING_ROLES.filter((role) => !(withoutSecurity && role === 'security-officer'))
  if (given.length !== wanted.length || !wanted.every((role) => given.some((one) => one.role === role)))
    throw invalid('roles')
  // A person is told by the account's name and by the name on paper: two accounts of one person are one too many.
  const people = given.flatMap(({ name, displayName }) => [...new Set([name, displayName || name].map(fold))])
  if (new Set(people).size !== people.length) throw invalid('same-person')
  if (new Set(given.map(({ password }) => password)).size !== given.length) throw invalid('same-password')
  const all = given.map(({ role, ...account }): Founder => {
    const both = withoutSecurity && role === 'system-officer'
    return { ...account, id: newId(), roles: both ? [role, 'security-officer'] : [role] }
  })
  const opener = all.find(({ roles }) => roles.includes('archivist'))
  if (opener === undefined) throw invalid('roles')
  return { opener, others: all.filter((founder) => founder !== opener), all }
}
