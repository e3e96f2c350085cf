import { describe, expect, test } from 'vitest'
import { contract, type MethodName, methodOf } from '../../shared/contract/index.ts'
import { PERMISSIONS, ROLES } from '../../shared/domain/permission.ts'
import { permissionsOf } from '../../shared/domain/role-matrix.ts'
import { testDesk } from '../fixtures/records-room.ts'

const NAMES = Object.keys(contract) as MethodName[]
const CHANGING = NAMES.filter((name) => methodOf(name).kind !== 'query')
const KNOWN_NEEDS: ReadonlySet<string> = new Set(['anyone', 'signed-in', ...PERMISSIONS])

describe('the contract', () => {
  test('has an answer in the core for every method that is the core’s', async () => {
    // The desk refuses to be built when one is missing: see `call-path.test.ts`.
    const { desk } = await testDesk()
    for (const name of NAMES) {
      const result = await desk.call(1, name, undefined)
      const unknown = !result.ok && result.error.code === 'CALL_UNKNOWN_METHOD'
      expect(unknown, name).toBe(methodOf(name).host === 'shell')
    }
  })

  test('names a permission of the list for every method', () => {
    expect(NAMES.filter((name) => !KNOWN_NEEDS.has(methodOf(name).needs))).toEqual([])
  })

  test('says how everything that changes something is recorded, each in its own words', () => {
    const words = CHANGING.map((name) => {
      const method = methodOf(name)
      return method.kind === 'query' ? '' : method.audit
    })
    expect(words.filter((word) => !/^[a-z]+\.[a-z-]+$/.test(word))).toEqual([])
    expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
    expect(words).not.toContain('access.denied')
  })

  test('uses every permission and gives each to some role', () => {
    const used = new Set<string>(NAMES.map((name) => methodOf(name).needs))
    expect(PERMISSIONS.filter((permission) => !used.has(permission))).toEqual([])
    const given = permissionsOf(ROLES)
    expect(PERMISSIONS.filter((permission) => !given.has(permission))).toEqual([])
  })

  test('lets nobody but the ways in go without signing in', () => {
    expect(
      NAMES.filter((name) => methodOf(name).needs === 'anyone' && methodOf(name).host !== 'shell'),
    ).toEqual([
      'session.state',
      'session.signIn',
      'session.unlock',
      'session.leaveLocked',
      'vault.inspectFolder',
      'vault.passwordStrength',
      'vault.create',
      'vault.recover',
    ])
  })
})
