import { type Catalogue, number, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { type AttachmentRecord, attachmentRecords } from '../attachments/attachment-records.ts'
import { differenceNumber } from '../register/difference-records.ts'
import { type CheckedImage, checkImages } from './check-images.ts'
import { type ProofWork, UNWATCHED } from './proof-work.ts'
import type { ReportedAttachment, ReportedDifference } from './report-shape.ts'

/** What is attached to a difference, as a report of its volume tells of it. */
export function reportedAttachments(
  catalogue: Catalogue,
  vault: OpenVault,
  { id, compartment }: { readonly id: string; readonly compartment: Compartment },
): ReportedAttachment[] {
  return attachmentRecords(catalogue, vault)
    .ofDifference(id)
    .map((attachment) => {
      // What went to 副卷 with its page is not shown in the report of the volume that it left.
      const here = attachment.compartment === compartment
      const { format, sha256, sizeBytes, added, pages } = attachment
      return {
        ...{ id: attachment.id, name: here ? (attachment.name ?? '') : '', format, sha256, sizeBytes },
        ...{ pageCount: pages.length, addedBy: added.by, addedAt: added.at },
        pictures: here
          ? pages.map((page) => ({
              ...{ of: 'attachment' as const, id: page.id, sha256: page.sha256, turn: 0, boxes: [] },
            }))
          : [],
      }
    })
}

/** The sealed file of an attachment and its pages, to be held against their hashes. */
function filesOf(
  number: string,
  at: number,
  { id, compartment, objectName, sha256, pages }: AttachmentRecord,
): readonly CheckedImage[] {
  const place = `${number} 附件 ${at + 1}`
  return [
    { id, place, compartment, objectName, sha256 },
    ...pages.map((page, index) => ({
      ...{ id: page.id, place: `${place} 第 ${index + 1} 页`, compartment },
      ...{ objectName: page.objectName, sha256: page.sha256 },
    })),
  ]
}

/** Everything attached to differences of a volume, as far as it lies in the volume's own compartment. */
export function attachedImagesOf(
  catalogue: Catalogue,
  vault: OpenVault,
  volumeId: string,
): readonly CheckedImage[] {
  const { compartment } = catalogue.volumes.require(volumeId)
  const records = attachmentRecords(catalogue, vault)
  return catalogue.sql
    .all(
      `SELECT id, year, serial FROM difference WHERE volume_id = ?
         AND id IN (SELECT difference_id FROM difference_attachment) ORDER BY year, serial`,
      volumeId,
    )
    .flatMap((row) => {
      const name = differenceNumber({ year: number(row, 'year'), serial: number(row, 'serial') })
      return records
        .ofDifference(text(row, 'id'))
        .flatMap((attachment, at) =>
          attachment.compartment === compartment ? filesOf(name, at, attachment) : [],
        )
    })
}

/** Hashes of what a report of either format names as attached; the first format knew one file and no pages. */
export function attachedHashes({ attachment, attachments }: ReportedDifference): readonly string[] {
  if (attachments !== undefined) return attachments.map(({ sha256 }) => sha256)
  return attachment == null ? [] : [attachment.sha256]
}

/** What of the attachments that a report names is missing, another or damaged, in words; and how many were looked at. */
export async function wrongAttachments(
  catalogue: Catalogue,
  vault: OpenVault,
  differences: readonly ReportedDifference[],
  work: ProofWork = UNWATCHED,
): Promise<{ readonly wrong: readonly string[]; readonly checked: number; readonly elsewhere: number }> {
  const records = attachmentRecords(catalogue, vault)
  const wrong: string[] = []
  const images: CheckedImage[] = []
  let elsewhere = 0
  let checked = 0
  for (const difference of differences) {
    const now = records.ofDifference(difference.id)
    const reported = difference.attachments ?? []
    for (const [at, hash] of attachedHashes(difference).entries()) {
      const known = now.find(({ sha256 }) => sha256 === hash)
      if (known === undefined) {
        wrong.push(`${difference.number} 附件 ${at + 1} 已不在`)
        continue
      }
      const { pictures = [] } = reported[at] ?? {}
      if (!vault.compartments.has(known.compartment)) {
        elsewhere += 1
        continue
      }
      checked += 1
      // The hashes are the report's own: what the catalogue says of a page is not believed.
      const byId = new Map(pictures.map(({ id, sha256 }) => [id, sha256]))
      if (pictures.some(({ id }) => !known.pages.some((page) => page.id === id)))
        wrong.push(`${difference.number} 附件 ${at + 1} 的页与报告不同`)
      images.push(
        ...filesOf(difference.number, at, known).map((image) => ({
          ...{ ...image, sha256: byId.get(image.id) ?? image.sha256 },
        })),
      )
    }
  }
  const { damaged } = await checkImages(vault, images, work)
  return { wrong: [...wrong, ...damaged.map(({ place }) => `${place}已损坏或缺失`)], checked, elsewhere }
}
