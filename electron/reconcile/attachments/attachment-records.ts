import { type Catalogue, number, type Row, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft' | 'compartments'>

/** A page of an attachment, as an image in the vault. */
export interface AttachmentPage {
  readonly id: string
  readonly objectName: string
  readonly format: string
  readonly widthPixels: number
  readonly heightPixels: number
  readonly sha256: string
  readonly sizeBytes: number
}

/** A file that is attached to a difference: 情况说明 as it was signed. */
export interface AttachmentRecord {
  readonly id: string
  readonly differenceId: string
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  /** As it came, safe to show; null: it lies in a compartment that is closed here. */
  readonly name: string | null
  readonly sha256: string
  readonly sizeBytes: number
  readonly added: { readonly by: string; readonly at: string }
  readonly pages: readonly AttachmentPage[]
}

export interface AttachmentRecords {
  readonly insert: (record: AttachmentRecord & { readonly name: string }) => void
  /** Takes the rows away; the objects are the caller's to destroy afterwards. */
  readonly remove: (id: string) => void
  /** In the order in which they were attached. */
  readonly ofDifference: (differenceId: string) => readonly AttachmentRecord[]
  readonly count: (differenceId: string) => number
}

const place = (compartment: Compartment, id: string) => ({ label: `attachment|${id}`, compartment })

function sealName(vault: Seals, compartment: Compartment, id: string, name: string): Buffer {
  return vault.sealDraft(place(compartment, id), Buffer.from(name, 'utf8'))
}

function openName(vault: Seals, row: Row): string | null {
  const compartment = text(row, 'compartment') as Compartment
  if (!vault.compartments.has(compartment)) return null
  // Names of files that were attached before names were sealed stand as they are.
  if (!(row.content instanceof Uint8Array)) return text(row, 'name')
  return vault.openDraft(place(compartment, text(row, 'id')), row.content).toString('utf8')
}

/** Seals an attachment's name under another compartment, within the transaction that moves its files there. */
export function moveName({ sql }: Pick<Catalogue, 'sql'>, vault: Seals, id: string, to: Compartment): void {
  const row = sql.one('SELECT * FROM difference_attachment WHERE id = ?', id) ?? {}
  const name = openName(vault, row) ?? ''
  sql.run(
    `UPDATE difference_attachment SET content = ?, name = '' WHERE id = ?`,
    ...[sealName(vault, to, id, name), id],
  )
}

function pageOf(row: Row): AttachmentPage {
  return {
    id: text(row, 'id'),
    objectName: text(row, 'object_name'),
    format: text(row, 'format'),
    widthPixels: number(row, 'width_pixels'),
    heightPixels: number(row, 'height_pixels'),
    sha256: text(row, 'sha256'),
    sizeBytes: number(row, 'size_bytes'),
  }
}

/** The files attached to differences; their names are sealed under the compartment that the files lie in. */
export function attachmentRecords({ sql }: Pick<Catalogue, 'sql'>, vault: Seals): AttachmentRecords {
  return {
    insert: ({ id, differenceId, compartment, added, pages, name, ...file }) => {
      sql.run(
        `INSERT INTO difference_attachment (id, difference_id, compartment, object_name, format, sha256, size_bytes,
           added_at, added_by, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, differenceId, compartment, file.objectName, file.format, file.sha256, file.sizeBytes],
        ...[added.at, added.by, sealName(vault, compartment, id, name)],
      )
      for (const [at, page] of pages.entries())
        sql.run(
          `INSERT INTO attachment_page (id, attachment_id, sequence, compartment, object_name, format, width_pixels,
             height_pixels, sha256, size_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[page.id, id, at + 1, compartment, page.objectName, page.format, page.widthPixels],
          ...[page.heightPixels, page.sha256, page.sizeBytes],
        )
    },
    remove: (id) => {
      sql.run('DELETE FROM attachment_page WHERE attachment_id = ?', id)
      sql.run('DELETE FROM difference_attachment WHERE id = ?', id)
    },
    ofDifference: (differenceId) =>
      sql
        .all(
          'SELECT * FROM difference_attachment WHERE difference_id = ? ORDER BY added_at, id',
          differenceId,
        )
        .map((row) => {
          const id = text(row, 'id')
          return {
            ...{ id, differenceId, compartment: text(row, 'compartment') as Compartment },
            ...{ objectName: text(row, 'object_name'), format: text(row, 'format') },
            name: openName(vault, row),
            ...{ sha256: text(row, 'sha256'), sizeBytes: number(row, 'size_bytes') },
            added: { by: text(row, 'added_by'), at: text(row, 'added_at') },
            pages: sql
              .all('SELECT * FROM attachment_page WHERE attachment_id = ? ORDER BY sequence', id)
              .map(pageOf),
          }
        }),
    count: (differenceId) =>
      number(
        sql.one('SELECT count(*) AS n FROM difference_attachment WHERE difference_id = ?', differenceId) ??
          {},
        'n',
      ),
  }
}
