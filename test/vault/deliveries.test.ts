import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newAccountKeys, openSealedTo, publicHalves, sealTo } from '../../electron/vault/account-keys.ts'
import { readHeader, type Slot, signHeader, writeHeader } from '../../electron/vault/header.ts'
import { isSignedBy } from '../../electron/vault/index.ts'
import { deriveKey } from '../../electron/vault/keys.ts'
import { unwrapSlot } from '../../electron/vault/slots.ts'
import { ADMIN, addClerk, CLERK, codeOf, failureOf, freshVault, newId, openAs } from './fresh-vault.ts'

const OFFICER = { name: '系统管理员', password: 'officer password' } as const

describe('what is sealed to an account', () => {
  const ours = newAccountKeys()
  const receiver = publicHalves(ours).receiving
  const content = fc.uint8Array({ minLength: 0, maxLength: 64 }).map((bytes) => Buffer.from(bytes))

  test('comes back for its owner and context, and for nobody and nothing else', () => {
    const other = newAccountKeys()
    fc.assert(
      fc.property(content, fc.string(), fc.string(), (bytes, context, another) => {
        const sealed = sealTo(receiver, context, bytes)
        expect(openSealedTo(ours.receiving, context, sealed)?.equals(bytes)).toBe(true)
        expect(openSealedTo(other.receiving, context, sealed)).toBeUndefined()
        if (another !== context) expect(openSealedTo(ours.receiving, another, sealed)).toBeUndefined()
      }),
      { numRuns: 30 },
    )
  })

  test('opens no more with any one bit changed, nor cut anywhere', () => {
    const sealed = sealTo(receiver, 'x', Buffer.alloc(32, 7))
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      // The highest bit of an X25519 key is not read (RFC 7748 §5), but it is bound by the derivation.
      changed[at] = (changed[at] ?? 0) ^ (at % 2 === 0 ? 0x80 : 1)
      expect(openSealedTo(ours.receiving, 'x', changed)).toBeUndefined()
      expect(openSealedTo(ours.receiving, 'x', sealed.subarray(0, at))).toBeUndefined()
    }
    expect(openSealedTo(ours.receiving, 'x', Buffer.alloc(sealed.length))).toBeUndefined()
  })
})

describe('an officer without compartments', () => {
  async function roomWithOfficer() {
    const created = await freshVault()
    await created.vault.addSlot({ accountId: newId(), ...OFFICER, compartments: [] })
    const stored = await created.vault.objects.putBuffer('open', Buffer.from('正卷'))
    await created.vault.close()
    return { ...created, stored, officer: await openAs(created.folder, OFFICER) }
  }

  test('opens the catalogue and no content', async () => {
    const { officer, stored } = await roomWithOfficer()
    expect(officer.compartments.size).toBe(0)
    expect(officer.catalogueKey()).toHaveLength(32)
    expect(await codeOf(officer.objects.open('open', stored.name))).toBe('VAULT_COMPARTMENT_CLOSED')
    expect(() => officer.sealDraft({ label: 'x', compartment: 'open' }, Buffer.from('x'))).toThrow(
      'VAULT_COMPARTMENT_CLOSED',
    )
  })

  test('makes accounts that open nothing until a holder delivers', async () => {
    const { officer, folder, stored } = await roomWithOfficer()
    const accountId = newId()
    await officer.addSlot({ accountId, ...CLERK, compartments: [] })
    expect(await codeOf(officer.deliverCompartments(accountId, ['open']))).toBe('VAULT_COMPARTMENT_CLOSED')
    await officer.close()
    const before = await openAs(folder, CLERK)
    expect(before.compartments.size).toBe(0)
    await before.close()

    const holder = await openAs(folder, ADMIN)
    await holder.deliverCompartments(accountId, ['open'])
    expect(holder.info().accounts.map(({ compartments }) => compartments)).toEqual([
      ['open', 'restricted'],
      [],
      ['open'],
    ])
    await holder.close()
    const after = await openAs(folder, CLERK)
    expect([...after.compartments]).toEqual(['open'])
    expect((await after.objects.verify('open', stored.name)).sizeBytes).toBe(6)
    await after.changePassword({ current: CLERK.password, next: 'a new password' })
    await after.close()
    const again = await openAs(folder, { ...CLERK, password: 'a new password' })
    expect([...again.compartments]).toEqual(['open'])
  })

  test('resets a forgotten password to an account with other keys and no compartment', async () => {
    const { officer, folder } = await roomWithOfficer()
    const accountId = newId()
    await officer.close()
    const holder = await openAs(folder, ADMIN)
    await holder.addSlot({ accountId, ...CLERK, compartments: ['open'] })
    const keysOf = (vault: typeof holder) => vault.publicKeys().find((keys) => keys.accountId === accountId)
    const before = keysOf(holder)
    await holder.close()
    const again = await openAs(folder, OFFICER)
    await again.resetSlot({ accountId, password: 'second password', compartments: [] })
    expect(keysOf(again)?.receiving.equals(before?.receiving ?? Buffer.alloc(0))).toBe(false)
    expect(keysOf(again)?.signing.equals(before?.signing ?? Buffer.alloc(0))).toBe(false)
    const own = { accountId: again.account.accountId, password: 'another one', compartments: [] }
    expect((await failureOf(again.resetSlot(own))).details).toEqual({ reason: 'ownAccount' })
    await again.close()
    const clerk = await openAs(folder, { ...CLERK, password: 'second password' })
    expect(clerk.compartments.size).toBe(0)
  })
})

