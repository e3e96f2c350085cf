import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { systemError } from '../errno.ts'
import { releaseBytes } from '../release-bytes.ts'
import type { Compartment, OpenVault, StoredObject, WriteBatch } from '../vault/index.ts'
import { isBlankSide } from './blank-side.ts'
import type { PdfReader } from './pdf-reader.ts'
import { readSourceFile, type SourceFile } from './source-files.ts'
import { openSource, type SourcePage } from './source-pages.ts'

/** A page that is sealed but not yet in the catalogue. */
export interface SealedPage {
  readonly versionId: string
  readonly page: Omit<SourcePage, 'bytes' | 'thumbnail'>
  readonly object: StoredObject
  readonly blank: boolean
}

export type PreparedSource =
  | {
      readonly outcome: 'sealed'
      readonly file: SourceFile
      readonly format: string
      readonly source: StoredObject
      readonly pages: readonly SealedPage[]
      readonly remarks: readonly string[]
    }
  | { readonly outcome: 'duplicate'; readonly file: SourceFile; readonly of: string }
  | { readonly outcome: 'failed'; readonly file: SourceFile; readonly error: AppError }

/** The vault could not be written: that ends the job, while a bad source file ends only itself. */
class VaultWriteFailure extends Error {}

export interface SealingParts {
  readonly vault: OpenVault
  readonly pdf: PdfReader
  readonly newId: () => string
  readonly compartment: Compartment
  readonly detectBlank: boolean
  /** The name of the file that the volume has already with this content, if any. */
  readonly duplicateOf: (sha256: string) => string | undefined
}

/**
 * Reads one file, proves it whole by decoding every page, and seals it and its pages into the batch. Pages that
 * were sealed before a later one turned out bad are named by nothing; the vault check sets them aside.
 * @throws what the vault threw, for the job to end on
 */
export async function sealSource(
  file: SourceFile,
  batch: WriteBatch,
  parts: SealingParts,
  signal: AbortSignal,
): Promise<PreparedSource> {
  const writing = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw new VaultWriteFailure('vault', { cause: error })
    }
  }
  const thumbnails: string[] = []
  let bytes: Uint8Array | undefined
  try {
    bytes = await readSourceFile(file, { signal })
    const digest = createHash('sha256').update(bytes).digest()
    const duplicate = parts.duplicateOf(digest.toString('hex'))
    if (duplicate !== undefined) return { outcome: 'duplicate', file, of: duplicate }
    await using source = await openSource(bytes, file.displayName, { pdf: parts.pdf, signal })
    const pages: SealedPage[] = []
    const remarks = new Set(source.remarks.map((remark) => remark.code))
    let original: StoredObject | undefined
    for await (const { bytes: image, thumbnail, ...page } of source.pages()) {
      const versionId = parts.newId()
      const blank = parts.detectBlank && (await isBlankSide(thumbnail.bytes))
      thumbnails.push(thumbnailLabel(versionId))
      const known = page.origin === 'original' ? digest : undefined
      const object = await writing(batch.putBuffer(parts.compartment, image, known))
      if (page.origin === 'original') original = object
      await writing(
        (async () => batch.putDerived(parts.compartment, thumbnailLabel(versionId), thumbnail.bytes))(),
      )
      for (const remark of page.remarks) remarks.add(remark.code)
      pages.push({ versionId, page, object, blank })
    }
    if (pages.length === 0) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'no-pages' })
    original ??= await writing(batch.putBuffer(parts.compartment, bytes, digest))
    return { outcome: 'sealed', file, format: source.format, source: original, pages, remarks: [...remarks] }
  } catch (error) {
    if (error instanceof VaultWriteFailure) throw error.cause
    for (const label of thumbnails) await parts.vault.objects.removeDerived(parts.compartment, label)
    signal.throwIfAborted()
    const mapped = systemError(error, 'intake.read')
    if (mapped instanceof AppError) return { outcome: 'failed', file, error: mapped }
    throw error
  } finally {
    if (bytes !== undefined) releaseBytes(bytes)
  }
}

/** Where a page's thumbnail lies among the derived objects. */
export function thumbnailLabel(versionId: string): string {
  return `thumbnail|${versionId}`
}
