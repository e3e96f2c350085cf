import { describe, expect, test } from 'vitest'
import {
  type CallPathParts,
  type CallRecord,
  callPath,
  type Handlers,
  newSession,
} from '../../electron/access/index.ts'
import { type CoreMethodName, contract, methodOf } from '../../shared/contract/index.ts'
import { ROLES, type Role } from '../../shared/domain/permission.ts'
import { permissionsOf } from '../../shared/domain/role-matrix.ts'
import { AppError } from '../../shared/errors.ts'
import { newId } from '../fixtures/records-room.ts'

const CORE = (Object.keys(contract) as CoreMethodName[]).filter((name) => methodOf(name).host !== 'shell')
const CASE = newId()
const OPEN_VOLUME = newId()
const RESTRICTED_VOLUME = newId()

/** Handlers that say they were reached, with those that a test gives in their place. */
function handlers(given: Partial<Record<CoreMethodName, (input: unknown) => unknown>> = {}): Handlers {
  const reached = () => {
    throw new AppError('CALL_CANCELLED', { operation: 'reached' })
  }
  return Object.fromEntries(CORE.map((name) => [name, given[name] ?? reached])) as unknown as Handlers
}

function pathOf(
  roles: readonly Role[] | null,
  given: Parameters<typeof handlers>[0] = {},
  more: Partial<CallPathParts> = {},
) {
  const records: CallRecord[] = []
  const faults: unknown[] = []
  const session =
    roles === null
      ? null
      : newSession({
          id: newId(),
          client: 1,
          accountId: newId(),
          accountName: '甲',
          displayName: '甲',
          roles,
          compartments: new Set(['open'] as const),
          unitName: '某院',
          vaultId: newId(),
          signedInAt: new Date().toISOString(),
          recoveryConfirmed: true,
        })
  const { call } = callPath({
    handlers: handlers(given),
    sessionOf: (client) => (client === 1 ? session : null),
    factsOf: ({ kind, id }) => {
      const compartment = id === RESTRICTED_VOLUME ? 'restricted' : 'open'
      const standing = { own: true, assigned: true, granted: true, recused: false }
      return kind === 'volume'
        ? { caseId: CASE, status: 'open', secrecy: 'internal', compartment, ...standing }
        : null
    },
    record: (entry) => records.push(entry),
    onFault: (_, error) => faults.push(error),
    ...more,
  })
  const codeOf = async (method: string, input: unknown, client = 1) => {
    const result = await call(client, method, input)
    return result.ok ? 'ok' : result.error.code
  }
  return { call, codeOf, records, faults, session }
}

describe('a call', () => {
  test('to no method is refused', async () => {
    const { codeOf, records } = pathOf(['archivist'])
    for (const name of [
      '',
      'cases',
      'cases.destroy',
      'toString',
      '__proto__',
      'constructor',
      'shell.chooseFolder',
    ]) {
      expect(await codeOf(name, {}), name).toBe('CALL_UNKNOWN_METHOD')
    }
    expect(records).toEqual([])
  })

  test('with an input that is none is refused before anybody is asked who they are', async () => {
    const { call, codeOf } = pathOf(['archivist'])
    expect(await call(1, 'pages.list', { volumeId: 'x' })).toEqual({
      ok: false,
      error: {
        code: 'CALL_INVALID_INPUT',
        details: { method: 'pages.list', field: 'volumeId' },
        retryable: false,
      },
    })
    for (const input of [undefined, null, 7, 'text', [], { caseId: 1 }]) {
      expect(await codeOf('cases.tree', input)).toBe('CALL_INVALID_INPUT')
    }
    expect(await codeOf('cases.savedViews', { more: 1 })).toBe('CALL_INVALID_INPUT')
  })

  test('from a window without a session reaches only what anyone may call', async () => {
    const { codeOf } = pathOf(['archivist'])
    expect(await codeOf('cases.facets', {}, 2)).toBe('ACCESS_NOT_SIGNED_IN')
    expect(await codeOf('session.signOut', {}, 2)).toBe('ACCESS_NOT_SIGNED_IN')
    expect(await codeOf('session.state', {}, 2)).toBe('CALL_CANCELLED')
  })

  // Every method against every role: what the contract says is what happens.
  test('reaches its handler exactly when a role of the account allows it', async () => {
    // The permission is asked before the handler and after the input, so the input must be good: these take none.
    const plain = CORE.filter((name) => methodOf(name).input.safeParse({}).success)
    expect(plain.length).toBeGreaterThan(10)
    for (const role of ROLES) {
      const { codeOf } = pathOf([role])
      for (const name of plain) {
        const { needs } = methodOf(name)
        const allowed = needs === 'anyone' || needs === 'signed-in' || permissionsOf([role]).has(needs)
        expect(await codeOf(name, {}), `${role} ${name}`).toBe(allowed ? 'CALL_CANCELLED' : 'ACCESS_DENIED')
      }
    }
  })

  test('about a restricted volume needs the key of its compartment, whatever the role', async () => {
    const { codeOf, records } = pathOf(['archivist'])
    expect(await codeOf('pages.list', { volumeId: OPEN_VOLUME })).toBe('CALL_CANCELLED')
    for (const [name, input] of [
      ['pages.list', {}],
      ['pages.mark', { pageIds: [newId()], kind: 'cover' }],
      ['pages.assign', { pageIds: [newId()], itemId: null }],
      ['intake.start', { paths: ['/x'] }],
      ['cases.setTemplate', { templateId: 'x' }],
      ['items.propose', { title: 'x' }],
    ] as const) {
      expect(await codeOf(name, { volumeId: RESTRICTED_VOLUME, ...input }), name).toBe(
        'VAULT_COMPARTMENT_CLOSED',
      )
    }
    expect(records.every((record) => record.result === 'refused')).toBe(true)
    expect(records).toHaveLength(6)
  })
})

