import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { isErrno, systemError, withSystemErrors } from '../errno.ts'
import type { Compartment } from './compartments.ts'
import type { CheckedObject, ObjectReader } from './contract.ts'
import { contentName, type VaultKeys } from './keys.ts'
import {
  contentLength,
  createSegmentCipher,
  decodeObjectHeader,
  HEADER_BYTES,
  type ObjectHeader,
  SEALED_SEGMENT_BYTES,
  SEGMENT_BYTES,
  type SegmentCipher,
  segmentCount,
} from './segments.ts'

export type DamageReason = 'header' | 'segment' | 'truncated' | 'name'

export function damaged(name: string, reason: DamageReason, segment?: number): AppError {
  return new AppError('VAULT_OBJECT_DAMAGED', {
    object: name,
    reason,
    ...(segment === undefined ? {} : { segment }),
  })
}

export interface SealedPlace {
  readonly path: string
  readonly name: string
  readonly compartment: Compartment
}

/** Reads exactly `length` bytes, or fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

/** The header of a sealed file, unproven; `undefined` when it is none. */
export async function readObjectHeader(file: FileHandle): Promise<ObjectHeader | undefined> {
  return decodeObjectHeader(await readAt(file, 0, HEADER_BYTES))
}

/** Throws VAULT_OBJECT_MISSING, VAULT_OBJECT_DAMAGED and VAULT_COMPARTMENT_CLOSED. */
export async function openSealedFile(keys: VaultKeys, place: SealedPlace): Promise<ObjectReader> {
  const { sealing } = keys.of(place.compartment)
  let file: FileHandle
  try {
    file = await open(place.path, 'r')
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR'))
      throw new AppError('VAULT_OBJECT_MISSING', { object: place.name })
    throw systemError(error, 'vault.readObject')
  }
  try {
    const { size } = await file.stat()
    if (size < HEADER_BYTES) throw damaged(place.name, 'truncated')
    const header = await readObjectHeader(file)
    if (header?.compartment !== place.compartment) throw damaged(place.name, 'header')
    const sizeBytes = contentLength(size)
    if (sizeBytes === undefined) throw damaged(place.name, 'truncated')
    const cipher = createSegmentCipher(sealing, header, Buffer.from(place.name, 'hex'))
    return createReader(file, cipher, { keys, place, sizeBytes })
  } catch (error) {
    await file.close()
    throw systemError(error, 'vault.readObject')
  }
}

interface OpenedFile {
  readonly keys: VaultKeys
  readonly place: SealedPlace
  readonly sizeBytes: number
}

function createReader(file: FileHandle, cipher: SegmentCipher, opened: OpenedFile): ObjectReader {
  const { keys, place, sizeBytes } = opened
  const count = segmentCount(sizeBytes)
  let kept: { readonly number: number; readonly content: Buffer } | undefined
  let closed = false

  const readSegment = async (number: number): Promise<Buffer> => {
    // Throws once the vault is closed.
    keys.of(place.compartment)
    if (closed) throw new AppError('VAULT_NOT_OPEN')
    if (kept?.number === number) return kept.content
    const last = number === count - 1
    const expected = Math.min(SEALED_SEGMENT_BYTES, sizeBytes - number * SEGMENT_BYTES + 16)
    const sealed = await withSystemErrors('vault.readObject', () =>
      readAt(file, HEADER_BYTES + number * SEALED_SEGMENT_BYTES, expected),
    )
    if (sealed.length < expected) throw damaged(place.name, 'truncated', number)
    const content = cipher.open(number, last, sealed)
    if (content === undefined) {
      // A file cut exactly after a segment ends with one that was sealed as not the last.
      const cut = last && cipher.open(number, false, sealed) !== undefined
      throw damaged(place.name, cut ? 'truncated' : 'segment', number)
    }
    kept = { number, content }
    return content
  }

  async function* stream(start = 0, end = sizeBytes): AsyncGenerator<Buffer> {
    const stop = Math.min(Math.max(end, 0), sizeBytes)
    let at = Math.max(start, 0)
    // Empty content has a segment too, and that must be genuine.
    if (sizeBytes === 0) await readSegment(0)
    while (at < stop) {
      const number = Math.floor(at / SEGMENT_BYTES)
      const offset = number * SEGMENT_BYTES
      const content = await readSegment(number)
      const until = Math.min(stop, offset + SEGMENT_BYTES)
      yield content.subarray(at - offset, until - offset)
      at = until
    }
  }

  const read = async (start: number, end: number): Promise<Buffer> => {
    const from = Math.max(start, 0)
    const to = Math.max(from, Math.min(end, sizeBytes))
    const bytes = Buffer.allocUnsafe(to - from)
    let done = 0
    for await (const piece of stream(from, to)) done += piece.copy(bytes, done)
    return bytes
  }

  return {
    sizeBytes,
    read,
    stream,
    readAll: () => read(0, sizeBytes),
    async close() {
      if (closed) return
      closed = true
      cipher.wipe()
      kept = undefined
      await file.close()
    },
  }
}

/** See {@link ObjectSource.verify}. */
export async function verifySealedFile(
  keys: VaultKeys,
  place: SealedPlace,
  options: { readonly expectedSha256?: string; readonly signal?: AbortSignal } = {},
): Promise<CheckedObject> {
  const reader = await openSealedFile(keys, place)
  try {
    const hash = createHash('sha256')
    for await (const piece of reader.stream()) {
      options.signal?.throwIfAborted()
      hash.update(piece)
    }
    const digest = hash.digest()
    const sha256 = digest.toString('hex')
    const named = contentName(keys.of(place.compartment), digest).toString('hex') === place.name
    if (!named || (options.expectedSha256 ?? sha256).toLowerCase() !== sha256)
      throw damaged(place.name, 'name')
    return { sizeBytes: reader.sizeBytes, sha256 }
  } catch (error) {
    throw systemError(error, 'vault.verifyObject')
  } finally {
    await reader.close()
  }
}
