import { OFFICER_ROLES, type Role } from './permission.ts'

/** Why roles may not be held together by one person. */
export type SeparationProblem =
  | 'system-and-auditor'
  | 'security-and-auditor'
  | 'system-and-security'
  | 'officer-and-business'

/**
 * 三员分立 (domain.md §7): the auditor is nobody else; system and security officer are two people but in 小单位模式;
 * none of the three has work of the room beside it. Null when the roles go together.
 */
export function separationProblem(roles: readonly Role[], smallUnit: boolean): SeparationProblem | null {
  const has = (role: Role) => roles.includes(role)
  if (has('auditor') && has('system-officer')) return 'system-and-auditor'
  if (has('auditor') && has('security-officer')) return 'security-and-auditor'
  if (!smallUnit && has('system-officer') && has('security-officer')) return 'system-and-security'
  const officer = roles.some((role) => OFFICER_ROLES.includes(role))
  const business = roles.some((role) => !OFFICER_ROLES.includes(role))
  return officer && business ? 'officer-and-business' : null
}
