/** The fixed list of permissions. Roles are data over this list; a method of the contract names one of them. */
export const PERMISSIONS = [
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
  'change.approve',
  'change.execute',
  'change.check',
  'page.print',
  'page.export',
  'text.copy',
  'recognition.run',
  'search.export',
  'loan.request',
  'loan.approve',
  'loan.approve-restricted',
  'loan.lend',
  'register.read',
  'template.read',
  'template.edit',
  'settings.read',
  'settings.edit',
  'vault.check',
  'account.read',
  'account.create',
  'account.approve',
  'account.lock',
  'right.read',
  'right.grant',
  'right.review',
  'key.deliver',
  'audit.read',
  'audit.export',
  'audit.rule',
  'alarm.close',
  'job.read',
  'job.control',
] as const

export type Permission = (typeof PERMISSIONS)[number]

/** Permissions that are about cases: only these have a narrower scope than the whole room. */
export const CASE_PERMISSIONS: ReadonlySet<Permission> = new Set([
  'case.read',
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
  'change.approve',
  'change.execute',
  'change.check',
  'page.print',
  'page.export',
  'text.copy',
  'recognition.run',
  'loan.approve',
  'loan.approve-restricted',
  'loan.lend',
])

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

/** The three separated officers 三员; none of them reads what is in a case. */
export const OFFICER_ROLES: readonly Role[] = ['system-officer', 'security-officer', 'auditor']
