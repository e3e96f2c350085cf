import type { BackupRow } from '../../../shared/contract/backup.ts'
import { number, type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'

/** 备份登记: what was written to each medium, kept after the snapshot itself was pruned. */
export interface SnapshotRecords {
  readonly insert: (row: Omit<BackupRow, 'mediumNumber'>) => void
  /** Newest first. */
  readonly list: (mediumId?: string) => BackupRow[]
  /** Of a medium, what should still lie on it; oldest first. */
  readonly expected: (mediumId: string) => readonly { readonly id: string; readonly sha256: string }[]
  readonly verified: (
    snapshotId: string,
    verdict: { readonly at: string; readonly by: string; readonly result: 'sound' | 'damaged' },
  ) => void
  readonly pruned: (snapshotIds: readonly string[], at: string) => void
  /** When the newest proven one was made, of all or of those that a condition names; null: none. */
  readonly lastProven: (of?: { readonly set?: 'A' | 'B' | 'C'; readonly kind?: 'full' }) => string | null
  /** Of one medium: when it was last written, and when it was last found whole. */
  readonly lastOf: (mediumId: string) => { readonly backup: string | null; readonly verified: string | null }
}

/** The register names so many; the snapshot's own document names them all. */
const NAMES_KEPT = 200

function backupRow(row: Row): BackupRow {
  return {
    snapshotId: text(row, 'id'),
    mediumId: text(row, 'medium_id'),
    mediumNumber: text(row, 'number'),
    createdAt: text(row, 'created_at'),
    kind: text(row, 'kind') as BackupRow['kind'],
    reason: text(row, 'reason') as BackupRow['reason'],
    cases: number(row, 'cases'),
    volumes: number(row, 'volumes'),
    pages: number(row, 'pages'),
    objects: number(row, 'objects'),
    bytes: number(row, 'bytes'),
    bytesWritten: number(row, 'bytes_written'),
    firstCase: text(row, 'first_case'),
    lastCase: text(row, 'last_case'),
    objectsSha256: text(row, 'objects_sha256'),
    snapshotSha256: text(row, 'snapshot_sha256'),
    missing: number(row, 'missing'),
    missingNames: JSON.parse(text(row, 'missing_names')) as string[],
    by: text(row, 'by'),
    verifiedAt: textOrNull(row, 'verified_at'),
    verifiedBy: textOrNull(row, 'verified_by'),
    verifyResult: text(row, 'verify_result') as BackupRow['verifyResult'],
    prunedAt: textOrNull(row, 'pruned_at'),
  }
}

export function snapshotRecords(sql: Statements): SnapshotRecords {
  return {
    insert: (row) => {
      sql.run(
        `INSERT INTO backup_snapshot (id, medium_id, created_at, kind, cases, volumes, pages, objects, bytes,
           bytes_written, first_case, last_case, objects_sha256, snapshot_sha256, missing, by, verified_at, verified_by,
           verify_result, pruned_at, reason, missing_names)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING`,
        ...[row.snapshotId, row.mediumId, row.createdAt, row.kind, row.cases, row.volumes, row.pages],
        ...[row.objects, row.bytes, row.bytesWritten, row.firstCase, row.lastCase, row.objectsSha256],
        ...[row.snapshotSha256, row.missing, row.by, row.verifiedAt, row.verifiedBy, row.verifyResult],
        ...[row.prunedAt, row.reason, JSON.stringify(row.missingNames.slice(0, NAMES_KEPT))],
      )
    },
    list: (mediumId) =>
      sql
        .all(
          `SELECT s.*, m.number FROM backup_snapshot s JOIN backup_medium m ON m.id = s.medium_id
           WHERE ? IS NULL OR s.medium_id = ? ORDER BY s.created_at DESC, s.id DESC`,
          ...[mediumId ?? null, mediumId ?? null],
        )
        .map(backupRow),
    expected: (mediumId) =>
      sql
        .all(
          'SELECT id, snapshot_sha256 FROM backup_snapshot WHERE medium_id = ? AND pruned_at IS NULL ORDER BY id',
          mediumId,
        )
        .map((row) => ({ id: text(row, 'id'), sha256: text(row, 'snapshot_sha256') })),
    verified: (snapshotId, { at, by, result }) => {
      // One that is damaged now was whole when it was last found so: that time is not the last word any more.
      sql.run(
        'UPDATE backup_snapshot SET verified_at = ?, verified_by = ?, verify_result = ? WHERE id = ?',
        ...[at, by, result, snapshotId],
      )
    },
    pruned: (snapshotIds, at) => {
      for (const id of snapshotIds)
        sql.run('UPDATE backup_snapshot SET pruned_at = ? WHERE id = ? AND pruned_at IS NULL', at, id)
    },
    lastProven: ({ set, kind } = {}) =>
      textOrNull(
        sql.one(
          `SELECT max(s.created_at) AS at FROM backup_snapshot s JOIN backup_medium m ON m.id = s.medium_id
           WHERE s.verify_result = 'sound' AND s.pruned_at IS NULL AND m.state NOT IN ('lost', 'retired')
             AND (? IS NULL OR m.set_letter = ?) AND (? IS NULL OR s.kind = ?)`,
          ...[set ?? null, set ?? null, kind ?? null, kind ?? null],
        ) ?? {},
        'at',
      ),
    lastOf: (mediumId) => {
      const row =
        sql.one(
          `SELECT max(created_at) AS backup, max(iif(verify_result = 'sound', verified_at, NULL)) AS verified
           FROM backup_snapshot WHERE medium_id = ?`,
          mediumId,
        ) ?? {}
      return { backup: textOrNull(row, 'backup'), verified: textOrNull(row, 'verified') }
    },
  }
}