describe('a withdrawn compartment', () => {
  test('is gone at the next opening, and can be delivered again', async () => {
    const { vault, folder } = await freshVault()
    const accountId = await addClerk(vault)
    await vault.deliverCompartments(accountId, ['restricted'])
    await vault.withdrawCompartments(accountId, ['open'])
    await vault.close()
    const clerk = await openAs(folder, CLERK)
    expect([...clerk.compartments]).toEqual(['restricted'])
    await clerk.deliverCompartments(accountId, ['restricted'])
    expect(await codeOf(clerk.deliverCompartments(accountId, ['open']))).toBe('VAULT_COMPARTMENT_CLOSED')
  })

  test('is never taken from its last holder', async () => {
    const { vault } = await freshVault()
    const accountId = await addClerk(vault)
    const own = vault.account.accountId
    const refused = await failureOf(vault.withdrawCompartments(own, ['restricted']))
    expect(refused).toEqual({ code: 'ACCESS_DENIED', details: { reason: 'lastHolder' } })
    await vault.deliverCompartments(accountId, ['restricted'])
    await vault.withdrawCompartments(own, ['restricted'])
    expect((await failureOf(vault.removeSlot(accountId))).details).toEqual({ reason: 'lastHolder' })
    const reset = { accountId, password: 'second password', compartments: [] }
    expect((await failureOf(vault.resetSlot(reset))).details).toEqual({ reason: 'lastHolder' })
  })
})

describe('a delivery in a forged header', () => {
  /** Somebody with an account knows the key that seals the header: these are an insider's changes. */
  async function forge(edit: (clerk: Slot, admin: Slot, foreign: Slot) => Slot) {
    const { vault, folder } = await freshVault()
    const other = await freshVault()
    await addClerk(vault)
    await vault.close()
    const header = await readHeader(folder)
    const [admin, clerk] = header.slots
    const [foreign] = (await readHeader(other.folder)).slots
    if (admin === undefined || clerk === undefined || foreign === undefined) throw new Error('no slots')
    const { base } = await unwrapSlot(header.vaultId, clerk, { password: CLERK.password })
    const { format: _f, version: _v, mac: _m, ...content } = header
    const slots = [admin, edit(clerk, admin, foreign)]
    await writeHeader(folder, signHeader(deriveKey(base, '', 'juanku header v1'), { ...content, slots }))
    return await failureOf(openAs(folder, CLERK))
  }
  const damaged = { code: 'VAULT_HEADER_DAMAGED', details: { reason: 'slot' } }

  test('taken from another account is refused', async () => {
    expect(await forge((clerk, { deliveries }) => ({ ...clerk, deliveries }))).toEqual(damaged)
  })
  test('taken from another vault is refused', async () => {
    expect(await forge((clerk, _, { deliveries }) => ({ ...clerk, deliveries }))).toEqual(damaged)
  })
  test('said to be of another compartment is refused', async () => {
    const renamed = ({ sealed }: Slot['deliveries'][number]) => ({
      compartment: 'restricted' as const,
      sealed,
    })
    expect(await forge((clerk) => ({ ...clerk, deliveries: clerk.deliveries.map(renamed) }))).toEqual(damaged)
  })
  test('to a public key that was put in its owner’s place is noticed by the owner', async () => {
    expect(await forge((clerk, { receivingKey }) => ({ ...clerk, receivingKey }))).toEqual(damaged)
    expect(await forge((clerk, { signingKey }) => ({ ...clerk, signingKey }))).toEqual(damaged)
  })
  test('changed from outside breaks the seal of the header', async () => {
    const { vault, folder } = await freshVault()
    await vault.close()
    const path = join(folder, 'vault.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"compartment": "restricted"', '"compartment": "open"'))
    expect((await failureOf(openAs(folder, ADMIN))).code).toBe('VAULT_HEADER_DAMAGED')
  })
})

