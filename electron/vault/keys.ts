import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { COMPARTMENTS, type Compartment } from './compartments.ts'

export const KEY_BYTES = 32

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. */
export function deriveKey(key: Uint8Array, salt: Uint8Array | string, info: Uint8Array | string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, KEY_BYTES))
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** The keys of a vault that an open account, or the recovery shares, may use; never the master key. */
export interface Keyring {
  readonly base: Buffer
  readonly compartments: ReadonlyMap<Compartment, Buffer>
}

export function keyringFromMaster(master: Uint8Array, vaultId: string): Keyring {
  return {
    base: deriveKey(master, vaultId, 'juanku base v1'),
    compartments: new Map(
      COMPARTMENTS.map((name) => [name, deriveKey(master, vaultId, `juanku compartment v1|${name}`)]),
    ),
  }
}

export function wipeKeyring(keyring: Keyring): void {
  keyring.base.fill(0)
  for (const key of keyring.compartments.values()) key.fill(0)
}

const BASE_PURPOSES = ['catalogue', 'drafts', 'header', 'suspension'] as const
export type BasePurpose = (typeof BASE_PURPOSES)[number]

export interface CompartmentKeys {
  /** The input of the key of each single object. */
  readonly sealing: Buffer
  readonly naming: Buffer
  readonly derivedNaming: Buffer
  readonly derivedSealing: Buffer
  readonly drafts: Buffer
  /** The SQLCipher key of the compartment's page texts and their index. */
  readonly text: Buffer
}

/** Every key that an open vault may use, each for one purpose. After `close` each use throws VAULT_NOT_OPEN. */
export interface VaultKeys {
  readonly keyring: Keyring
  readonly compartments: ReadonlySet<Compartment>
  /** Throws VAULT_COMPARTMENT_CLOSED when the account does not hold this compartment. */
  of(compartment: Compartment): CompartmentKeys
  base(purpose: BasePurpose): Buffer
  close(): void
}

export function createVaultKeys(keyring: Keyring): VaultKeys {
  const base = new Map(
    BASE_PURPOSES.map((purpose) => [purpose, deriveKey(keyring.base, '', `juanku ${purpose} v1`)]),
  )
  const byCompartment = new Map<Compartment, CompartmentKeys>()
  for (const [name, key] of keyring.compartments) {
    byCompartment.set(name, {
      sealing: deriveKey(key, '', 'juanku sealing v1'),
      naming: deriveKey(key, '', 'juanku naming v1'),
      derivedNaming: deriveKey(key, '', 'juanku derived naming v1'),
      derivedSealing: deriveKey(key, '', 'juanku derived sealing v1'),
      drafts: deriveKey(key, '', 'juanku drafts v1'),
      text: deriveKey(key, '', 'juanku text v1'),
    })
  }
  let closed = false
  const assertOpen = () => {
    if (closed) throw new AppError('VAULT_NOT_OPEN')
  }
  return {
    keyring,
    compartments: new Set(keyring.compartments.keys()),
    of(compartment) {
      assertOpen()
      const keys = byCompartment.get(compartment)
      if (keys === undefined) throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
      return keys
    },
    base(purpose) {
      assertOpen()
      const key = base.get(purpose)
      if (key === undefined) throw new AppError('VAULT_NOT_OPEN')
      return key
    },
    close() {
      closed = true
      wipeKeyring(keyring)
      for (const key of base.values()) key.fill(0)
      for (const keys of byCompartment.values())
        for (const key of Object.values<Buffer>({ ...keys })) key.fill(0)
    },
  }
}

/** The name of content: equal content has one name in a compartment, and nobody without the key can guess it. */
export function contentName(keys: CompartmentKeys, contentSha256: Uint8Array): Buffer {
  return createHmac('sha256', keys.naming).update(contentSha256).digest()
}

/** The name of something that can be made again, from a label such as `thumbnail|<page version id>`. */
export function derivedName(keys: CompartmentKeys, label: string): Buffer {
  return createHmac('sha256', keys.derivedNaming).update(label, 'utf8').digest()
}
