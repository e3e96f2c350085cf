import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { jpegFile } from '../fixtures/good-files.ts'
import { bringIn, type Newcomer, type Person, seat } from '../fixtures/people.ts'
import {
  CLIENT,
  freshFolder,
  importInto,
  KEEPER,
  newCase,
  OFFICERS,
  openRoom,
} from '../fixtures/records-room.ts'

const CLERK: Newcomer & Person = {
  name: '书记员戊',
  password: 'Heron-57-river',
  own: 'Osprey-14-copper-lid',
  roles: ['clerk'],
  compartments: ['open'],
}
const SCANNER: Newcomer & Person = {
  name: '扫描员己',
  password: 'Plover-83-field',
  own: 'Siskin-92-linen-cap',
  roles: ['scanner'],
  compartments: ['open'],
}

async function scans(count: number): Promise<string> {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  for (let n = 1; n <= count; n++) await writeFile(path.join(folder, `${n}.jpg`), await jpegFile({ seed: n }))
  return folder
}

describe('an account', () => {
  test('opens nothing until the security officer has approved it, and no page until it has its keys', async () => {
    const room = await openRoom()
    const { volume } = await newCase(room, '（2026）云0199民初1号')
    await importInto(room, volume.id, [await scans(2)])
    const [page] = await room.call('pages.list', { volumeId: volume.id })

    await seat(room, OFFICERS.system)
    const { roles, name, password } = { ...CLERK, roles: ['archivist' as const] }
    const made = await room.call('accounts.create', { name, password, roles })
    expect(made).toMatchObject({
      state: 'pending',
      roles: [],
      proposedRoles: roles,
      locked: true,
      keysHeld: [],
    })
    const signIn = { folder: room.folder, accountName: name, password }
    expect((await room.refusal('session.signIn', signIn)).code).toBe('VAULT_ACCOUNT_LOCKED')
    await seat(room, OFFICERS.system)
    expect((await room.refusal('accounts.approve', { accountId: made.id, roles })).code).toBe('ACCESS_DENIED')

    await seat(room, OFFICERS.security)
    expect((await room.refusal('accounts.create', { name: '他', password, roles })).code).toBe(
      'ACCESS_DENIED',
    )
    const approved = await room.call('accounts.approve', {
      accountId: made.id,
      roles,
      compartments: ['open'],
    })
    expect(approved).toMatchObject({ state: 'active', roles, locked: false, keysHeld: [], keysDue: ['open'] })

    await seat(room, CLERK)
    expect((await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })).total).toBe(1)
    expect((await room.refusal('pages.list', { volumeId: volume.id })).code).toBe('VAULT_COMPARTMENT_CLOSED')
    const shut = await room.desk.page(CLIENT, page?.versionId ?? '', 'view', null)
    expect(shut).toMatchObject({ ok: false, error: { code: 'VAULT_COMPARTMENT_CLOSED' } })

    await seat(room, KEEPER)
    expect(await room.call('accounts.deliverKeys', { accountId: made.id })).toMatchObject({
      keysHeld: ['open'],
      keysDue: [],
    })
    await seat(room, CLERK)
    const open = await room.desk.page(CLIENT, page?.versionId ?? '', 'view', null)
    expect(open.ok).toBe(true)
  })

  test('may not be two officers, nor an officer and somebody of the room', async () => {
    const room = await openRoom()
    await seat(room, OFFICERS.system)
    for (const roles of [
      ['auditor', 'system-officer'],
      ['auditor', 'security-officer'],
      ['system-officer', 'security-officer'],
      ['auditor', 'clerk'],
    ] as const) {
      const refused = await room.refusal('accounts.create', {
        name: '某某',
        password: CLERK.password,
        roles: [...roles],
      })
      expect(refused.code, roles.join()).toBe('ACCESS_ROLES_CONFLICT')
    }
  })

  test('of an officer gets no key of the files, even when it is asked for', async () => {
    const room = await openRoom()
    await seat(room, OFFICERS.system)
    const { name, password } = CLERK
    const { id } = await room.call('accounts.create', { name, password, roles: ['auditor'] })
    await seat(room, OFFICERS.security)
    const approved = await room.call('accounts.approve', {
      accountId: id,
      roles: ['auditor'],
      compartments: ['open', 'restricted'],
    })
    expect(approved.keysDue).toEqual([])
  })

  test('that left opens nothing at once, and stands on no case any more', async () => {
    const room = await openRoom()
    const [id = ''] = await bringIn(room, [CLERK])
    await seat(room, OFFICERS.security)
    await room.call('accounts.leave', { accountId: id, reason: '调离' })
    const signIn = { folder: room.folder, accountName: CLERK.name, password: CLERK.password }
    expect((await room.refusal('session.signIn', signIn)).code).toBe('VAULT_ACCOUNT_LOCKED')
    await seat(room, OFFICERS.system)
    expect((await room.refusal('accounts.setLocked', { accountId: id, locked: false })).code).toBe(
      'CATALOGUE_CONFLICT',
    )
  })

  test('whose 副卷 right is taken back loses the key', async () => {
    const room = await openRoom()
    const [id = ''] = await bringIn(room, [{ ...CLERK, compartments: ['open', 'restricted'] }])
    await seat(room, OFFICERS.security)
    const row = await room.call('accounts.setRoles', {
      accountId: id,
      roles: ['clerk'],
      compartments: ['open'],
      reason: '不再办理副卷',
    })
    expect(row).toMatchObject({ keysHeld: ['open'], keysDue: [] })
    await seat(room, CLERK)
    const state = await room.call('session.state', {})
    expect(state).toMatchObject({ session: { compartments: ['open'] } })
  })
})

