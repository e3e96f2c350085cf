import { createDecipheriv } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readHeader } from '../../electron/vault/header.ts'
import { objectPath } from '../../electron/vault/index.ts'
import { createVaultKeys, deriveKey } from '../../electron/vault/keys.ts'
import { slotOfName, unwrapSlot } from '../../electron/vault/slots.ts'
import { addClerk, CLERK, freshVault } from './fresh-vault.ts'

test('no key in or derived from the slot of an open-only account opens a restricted segment', async () => {
  const { vault, folder } = await freshVault()
  await addClerk(vault)
  const { name } = await vault.objects.putBuffer('restricted', Buffer.from('副卷'))
  const header = await readHeader(folder)
  const keyring = await unwrapSlot(header.vaultId, slotOfName(header, CLERK.name), CLERK.password)
  expect([...keyring.compartments.keys()]).toEqual(['open'])
  const keys = createVaultKeys(keyring)
  const held = [
    keyring.base,
    ...keyring.compartments.values(),
    ...(['catalogue', 'drafts', 'header', 'suspension'] as const).map((purpose) => keys.base(purpose)),
    ...Object.values<Buffer>({ ...keys.of('open') }),
    deriveKey(keyring.base, header.vaultId, 'juanku compartment v1|restricted'),
    deriveKey(keyring.base, '', 'juanku sealing v1'),
  ]
  const sealed = await readFile(join(folder, objectPath(name)))
  const info = Buffer.concat([Buffer.from('juanku object v1'), Buffer.from(name, 'hex')])
  const place = Buffer.from([0, 0, 0, 0, 1])
  const opens = (key: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.concat([sealed.subarray(40, 47), place]))
    decipher.setAAD(Buffer.concat([sealed.subarray(0, 48), place]))
    decipher.setAuthTag(sealed.subarray(-16))
    decipher.update(sealed.subarray(48, -16))
    try {
      decipher.final()
      return true
    } catch {
      return false
    }
  }
  for (const key of held) {
    expect(opens(key)).toBe(false)
    expect(opens(deriveKey(key, sealed.subarray(8, 40), info))).toBe(false)
  }
})
