import { type Catalogue, text } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'
import { removeLeft, type SweepingParts } from './left-objects.ts'

/** What rows named until now, and names no more. */
export interface SweptScans {
  readonly objects: readonly string[]
  readonly views: readonly { readonly compartment: Compartment; readonly label: string }[]
}

const VIEWS = ['thumbnail', 'view', 'signature'] as const

/**
 * Takes the rows of scans out that a checking needs no more: of one scan that was removed, or of all (`scanId` null) when
 * it is abandoned. What stays: a page that a difference
 * rests on, one that gave the volume an image, and one that went to another volume with its page.
 */
export function forgetScans(
  { sql }: Pick<Catalogue, 'sql'>,
  reconciliationId: string,
  scanId: string | null,
): SweptScans {
  // What nobody has judged yet is found anew, or taken back, without the scan that was removed.
  const resting = scanId === null ? `d.state <> 'dismissed'` : `d.state IN ('judged', 'handled', 'closed')`
  return sql.transaction(() => {
    const rows = sql.all(
      `SELECT p.id, p.compartment, p.object_name, s.id AS source_id, s.object_name AS source_object
       FROM paper_page p JOIN source_file s ON s.id = p.source_file_id
       WHERE p.reconciliation_id = ? AND (? = '' OR p.scan_id = ?) AND p.with_page_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM page_version v
           WHERE v.source_file_id = p.source_file_id AND v.source_frame = p.source_frame)
         AND NOT EXISTS (SELECT 1 FROM difference d WHERE d.paper_page_id = p.id AND ${resting})`,
      ...[reconciliationId, scanId ?? '', scanId ?? ''],
    )
    const sources = new Set(rows.map((row) => text(row, 'source_id')))
    for (const row of rows) {
      sql.run('DELETE FROM page_match WHERE paper_page_id = ?', text(row, 'id'))
      sql.run('DELETE FROM paper_page WHERE id = ?', text(row, 'id'))
    }
    for (const id of sources)
      sql.run(
        `DELETE FROM source_file WHERE id = ? AND NOT EXISTS (SELECT 1 FROM page_version WHERE source_file_id = ?)
           AND NOT EXISTS (SELECT 1 FROM paper_page WHERE source_file_id = ?)`,
        ...[id, id, id],
      )
    return {
      objects: [...new Set(rows.flatMap((row) => [text(row, 'object_name'), text(row, 'source_object')]))],
      views: rows.flatMap((row) =>
        VIEWS.map((view) => ({
          compartment: text(row, 'compartment') as Compartment,
          label: `${view}|${text(row, 'id')}`,
        })),
      ),
    }
  })
}

/** After the rows are committed: images and files that nothing else refers to are destroyed, and their views. */
export async function sweepScans(parts: SweepingParts, { objects, views }: SweptScans): Promise<void> {
  for (const { compartment, label } of views) await parts.vault().objects.removeDerived(compartment, label)
  await removeLeft(parts, objects)
}
