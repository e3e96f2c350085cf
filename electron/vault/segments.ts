/**
 * The sealed form of one object: AES-256-GCM over segments of 1 MiB, after STREAM (Hoang, Reyhanitabar, Rogaway,
 * Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015, §7) in the form of
 * the AES-GCM-HKDF streaming construction: a fresh random salt gives every object its own key, and each segment's
 * nonce is `prefix (7) ‖ segment number (4, big-endian) ‖ last-segment flag (1)`. FORMAT.md gives every byte.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { COMPARTMENT_CODES, type Compartment, compartmentOfCode } from './compartments.ts'
import { deriveKey } from './keys.ts'

export const HEADER_BYTES = 48
export const TAG_BYTES = 16
export const SEGMENT_BYTES = 1 << 20
export const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + TAG_BYTES

const MAGIC = Buffer.from('JKO1', 'ascii')
const FORMAT_VERSION = 1
const SEGMENT_SIZE_LOG2 = 20

export interface ObjectHeader {
  readonly compartment: Compartment
  readonly salt: Buffer
  readonly noncePrefix: Buffer
}

export function newObjectHeader(compartment: Compartment): ObjectHeader {
  const random = randomBytes(39)
  return { compartment, salt: random.subarray(0, 32), noncePrefix: random.subarray(32) }
}

export function encodeObjectHeader(header: ObjectHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(bytes, 0)
  bytes[4] = FORMAT_VERSION
  bytes[5] = COMPARTMENT_CODES[header.compartment]
  bytes[6] = SEGMENT_SIZE_LOG2
  header.salt.copy(bytes, 8)
  header.noncePrefix.copy(bytes, 40)
  return bytes
}

/** `undefined` for anything that this version did not write: every byte with a fixed value is checked. */
export function decodeObjectHeader(bytes: Buffer): ObjectHeader | undefined {
  if (bytes.length !== HEADER_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return undefined
  if (bytes[4] !== FORMAT_VERSION || bytes[6] !== SEGMENT_SIZE_LOG2) return undefined
  if (bytes[7] !== 0 || bytes[47] !== 0) return undefined
  const compartment = compartmentOfCode(bytes[5] ?? 0)
  if (compartment === undefined) return undefined
  return { compartment, salt: bytes.subarray(8, 40), noncePrefix: bytes.subarray(40, 47) }
}

/** Length of the sealed file in bytes; empty content is one empty last segment. */
export function sealedLength(sizeBytes: number): number {
  return HEADER_BYTES + sizeBytes + TAG_BYTES * segmentCount(sizeBytes)
}

/** Length of the content of a sealed file, or `undefined` for a length that no sealed file can have. */
export function contentLength(sealedBytes: number): number | undefined {
  const body = sealedBytes - HEADER_BYTES
  if (body < TAG_BYTES) return undefined
  const count = Math.ceil(body / SEALED_SEGMENT_BYTES)
  const last = body - (count - 1) * SEALED_SEGMENT_BYTES
  if (last < TAG_BYTES || (last === TAG_BYTES && count > 1)) return undefined
  return body - count * TAG_BYTES
}

export function segmentCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / SEGMENT_BYTES))
}

/** Seals and opens the segments of one object. Wipe it when done. */
export interface SegmentCipher {
  readonly headerBytes: Buffer
  /** Ciphertext and tag, to be written one after the other. */
  seal(number: number, last: boolean, content: Uint8Array): readonly [Buffer, Buffer]
  /** `undefined` when the segment is not what was sealed here, at this place, in this object. */
  open(number: number, last: boolean, sealed: Uint8Array): Buffer | undefined
  wipe(): void
}

/** `name` is bound into the object's key: an object under another name does not open. */
export function createSegmentCipher(sealingKey: Buffer, header: ObjectHeader, name: Buffer): SegmentCipher {
  const headerBytes = encodeObjectHeader(header)
  const key = deriveKey(
    sealingKey,
    header.salt,
    Buffer.concat([Buffer.from('juanku object v1', 'ascii'), name]),
  )
  const place = (number: number, last: boolean) => {
    const bytes = Buffer.alloc(5)
    bytes.writeUInt32BE(number, 0)
    bytes[4] = last ? 1 : 0
    return bytes
  }
  return {
    headerBytes,
    seal(number, last, content) {
      const at = place(number, last)
      const cipher = createCipheriv('aes-256-gcm', key, Buffer.concat([header.noncePrefix, at]))
      cipher.setAAD(Buffer.concat([headerBytes, at]))
      const sealed = cipher.update(content)
      cipher.final()
      return [sealed, cipher.getAuthTag()]
    },
    open(number, last, sealed) {
      if (sealed.length < TAG_BYTES) return undefined
      const at = place(number, last)
      const split = sealed.length - TAG_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.concat([header.noncePrefix, at]), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.concat([headerBytes, at]))
      decipher.setAuthTag(sealed.subarray(split))
      const content = decipher.update(sealed.subarray(0, split))
      try {
        decipher.final()
      } catch {
        content.fill(0)
        return undefined
      }
      return content
    },
    wipe() {
      key.fill(0)
    },
  }
}

/** The sealed file of content that is in memory, in groups of pieces to be written one after the other. */
export function* sealedPieces(cipher: SegmentCipher, content: Uint8Array): Generator<readonly Buffer[]> {
  const count = segmentCount(content.length)
  for (let number = 0; number < count; number += 1) {
    const start = number * SEGMENT_BYTES
    const segment = cipher.seal(number, number === count - 1, content.subarray(start, start + SEGMENT_BYTES))
    yield number === 0 ? [cipher.headerBytes, ...segment] : segment
  }
}
