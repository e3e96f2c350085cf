import type { SignedIn } from '../../shared/contract/session.ts'
import { type Permission, permissionsOf, type Role } from '../../shared/domain/permission.ts'
import type { Compartment } from '../vault/index.ts'

/** One person at one window. */
export interface Session {
  readonly id: string
  readonly client: number
  readonly accountId: string
  readonly accountName: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  readonly compartments: ReadonlySet<Compartment>
  readonly unitName: string
  readonly vaultId: string
  readonly signedInAt: string
  readonly recoveryConfirmed: boolean
}

export function newSession(
  parts: Omit<Session, 'permissions'> & { readonly permissions?: ReadonlySet<Permission> },
): Session {
  return { ...parts, permissions: parts.permissions ?? permissionsOf(parts.roles) }
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
  }
}
