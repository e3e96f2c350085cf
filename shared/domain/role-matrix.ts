import { CASE_PERMISSIONS, type Permission, type Role } from './permission.ts'
import type { SecrecyLevel } from './secrecy.ts'
import type { Compartment } from './volume-kind.ts'

/** From narrow to wide: what one handles, what one was told to work on, what was lent, everything. */
export const SCOPES = ['own', 'assigned', 'granted', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** One cell of the matrix: a permission, for which cases, and on which conditions. */
export interface Grant {
  readonly permission: Permission
  readonly scope: Scope
  /** 卷别: only volumes of these compartments; without it all. */
  readonly compartments?: readonly Compartment[]
  /** 密级: only cases up to this level; without it all. */
  readonly secrecyUpTo?: SecrecyLevel
  /** Only cases in this state; without it all. */
  readonly statuses?: readonly ('open' | 'filed')[]
}

export type RoleMatrix = Readonly<Record<Role, readonly Grant[]>>

function grants(scope: Scope, ...permissions: readonly Permission[]): readonly Grant[] {
  return permissions.map((permission) => ({
    permission,
    scope: CASE_PERMISSIONS.has(permission) ? scope : 'all',
  }))
}

/** What is lent is read, printed where the loan allows copies, and never 副卷. */
const LENT: readonly Grant[] = [
  { permission: 'case.read', scope: 'granted' },
  ...(['page.read', 'page.print', 'page.export', 'text.copy'] as const).map(
    (permission): Grant => ({ permission, scope: 'granted', compartments: ['open'] }),
  ),
]

const DESK: readonly Permission[] = ['template.read', 'settings.read', 'job.read']

/** What each role may do as shipped (domain.md §10). A unit edits it; the edited matrix is kept in its catalogue. */
export const SHIPPED_MATRIX: RoleMatrix = {
  'system-officer': grants(
    'all',
    'account.read',
    'account.create',
    'account.lock',
    'right.read',
    'settings.read',
    'settings.edit',
    'template.read',
    'vault.check',
    'backup.read',
    'backup.run',
    'backup.manage',
    'backup.restore',
    'job.read',
    'job.control',
  ),
  'security-officer': grants(
    'all',
    'account.read',
    'account.approve',
    'account.lock',
    'right.read',
    'right.grant',
    'right.review',
    'settings.read',
    'audit.read',
    'job.read',
  ),
  auditor: grants(
    'all',
    'account.read',
    'right.read',
    'settings.read',
    'audit.read',
    'audit.export',
    'audit.rule',
    'alarm.close',
    'register.read',
    'backup.read',
    'job.read',
  ),
  archivist: grants(
    'all',
    ...DESK,
    'case.read',
    'case.create',
    'case.edit',
    'case.assign',
    'case.file',
    'secrecy.change',
    'retention.change',
    'page.read',
    'page.add',
    'page.arrange',
    'item.edit',
    'field.unmask',
    'change.request',
    'change.execute',
    'change.check',
    'page.print',
    'page.export',
    'text.copy',
    'recognition.run',
    'search.export',
    'reconcile.run',
    'reconcile.prove',
    'difference.read',
    'difference.report',
    'difference.judge',
    'loan.request',
    'loan.approve',
    'loan.lend',
    'register.read',
    'template.edit',
    'vault.check',
    'backup.read',
    'backup.run',
    'backup.manage',
    'backup.restore',
    'key.deliver',
    'account.read',
    'job.control',
  ),
  scanner: grants(
    'assigned',
    ...DESK,
    'case.read',
    'page.read',
    'page.add',
    'recognition.run',
    'change.execute',
    'reconcile.run',
    'difference.read',
    'difference.report',
    'job.control',
  ),
  checker: [
    ...grants('assigned', ...DESK, 'case.read', 'page.read', 'change.check'),
    ...grants('assigned', 'reconcile.run', 'difference.read', 'difference.report', 'difference.judge'),
    ...grants('assigned', 'job.control'),
  ],
  handler: [
    ...grants('own', ...DESK, 'case.read', 'page.read', 'field.unmask', 'change.approve'),
    ...grants('own', 'page.print', 'page.export', 'text.copy', 'search.export'),
    ...grants('own', 'loan.request', 'loan.approve-restricted'),
    ...grants('own', 'difference.read', 'difference.report', 'difference.explain'),
    ...LENT,
  ],
  clerk: [
    ...grants(
      'own',
      ...DESK,
      'case.create',
      'case.read',
      'case.edit',
      'page.read',
      'page.add',
      'page.arrange',
      'item.edit',
      'change.request',
      'job.control',
      'page.print',
      'page.export',
      'text.copy',
      'recognition.run',
      'loan.request',
      'difference.read',
      'difference.report',
    ),
    ...LENT,
  ],
  borrower: [...grants('granted', 'loan.request', 'difference.report'), ...LENT],
}

/** What several roles give together, each grant once. */
export function grantsOf(roles: readonly Role[], matrix: RoleMatrix = SHIPPED_MATRIX): readonly Grant[] {
  const seen = new Map<string, Grant>()
  for (const role of roles) for (const grant of matrix[role]) seen.set(JSON.stringify(grant), grant)
  return [...seen.values()]
}

/** The permissions that several roles give in any scope. */
export function permissionsOf(
  roles: readonly Role[],
  matrix: RoleMatrix = SHIPPED_MATRIX,
): ReadonlySet<Permission> {
  return new Set(grantsOf(roles, matrix).map(({ permission }) => permission))
}
