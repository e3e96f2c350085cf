import { createDecipheriv } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCacheDatabase } from '../../electron/database.ts'
import { openSealedTo } from '../../electron/vault/account-keys.ts'
import { readHeader } from '../../electron/vault/header.ts'
import { objectPath } from '../../electron/vault/index.ts'
import { createVaultKeys, deriveKey } from '../../electron/vault/keys.ts'
import { slotOfName, unwrapSlot } from '../../electron/vault/slots.ts'
import { ADMIN, addClerk, CLERK, freshVault } from './fresh-vault.ts'

function opens(key: Buffer, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): boolean {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(-16))
  decipher.update(sealed.subarray(0, -16))
  try {
    decipher.final()
    return true
  } catch {
    return false
  }
}

/** A small seal: nonce, ciphertext, tag. */
const opensSmall = (key: Buffer, context: string, sealed: Uint8Array) =>
  opens(key, sealed.subarray(0, 12), Buffer.from(context), sealed.subarray(12))

test('nothing that the password of an open-only account yields opens anything restricted', async () => {
  const { vault, folder } = await freshVault()
  const clerkId = await addClerk(vault)
  // A key once delivered and withdrawn must not be reachable from the folder either.
  await vault.deliverCompartments(clerkId, ['restricted'])
  await vault.withdrawCompartments(clerkId, ['restricted'])
  const { name } = await vault.objects.putBuffer('restricted', Buffer.from('副卷'))
  await vault.objects.putDerived('restricted', 'thumbnail|1', Buffer.from('缩略图'))
  const draft = vault.sealDraft({ label: 'form', compartment: 'restricted' }, Buffer.from('草稿'))
  const header = await readHeader(folder)
  const slot = slotOfName(header, CLERK.name)
  const keyring = await unwrapSlot(header.vaultId, slot, { password: CLERK.password })
  expect([...keyring.compartments.keys()]).toEqual(['open'])
  const keys = createVaultKeys(keyring)

  const all = ['open', 'restricted'] as const
  const contexts = header.slots.flatMap(({ accountId }) =>
    all.map((compartment) => `juanku delivery v1|${header.vaultId}|${accountId}|${compartment}`),
  )
  const delivered = header.slots.flatMap(({ deliveries }) =>
    deliveries.map(({ sealed }) => Buffer.from(sealed, 'base64')),
  )
  const unsealed = [keyring.receiving, keyring.signing].flatMap((secret) =>
    delivered.flatMap((sealed) => contexts.map((context) => openSealedTo(secret, context, sealed))),
  )
  // Of all deliveries in the header exactly one is the clerk's: that of 正卷.
  expect(unsealed.filter((key) => key !== undefined)).toEqual([keyring.compartments.get('open')])

  const first = [
    keyring.base,
    keyring.receiving,
    keyring.signing,
    ...keyring.compartments.values(),
    ...(['catalogue', 'drafts', 'header', 'suspension'] as const).map((purpose) => keys.base(purpose)),
    ...Object.values<Buffer>({ ...keys.of('open') }),
  ]
  const purposes = ['sealing', 'naming', 'derived naming', 'derived sealing', 'drafts', 'one-time']
  const held = [
    ...first,
    ...first.flatMap((key) => [
      deriveKey(key, header.vaultId, 'juanku compartment v1|restricted'),
      ...purposes.map((purpose) => deriveKey(key, '', `juanku ${purpose} v1`)),
    ]),
  ]
  const sealed = await readFile(join(folder, objectPath(name)))
  const info = Buffer.concat([Buffer.from('juanku object v1'), Buffer.from(name, 'hex')])
  const place = Buffer.from([0, 0, 0, 0, 1])
  const nonce = Buffer.concat([sealed.subarray(40, 47), place])
  const aad = Buffer.concat([sealed.subarray(0, 48), place])
  const opensObject = (key: Buffer) => opens(key, nonce, aad, sealed.subarray(48))
  const rows = openCacheDatabase(join(folder, 'derived.db'), 'test')
  const row = rows.prepare('SELECT name, sealed FROM derived').get() as { name: Buffer; sealed: Buffer }
  rows.close()
  for (const key of held) {
    expect(opensObject(key)).toBe(false)
    expect(opensObject(deriveKey(key, sealed.subarray(8, 40), info))).toBe(false)
    expect(opensSmall(key, `juanku derived v1|${row.name.toString('hex')}`, row.sealed)).toBe(false)
    expect(opensSmall(key, 'juanku draft v1|form', draft)).toBe(false)
  }
  // The same trials with the right keys succeed: they would have found a way in.
  const holder = slotOfName(header, ADMIN.name)
  const right = createVaultKeys(await unwrapSlot(header.vaultId, holder, { password: ADMIN.password }))
  const { sealing, derivedSealing, drafts } = right.of('restricted')
  expect(opensObject(deriveKey(sealing, sealed.subarray(8, 40), info))).toBe(true)
  expect(opensSmall(derivedSealing, `juanku derived v1|${row.name.toString('hex')}`, row.sealed)).toBe(true)
  expect(opensSmall(drafts, 'juanku draft v1|form', draft)).toBe(true)
})
