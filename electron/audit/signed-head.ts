import { createHash, createPublicKey, verify } from 'node:crypto'

/** Whoever signs heads: an account with its Ed25519 key, which stays with the vault. */
export interface HeadSigner {
  readonly accountId: string
  /** 32 bytes, raw. */
  readonly publicKey: Uint8Array
  /** The Ed25519 signature of the bytes, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** Says of the log: up to this record it read so, at this time, and I put my key to it. */
export interface SignedHead {
  /** From 1. */
  readonly number: number
  readonly vaultId: string
  /** The last record that the head covers; 0 for an empty log. */
  readonly sequence: number
  /** Hex. */
  readonly recordHash: string
  readonly at: string
  readonly accountId: string
  readonly publicKey: string
  readonly why: string
  /** SHA-256 of the line of the head before, hex; 64 zeros for the first. */
  readonly previous: string
  readonly signature: string
}

export const FIRST_PREVIOUS = '0'.repeat(64)
const CONTEXT = 'juanku-audit-head-1\n'
/** The DER of a SubjectPublicKeyInfo for Ed25519 (RFC 8410 §4) up to the 32 bytes of the key. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

const FIELDS = [
  'number',
  'vaultId',
  'sequence',
  'recordHash',
  'at',
  'accountId',
  'publicKey',
  'why',
  'previous',
] as const

/** What the signature is over: a context line, then the fields as a JSON array. */
function signedBytes(head: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(CONTEXT + JSON.stringify(FIELDS.map((field) => head[field])), 'utf8')
}

/** The one way in which a head is written, in the table, in the file and in an export. */
export function headLine(head: SignedHead): string {
  return JSON.stringify(
    Object.fromEntries([...FIELDS, 'signature' as const].map((field) => [field, head[field]])),
  )
}

export function headLineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}

export function signedHead(
  fields: Omit<SignedHead, 'signature' | 'accountId' | 'publicKey'>,
  signer: HeadSigner,
): SignedHead {
  const head = {
    ...fields,
    accountId: signer.accountId,
    publicKey: Buffer.from(signer.publicKey).toString('hex'),
  }
  return { ...head, signature: Buffer.from(signer.sign(signedBytes(head))).toString('hex') }
}

export function verifySignature(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'hex')
  if (raw.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
  return verify(null, bytes, key, Buffer.from(signature, 'hex'))
}

/** The head of a line, when it is written as {@link headLine} writes it and its signature holds. */
export function readHead(line: string): SignedHead | undefined {
  try {
    const head = JSON.parse(line) as SignedHead
    if (headLine(head) !== line) return undefined
    return verifySignature(head.publicKey, signedBytes(head), head.signature) ? head : undefined
  } catch {
    // Not JSON, or a key that is none: there is no head in this line.
    return undefined
  }
}
