/**
 * Recovery shares as people print and type them: `JK1-` and 16 groups of four characters of Crockford's base32
 * (no I, L, O or U). The 40 bytes are: share number (1), fingerprint of the vault's recovery set (3), Shamir
 * share (33), CRC-24 (3). The CRC is that of RFC 4880 §6.1: it finds every change within 24 bits in a row, and so
 * every single wrong character and every two neighbours exchanged.
 */
import { combine, split } from 'shamir-secret-sharing'
import { AppError } from '../../shared/errors.ts'
import { KEY_BYTES, sha256 } from './keys.ts'

export const SHARE_COUNT = 3
export const SHARE_THRESHOLD = 2

/** Three printable shares, any two of which open the vault. */
export type RecoveryShares = readonly [string, string, string]

const PREFIX = 'JK1'
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const FINGERPRINT_BYTES = 3
const CRC_BYTES = 3
const SHAMIR_BYTES = KEY_BYTES + 1
const SHARE_BYTES = 1 + FINGERPRINT_BYTES + SHAMIR_BYTES + CRC_BYTES
const GROUP = 4

export interface DecodedShare {
  readonly number: number
  readonly fingerprint: Buffer
  readonly shamir: Buffer
}

/** RFC 4880 §6.1, over the prefix and the bytes. */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce
  for (const byte of [...Buffer.from(PREFIX, 'ascii'), ...bytes]) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb
    }
  }
  return crc & 0xffffff
}

function toBase32(bytes: Uint8Array): string {
  let text = ''
  let pending = 0
  let bits = 0
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(pending >> (bits - 5)) & 31]
  }
  return text
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let pending = 0
  let bits = 0
  for (const character of text) {
    pending = ((pending << 5) | ALPHABET.indexOf(character)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((pending >> bits) & 255)
    }
  }
  return Buffer.from(bytes)
}

export function encodeShare(share: DecodedShare): string {
  const body = Buffer.concat([Buffer.from([share.number]), share.fingerprint, share.shamir])
  const crc = Buffer.alloc(CRC_BYTES)
  crc.writeUIntBE(crc24(body), 0, CRC_BYTES)
  const groups = toBase32(Buffer.concat([body, crc])).match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []
  return [PREFIX, ...groups].join('-')
}

/** Forgives case, blanks, dashes, full-width characters, and O for 0, I and L for 1. `undefined` when mistyped. */
export function decodeShare(text: string): DecodedShare | undefined {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}\p{Zs}·.,,。、_|−]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (!typed.startsWith(PREFIX)) return undefined
  const code = typed.slice(PREFIX.length)
  if (code.length !== (SHARE_BYTES * 8) / 5 || !/^[0-9A-HJKMNP-TV-Z]+$/.test(code)) return undefined
  const bytes = fromBase32(code)
  const body = bytes.subarray(0, SHARE_BYTES - CRC_BYTES)
  if (crc24(body) !== bytes.readUIntBE(SHARE_BYTES - CRC_BYTES, CRC_BYTES)) return undefined
  const number = body[0] ?? 0
  if (number < 1 || number > SHARE_COUNT) return undefined
  return {
    number,
    fingerprint: body.subarray(1, 1 + FINGERPRINT_BYTES),
    shamir: body.subarray(1 + FINGERPRINT_BYTES),
  }
}

/** Tells the shares of one set from those of another vault or of an earlier set. Says nothing about any key. */
export function setFingerprint(vaultId: string, setId: string): Buffer {
  return sha256(Buffer.from(`juanku recovery set v1|${vaultId}|${setId}`, 'utf8')).subarray(
    0,
    FINGERPRINT_BYTES,
  )
}

export async function splitSecret(secret: Uint8Array, fingerprint: Buffer): Promise<RecoveryShares> {
  // The library refuses Node's Buffer, hence the copy.
  const plain = new Uint8Array(secret)
  const parts = await split(plain, SHARE_COUNT, SHARE_THRESHOLD)
  plain.fill(0)
  const [first, second, third] = parts.map((part, index) =>
    encodeShare({ number: index + 1, fingerprint, shamir: Buffer.from(part) }),
  )
  if (first === undefined || second === undefined || third === undefined) throw new AppError('CALL_INTERNAL')
  return [first, second, third]
}

/**
 * The secret behind two or three typed shares. Throws VAULT_RECOVERY_SHARE_INVALID with `share`, its place among
 * those given from 1, and `reason`: `'mistyped'`, `'otherVault'`, `'repeated'` or `'missing'`.
 */
export async function combineShares(typed: readonly string[], fingerprint: Buffer): Promise<Buffer> {
  const invalid = (index: number, reason: string) =>
    new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: index + 1, reason })
  const shares: DecodedShare[] = []
  for (const [index, text] of typed.entries()) {
    const share = decodeShare(text)
    if (share === undefined) throw invalid(index, 'mistyped')
    if (!share.fingerprint.equals(fingerprint)) throw invalid(index, 'otherVault')
    if (shares.some((earlier) => earlier.number === share.number)) throw invalid(index, 'repeated')
    shares.push(share)
  }
  const [first, second] = shares
  if (first === undefined || second === undefined) throw invalid(shares.length, 'missing')
  if (first.shamir.at(-1) === second.shamir.at(-1)) throw new AppError('VAULT_RECOVERY_WRONG')
  return Buffer.from(await combine([new Uint8Array(first.shamir), new Uint8Array(second.shamir)]))
}
