import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CaseFacts, refusalOf } from '../../../shared/domain/access-decision.ts'
import { PERMISSIONS, ROLES } from '../../../shared/domain/permission.ts'
import { type Grant, grantsOf, SCOPES, SHIPPED_MATRIX } from '../../../shared/domain/role-matrix.ts'
import { separationProblem } from '../../../shared/domain/role-separation.ts'
import { SECRECY_LEVELS } from '../../../shared/domain/secrecy.ts'

const FACTS: CaseFacts = {
  caseId: 'x',
  status: 'open',
  secrecy: 'internal',
  compartment: 'open',
  own: false,
  assigned: false,
  granted: false,
  recused: false,
}
const anyFacts = fc.record({
  caseId: fc.constant('x'),
  status: fc.constantFrom('open' as const, 'filed' as const),
  secrecy: fc.constantFrom(...SECRECY_LEVELS),
  compartment: fc.constantFrom('open' as const, 'restricted' as const, null),
  own: fc.boolean(),
  assigned: fc.boolean(),
  granted: fc.boolean(),
  recused: fc.boolean(),
})
const anyGrant: fc.Arbitrary<Grant> = fc.record(
  {
    permission: fc.constantFrom(...PERMISSIONS),
    scope: fc.constantFrom(...SCOPES),
    compartments: fc.subarray(['open', 'restricted'] as const, { minLength: 1 }),
    secrecyUpTo: fc.constantFrom(...SECRECY_LEVELS),
    statuses: fc.subarray(['open', 'filed'] as const, { minLength: 1 }),
  },
  { requiredKeys: ['permission', 'scope'] },
)

describe('a decision', () => {
  const grant: Grant = { permission: 'page.read', scope: 'own' }

  test.each([
    ['without any grant', [], FACTS, 'no-permission'],
    ['out of scope', [grant], FACTS, 'out-of-scope'],
    ['in scope', [grant], { ...FACTS, own: true }, null],
    ['in scope, but kept away', [grant], { ...FACTS, own: true, recused: true }, 'recused'],
    ['above the level', [{ ...grant, secrecyUpTo: 'public' }], { ...FACTS, own: true }, 'secrecy'],
    [
      'of another volume',
      [{ ...grant, compartments: ['open'] }],
      { ...FACTS, own: true, compartment: 'restricted' },
      'volume-kind',
    ],
    [
      'in another state',
      [{ ...grant, statuses: ['open'] }],
      { ...FACTS, own: true, status: 'filed' },
      'case-status',
    ],
    ['about the whole room', [grant], null, null],
  ] as const)('%s', (_, grants, facts, expected) => {
    expect(refusalOf(grants, 'page.read', facts)).toBe(expected)
  })

  test('never widens when a grant is taken away', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...PERMISSIONS),
        anyFacts,
        fc.nat(),
        (grants, permission, facts, at) => {
          const fewer = grants.toSpliced(at % grants.length, 1)
          if (refusalOf(fewer, permission, facts) === null)
            expect(refusalOf(grants, permission, facts)).toBeNull()
        },
      ),
    )
  })

  test('keeps a person away from a case whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.array(anyGrant),
        fc.constantFrom(...PERMISSIONS),
        anyFacts,
        (grants, permission, facts) => {
          expect(refusalOf(grants, permission, { ...facts, recused: true })).not.toBeNull()
        },
      ),
    )
  })
})

describe('the shipped matrix', () => {
  test('gives a borrower no 副卷, even when one was lent', () => {
    const facts = { ...FACTS, granted: true, compartment: 'restricted' } as const
    expect(refusalOf(grantsOf(['borrower']), 'page.read', facts)).toBe('volume-kind')
    expect(refusalOf(grantsOf(['borrower']), 'page.read', { ...facts, compartment: 'open' })).toBeNull()
  })

  test('names each permission of a role once in a scope', () => {
    for (const role of ROLES) {
      const names = SHIPPED_MATRIX[role].map(({ permission, scope }) => `${permission} ${scope}`)
      expect(new Set(names).size, role).toBe(names.length)
    }
  })
})

describe('the separation of officers', () => {
  test.each([
    [['system-officer'], false, null],
    [['system-officer', 'auditor'], true, 'system-and-auditor'],
    [['security-officer', 'auditor'], true, 'security-and-auditor'],
    [['system-officer', 'security-officer'], false, 'system-and-security'],
    [['system-officer', 'security-officer'], true, null],
    [['security-officer', 'archivist'], true, 'officer-and-business'],
    [['archivist', 'scanner', 'checker'], false, null],
  ] as const)('%j in a small unit %s: %s', (roles, smallUnit, expected) => {
    expect(separationProblem(roles, smallUnit)).toBe(expected)
  })
})
