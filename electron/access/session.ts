import type { SignedIn } from '../../shared/contract/session.ts'
import type { Permission, Role } from '../../shared/domain/permission.ts'
import { type Grant, grantsOf } from '../../shared/domain/role-matrix.ts'
import type { Compartment } from '../vault/index.ts'

/** One person at one window. */
export interface Session {
  readonly id: string
  readonly client: number
  readonly accountId: string
  readonly accountName: string
  readonly displayName: string
  readonly roles: readonly Role[]
  /** What the roles give, with scopes and conditions. */
  readonly grants: readonly Grant[]
  /** The same without scopes: what the person may do somewhere. */
  readonly permissions: ReadonlySet<Permission>
  readonly compartments: ReadonlySet<Compartment>
  readonly unitName: string
  readonly vaultId: string
  readonly signedInAt: string
  readonly recoveryConfirmed: boolean
  readonly smallUnit: boolean
}

/** Roles give their grants as shipped unless the unit's own are given. */
export function newSession(
  parts: Omit<Session, 'permissions' | 'grants' | 'smallUnit'> & {
    readonly grants?: readonly Grant[]
    readonly smallUnit?: boolean
  },
): Session {
  const grants = parts.grants ?? grantsOf(parts.roles)
  const smallUnit = parts.smallUnit ?? false
  return { ...parts, smallUnit, grants, permissions: new Set(grants.map(({ permission }) => permission)) }
}

/** The session as the screen sees it. */
export function signedIn(session: Session): SignedIn {
  return {
    accountId: session.accountId,
    accountName: session.accountName,
    displayName: session.displayName,
    roles: [...session.roles],
    permissions: [...session.permissions],
    compartments: [...session.compartments],
    unitName: session.unitName,
    vaultId: session.vaultId,
    signedInAt: session.signedInAt,
    recoveryConfirmed: session.recoveryConfirmed,
    smallUnit: session.smallUnit,
  }
}
