import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { callPath, type Handlers, newSession } from '../../electron/access/index.ts'
import { type CoreMethodName, contract, type MethodName, methodOf } from '../../shared/contract/index.ts'
import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import { CASE_PERMISSIONS, type Permission, ROLES, type Role } from '../../shared/domain/permission.ts'
import { grantsOf } from '../../shared/domain/role-matrix.ts'
import { AppError } from '../../shared/errors.ts'
import { newId, PROJECT } from '../fixtures/records-room.ts'
import { sampleInput } from '../fixtures/sample-input.ts'

/**
 * The matrix is a file that people read and sign, not something the test works out: change it by hand, or with
 * JUANKU_WRITE_MATRIX=1 and a look at the difference.
 */
const FILE = path.join(PROJECT, 'test/fixtures/access-matrix.tsv')
const METHODS = (Object.keys(contract) as MethodName[])
  .filter((name) => methodOf(name).host !== 'shell')
  .sort()

const BASE = { caseId: newId(), status: 'open', secrecy: 'internal', compartment: 'open' } as const
const NOBODY = { own: false, assigned: false, granted: false, recused: false } as const
const WITHIN = { own: true, assigned: true, granted: true, recused: false } as const

/** How a person may stand to the thing in hand, in the order of the letters of a cell. */
const STANDINGS: readonly CaseFacts[] = [
  { ...BASE, ...WITHIN },
  { ...BASE, ...NOBODY },
  { ...BASE, ...WITHIN, status: 'filed' },
  { ...BASE, ...WITHIN, recused: true },
  { ...BASE, ...WITHIN, compartment: 'restricted' },
]

const LETTERS: Readonly<Record<string, string>> = {
  CALL_CANCELLED: 'y',
  ACCESS_DENIED: 'n',
  ACCESS_NOT_SIGNED_IN: 'n',
  ACCESS_APPROVAL_NEEDED: 'a',
  VAULT_COMPARTMENT_CLOSED: 'k',
}

const reached = () => {
  throw new AppError('CALL_CANCELLED', { operation: 'reached' })
}
const handlers = Object.fromEntries(METHODS.map((name) => [name, reached])) as unknown as Handlers

function pathFor(role: Role | null, facts: CaseFacts) {
  const session =
    role === null
      ? null
      : newSession({
          id: newId(),
          client: 1,
          accountId: newId(),
          accountName: '甲',
          displayName: '甲',
          roles: [role],
          compartments: new Set(['open'] as const),
          unitName: '某院',
          vaultId: newId(),
          signedInAt: new Date().toISOString(),
          recoveryConfirmed: true,
        })
  return callPath({
    handlers,
    sessionOf: () => session,
    factsOf: ({ kind }) => (kind === 'account' ? null : facts),
    record: () => {},
    onFault: () => {},
  })
}

async function cell(name: CoreMethodName, role: Role | null): Promise<string> {
  const letters = await Promise.all(
    STANDINGS.map(async (facts) => {
      const result = await pathFor(role, facts).call(1, name, sampleInput(methodOf(name).input))
      return result.ok ? '!' : (LETTERS[result.error.code] ?? result.error.code)
    }),
  )
  return letters.join('')
}

async function lines(): Promise<string[]> {
  const rows = await Promise.all(
    METHODS.map(async (name) => {
      const cells = await Promise.all([null, ...ROLES].map((role) => cell(name as CoreMethodName, role)))
      return [name, methodOf(name).needs, ...cells].join('\t')
    }),
  )
  return [['method', 'needs', 'nobody', ...ROLES].join('\t'), ...rows]
}

test('every method gives every role what the matrix file says, within and out of scope', async () => {
  const found = await lines()
  if (process.env.JUANKU_WRITE_MATRIX === '1') writeFileSync(FILE, `${found.join('\n')}\n`)
  expect(found).toEqual(readFileSync(FILE, 'utf8').trimEnd().split('\n'))
})

test('what is about a case names the case, so that its scope can be asked', () => {
  // Lists and searches are about no single case: they are narrowed to what the person may see instead.
  const narrowed = new Set([
    'cases.list',
    'cases.facets',
    'cases.readNumber',
    'search.find',
    'search.facets',
    'search.exportList',
    'reconcile.list',
    'differences.list',
    'differences.statistics',
  ])
  const loose = METHODS.filter((name) => {
    const { needs, resource } = methodOf(name)
    return CASE_PERMISSIONS.has(needs as Permission) && resource === undefined && !narrowed.has(name)
  })
  expect(loose).toEqual([
    'cases.removeView',
    'cases.saveView',
    'cases.savedViews',
    'intake.plan',
    'intake.readTable',
    // Stops what the caller started; gives failures of volumes that the caller may have read.
    'pages.stopExport',
    'recognition.failures',
    'search.removeSaved',
    'search.save',
    'search.saved',
  ])
})

test('no officer reaches anything about what is in a case', () => {
  for (const role of ['system-officer', 'security-officer', 'auditor'] as const) {
    const about = grantsOf([role]).filter(({ permission }) => CASE_PERMISSIONS.has(permission))
    expect(about, role).toEqual([])
  }
})
