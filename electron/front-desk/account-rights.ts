import { OFFICER_ROLES, type Role } from '../../shared/domain/permission.ts'
import { grantsOf, type RoleMatrix } from '../../shared/domain/role-matrix.ts'
import { separationProblem } from '../../shared/domain/role-separation.ts'
import type { Compartment } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { RecordsRoom } from '../records-room.ts'
import { SMALL_UNIT } from './open-desk.ts'

const COMPARTMENTS: readonly Compartment[] = ['open', 'restricted']

/** Throws ACCESS_ROLES_CONFLICT for roles that one person may not hold together. */
export function refuseMixed({ catalogue }: RecordsRoom, roles: readonly Role[]): void {
  const smallUnit = catalogue.desk.setting(SMALL_UNIT) === 'yes'
  const problem = separationProblem(roles, smallUnit)
  if (problem !== null) throw new AppError('ACCESS_ROLES_CONFLICT', { problem })
}

/** Nobody changes their own rights. Throws ACCESS_DENIED. */
export function refuseSelf({ vault }: RecordsRoom, accountId: string): void {
  if (accountId === vault.account.accountId) throw new AppError('ACCESS_DENIED', { reason: 'own-account' })
}

/** 剩余: an officer never gets a key of the files, whoever asks. */
export function keysFor(roles: readonly Role[], wanted: readonly Compartment[]): readonly Compartment[] {
  return roles.some((role) => OFFICER_ROLES.includes(role)) ? [] : [...wanted]
}

/** Whose pages roles may read at all: what else an account has a key of is more than its roles. */
export function readableCompartments(roles: readonly Role[], matrix: RoleMatrix): readonly Compartment[] {
  const reading = grantsOf(roles, matrix).filter(({ permission }) => permission === 'page.read')
  return COMPARTMENTS.filter((compartment) =>
    reading.some(({ compartments }) => compartments === undefined || compartments.includes(compartment)),
  )
}

export interface RightsChange {
  readonly before: readonly Role[]
  readonly keys: readonly Compartment[]
}

/**
 * Gives an active account these roles and, at most, these compartments: keys that it is not to have are taken out of
 * its slot at once, those that it lacks become due. Throws ACCESS_ROLES_CONFLICT, ACCESS_DENIED and CATALOGUE_CONFLICT.
 */
export async function changeRights(
  room: RecordsRoom,
  accountId: string,
  roles: readonly Role[],
  compartments: readonly Compartment[],
): Promise<RightsChange> {
  refuseSelf(room, accountId)
  refuseMixed(room, roles)
  const { vault, catalogue } = room
  const account = catalogue.accounts.require(accountId)
  if (account.state !== 'active') throw new AppError('CATALOGUE_CONFLICT', { kind: 'account' })
  const keys = keysFor(roles, compartments)
  const held = vault.info().accounts.find((slot) => slot.accountId === accountId)?.compartments ?? []
  const dropped = held.filter((compartment) => !keys.includes(compartment))
  if (dropped.length > 0) await vault.withdrawCompartments(accountId, dropped)
  catalogue.transaction(() => {
    catalogue.accounts.setRoles(accountId, roles)
    catalogue.accounts.setKeysDue(accountId, keys)
  })
  return { before: account.roles, keys }
}
