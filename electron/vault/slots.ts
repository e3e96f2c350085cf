import { randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { AppError } from '../../shared/errors.ts'
import { displayName, foldName, passwordBytes } from './account-name.ts'
import type { Kdf, Recovery, Slot, VaultHeader } from './header.ts'
import { decodeKeyring, deriveKey, encodeKeyring, KEY_BYTES, type Keyring } from './keys.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

/** Argon2id (RFC 9106): 64 MiB and three passes, §4's second recommended option with one lane. */
export const DEFAULT_KDF: Kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 }
const ARGON2ID = 2

async function passwordKey(password: string, salt: Buffer, kdf: Kdf): Promise<Buffer> {
  return await hashRaw(passwordBytes(password), {
    algorithm: ARGON2ID,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: KEY_BYTES,
    salt,
  })
}

/** Binds the wrapping to its vault, its account, its turn and its cost: none can be exchanged for another's. */
function slotContext(vaultId: string, slot: Pick<Slot, 'accountId' | 'version' | 'kdf'>): string {
  const { name, memoryKiB, passes, lanes } = slot.kdf
  return ['juanku slot v1', vaultId, slot.accountId, slot.version, name, memoryKiB, passes, lanes].join('|')
}

export interface SlotOwner {
  readonly accountId: string
  readonly accountName: string
  readonly password: string
  readonly version: number
  readonly createdAt: string
}

export async function wrapSlot(vaultId: string, owner: SlotOwner, keyring: Keyring): Promise<Slot> {
  const salt = randomBytes(16)
  const key = await passwordKey(owner.password, salt, DEFAULT_KDF)
  const plain = encodeKeyring(keyring)
  const { accountId, version, createdAt } = owner
  const accountName = displayName(owner.accountName)
  const bound = { accountId, version, kdf: DEFAULT_KDF }
  const wrapped = sealBytes(key, slotContext(vaultId, bound), plain)
  key.fill(0)
  plain.fill(0)
  return {
    accountId,
    accountName,
    kdf: DEFAULT_KDF,
    salt: salt.toString('base64'),
    wrapped: wrapped.toString('base64'),
    version,
    createdAt,
    locked: false,
  }
}

/** Throws VAULT_ACCOUNT_LOCKED before any work, VAULT_WRONG_PASSWORD after it. */
export async function unwrapSlot(vaultId: string, slot: Slot, password: string): Promise<Keyring> {
  if (slot.locked) throw new AppError('VAULT_ACCOUNT_LOCKED')
  const key = await passwordKey(password, Buffer.from(slot.salt, 'base64'), slot.kdf)
  const plain = openBytes(key, slotContext(vaultId, slot), Buffer.from(slot.wrapped, 'base64'))
  key.fill(0)
  const keyring = plain && decodeKeyring(plain)
  plain?.fill(0)
  if (keyring === undefined) throw new AppError('VAULT_WRONG_PASSWORD')
  return keyring
}

/**
 * A locked slot is wrapped once more under a key that comes from the base key, so that the password alone opens
 * nothing, whichever program reads the file.
 */
export function suspendSlot(vaultId: string, slot: Slot, suspensionKey: Buffer): Slot {
  if (slot.locked) return slot
  const inner = Buffer.from(slot.wrapped, 'base64')
  const wrapped = sealBytes(suspensionKey, `juanku suspension v1|${slotContext(vaultId, slot)}`, inner)
  return { ...slot, wrapped: wrapped.toString('base64'), locked: true }
}

export function resumeSlot(vaultId: string, slot: Slot, suspensionKey: Buffer): Slot {
  if (!slot.locked) return slot
  const outer = Buffer.from(slot.wrapped, 'base64')
  const inner = openBytes(suspensionKey, `juanku suspension v1|${slotContext(vaultId, slot)}`, outer)
  if (inner === undefined) throw new AppError('VAULT_HEADER_DAMAGED', { reason: 'slot' })
  return { ...slot, wrapped: inner.toString('base64'), locked: false }
}

/** Throws VAULT_NO_SUCH_ACCOUNT. */
export function slotOfName(header: VaultHeader, accountName: string): Slot {
  const wanted = foldName(accountName)
  const slot = header.slots.find((candidate) => foldName(candidate.accountName) === wanted)
  if (slot === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
  return slot
}

export function slotOfId(header: Pick<VaultHeader, 'slots'>, accountId: string): Slot {
  const slot = header.slots.find((candidate) => candidate.accountId === accountId)
  if (slot === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
  return slot
}

function recoveryKey(vaultId: string, setId: string, secret: Uint8Array): { key: Buffer; context: string } {
  const context = `juanku recovery v1|${vaultId}|${setId}`
  return { key: deriveKey(secret, vaultId, context), context }
}

export function wrapMaster(
  vaultId: string,
  set: { readonly setId: string; readonly createdAt: string },
  secret: Uint8Array,
  master: Uint8Array,
): Recovery {
  const { key, context } = recoveryKey(vaultId, set.setId, secret)
  const wrapped = sealBytes(key, context, master).toString('base64')
  key.fill(0)
  return { setId: set.setId, threshold: 2, shares: 3, wrapped, createdAt: set.createdAt }
}

/** `undefined` when the secret is another one. */
export function unwrapMaster(vaultId: string, recovery: Recovery, secret: Uint8Array): Buffer | undefined {
  const { key, context } = recoveryKey(vaultId, recovery.setId, secret)
  const master = openBytes(key, context, Buffer.from(recovery.wrapped, 'base64'))
  key.fill(0)
  return master?.length === KEY_BYTES ? master : undefined
}
