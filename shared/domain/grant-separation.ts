import { OFFICER_ROLES, type Permission, ROLES, type Role } from './permission.ts'
import { SHIPPED_MATRIX } from './role-matrix.ts'

function shippedTo(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => SHIPPED_MATRIX[role].some((grant) => grant.permission === permission))
}

/**
 * Whether a unit may give a permission to a role at all. 三员分立 (domain.md §7) is of the shipped matrix: what only
 * business roles have never goes to an officer, what only officers have never to a business role, and what one
 * officer alone has stays with that officer.
 */
export function mayHold(role: Role, permission: Permission): boolean {
  const holders = shippedTo(permission)
  if (holders.includes(role)) return true
  const officers = holders.filter((holder) => OFFICER_ROLES.includes(holder))
  if (OFFICER_ROLES.includes(role))
    return officers.length > 1 || (officers.length === 1 && holders.length > 1)
  return holders.length > officers.length
}
