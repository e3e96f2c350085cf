import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { deriveKey, KEY_BYTES } from './keys.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

/** The private halves of an account's two key pairs, 32 bytes each; they stand in its slot under its password. */
export interface AccountKeys {
  /** X25519 (RFC 7748): opens what is sealed to the account. */
  readonly receiving: Buffer
  /** Ed25519 (RFC 8032): signs in the account's name. */
  readonly signing: Buffer
}

/** The frames of RFC 8410 around 32 raw bytes; DER is what both OpenSSL and BoringSSL read. */
const PRIVATE_FRAME = {
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
} as const
const PUBLIC_FRAME = {
  x25519: Buffer.from('302a300506032b656e032100', 'hex'),
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
} as const
type Curve = keyof typeof PRIVATE_FRAME

function privateKey(curve: Curve, raw: Uint8Array): KeyObject {
  const key = Buffer.concat([PRIVATE_FRAME[curve], raw])
  const made = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  key.fill(0)
  return made
}

function publicKey(curve: Curve, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_FRAME[curve], raw]), format: 'der', type: 'spki' })
}

function publicHalf(curve: Curve, raw: Uint8Array): Buffer {
  const spki = createPublicKey(privateKey(curve, raw)).export({ format: 'der', type: 'spki' })
  return Buffer.from(spki.subarray(-KEY_BYTES))
}

export function newAccountKeys(): AccountKeys {
  return { receiving: randomBytes(KEY_BYTES), signing: randomBytes(KEY_BYTES) }
}

/** The public halves, 32 raw bytes each. */
export function publicHalves(keys: AccountKeys): AccountKeys {
  return {
    receiving: publicHalf('x25519', keys.receiving),
    signing: publicHalf('ed25519', keys.signing),
  }
}

export function signBytes(signing: Uint8Array, bytes: Uint8Array): Buffer {
  return sign(null, bytes, privateKey('ed25519', signing))
}

/** Whether `signature` is that of `bytes` by the owner of the raw Ed25519 key; false for anything malformed. */
export function isSignedBy(publicSigning: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicSigning.length !== KEY_BYTES) return false
  return verify(null, bytes, publicKey('ed25519', publicSigning), signature)
}

function sharedKey(own: KeyObject, other: KeyObject, ends: Uint8Array, context: string): Buffer {
  const shared = diffieHellman({ privateKey: own, publicKey: other })
  const key = deriveKey(shared, ends, context)
  shared.fill(0)
  return key
}

/**
 * Seals to an account what only it may open: an ephemeral X25519 key (32) before a small seal. Both public keys go
 * into the key, as in DHKEM (RFC 9180 §4.1), so that a seal to one account is none to another.
 */
export function sealTo(receiver: Uint8Array, context: string, content: Uint8Array): Buffer {
  const ephemeral = randomBytes(KEY_BYTES)
  const sender = publicHalf('x25519', ephemeral)
  const own = privateKey('x25519', ephemeral)
  const key = sharedKey(own, publicKey('x25519', receiver), Buffer.concat([sender, receiver]), context)
  ephemeral.fill(0)
  const sealed = sealBytes(key, context, content)
  key.fill(0)
  return Buffer.concat([sender, sealed])
}

/** `undefined` when it was sealed to another key, for another context, or changed. */
export function openSealedTo(receiving: Uint8Array, context: string, sealed: Uint8Array): Buffer | undefined {
  const sender = sealed.subarray(0, KEY_BYTES)
  if (sender.length < KEY_BYTES) return undefined
  const ends = Buffer.concat([sender, publicHalf('x25519', receiving)])
  let key: Buffer
  try {
    key = sharedKey(privateKey('x25519', receiving), publicKey('x25519', sender), ends, context)
  } catch {
    // A point of small order (RFC 7748 §6.1), which no honest sender makes.
    return undefined
  }
  const content = openBytes(key, context, sealed.subarray(KEY_BYTES))
  key.fill(0)
  return content
}
