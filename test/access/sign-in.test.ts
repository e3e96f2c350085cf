import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { JOURNAL_FILE } from '../../electron/access/index.ts'
import {
  FOUNDERS,
  freshFolder,
  KEEPER,
  newId,
  OFFICERS,
  openRoom,
  type TestDesk,
  testDesk,
} from '../fixtures/records-room.ts'

/** A machine and a calendar that a test moves by hand. */
function time() {
  const state = { uptime: 10_000, boot: 'boot-1', now: new Date('2026-03-02T09:00:00Z') }
  const clock = {
    boot: () => state.boot,
    uptimeSeconds: () => state.uptime,
    machine: 'pc-3',
    user: 'lin',
  }
  return { state, now: () => state.now, clock }
}

const signInAs = (folder: string, account: { readonly name: string; readonly password: string }) => ({
  folder,
  accountName: account.name,
  password: account.password,
})

const auditOf = (desk: TestDesk, action: string) =>
  desk.desk
    .room()
    .catalogue.sql.all(
      'SELECT account_id, details FROM audit_record WHERE action = ? ORDER BY sequence',
      action,
    )

describe('a new vault', () => {
  const create = async (accounts: readonly unknown[], smallUnit = false) => {
    const desk = await testDesk()
    const folder = path.join(await freshFolder(), 'vault')
    return {
      desk,
      folder,
      refusal: () => desk.refusal('vault.create', { folder, unitName: '某院', smallUnit, accounts }),
    }
  }
  const [system, security, auditor, archivist] = FOUNDERS

  test('has three officers without a key of any file, and an archivist with all', async () => {
    const { folder, desk, call } = await openRoom()
    const { vault } = desk.room()
    expect(vault.info().accounts.map(({ accountName, compartments }) => [accountName, compartments])).toEqual(
      [
        [KEEPER.name, ['open', 'restricted']],
        [OFFICERS.system.name, []],
        [OFFICERS.security.name, []],
        [OFFICERS.auditor.name, []],
      ],
    )
    const state = await call('session.state', {})
    expect(state).toMatchObject({ session: { roles: ['archivist'], smallUnit: false } })
    await call('session.signOut', {})
    for (const [account, role] of [
      [OFFICERS.system, 'system-officer'],
      [OFFICERS.security, 'security-officer'],
      [OFFICERS.auditor, 'auditor'],
    ] as const) {
      const session = await call('session.signIn', signInAs(folder, account))
      expect(session).toMatchObject({ roles: [role], compartments: [] })
      expect(session.permissions).not.toContain('page.read')
    }
  })

  test('is refused when one person has two of its offices, or two people one password', async () => {
    const reasons: readonly (readonly [readonly unknown[], string])[] = [
      [[system, auditor, archivist], 'roles'],
      [[system, system, auditor, archivist], 'roles'],
      [[system, security, { ...auditor, name: ` ${OFFICERS.system.name}` }, archivist], 'same-person'],
      [[system, security, { ...auditor, displayName: OFFICERS.security.name }, archivist], 'same-person'],
      [
        [{ ...system, displayName: '王敏' }, security, { ...auditor, displayName: '王敏' }, archivist],
        'same-person',
      ],
      [[system, security, { ...auditor, password: OFFICERS.system.password }, archivist], 'same-password'],
    ]
    for (const [accounts, reason] of reasons) {
      const { refusal } = await create(accounts)
      expect(await refusal()).toMatchObject({ code: 'CALL_INVALID_INPUT', details: { reason } })
    }
  })

  test('of a small unit joins two officers in one account, and tells everybody', async () => {
    const { desk, folder } = await create([])
    const accounts = [FOUNDERS[0], FOUNDERS[2], FOUNDERS[3]].filter((one) => one !== undefined)
    await desk.call('vault.create', { folder, unitName: '某庭', smallUnit: true, accounts })
    await desk.call('session.signOut', {})
    const system = await desk.call('session.signIn', signInAs(folder, OFFICERS.system))
    expect(system).toMatchObject({ roles: ['system-officer', 'security-officer'], smallUnit: true })
    const other = await desk.call('session.signIn', signInAs(folder, OFFICERS.auditor))
    expect(other).toMatchObject({ roles: ['auditor'], smallUnit: true })
  })
})

