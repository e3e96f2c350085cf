import type { Compartment } from '../vault/index.ts'
import { number, type Statements, text, textOrNull } from './statements.ts'

export interface SourceFileRecord {
  readonly id: string
  readonly volumeId: string
  readonly compartment: Compartment
  readonly objectName: string
  readonly name: string
  readonly format: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly frameCount: number
  readonly remarks: readonly string[]
  readonly jobId: string | null
  readonly importedAt: string
  readonly importedBy: string
}

/** What the page scheme needs to serve an image. */
export interface PageImageRef {
  readonly versionId: string
  /** Where the page stands now, whatever volume it was filed in. */
  readonly volumeId: string
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  /** A file that holds a page of 副卷 too is sealed with that one. */
  readonly sourceCompartment: Compartment
  readonly sourceObjectName: string
  readonly sourceFormat: string
  readonly widthPixels: number
  readonly heightPixels: number
}

/** What the vault keeps for the catalogue: files as they came, images of pages, and whatever else rows name. */
export interface SealedFileRecords {
  readonly insertSourceFile: (source: SourceFileRecord) => void
  /** A file with this content among those that gave the volume pages; a fresh scan of its paper is none of them. */
  readonly findSourceFile: (volumeId: string, sha256: string) => { id: string; name: string } | undefined
  /** Other volumes' files with the same content: what a duplicate report names. */
  readonly findSourceFileElsewhere: (
    volumeId: string,
    sha256: string,
  ) => { caseId: string; name: string } | undefined
  /** Of a page version, of a page of a fresh scan of the paper, or of a page of what is attached to a difference. */
  readonly imageRef: (versionId: string) => PageImageRef | undefined
  /** The volume whose paper a page of a fresh scan shows; undefined for what is no such page. */
  readonly volumeOfPaperPage: (paperPageId: string) => string | undefined
  /** The volume that a page of what is attached to a difference belongs to; undefined for what is no such page. */
  readonly volumeOfAttachmentPage: (attachmentPageId: string) => string | undefined
  /** Every object that the catalogue needs, once: for checks and sweeping. */
  readonly objects: () => IterableIterator<ObjectRow>
  readonly isReferenced: (objectName: string) => boolean
}

/** Of a page of a fresh scan `v`: it went with its page where that was moved to another volume. */
const VOLUME_OF_PAPER = `coalesce(
  (SELECT b.volume_id FROM page g JOIN book b ON b.id = g.book_id WHERE g.id = v.with_page_id),
  (SELECT r.volume_id FROM reconciliation r WHERE r.id = v.reconciliation_id))`

/**
 * Of an attachment `a` of a difference `d`: the difference's own, or, under another key than that, where the page that it
 * is about was moved to.
 */
const VOLUME_OF_ATTACHMENT = `CASE WHEN a.compartment = d.compartment THEN d.volume_id ELSE coalesce(
  (SELECT b.volume_id FROM page g JOIN book b ON b.id = g.book_id WHERE g.id = d.page_id),
  (SELECT b.volume_id FROM paper_page p JOIN page g ON g.id = p.with_page_id JOIN book b ON b.id = g.book_id
     WHERE p.id = d.paper_page_id),
  d.volume_id) END`
const OF_ATTACHMENT = `attachment_page v JOIN difference_attachment a ON a.id = v.attachment_id
  JOIN difference d ON d.id = a.difference_id`

