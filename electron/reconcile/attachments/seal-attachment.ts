import { createHash } from 'node:crypto'
import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import { systemError } from '../../errno.ts'
import { listSourceFiles, openSource, type PdfReader, readSourceFile } from '../../intake/index.ts'
import type { Compartment, StoredObject, WriteBatch } from '../../vault/index.ts'
import type { AttachmentPage } from './attachment-records.ts'

/** A signed sheet or a few: more is material of the case, which is imported. */
const LARGEST_BYTES = 20 * 1024 * 1024
const MOST_PAGES = 30
const LONGEST_NAME = 200

/** Why a file was refused, in the words of the errors' files; every other code speaks for itself. */
const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  INTAKE_EMPTY_FILE: 'empty',
  INTAKE_UNSUPPORTED_FORMAT: 'format',
  INTAKE_PASSWORD_PROTECTED: 'password',
  INTAKE_FILE_TOO_LARGE: 'too-large',
  INTAKE_IMAGE_TOO_LARGE: 'too-large',
  INTAKE_TOO_MANY_PAGES: 'too-many-pages',
  INTAKE_TRUNCATED_FILE: 'damaged',
  INTAKE_UNREADABLE_FILE: 'damaged',
  INTAKE_FILE_VANISHED: 'vanished',
  INTAKE_FILE_CHANGED: 'changed',
  INTAKE_NAME_UNUSABLE: 'name',
  INTAKE_LINK_OUTSIDE: 'name',
}

/** `file`: its place among those that were chosen, from 1; a name may be a party's and goes nowhere. */
export function refused(reason: string, file: number): AppError {
  return new AppError('RECONCILE_ATTACHMENT_REFUSED', { reason, file })
}

export interface SealedAttachment {
  readonly name: string
  readonly format: string
  readonly object: StoredObject
  readonly pages: readonly AttachmentPage[]
}

/** Characters that no file system takes in a name, and what the listing put for those that cannot be shown. */
const UNUSABLE = /[\\/:*?"<>|\ufffd]/gu

function safeName(displayName: string): string {
  const name = (displayName.split('/').at(-1) ?? '').replace(UNUSABLE, '_').trim()
  const ending = /\.[^.]{1,8}$/u.exec(name)?.[0] ?? ''
  const stem = Array.from(name.slice(0, name.length - ending.length))
  return `${stem.slice(0, LONGEST_NAME).join('')}${ending}`
}

/**
 * Reads one file, proves it whole by drawing every page of it, and seals it and its pages into the batch.
 * @throws RECONCILE_ATTACHMENT_REFUSED, and what the vault throws
 */
export async function sealAttachment(
  { pdf, newId }: { readonly pdf: PdfReader; readonly newId: () => string },
  batch: WriteBatch,
  compartment: Compartment,
  chosen: { readonly path: string; readonly file: number },
): Promise<SealedAttachment> {
  const { files, problems } = await listSourceFiles([chosen.path])
  const [file] = files
  const [problem] = problems
  if (problem !== undefined) throw refused(REASONS[problem.error.code] ?? 'damaged', chosen.file)
  if (file === undefined || files.length > 1 || file.displayName.includes('/'))
    throw refused('format', chosen.file)
  try {
    const bytes = await readSourceFile(file, { maxFileBytes: LARGEST_BYTES })
    const digest = createHash('sha256').update(bytes).digest()
    await using source = await openSource(bytes, file.displayName, { pdf })
    if (source.pageCount > MOST_PAGES) throw refused('too-many-pages', chosen.file)
    const pages: AttachmentPage[] = []
    for await (const page of source.pages()) {
      const known = page.origin === 'original' ? digest : undefined
      const { name, sha256, sizeBytes } = await batch.putBuffer(compartment, page.bytes, known)
      // As it is shown: a photograph taken upright may be stored lying on its side.
      const lies = page.orientation > 4
      const widthPixels = lies ? page.heightPixels : page.widthPixels
      const heightPixels = lies ? page.widthPixels : page.heightPixels
      const { format } = page
      pages.push({ id: newId(), objectName: name, format, widthPixels, heightPixels, sha256, sizeBytes })
    }
    if (pages.length === 0) throw refused('damaged', chosen.file)
    const object = await batch.putBuffer(compartment, bytes, digest)
    return { name: safeName(file.displayName), format: source.format, object, pages }
  } catch (error) {
    const mapped = systemError(error, 'intake.read')
    const reason = mapped instanceof AppError ? REASONS[mapped.code] : undefined
    throw reason === undefined ? mapped : refused(reason, chosen.file)
  }
}
