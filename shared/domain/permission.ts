/** The fixed list of permissions. Roles are data over this list; a method of the contract names one of them. */
export const PERMISSIONS = [
  'case.read',
  'case.create',
  'case.edit',
  'page.read',
  'page.add',
  'page.arrange',
  'item.edit',
  'template.read',
  'template.edit',
  'settings.read',
  'settings.edit',
  'vault.check',
  'account.manage',
  'job.read',
  'job.control',
] as const

export type Permission = (typeof PERMISSIONS)[number]

/** Roles of the records room (domain.md §10). */
export const ROLES = [
  'system-officer',
  'security-officer',
  'auditor',
  'archivist',
  'scanner',
  'checker',
  'handler',
  'clerk',
  'borrower',
] as const

export type Role = (typeof ROLES)[number]

const READING: readonly Permission[] = [
  'case.read',
  'page.read',
  'template.read',
  'settings.read',
  'job.read',
]

/** What each role may do as shipped. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  'system-officer': [
    'account.manage',
    'settings.read',
    'settings.edit',
    'vault.check',
    'job.read',
    'job.control',
  ],
  'security-officer': ['settings.read', 'job.read'],
  auditor: ['settings.read', 'job.read'],
  archivist: [
    ...READING,
    'case.create',
    'case.edit',
    'page.add',
    'page.arrange',
    'item.edit',
    'template.edit',
    'vault.check',
    'job.control',
  ],
  scanner: [...READING, 'page.add', 'job.control'],
  checker: [...READING],
  handler: [...READING],
  clerk: [...READING, 'case.create', 'page.add', 'item.edit', 'job.control'],
  borrower: ['case.read', 'page.read'],
}

/** The union of what several roles allow. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]))
}
