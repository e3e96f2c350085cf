import { RoleMatrixShape } from '../../shared/contract/accounts.ts'
import { ROLES, type Role } from '../../shared/domain/permission.ts'
import { type Grant, grantsOf, type RoleMatrix, SHIPPED_MATRIX } from '../../shared/domain/role-matrix.ts'
import type { Catalogue } from '../catalogue/index.ts'

const MATRIX = 'roleMatrix'

/** The unit's own matrix where it was edited, role by role, and the shipped one elsewhere. */
export function matrixInForce(catalogue: Catalogue): {
  readonly matrix: RoleMatrix
  readonly edited: boolean
} {
  const kept = catalogue.desk.setting(MATRIX)
  if (kept === undefined) return { matrix: SHIPPED_MATRIX, edited: false }
  const parsed = RoleMatrixShape.safeParse(JSON.parse(kept))
  // A matrix of another version names permissions that are gone: then what is shipped holds, never more.
  if (!parsed.success) return { matrix: SHIPPED_MATRIX, edited: false }
  const rows = ROLES.map((role) => [role, parsed.data[role] ?? SHIPPED_MATRIX[role]])
  return { matrix: Object.fromEntries(rows) as RoleMatrix, edited: true }
}

export function keepGrants(catalogue: Catalogue, role: Role, grants: readonly Grant[]): void {
  const { matrix } = matrixInForce(catalogue)
  catalogue.desk.putSetting(MATRIX, JSON.stringify({ ...matrix, [role]: grants }))
}

/** What an account may do now: its own roles and those delegated to it today. None unless it is active. */
export function rolesInForce(
  catalogue: Catalogue,
  accountId: string,
  at: string,
): { readonly roles: readonly Role[]; readonly grants: readonly Grant[] } {
  const account = catalogue.accounts.find(accountId)
  if (account === undefined || account.state !== 'active') return { roles: [], grants: [] }
  const roles = [...new Set([...account.roles, ...catalogue.assignments.delegatedRoles(accountId, at)])]
  return { roles, grants: grantsOf(roles, matrixInForce(catalogue).matrix) }
}
