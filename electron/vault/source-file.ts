import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '../../shared/errors.ts'
import { writeFully } from '../atomic-write.ts'
import { isErrno } from '../errno.ts'
import { readAt } from './sealed-file.ts'
import { SEGMENT_BYTES, type SegmentCipher, segmentCount } from './segments.ts'

/** Up to this size a file is read once and sealed from memory. */
export const SMALL_FILE_BYTES = 32 * 1024 * 1024

export interface SourceFile {
  readonly file: FileHandle
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/** Throws INTAKE_FILE_VANISHED. */
export async function openSource(path: string): Promise<SourceFile> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ESTALE'))
      throw new AppError('INTAKE_FILE_VANISHED', {}, { cause: error })
    throw error
  }
  try {
    const { size, mtimeMs } = await file.stat()
    return { file, sizeBytes: size, modifiedMs: mtimeMs }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The whole content; closes the file. Throws INTAKE_FILE_CHANGED when its size or time moved meanwhile. */
export async function readSmallSource(source: SourceFile): Promise<Buffer> {
  try {
    // One byte more than expected, so that a file that grew is noticed.
    const bytes = await readAt(source.file, 0, source.sizeBytes + 1)
    const after = await source.file.stat()
    if (
      bytes.length !== source.sizeBytes ||
      after.size !== source.sizeBytes ||
      after.mtimeMs !== source.modifiedMs
    ) {
      throw new AppError('INTAKE_FILE_CHANGED', {}, { retryable: true })
    }
    return bytes
  } finally {
    await source.file.close()
  }
}

export interface SourceDigest {
  readonly sha256: Buffer
  readonly sizeBytes: number
}

async function* segmentsOf(path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const { file } = await openSource(path)
  try {
    for (let at = 0; ; at += SEGMENT_BYTES) {
      signal?.throwIfAborted()
      const bytes = await readAt(file, at, SEGMENT_BYTES)
      if (bytes.length > 0) yield bytes
      if (bytes.length < SEGMENT_BYTES) return
    }
  } finally {
    await file.close()
  }
}

/** First pass: what the name is made from. */
export async function hashSource(path: string, signal?: AbortSignal): Promise<SourceDigest> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const bytes of segmentsOf(path, signal)) {
    hash.update(bytes)
    sizeBytes += bytes.length
  }
  return { sha256: hash.digest(), sizeBytes }
}

/** Second pass: seals while hashing again. Throws INTAKE_FILE_CHANGED when it is not what the first pass saw. */
export async function sealLargeSource(
  path: string,
  first: SourceDigest,
  cipher: SegmentCipher,
  target: FileHandle,
  signal?: AbortSignal,
): Promise<void> {
  const changed = () => new AppError('INTAKE_FILE_CHANGED', {}, { retryable: true })
  const count = segmentCount(first.sizeBytes)
  const hash = createHash('sha256')
  let number = 0
  let sizeBytes = 0
  await writeFully(target, cipher.headerBytes)
  for await (const bytes of segmentsOf(path, signal)) {
    if (number >= count) throw changed()
    hash.update(bytes)
    sizeBytes += bytes.length
    for (const piece of cipher.seal(number, number === count - 1, bytes)) await writeFully(target, piece)
    number += 1
  }
  if (sizeBytes !== first.sizeBytes || !hash.digest().equals(first.sha256)) throw changed()
}
