import type { ParsedInputOf } from '../../../shared/contract/index.ts'
import { mayHoldImages } from '../../../shared/domain/secrecy.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { type Catalogue, text } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { removeLeft } from '../records/left-objects.ts'
import { standsFor } from '../register/difference-course.ts'
import { type DifferenceRecord, differenceRecords } from '../register/difference-records.ts'
import { type AttachmentRecord, attachmentRecords } from './attachment-records.ts'
import { refused, sealAttachment } from './seal-attachment.ts'

export type AttachingParts = Pick<ReconcileParts, 'catalogue' | 'vault' | 'pdf' | 'jobs' | 'now' | 'newId'>

/** More would be a bundle, not what somebody says of one difference. */
const MOST_OF_ONE = 20

/** What was made of a page's image for the screen. */
const VIEWS = ['thumbnail', 'view'] as const

/**
 * Under which key what is attached belongs: the difference's own, or the restricted one once the page that it is about
 * was moved to 副卷.
 */
export function attachmentCompartment(
  { sql }: Pick<Catalogue, 'sql'>,
  { compartment, pageId, paperPageId }: Pick<DifferenceRecord, 'compartment' | 'pageId' | 'paperPageId'>,
): Compartment {
  const away = sql.one(
    `SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM page JOIN book ON book.id = page.book_id
         JOIN volume ON volume.id = book.volume_id WHERE page.id = ? AND volume.compartment = 'restricted')
       OR EXISTS (SELECT 1 FROM paper_page WHERE id = ? AND compartment = 'restricted')`,
    ...[pageId, paperPageId],
  )
  return away === undefined ? compartment : 'restricted'
}

/** 附件 of differences: attached until another person has checked the difference, and taken away again until then. */
export function attaching(parts: AttachingParts) {
  const records = () => attachmentRecords(parts.catalogue(), parts.vault())
  /** Throws CATALOGUE_NOT_FOUND, RECONCILE_WRONG_STATE. */
  const standing = (volumeId: string, differenceId: string): DifferenceRecord => {
    const record = differenceRecords(parts.catalogue()).require(volumeId, differenceId)
    if (!standsFor(record, 'attach')) throw new AppError('RECONCILE_WRONG_STATE', { state: record.state })
    return record
  }
  const require = (differenceId: string, attachmentId: string): AttachmentRecord => {
    const found = records()
      .ofDifference(differenceId)
      .find(({ id }) => id === attachmentId)
    if (found === undefined)
      throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'attachment', id: attachmentId })
    return found
  }
  /** One after the other: what one takes away, another may be attaching just then. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const destroy = async ({ compartment, objectName, pages }: AttachmentRecord) => {
    for (const { id } of pages)
      for (const view of VIEWS) await parts.vault().objects.removeDerived(compartment, `${view}|${id}`)
    await removeLeft(parts, [...new Set([objectName, ...pages.map((page) => page.objectName)])])
  }

  return {
    /**
     * Seals files and attaches them, all or none. Sealed before the rows that name them: killed in between there are
     * objects that nothing needs, never a row without one.
     * @throws RECONCILE_ATTACHMENT_REFUSED, RECONCILE_WRONG_STATE, INTAKE_SECRECY_FORBIDS, VAULT_COMPARTMENT_CLOSED
     */
    attach: (
      { volumeId, differenceId, paths, replaces }: ParsedInputOf<'differences.attach'>,
      by: string,
    ): Promise<{ readonly record: DifferenceRecord; readonly added: readonly AttachmentRecord[] }> =>
      inTurn(async () => {
        const catalogue = parts.catalogue()
        const before = standing(volumeId, differenceId)
        const { secrecy } = catalogue.cases.require(before.caseId)
        if (!mayHoldImages(secrecy)) throw new AppError('INTAKE_SECRECY_FORBIDS', { secrecy })
        const compartment = attachmentCompartment(catalogue, before)
        if (!parts.vault().compartments.has(compartment))
          throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
        const old = replaces === undefined ? null : require(differenceId, replaces)
        const kept = records()
          .ofDifference(differenceId)
          .filter(({ id }) => id !== old?.id)
        if (kept.length + paths.length > MOST_OF_ONE) throw refused('too-many', 1)
        const batch = parts.vault().objects.batch()
        const added: (AttachmentRecord & { readonly name: string })[] = []
        try {
          for (const [at, path] of paths.entries()) {
            const sealing = { pdf: parts.pdf(), newId: parts.newId }
            const sealed = await sealAttachment(sealing, batch, compartment, { path, file: at + 1 })
            const { name: objectName, sha256, sizeBytes } = sealed.object
            if ([...kept, ...added].some((known) => known.sha256 === sha256))
              throw refused('repeated', at + 1)
            added.push({
              ...{ id: parts.newId(), differenceId, compartment, objectName, sha256, sizeBytes },
              ...{ name: sealed.name, format: sealed.format, pages: sealed.pages },
              added: { by, at: parts.now().toISOString() },
            })
          }
          await batch.commit()
        } catch (error) {
          await batch.abandon()
          throw error
        }
        const record = catalogue.transaction(() => {
          const now = standing(volumeId, differenceId)
          // Its page was moved to another volume meanwhile: under that key nothing was sealed.
          if (attachmentCompartment(catalogue, now) !== compartment)
            throw new AppError('RECONCILE_CHANGED_MEANWHILE')
          if (old !== null) records().remove(old.id)
          for (const one of added) records().insert(one)
          return now
        })
        if (old !== null) await destroy(old)
        return { record, added }
      }),

    /** Takes one away and destroys what was sealed of it. Throws RECONCILE_WRONG_STATE, CATALOGUE_NOT_FOUND. */
    detach: ({
      volumeId,
      differenceId,
      attachmentId,
    }: ParsedInputOf<'differences.detach'>): Promise<{
      readonly record: DifferenceRecord
      readonly gone: AttachmentRecord
    }> =>
      inTurn(async () => {
        const gone = require(differenceId, attachmentId)
        const record = parts.catalogue().transaction(() => {
          const now = standing(volumeId, differenceId)
          records().remove(attachmentId)
          return now
        })
        await destroy(gone)
        return { record, gone }
      }),

    /** Writes the file as it came. Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_*, SYSTEM_* errors. */
    write: async (differenceId: string, attachmentId: string, path: string): Promise<AttachmentRecord> => {
      const attachment = require(differenceId, attachmentId)
      const reader = await parts.vault().objects.open(attachment.compartment, attachment.objectName)
      try {
        await writeFileAtomically(path, await reader.readAll())
      } finally {
        await reader.close()
      }
      return attachment
    },
  }
}

/** What stands attached to differences about any of these pages, of the volume or of the paper, with where it belongs. */
export function attachedAbout(
  { sql }: Pick<Catalogue, 'sql'>,
  ids: readonly string[],
  to: Compartment,
): readonly { readonly attachmentId: string; readonly to: Compartment }[] {
  return ids.flatMap((id) =>
    sql
      .all(
        `SELECT a.id, d.compartment FROM difference d JOIN difference_attachment a ON a.difference_id = d.id
         WHERE d.page_id = ? OR d.paper_page_id = ?`,
        ...[id, id],
      )
      .map((row) => ({
        attachmentId: text(row, 'id'),
        // What belongs to a restricted volume is not laid open by a page that leaves it.
        to: text(row, 'compartment') === 'restricted' ? 'restricted' : to,
      })),
  )
}
