import { randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { AppError } from '../../shared/errors.ts'
import { type AccountKeys, newAccountKeys, publicHalves } from './account-keys.ts'
import { displayName, foldName, passwordBytes } from './account-name.ts'
import type { Compartment } from './compartments.ts'
import { deliver, takeDeliveries } from './deliveries.ts'
import type { Kdf, Slot, VaultHeader } from './header.ts'
import { deriveKey, KEY_BYTES, type Keyring, wipeKeyring } from './keys.ts'
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

/** What opens a slot: the password, and the bytes of a key file where the slot wants one. */
export interface SlotSecret {
  readonly password: string
  readonly keyFile?: Uint8Array | undefined
}

/** Binds the wrapping to its vault, its account, its turn and its cost: none can be exchanged for another's. */
function slotContext(vaultId: string, slot: Pick<Slot, 'accountId' | 'version' | 'kdf' | 'keyFile'>): string {
  const { name, memoryKiB, passes, lanes } = slot.kdf
  const by = slot.keyFile ? 'password+keyfile' : 'password'
  return ['juanku slot v1', vaultId, slot.accountId, slot.version, name, memoryKiB, passes, lanes, by].join(
    '|',
  )
}

/** Without the file's bytes the password opens nothing, and without the password neither do they. */
async function slotKey(
  vaultId: string,
  slot: Pick<Slot, 'accountId' | 'salt' | 'kdf'>,
  secret: SlotSecret,
): Promise<Buffer> {
  const key = await passwordKey(secret.password, Buffer.from(slot.salt, 'base64'), slot.kdf)
  if (secret.keyFile === undefined) return key
  const both = deriveKey(key, secret.keyFile, `juanku key file v1|${vaultId}|${slot.accountId}`)
  key.fill(0)
  return both
}

/** The keys in a slot under its password. Compartments are not among them: they are delivered. */
export interface SlotKeys extends AccountKeys {
  readonly base: Buffer
}

/** What an account has once its slot is open. */
export interface AccountKeyring extends Keyring, AccountKeys {}

const SLOT_KEYS_VERSION = 1

function encodeSlotKeys({ base, receiving, signing }: SlotKeys): Buffer {
  return Buffer.concat([Buffer.from([SLOT_KEYS_VERSION]), base, receiving, signing])
}

/** `undefined` when the bytes are no keys of a known version. */
function decodeSlotKeys(bytes: Buffer): SlotKeys | undefined {
  if (bytes.length !== 1 + 3 * KEY_BYTES || bytes[0] !== SLOT_KEYS_VERSION) return undefined
  const keyAt = (place: number) =>
    Buffer.from(bytes.subarray(1 + KEY_BYTES * place, 1 + KEY_BYTES * (place + 1)))
  return { base: keyAt(0), receiving: keyAt(1), signing: keyAt(2) }
}

export interface SlotOwner {
  readonly accountId: string
  readonly accountName: string
  readonly version: number
  readonly createdAt: string
}

/** A slot under a new password; whatever was delivered to the same key pair stays good. */
export async function wrapSlot(
  vaultId: string,
  owner: SlotOwner & Partial<Pick<Slot, 'deliveries' | 'oneTimeSecret'>>,
  secret: SlotSecret,
  keys: SlotKeys,
): Promise<Slot> {
  const { accountId, version, createdAt } = owner
  const publicKeys = publicHalves(keys)
  const slot = {
    accountId,
    accountName: displayName(owner.accountName),
    kdf: DEFAULT_KDF,
    salt: randomBytes(16).toString('base64'),
    keyFile: secret.keyFile !== undefined,
    receivingKey: publicKeys.receiving.toString('base64'),
    signingKey: publicKeys.signing.toString('base64'),
    deliveries: owner.deliveries ?? [],
    oneTimeSecret: owner.oneTimeSecret ?? null,
    version,
    createdAt,
    locked: false,
  }
  const key = await slotKey(vaultId, slot, secret)
  const plain = encodeSlotKeys(keys)
  const wrapped = sealBytes(key, slotContext(vaultId, slot), plain).toString('base64')
  key.fill(0)
  plain.fill(0)
  return { ...slot, wrapped }
}

/** A slot for a new key pair, with these compartments delivered to it. */
export async function newSlot(
  vaultId: string,
  owner: SlotOwner,
  secret: SlotSecret,
  keyring: Keyring,
  compartments: readonly Compartment[],
): Promise<Slot> {
  const accountKeys = newAccountKeys()
  const slot = await wrapSlot(vaultId, owner, secret, { base: keyring.base, ...accountKeys })
  wipeAccountKeys(accountKeys)
  return deliver(vaultId, slot, keyring, compartments)
}

/**
 * Throws VAULT_ACCOUNT_LOCKED and SESSION_SECOND_FACTOR_NEEDED before any work, VAULT_WRONG_PASSWORD after it, and
 * VAULT_HEADER_DAMAGED when the public keys or a delivery are not this account's.
 */
export async function unwrapSlot(vaultId: string, slot: Slot, secret: SlotSecret): Promise<AccountKeyring> {
  if (slot.locked) throw new AppError('VAULT_ACCOUNT_LOCKED')
  if (slot.keyFile && secret.keyFile === undefined)
    throw new AppError('SESSION_SECOND_FACTOR_NEEDED', { kind: 'key-file' })
  const { password } = secret
  const key = await slotKey(vaultId, slot, slot.keyFile ? secret : { password })
  const plain = openBytes(key, slotContext(vaultId, slot), Buffer.from(slot.wrapped, 'base64'))
  key.fill(0)
  const keys = plain && decodeSlotKeys(plain)
  plain?.fill(0)
  if (keys === undefined) throw new AppError('VAULT_WRONG_PASSWORD')
  const { receiving, signing } = publicHalves(keys)
  const own =
    receiving.toString('base64') === slot.receivingKey && signing.toString('base64') === slot.signingKey
  if (!own) throw new AppError('VAULT_HEADER_DAMAGED', { reason: 'slot' })
  return { ...keys, compartments: takeDeliveries(vaultId, slot, keys.receiving) }
}

export function wipeAccountKeyring(keyring: AccountKeyring): void {
  wipeKeyring(keyring)
  wipeAccountKeys(keyring)
}

function wipeAccountKeys(keys: AccountKeys): void {
  keys.receiving.fill(0)
  keys.signing.fill(0)
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
