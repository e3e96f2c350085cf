import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCacheDatabase } from '../../electron/database.ts'
import type { Compartment } from '../../electron/vault/compartments.ts'
import { isSignedBy, objectPath, openVaultWithRecovery } from '../../electron/vault/index.ts'
import { contentName, createVaultKeys, derivedName, keyringFromMaster } from '../../electron/vault/keys.ts'
import { combineShares, setFingerprint } from '../../electron/vault/recovery-shares.ts'
import { createSegmentCipher, sealedLength, sealedPieces } from '../../electron/vault/segments.ts'
import vectors from '../fixtures/vault/vectors.json' with { type: 'json' }
import { freshFolder, newId, now, openAs } from './fresh-vault.ts'

const keys = () => createVaultKeys(keyringFromMaster(Buffer.from(vectors.master, 'hex'), vectors.vaultId))
const hex = (text: string) => Buffer.from(text, 'hex')
const asCompartment = (text: string): Compartment => (text === 'open' ? 'open' : 'restricted')

function pattern(sizeBytes: number): Buffer {
  return Buffer.alloc(
    sizeBytes,
    Uint8Array.from({ length: 251 }, (_, index) => index),
  )
}

/** A vault folder written by the other implementation. */
async function foreignVault(): Promise<string> {
  const folder = await freshFolder()
  await writeFile(join(folder, 'vault.json'), JSON.stringify(vectors.header))
  for (const object of vectors.objects) {
    if (object.sealed === undefined) continue
    await mkdir(dirname(join(folder, objectPath(object.name))), { recursive: true })
    await writeFile(join(folder, objectPath(object.name)), hex(object.sealed))
  }
  const derived = openCacheDatabase(join(folder, 'derived.db'), 'test')
  derived.exec('CREATE TABLE derived (name BLOB PRIMARY KEY, sealed BLOB NOT NULL); PRAGMA user_version = 1')
  derived
    .prepare('INSERT INTO derived VALUES (?, ?)')
    .run(hex(vectors.derived.name), hex(vectors.derived.sealed))
  derived.close()
  return folder
}

describe('against vectors of an independent implementation', () => {
  test('the keys for each purpose agree', () => {
    const found = keys()
    expect(found.keyring.base.toString('hex')).toBe(vectors.base)
    for (const purpose of ['catalogue', 'drafts', 'header', 'suspension'] as const) {
      expect(found.base(purpose).toString('hex')).toBe(vectors.purposes[purpose])
    }
    for (const compartment of ['open', 'restricted'] as const) {
      const expected = vectors.compartments[compartment]
      expect(found.keyring.compartments.get(compartment)?.toString('hex')).toBe(expected.key)
      const { sealing, naming, derivedNaming, derivedSealing, drafts } = found.of(compartment)
      expect(
        [sealing, naming, derivedNaming, derivedSealing, drafts].map((key) => key.toString('hex')),
      ).toEqual([
        expected.sealing,
        expected.naming,
        expected.derivedNaming,
        expected.derivedSealing,
        expected.drafts,
      ])
    }
  })

  for (const object of vectors.objects) {
    test(`sealing ${object.sizeBytes} bytes into ${object.compartment} gives the same name and the same file`, () => {
      const content = pattern(object.sizeBytes)
      const digest = createHash('sha256').update(content).digest()
      expect(digest.toString('hex')).toBe(object.sha256)
      const compartment = asCompartment(object.compartment)
      const compartmentKeys = keys().of(compartment)
      const name = contentName(compartmentKeys, digest)
      expect(name.toString('hex')).toBe(object.name)
      const header = {
        compartment,
        salt: hex(object.salt),
        noncePrefix: hex(object.noncePrefix),
      } as const
      const sealed = Buffer.concat(
        [...sealedPieces(createSegmentCipher(compartmentKeys.sealing, header, name), content)].flat(),
      )
      expect(sealed.length).toBe(object.sealedBytes)
      expect(sealedLength(object.sizeBytes)).toBe(object.sealedBytes)
      expect(createHash('sha256').update(sealed).digest('hex')).toBe(object.sealedSha256)
      if (object.sealed !== undefined) expect(sealed.toString('hex')).toBe(object.sealed)
    })
  }

  test('the name of a derived object agrees', () => {
    expect(derivedName(keys().of('open'), vectors.derived.label).toString('hex')).toBe(vectors.derived.name)
  })

  test('a vault folder of the other implementation opens with its password', async () => {
    const folder = await foreignVault()
    const vault = await openAs(folder, { name: '书记员甲', password: vectors.password })
    expect([...vault.compartments]).toEqual(['open'])
    expect(vault.catalogueKey().toString('hex')).toBe(vectors.purposes.catalogue)
    for (const object of vectors.objects) {
      if (object.sealed === undefined || object.compartment !== 'open') continue
      expect(await vault.objects.verify('open', object.name)).toEqual({
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
      })
    }
    expect((await vault.objects.getDerived('open', vectors.derived.label))?.toString()).toBe(
      vectors.derived.content,
    )
  })

  test('an account of it with a key file opens with both, and has what was delivered to it', async () => {
    const folder = await foreignVault()
    const { password } = vectors
    const vault = await openAs(folder, { name: '档案员乙', password, keyFile: hex(vectors.keyFile) })
    expect([...vault.compartments]).toEqual(['open', 'restricted'])
    expect(vault.oneTimeSecret()?.toString('hex')).toBe(vectors.oneTimeSecret)
    const [restricted] = vectors.objects.filter(({ compartment }) => compartment === 'restricted')
    if (restricted === undefined) throw new Error('no restricted object')
    expect((await vault.objects.verify('restricted', restricted.name)).sha256).toBe(restricted.sha256)
  })

  test('what its account signed is what ours signs, and is known as its own', async () => {
    const folder = await foreignVault()
    const vault = await openAs(folder, { name: '书记员甲', password: vectors.password })
    const { publicKey, sign } = vault.signer()
    const message = hex(vectors.signed.message)
    expect(sign(message).toString('hex')).toBe(vectors.signed.signature)
    expect(isSignedBy(publicKey, message, hex(vectors.signed.signature))).toBe(true)
    expect(isSignedBy(publicKey, Buffer.from('x'), hex(vectors.signed.signature))).toBe(false)
  })

  test('its printed shares open it too, any two of them', async () => {
    const fingerprint = setFingerprint(vectors.vaultId, vectors.header.recovery.setId)
    for (const [first, second] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const shares = [vectors.shares[first] ?? '', vectors.shares[second] ?? '']
      expect((await combineShares(shares, fingerprint)).toString('hex')).toBe(vectors.secret)
    }
    const folder = await foreignVault()
    const recovered = await openVaultWithRecovery({ folder, shares: vectors.shares.slice(1), now, newId })
    expect(recovered.info().accounts.map((account) => account.accountName)).toEqual(['书记员甲', '档案员乙'])
    await recovered.close()
  })
})
