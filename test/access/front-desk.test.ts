import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract/index.ts'
import {
  CLIENT,
  FOUNDERS,
  freshFolder,
  KEEPER,
  newCase,
  newId,
  openRoom,
  reopen,
  testDesk,
} from '../fixtures/records-room.ts'

const CLERK = { name: '书记员乙', password: 'Willow-37-tin-drum' } as const

describe('the front desk', () => {
  test('has nothing to show before a vault is open', async () => {
    const { refusal, call } = await testDesk()
    expect(await call('session.state', {})).toEqual({ state: 'signed-out' })
    expect((await refusal('cases.facets', {})).code).toBe('ACCESS_NOT_SIGNED_IN')
  })

  test('gives a session to one window only, and ends it with the window', async () => {
    const room = await openRoom()
    expect((await room.call('session.state', {})).state).toBe('signed-in')
    expect((await room.refusal('cases.facets', {}, CLIENT + 1)).code).toBe('ACCESS_NOT_SIGNED_IN')
    await room.desk.clientGone(CLIENT + 1)
    expect((await room.call('session.state', {})).state).toBe('signed-in')
    await room.desk.clientGone(CLIENT)
    expect(await room.call('session.state', {})).toEqual({ state: 'signed-out' })
    // The lock was given back, so the vault opens again.
    await reopen(room.folder)
  })

  test('records commands and denials in one chain, and not what is only looked at', async () => {
    const room = await openRoom()
    const { tree } = await newCase(room, '（2024）云0199民初1号')
    await room.call('cases.tree', { caseId: tree.case.id })
    await room.refusal('cases.create', { draft: { number: '（2024）云0199民初1号' } })
    const rows = room.desk
      .room()
      // Outside working hours an alarm stands among them.
      .catalogue.sql.all(
        `SELECT action, result, code FROM audit_record WHERE action <> 'alarm.raised' ORDER BY sequence`,
      )
    expect(rows.map((row) => [row.action, row.result, row.code])).toEqual([
      ['vault.created', 'done', null],
      ['vault.setup-finished', 'done', null],
      ['case.created', 'done', null],
      ['case.created', 'failed', 'CASE_NUMBER_TAKEN'],
    ])
    expect(room.desk.room().audit.verify().brokenAt).toBeNull()
  })

  test('keeps the sub-volume from an account without its key, by every way', async () => {
    const room = await openRoom()
    const { tree } = await newCase(room, '（2024）云0199民初1号', ['main', 'sub'])
    const sub = tree.volumes[1]
    const book = sub?.books[0]
    if (sub === undefined || book === undefined) throw new Error('no sub-volume')
    const item = await room.call('items.create', {
      volumeId: sub.id,
      bookId: book.id,
      draft: { title: '合议庭评议笔录' },
    })
    const accountId = newId()
    const { vault, catalogue } = room.desk.room()
    await vault.addSlot({ accountId, ...CLERK, compartments: ['open'] })
    const account = {
      id: accountId,
      name: CLERK.name,
      displayName: CLERK.name,
      roles: ['archivist' as const],
    }
    catalogue.desk.putAccount(account, new Date().toISOString())
    await room.desk.close()

    const clerk = await reopen(room.folder, CLERK)
    const shown = await clerk.call('cases.tree', { caseId: tree.case.id })
    expect(shown.volumes.map(({ kind, readable, books }) => [kind, readable, books.length])).toEqual([
      ['main', true, 1],
      ['sub', false, 0],
    ])
    expect(JSON.stringify(shown)).not.toContain('评议')
    expect((await clerk.call('search.find', { text: '评议笔录' })).cases).toEqual([])
    const closed = async (method: string, input: unknown) => (await clerk.refusal(method, input)).code
    expect(await closed('pages.list', { volumeId: sub.id })).toBe('VAULT_COMPARTMENT_CLOSED')
    expect(await closed('items.update', { itemId: item.id, draft: { title: 'x' } })).toBe(
      'VAULT_COMPARTMENT_CLOSED',
    )
    expect(await closed('intake.start', { volumeId: sub.id, paths: ['/x'] })).toBe('VAULT_COMPARTMENT_CLOSED')
  })

  test('keeps drafts sealed, each to its account and key', async () => {
    const room = await openRoom()
    await room.call('drafts.save', { key: 'case|1', value: '未写完的案由' })
    expect(await room.call('drafts.load', { key: 'case|1' })).toEqual({ value: '未写完的案由' })
    expect(await room.call('drafts.load', { key: 'case|2' })).toEqual({ value: null })
    const [row] = room.desk.room().catalogue.sql.all('SELECT sealed FROM draft')
    expect(Buffer.from(row?.sealed as Uint8Array).includes('案由')).toBe(false)
    await room.call('drafts.save', { key: 'case|1', value: null })
    expect(await room.call('drafts.load', { key: 'case|1' })).toEqual({ value: null })
  })

  test('changes a password, and opens with the new one alone', async () => {
    const room = await openRoom()
    const next = 'Otter-52-brass-lid'
    const weak = await room.refusal('session.changePassword', {
      current: KEEPER.password,
      next: 'password12',
    })
    expect(weak.code).toBe('VAULT_PASSWORD_TOO_WEAK')
    await room.call('session.changePassword', { current: KEEPER.password, next })
    await room.call('session.signOut', {})
    const again = await testDesk()
    const signIn = { folder: room.folder, accountName: KEEPER.name }
    expect((await again.refusal('session.signIn', { ...signIn, password: KEEPER.password })).code).toBe(
      'VAULT_WRONG_PASSWORD',
    )
    await again.call('session.signIn', { ...signIn, password: next })
  })

  test('opens with two shares when the password is lost', async () => {
    const desk = await testDesk()
    const folder = path.join(await freshFolder(), 'vault')
    const account = { folder, accountName: KEEPER.name }
    const created = await desk.call('vault.create', { folder, unitName: '某院', accounts: FOUNDERS })
    const [first = '', second = '', third = ''] = created.shares.map(({ text }) => text)
    expect(await desk.call('vault.confirmShare', { text: third })).toEqual({ index: 3 })
    expect((await desk.refusal('vault.confirmShare', { text: first.replace(/.$/, '*') })).code).toBe(
      'VAULT_RECOVERY_SHARE_INVALID',
    )
    await desk.call('vault.finishSetup', {})
    expect((await desk.refusal('vault.confirmShare', { text: third })).code).toBe(
      'VAULT_RECOVERY_SHARE_INVALID',
    )
    await desk.call('session.signOut', {})
    const newPassword = 'Heron-48-copper-jug'
    expect(
      (await desk.refusal('vault.recover', { ...account, shares: [first, first], newPassword })).code,
    ).toMatch(/^VAULT_RECOVERY/)
    await desk.call('vault.recover', { ...account, shares: [first, second], newPassword })
    await desk.call('session.signIn', { ...account, password: newPassword })
  })

  test('tells of no absolute path in any refusal', async () => {
    const room = await openRoom()
    const { volume } = await newCase(room, '（2024）云0199民初1号')
    const folder = await freshFolder()
    const missing = path.join(folder, '王小样', 'missing')
    const notATable = path.join(folder, 'rows.csv')
    await writeFile(notATable, Buffer.from([0, 1, 2, 255]))
    const asked: readonly (readonly [string, unknown])[] = [
      ['intake.readTable', { path: missing }],
      ['intake.readTable', { path: folder }],
      ['intake.readTable', { path: notATable }],
      ['templates.save', { template: { path: missing } }],
      ['templates.get', { id: 'none' }],
      ['cases.create', { draft: { number: '' } }],
      ['cases.create', { draft: { number: '???' } }],
      ['settings.set', { unitName: missing, masterNameTemplate: '{', exportNameTemplate: '}' }],
      ['vault.create', { folder, unitName: '某院', accounts: FOUNDERS }],
      ['jobs.get', { jobId: newId() }],
      ['pages.assign', { volumeId: volume.id, pageIds: [newId()], itemId: newId() }],
      ['vault.recoverySheet', { file: path.join(missing, 'sheet.pdf') }],
      ['session.signIn', { folder: missing, accountName: '甲', password: 'x' }],
      ...Object.keys(contract).map((name) => [name, { path: missing, folder: 7 }] as const),
    ]
    for (const [method, input] of asked) {
      const result = await room.desk.call(CLIENT, method, input)
      if (result.ok) continue
      expect(JSON.stringify(result.error), method).not.toMatch(/juanku-test|王小样|node_modules|\\n\s+at /)
    }
    const job = await room.ended(await startBroken())
    expect(JSON.stringify(job)).not.toMatch(/juanku-test|王小样/)

    async function startBroken() {
      await room.call('session.signIn', {
        folder: room.folder,
        accountName: KEEPER.name,
        password: KEEPER.password,
      })
      return await room.call('intake.start', {
        volumeId: volume.id,
        paths: [missing],
        table: { path: missing },
      })
    }
  })

  test('says whether anybody ever checked the recovery sheet, also after signing in again', async () => {
    const room = await openRoom()
    const state = await room.call('session.state', {})
    expect(state).toMatchObject({ session: { recoveryConfirmed: false } })
    await room.desk.close()
    const again = await reopen(room.folder)
    expect(await again.call('session.state', {})).toMatchObject({ session: { recoveryConfirmed: false } })
  })
})