describe('five wrong passwords', () => {
  async function guessed() {
    const { folder, desk } = await openRoom()
    await desk.close()
    const { state, now, clock } = time()
    const door = await testDesk(now, { clock })
    const wrong = { ...signInAs(folder, KEEPER), password: 'not this one' }
    const left: unknown[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const { code, details } = await door.refusal('session.signIn', wrong)
      left.push([code, details.attemptsLeft])
    }
    return { folder, state, now, clock, door, wrong, left }
  }

  test('shut the account, also after a restart, a set clock and for the right password', async () => {
    const { folder, state, now, clock, door, wrong, left } = await guessed()
    expect(left).toEqual([4, 3, 2, 1].map((count) => ['VAULT_WRONG_PASSWORD', count]))
    const shut = { code: 'SESSION_LOCKED_OUT', details: { minutes: 15 } }
    expect(await door.refusal('session.signIn', wrong)).toMatchObject(shut)
    const again = await testDesk(now, { clock })
    expect(await again.refusal('session.signIn', signInAs(folder, KEEPER))).toMatchObject(shut)
    state.now = new Date('2027-01-01T00:00:00Z')
    expect(await again.refusal('session.signIn', signInAs(folder, KEEPER))).toMatchObject(shut)
    Object.assign(state, { boot: 'boot-2', uptime: 60 })
    expect((await again.refusal('session.signIn', signInAs(folder, KEEPER))).details).toEqual({ minutes: 14 })
    // Others are let in meanwhile.
    await again.call('session.signIn', signInAs(folder, OFFICERS.auditor))
    await again.call('session.signOut', {})
    state.now = new Date('2026-03-02T09:20:00Z')
    state.uptime = 900
    await again.call('session.signIn', signInAs(folder, KEEPER))
  })

  test('stand in the log after the next sign-in, in order, once, with what was typed left out', async () => {
    const { folder, door } = await guessed()
    await door.refusal('session.signIn', { folder, accountName: 'Secret-99-typed', password: 'x' })
    await door.call('session.signIn', signInAs(folder, KEEPER))
    const rows = auditOf(door, 'session.sign-in-failed').map(({ account_id, details }) => [
      account_id === null,
      (JSON.parse(String(details)) as { account: string }).account,
    ])
    expect(rows).toEqual([...Array(4).fill([false, KEEPER.name]), [true, 'unknown']])
    expect(door.desk.room().audit.verify().brokenAt).toBeNull()
    await door.call('session.signIn', signInAs(folder, KEEPER))
    expect(auditOf(door, 'session.sign-in-failed')).toHaveLength(5)
    expect(auditOf(door, 'audit.journal-damaged')).toEqual([])
  })

  test('are missed when somebody removes the journal that was read', async () => {
    const { folder, door } = await guessed()
    await door.call('session.signIn', signInAs(folder, KEEPER))
    await door.call('session.signOut', {})
    await rm(path.join(folder, JOURNAL_FILE))
    await door.call('session.signIn', signInAs(folder, KEEPER))
    expect(auditOf(door, 'audit.journal-damaged')).toHaveLength(1)
    await door.call('session.signIn', signInAs(folder, KEEPER))
    expect(auditOf(door, 'audit.journal-damaged')).toHaveLength(1)
  })
})