describe('scope', () => {
  test('shows a clerk only the cases that are theirs, in the list, the counts, search and by id', async () => {
    const room = await openRoom()
    const [clerkId = '', scannerId = ''] = await bringIn(room, [CLERK, SCANNER])
    const mine = await newCase(room, '（2026）云0199民初11号', ['main'], { cause: '甲案由' })
    const other = await newCase(room, '（2026）云0199民初12号', ['main'], { cause: '乙案由' })
    const on = (kind: 'own' | 'assigned', caseId: string, accountId: string) =>
      room.call('assignments.add', { caseId, accountId, kind })
    await on('own', mine.tree.case.id, clerkId)
    await on('assigned', other.tree.case.id, scannerId)

    const seen = async () => {
      const { total, rows } = await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })
      const { years } = await room.call('cases.facets', {})
      const { cases: found } = await room.call('search.find', { text: '案由', limit: 10 })
      return { total, ids: rows.map(({ id }) => id), counted: years[0]?.count ?? 0, hits: found.length }
    }
    await seat(room, CLERK)
    expect(await seen()).toEqual({ total: 1, ids: [mine.tree.case.id], counted: 1, hits: 1 })
    expect(await room.refusal('cases.tree', { caseId: other.tree.case.id })).toMatchObject({
      code: 'ACCESS_DENIED',
      details: { reason: 'out-of-scope' },
    })
    const reading = await room.call('cases.readNumber', { text: '（2026）云0199民初12号' })
    expect(reading.takenBy).toBeNull()

    await seat(room, SCANNER)
    expect(await seen()).toEqual({ total: 1, ids: [other.tree.case.id], counted: 1, hits: 1 })

    await seat(room, KEEPER)
    await room.call('assignments.recuse', { caseId: mine.tree.case.id, accountId: clerkId, reason: '回避' })
    await seat(room, CLERK)
    expect(await seen()).toEqual({ total: 0, ids: [], counted: 0, hits: 0 })
    expect(await room.refusal('cases.tree', { caseId: mine.tree.case.id })).toMatchObject({
      details: { reason: 'recused' },
    })
  })

  test('of a delegation holds for its days and no longer', async () => {
    const room = await openRoom()
    const [clerkId = ''] = await bringIn(room, [CLERK])
    const keeper = await room.call('session.state', {})
    const keeperId = keeper.state === 'signed-in' ? keeper.session.accountId : ''
    await newCase(room, '（2026）云0199民初21号')
    await seat(room, OFFICERS.security)
    const day = 24 * 3_600_000
    const at = (days: number) => new Date(Date.now() + days * day).toISOString()
    const lend = (fromAt: string, untilAt: string) =>
      room.call('delegations.add', {
        fromAccountId: keeperId,
        toAccountId: clerkId,
        ...{ roles: ['archivist'], fromAt, untilAt, reason: '出差' },
      })
    const count = async () => {
      await seat(room, CLERK)
      return (await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })).total
    }
    await lend(at(-3), at(-1))
    expect(await count()).toBe(0)
    await seat(room, OFFICERS.security)
    await lend(at(-1), at(1))
    expect(await count()).toBe(1)
    await seat(room, OFFICERS.security)
    const [newest] = await room.call('delegations.list', {})
    await room.call('delegations.end', { id: newest?.id ?? '' })
    expect(await count()).toBe(0)
  })

  test('by the unit’s own matrix takes the place of the shipped one', async () => {
    const room = await openRoom()
    await bringIn(room, [CLERK])
    await newCase(room, '（2026）云0199民初31号')
    await seat(room, OFFICERS.security)
    await room.call('roles.setGrants', {
      role: 'clerk',
      grants: [{ permission: 'case.read', scope: 'all', secrecyUpTo: 'public' }],
      reason: '试行',
    })
    await seat(room, CLERK)
    // The case is 内部: above what the edited grant reaches.
    expect((await room.call('cases.list', { filter: {}, offset: 0, limit: 10 })).total).toBe(0)
    expect((await room.refusal('cases.create', { draft: { number: '（2026）云0199民初32号' } })).code).toBe(
      'ACCESS_DENIED',
    )
  })
})

test('none of the three officers reaches a case by any call', async () => {
  const room = await openRoom()
  const { tree, volume } = await newCase(room, '（2026）云0199民初41号')
  await importInto(room, volume.id, [await scans(1)])
  const [page] = await room.call('pages.list', { volumeId: volume.id })
  for (const officer of Object.values(OFFICERS)) {
    await seat(room, officer)
    for (const [method, input] of [
      ['cases.list', { filter: {}, offset: 0, limit: 1 }],
      ['cases.tree', { caseId: tree.case.id }],
      ['pages.list', { volumeId: volume.id }],
      ['search.find', { text: '41', limit: 5 }],
    ] as const) {
      expect((await room.refusal(method, input)).code, `${officer.name} ${method}`).toBe('ACCESS_DENIED')
    }
    const shut = await room.desk.page(CLIENT, page?.versionId ?? '', 'thumbnail', null)
    expect(shut).toMatchObject({ ok: false, error: { code: 'ACCESS_DENIED' } })
    expect(await room.call('jobs.list', {})).toEqual([])
  }
})
