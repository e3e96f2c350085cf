import { expect, test } from 'vitest'
import { mayHold } from '../../../shared/domain/grant-separation.ts'
import { CASE_PERMISSIONS, OFFICER_ROLES, ROLES } from '../../../shared/domain/permission.ts'
import { SHIPPED_MATRIX } from '../../../shared/domain/role-matrix.ts'

test('everything that is shipped may be held', () => {
  for (const role of ROLES)
    for (const { permission } of SHIPPED_MATRIX[role])
      expect([role, permission, mayHold(role, permission)]).toEqual([role, permission, true])
})

test('no officer may be given anything about cases', () => {
  for (const role of OFFICER_ROLES)
    for (const permission of CASE_PERMISSIONS)
      expect([role, permission, mayHold(role, permission)]).toEqual([role, permission, false])
})

test.each([
  ['clerk', 'right.grant', false],
  ['archivist', 'account.create', false],
  ['archivist', 'audit.export', false],
  ['system-officer', 'account.approve', false],
  ['security-officer', 'audit.export', false],
  ['auditor', 'account.create', false],
  ['system-officer', 'key.deliver', false],
  ['checker', 'page.add', true],
  ['clerk', 'account.read', true],
] as const)('%s and %s: %s', (role, permission, expected) => {
  expect(mayHold(role, permission)).toBe(expected)
})