describe('a password', () => {
  const next = (turn: number) => `Otter-${turn}2-brass-lid`

  test('does not come back before five others', async () => {
    const { call, refusal } = await openRoom()
    let current: string = KEEPER.password
    for (let turn = 1; turn <= 5; turn += 1) {
      await call('session.changePassword', { current, next: next(turn) })
      current = next(turn)
    }
    const change = (wanted: string) => refusal('session.changePassword', { current, next: wanted })
    expect((await change(current)).code).toBe('SESSION_PASSWORD_REUSED')
    for (const old of [KEEPER.password, next(1), next(4)])
      expect(await change(old)).toMatchObject({ code: 'SESSION_PASSWORD_REUSED', details: { last: 5 } })
    await call('session.changePassword', { current, next: next(6) })
    await call('session.changePassword', { current: next(6), next: KEEPER.password })
  })

  test('is good for ninety days, or as many as the system officer sets', async () => {
    const { state, now, clock } = time()
    const { folder, call, refusal } = await openRoom(undefined, now, { clock })
    await call('session.signOut', {})
    const signIn = signInAs(folder, KEEPER)
    const day = 86_400_000
    state.now = new Date(state.now.getTime() + 89 * day)
    await call('session.signIn', signIn)
    expect(
      (await refusal('session.setPolicy', { passwordDays: 0, passwordHistory: 5, idleLockSeconds: 600 }))
        .code,
    ).toBe('ACCESS_DENIED')
    state.now = new Date(state.now.getTime() + 2 * day)
    expect(await refusal('session.signIn', signIn)).toMatchObject({
      code: 'SESSION_PASSWORD_EXPIRED',
      details: { reason: 'age' },
    })
    expect(await call('session.state', {})).toEqual({ state: 'signed-out' })
    const same = await refusal('session.signIn', { ...signIn, newPassword: KEEPER.password })
    expect(same.code).toBe('SESSION_PASSWORD_REUSED')
    expect((await refusal('session.signIn', { ...signIn, newPassword: 'password12' })).code).toBe(
      'VAULT_PASSWORD_TOO_WEAK',
    )
    await call('session.signIn', { ...signIn, newPassword: next(1) })
    await call('session.signIn', { ...signIn, password: next(1) })
    const officer = { ...signInAs(folder, OFFICERS.system), newPassword: next(2) }
    await call('session.signIn', officer)
    await call('session.setPolicy', { passwordDays: 30, passwordHistory: 5, idleLockSeconds: 600 })
    state.now = new Date(state.now.getTime() + 31 * day)
    expect((await refusal('session.signIn', { ...signIn, password: next(1) })).code).toBe(
      'SESSION_PASSWORD_EXPIRED',
    )
  })

  test('that somebody else gave must be changed before anything else', async () => {
    const { folder, call, refusal, desk } = await openRoom()
    const clerk = { name: '书记员乙', password: 'Willow-37-tin-drum' }
    const { vault, catalogue } = desk.room()
    const id = newId()
    await vault.addSlot({ accountId: id, ...clerk, compartments: ['open'] })
    catalogue.desk.putAccount(
      { id, name: clerk.name, displayName: clerk.name, roles: ['clerk'] },
      new Date().toISOString(),
    )
    await call('session.signOut', {})
    const given = { code: 'SESSION_PASSWORD_EXPIRED', details: { reason: 'given' } }
    expect(await refusal('session.signIn', signInAs(folder, clerk))).toMatchObject(given)
    await call('session.signIn', { ...signInAs(folder, clerk), newPassword: next(1) })
    await call('session.signOut', {})
    await call('session.signIn', { ...signInAs(folder, clerk), password: next(1) })
  })
})

describe('a covered desk', () => {
  test('answers nothing but unlocking and leaving, and is as before for the right password', async () => {
    const { call, refusal, desk, events } = await openRoom()
    await call('cases.create', { draft: { number: '（2024）云0199民初1号' } })
    await call('session.lock', {})
    expect(events.at(-1)).toEqual({
      event: 'session',
      state: { state: 'locked', locked: { accountName: KEEPER.name, displayName: KEEPER.name } },
    })
    for (const [method, input] of [
      ['cases.list', { filter: {}, offset: 0, limit: 1 }],
      ['session.stayAwake', {}],
      ['session.policy', {}],
      ['session.signOut', {}],
      ['drafts.load', { key: 'x' }],
    ] as const)
      expect((await refusal(method, input)).code).toBe('ACCESS_NOT_SIGNED_IN')
    expect(await desk.page(7, newId(), 'view', null)).toMatchObject({ ok: false })
    expect((await call('session.state', {})).state).toBe('locked')
    const wrong = await refusal('session.unlock', { password: 'not this one' })
    expect(wrong).toMatchObject({ code: 'VAULT_WRONG_PASSWORD', details: { attemptsLeft: 4 } })
    expect((await call('session.unlock', { password: KEEPER.password })).accountName).toBe(KEEPER.name)
    expect((await call('cases.list', { filter: {}, offset: 0, limit: 1 })).total).toBe(1)
    const log = desk.room().catalogue.sql.all('SELECT action, account_id FROM audit_record ORDER BY sequence')
    const about = log.filter(({ action }) => String(action).includes('lock')).map(({ action }) => action)
    expect(about).toEqual(['session.locked', 'session.unlock-failed', 'session.unlocked', 'session.unlocked'])
    expect(log.find(({ action }) => action === 'session.unlock-failed')?.account_id).not.toBeNull()
  })

  test('keeps back what tells of its content until it is open again', async () => {
    const room = await openRoom()
    const { case: made } = await room.call('cases.create', { draft: { number: '（2024）云0199民初1号' } })
    const job = await room.call('vault.check', {})
    await room.call('session.lock', {})
    const before = room.events.length
    await room.ended(job)
    expect(room.events.slice(before).filter(({ event }) => event !== 'session')).toEqual([])
    await room.call('session.unlock', { password: KEEPER.password })
    expect(room.events.slice(before)).toContainEqual(expect.objectContaining({ event: 'job' }))
    expect(made.pageCount).toBe(0)
  })

  test('is covered by the core’s own clock when nobody is there, and stays open when somebody is', async () => {
    const { state, now, clock } = time()
    const { call, desk } = await openRoom(undefined, now, { clock, idleLock: true })
    const stateNow = async () => (await call('session.state', {})).state
    const look = () => new Promise((resolve) => setTimeout(resolve, 1200))
    state.uptime += 599
    await look()
    expect(await stateNow()).toBe('signed-in')
    await call('session.stayAwake', {})
    state.uptime += 599
    await look()
    expect(await stateNow()).toBe('signed-in')
    state.uptime += 1
    await expect.poll(stateNow, { timeout: 5000 }).toBe('locked')
    const rows = desk
      .room()
      .catalogue.sql.all(`SELECT 1 FROM audit_record WHERE action = 'session.locked-idle'`)
    expect(rows).toHaveLength(1)
  })

  test('may be left to another person', async () => {
    const { call, refusal, folder } = await openRoom()
    expect((await refusal('session.leaveLocked', {})).code).toBe('ACCESS_NOT_SIGNED_IN')
    await call('session.lock', {})
    await call('session.leaveLocked', {})
    expect(await call('session.state', {})).toEqual({ state: 'signed-out' })
    await call('session.signIn', signInAs(folder, OFFICERS.auditor))
  })
})

