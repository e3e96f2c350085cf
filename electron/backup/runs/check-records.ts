import type { MediumCheck, MediumProblem } from '../../../shared/contract/backup.ts'
import { number, type Statements, text, textOrNull } from '../../catalogue/index.ts'

/** How media were found each time they were read again. */
export interface CheckRecords {
  readonly insert: (mediumId: string, check: MediumCheck) => void
  readonly last: (mediumId: string) => MediumCheck | null
  /** When any medium was last checked, or last read back whole; null: never. */
  readonly lastAt: (depth?: 'full') => string | null
  /** Since a time, newest first. */
  readonly since: (at: string) => readonly { readonly at: string; readonly sound: boolean }[]
}

export function checkRecords(sql: Statements): CheckRecords {
  const problemsOf = (sequence: number): MediumProblem[] =>
    sql
      .all('SELECT * FROM backup_check_problem WHERE check_sequence = ? ORDER BY place', sequence)
      .map((row) => ({
        file: text(row, 'file'),
        reason: text(row, 'reason') as MediumProblem['reason'],
        snapshots: JSON.parse(text(row, 'snapshots')) as string[],
        repairable: number(row, 'repairable') === 1,
      }))
  return {
    insert: (mediumId, check) =>
      sql.transaction(() => {
        const sequence = Number(
          sql.one('SELECT coalesce(max(sequence), 0) + 1 AS next FROM backup_check')?.next ?? 1,
        )
        sql.run(
          `INSERT INTO backup_check (sequence, medium_id, at, by, depth, snapshots, objects, bytes, past_cache, unneeded)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[sequence, mediumId, check.at, check.by, check.depth, check.snapshots, check.objects],
          ...[check.bytes, Number(check.pastCache), check.unneeded],
        )
        for (const [place, { file, reason, snapshots, repairable }] of check.problems.entries())
          sql.run(
            'INSERT INTO backup_check_problem VALUES (?, ?, ?, ?, ?, ?)',
            ...[sequence, place, file, reason, JSON.stringify(snapshots), Number(repairable)],
          )
      }),
    last: (mediumId) => {
      const row = sql.one(
        'SELECT * FROM backup_check WHERE medium_id = ? ORDER BY sequence DESC LIMIT 1',
        mediumId,
      )
      if (row === undefined) return null
      return {
        at: text(row, 'at'),
        by: text(row, 'by'),
        depth: text(row, 'depth') as MediumCheck['depth'],
        snapshots: number(row, 'snapshots'),
        objects: number(row, 'objects'),
        bytes: number(row, 'bytes'),
        pastCache: number(row, 'past_cache') === 1,
        problems: problemsOf(number(row, 'sequence')),
        unneeded: number(row, 'unneeded'),
      }
    },
    lastAt: (depth) =>
      textOrNull(
        sql.one(
          'SELECT max(at) AS at FROM backup_check WHERE ? IS NULL OR depth = ?',
          ...[depth ?? null, depth ?? null],
        ) ?? {},
        'at',
      ),
    since: (at) =>
      sql
        .all(
          `SELECT at, NOT EXISTS (SELECT 1 FROM backup_check_problem p WHERE p.check_sequence = c.sequence) AS sound
           FROM backup_check c WHERE at >= ? ORDER BY sequence DESC`,
          at,
        )
        .map((row) => ({ at: text(row, 'at'), sound: number(row, 'sound') === 1 })),
  }
}