describe('an account’s signature', () => {
  test('is checked with the public key in the header, and with no other', async () => {
    const { vault } = await freshVault()
    await addClerk(vault)
    const { accountId, publicKey, sign } = vault.signer()
    const [own, clerk] = vault.publicKeys()
    const head = Buffer.from('head')
    const signature = sign(head)
    expect(accountId).toBe(vault.account.accountId)
    expect(own?.signing.equals(publicKey)).toBe(true)
    expect(isSignedBy(publicKey, head, signature)).toBe(true)
    expect(isSignedBy(clerk?.signing ?? Buffer.alloc(32), head, signature)).toBe(false)
    expect(isSignedBy(Buffer.alloc(3), head, signature)).toBe(false)
    await vault.close()
    expect(() => sign(head)).toThrow('VAULT_NOT_OPEN')
  })
})

describe('a key file', () => {
  const keyFile = Buffer.alloc(32, 5)
  const both = { ...ADMIN, keyFile }

  test('and the password open the slot together, and neither alone', async () => {
    const { vault, folder } = await freshVault()
    const { password } = ADMIN
    expect(await codeOf(vault.setKeyFile({ password: 'not this one', next: keyFile }))).toBe(
      'VAULT_WRONG_PASSWORD',
    )
    await vault.setKeyFile({ password, next: keyFile })
    expect(await codeOf(vault.checkPassword(ADMIN.name, password))).toBe('SESSION_SECOND_FACTOR_NEEDED')
    await vault.close()
    expect(await failureOf(openAs(folder, ADMIN))).toEqual({
      code: 'SESSION_SECOND_FACTOR_NEEDED',
      details: { kind: 'key-file' },
    })
    const wrong = [
      { ...ADMIN, keyFile: Buffer.alloc(32, 6) },
      { ...both, password: 'not this one' },
    ]
    for (const account of wrong) expect(await codeOf(openAs(folder, account))).toBe('VAULT_WRONG_PASSWORD')
    const again = await openAs(folder, both)
    expect(again.compartments.size).toBe(2)
    await again.changePassword({ current: password, next: 'a new password', keyFile })
    await again.setKeyFile({ password: 'a new password', keyFile, next: null })
    await again.close()
    await (await openAs(folder, { ...ADMIN, password: 'a new password' })).close()
  })

  test('is not got rid of by taking the flag back by hand', async () => {
    const { vault, folder } = await freshVault()
    await vault.setKeyFile({ password: ADMIN.password, next: keyFile })
    await vault.close()
    const path = join(folder, 'vault.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"keyFile": true', '"keyFile": false'))
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_WRONG_PASSWORD')
  })
})

describe('the secret of one-time codes', () => {
  test('is read by its account, survives a new password, and is gone after a reset', async () => {
    const { vault, folder } = await freshVault()
    const accountId = await addClerk(vault)
    await vault.close()
    const clerk = await openAs(folder, CLERK)
    expect(clerk.oneTimeSecret()).toBeUndefined()
    await clerk.setOneTimeSecret(Buffer.from('twenty bytes of key.'))
    expect(await readFile(join(folder, 'vault.json'), 'utf8')).not.toContain('twenty')
    await clerk.changePassword({ current: CLERK.password, next: 'a new password' })
    expect(clerk.oneTimeSecret()?.toString()).toBe('twenty bytes of key.')
    await clerk.close()
    const admin = await openAs(folder, ADMIN)
    expect(admin.info().accounts.map(({ oneTimeCode }) => oneTimeCode)).toEqual([false, true])
    await admin.resetSlot({ accountId, password: 'second password', compartments: [] })
    expect(admin.info().accounts.map(({ oneTimeCode }) => oneTimeCode)).toEqual([false, false])
  })
})