describe('a second factor', () => {
  test('of one-time codes is asked for, good once, and can be given up', async () => {
    const { state, now, clock } = time()
    const { folder, call, refusal } = await openRoom(undefined, now, { clock })
    const { secret } = await call('session.prepareCode', {})
    const authenticator = new TOTP({ secret: Secret.fromBase32(secret) })
    const code = () => authenticator.generate({ timestamp: state.now.getTime() })
    expect((await refusal('session.enrolCode', { code: '000000' })).code).toBe('SESSION_SECOND_FACTOR_WRONG')
    await call('session.enrolCode', { code: code() })
    expect(await call('session.secondFactors', {})).toEqual({ code: true, keyFile: false })
    await call('session.signOut', {})
    const signIn = signInAs(folder, KEEPER)
    expect(await refusal('session.signIn', signIn)).toMatchObject({
      code: 'SESSION_SECOND_FACTOR_NEEDED',
      details: { kind: 'code' },
    })
    // The code that set it up is used.
    expect((await refusal('session.signIn', { ...signIn, code: code() })).code).toBe(
      'SESSION_SECOND_FACTOR_WRONG',
    )
    state.now = new Date(state.now.getTime() + 30_000)
    await call('session.signIn', { ...signIn, code: code() })
    await call('session.signOut', {})
    expect(await refusal('session.signIn', { ...signIn, code: code() })).toMatchObject({
      code: 'SESSION_SECOND_FACTOR_WRONG',
      details: { attemptsLeft: 4 },
    })
    state.now = new Date(state.now.getTime() + 30_000)
    await call('session.signIn', { ...signIn, code: code() })
    expect((await refusal('session.removeCode', { password: 'not this one' })).code).toBe(
      'VAULT_WRONG_PASSWORD',
    )
    await call('session.removeCode', { password: KEEPER.password })
    await call('session.signIn', signIn)
  })

  test('of a key file opens the vault together with the password alone', async () => {
    const { folder, call, refusal } = await openRoom()
    const stick = path.join(await freshFolder(), 'keeper.key')
    const { password } = KEEPER
    expect(await call('session.enrolKeyFile', { password, file: stick })).toEqual({ fileName: 'keeper.key' })
    await call('session.lock', {})
    expect((await refusal('session.unlock', { password })).code).toBe('SESSION_SECOND_FACTOR_NEEDED')
    await call('session.unlock', { password, keyFile: stick })
    await call('session.signOut', {})
    const inspected = await call('vault.inspectFolder', { folder })
    expect(inspected).toMatchObject({
      accounts: [{ name: KEEPER.name, keyFile: true, code: false }, {}, {}, {}],
    })
    const signIn = signInAs(folder, KEEPER)
    expect((await refusal('session.signIn', signIn)).details).toEqual({ kind: 'key-file' })
    const other = path.join(await freshFolder(), 'other.key')
    await writeFile(other, Buffer.alloc(32, 1))
    expect((await refusal('session.signIn', { ...signIn, keyFile: other })).code).toBe('VAULT_WRONG_PASSWORD')
    await call('session.signIn', { ...signIn, keyFile: stick })
    const next = 'Otter-52-brass-lid'
    await call('session.changePassword', { current: password, next, keyFile: stick })
    await call('session.removeKeyFile', { password: next, keyFile: stick })
    await call('session.signIn', { ...signIn, password: next })
  })
})