describe('a handler', () => {
  test('that is missing keeps the core from starting', () => {
    const { 'cases.tree': _, ...rest } = handlers()
    const start = (given: unknown) => () =>
      callPath({
        handlers: given as Handlers,
        sessionOf: () => null,
        factsOf: () => null,
        record: () => {},
        onFault: () => {},
      })
    expect(start(rest)).toThrow('handlers missing: cases.tree')
    expect(start({ ...handlers(), 'cases.burn': () => ({}) })).toThrow('handlers of no method: cases.burn')
    start(handlers())()
  })

  test('that gives what the contract does not promise shows nothing of it', async () => {
    const { call, faults } = pathOf(['archivist'], {
      'cases.facets': () => ({ years: 'secret words', types: [] }),
    })
    const result = await call(1, 'cases.facets', {})
    expect(result).toEqual({
      ok: false,
      error: { code: 'CALL_INTERNAL', details: { method: 'cases.facets' }, retryable: false },
    })
    expect(faults).toHaveLength(1)
  })

  test('gives no more than the contract promises', async () => {
    const { call } = pathOf(['archivist'], {
      'cases.facets': () => ({ years: [], types: [], key: 'left over' }),
    })
    expect(await call(1, 'cases.facets', {})).toEqual({ ok: true, value: { years: [], types: [] } })
  })

  test.each([
    ['an error', new Error('failed at /home/somebody/卷宗/1.jpg'), 'CALL_INTERNAL', false],
    ['a text', '/home/somebody', 'CALL_INTERNAL', false],
    ['nothing', undefined, 'CALL_INTERNAL', false],
    [
      'a system error',
      Object.assign(new Error("ENOSPC, write '/home/somebody'"), {
        code: 'ENOSPC',
        syscall: 'write',
        path: '/home/a',
      }),
      'SYSTEM_DISK_FULL',
      true,
    ],
    ['an error of ours', new AppError('CASE_NUMBER_TAKEN', { number: '1' }), 'CASE_NUMBER_TAKEN', false],
  ])('that throws %s lets out a code and plain details', async (_, thrown, code, retryable) => {
    const { call } = pathOf(['archivist'], {
      'cases.facets': () => {
        throw thrown
      },
    })
    const result = await call(1, 'cases.facets', {})
    expect(result).toMatchObject({ ok: false, error: { code, retryable } })
    expect(JSON.stringify(result)).not.toMatch(/home|somebody|卷宗| at /)
  })
})

describe('the record of calls', () => {
  const TREE = { volumeId: OPEN_VOLUME, pageIds: [OPEN_VOLUME], kind: 'cover' }

  test('has a line for every command, done or failed, and none for a query', async () => {
    let fail = false
    const { codeOf, records, session } = pathOf(['archivist'], {
      'cases.facets': () => ({ years: [], types: [] }),
      'pages.mark': () => {
        if (fail) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page' })
        return {}
      },
    })
    await codeOf('cases.facets', {})
    await codeOf('pages.mark', TREE)
    fail = true
    await codeOf('pages.mark', TREE)
    await codeOf('pages.mark', { ...TREE, kind: 'nothing' })
    const line = {
      action: 'pages.marked',
      accountId: session?.accountId,
      sessionId: session?.id,
      role: 'archivist',
      caseId: CASE,
      subject: `volume:${OPEN_VOLUME}`,
      details: {},
    }
    expect(records).toEqual([
      { ...line, result: 'done', code: null },
      { ...line, result: 'failed', code: 'CATALOGUE_NOT_FOUND' },
      { ...line, subject: '', caseId: null, result: 'failed', code: 'CALL_INVALID_INPUT' },
    ])
  })

  test('has a line for what was denied, a query too', async () => {
    const { codeOf, records } = pathOf(['security-officer'])
    await codeOf('cases.facets', {})
    await codeOf('cases.tree', { caseId: OPEN_VOLUME })
    await codeOf('pages.mark', TREE)
    expect(records.map(({ action, subject, result, code }) => [action, subject, result, code])).toEqual([
      ['access.denied', '', 'refused', 'ACCESS_DENIED'],
      ['access.denied', `case:${OPEN_VOLUME}`, 'refused', 'ACCESS_DENIED'],
      ['pages.marked', `volume:${OPEN_VOLUME}`, 'refused', 'ACCESS_DENIED'],
    ])
  })

  test('that cannot be written makes the call fail, and the caller still gets an answer', async () => {
    const full = () => {
      throw new AppError('SYSTEM_DISK_FULL', { operation: 'catalogue' }, { retryable: true })
    }
    const { codeOf, faults } = pathOf(['archivist'], { 'pages.mark': () => ({}) }, { record: full })
    expect(await codeOf('pages.mark', TREE)).toBe('SYSTEM_DISK_FULL')
    expect(faults).toHaveLength(1)
  })
})