export interface ObjectRow {
  readonly compartment: Compartment
  readonly objectName: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** In the order of their names; with a group (`ab`) only those whose names begin with it. */
export function* objectRows(sql: Statements, group?: string): IterableIterator<ObjectRow> {
  // `g` sorts after every hexadecimal digit.
  const within = (column: string) => (group === undefined ? '' : ` AND ${column} >= ? AND ${column} < ?`)
  const rows = sql.each(
    `SELECT compartment, object_name, sha256, size_bytes FROM source_file WHERE 1${within('object_name')}
     UNION SELECT v.compartment, v.object_name, v.sha256, v.size_bytes FROM page_version v
       WHERE 1${within('v.object_name')}
     UNION SELECT compartment, object_name, sha256, size_bytes FROM paper_page WHERE 1${within('object_name')}
     UNION SELECT compartment, object_name, sha256, size_bytes FROM difference_attachment
       WHERE 1${within('object_name')}
     UNION SELECT compartment, object_name, sha256, size_bytes FROM attachment_page WHERE 1${within('object_name')}
     UNION SELECT compartment, object_name, sha256, size_bytes FROM volume_proof WHERE 1${within('object_name')}
     ORDER BY object_name`,
    ...(group === undefined ? [] : Array.from({ length: 6 }, () => [group, `${group}g`]).flat()),
  )
  for (const row of rows) {
    yield {
      compartment: text(row, 'compartment') as Compartment,
      objectName: text(row, 'object_name'),
      sha256: text(row, 'sha256'),
      sizeBytes: number(row, 'size_bytes'),
    }
  }
}

/** As {@link SealedFileRecords.imageRef}, in whatever catalogue. */
export function imageRefIn(sql: Statements, versionId: string): PageImageRef | undefined {
  return sealedFileRecords(sql).imageRef(versionId)
}

export function sealedFileRecords(sql: Statements): SealedFileRecords {
  return {
    insertSourceFile: (source) => {
      sql.run(
        `INSERT INTO source_file (id, volume_id, compartment, object_name, name, format, sha256, size_bytes, frame_count,
           remarks, job_id, imported_at, imported_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[source.id, source.volumeId, source.compartment, source.objectName, source.name, source.format],
        ...[source.sha256, source.sizeBytes, source.frameCount, JSON.stringify(source.remarks), source.jobId],
        ...[source.importedAt, source.importedBy],
      )
    },
    findSourceFile: (volumeId, sha256) => {
      const row = sql.one(
        `SELECT id, name FROM source_file s WHERE sha256 = ? AND volume_id = ?
           AND EXISTS (SELECT 1 FROM page_version WHERE source_file_id = s.id)`,
        sha256,
        volumeId,
      )
      return row === undefined ? undefined : { id: text(row, 'id'), name: text(row, 'name') }
    },
    findSourceFileElsewhere: (volumeId, sha256) => {
      const row = sql.one(
        `SELECT volume.case_id, source_file.name FROM source_file JOIN volume ON volume.id = source_file.volume_id
         WHERE sha256 = ? AND volume_id <> ?
           AND EXISTS (SELECT 1 FROM page_version WHERE source_file_id = source_file.id) LIMIT 1`,
        ...[sha256, volumeId],
      )
      return row === undefined ? undefined : { caseId: text(row, 'case_id'), name: text(row, 'name') }
    },
    imageRef: (versionId) => {
      const row =
        sql.one(
          `SELECT v.*, s.object_name AS source_object, s.format AS source_format, s.compartment AS source_compartment,
             book.volume_id
           FROM page_version v JOIN source_file s ON s.id = v.source_file_id JOIN page ON page.id = v.page_id
             JOIN book ON book.id = page.book_id WHERE v.id = ?`,
          versionId,
        ) ??
        sql.one(
          `SELECT v.*, s.object_name AS source_object, s.format AS source_format, s.compartment AS source_compartment,
             ${VOLUME_OF_PAPER} AS volume_id
           FROM paper_page v JOIN source_file s ON s.id = v.source_file_id WHERE v.id = ?`,
          versionId,
        ) ??
        sql.one(
          `SELECT v.*, a.object_name AS source_object, a.format AS source_format, a.compartment AS source_compartment,
             ${VOLUME_OF_ATTACHMENT} AS volume_id FROM ${OF_ATTACHMENT} WHERE v.id = ?`,
          versionId,
        )
      if (row === undefined) return undefined
      return {
        versionId,
        volumeId: text(row, 'volume_id'),
        compartment: text(row, 'compartment') as Compartment,
        objectName: text(row, 'object_name'),
        format: text(row, 'format'),
        sourceCompartment: text(row, 'source_compartment') as Compartment,
        sourceObjectName: text(row, 'source_object'),
        sourceFormat: text(row, 'source_format'),
        widthPixels: number(row, 'width_pixels'),
        heightPixels: number(row, 'height_pixels'),
      }
    },
    volumeOfPaperPage: (paperPageId) =>
      textOrNull(
        sql.one(`SELECT ${VOLUME_OF_PAPER} AS volume_id FROM paper_page v WHERE id = ?`, paperPageId) ?? {},
        'volume_id',
      ) ?? undefined,
    volumeOfAttachmentPage: (attachmentPageId) =>
      textOrNull(
        sql.one(
          `SELECT ${VOLUME_OF_ATTACHMENT} AS volume_id FROM ${OF_ATTACHMENT} WHERE v.id = ?`,
          attachmentPageId,
        ) ?? {},
        'volume_id',
      ) ?? undefined,
    objects: () => objectRows(sql),
    isReferenced: (objectName) =>
      sql.one(
        `SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM source_file WHERE object_name = ?)
           OR EXISTS (SELECT 1 FROM page_version WHERE object_name = ?)
           OR EXISTS (SELECT 1 FROM paper_page WHERE object_name = ?)
           OR EXISTS (SELECT 1 FROM difference_attachment WHERE object_name = ?)
           OR EXISTS (SELECT 1 FROM attachment_page WHERE object_name = ?)
           OR EXISTS (SELECT 1 FROM volume_proof WHERE object_name = ?)`,
        ...Array.from({ length: 6 }, () => objectName),
      ) !== undefined,
  }
}
