import type { MediumCheck, MediumProblem } from '../../../shared/contract/backup.ts'
import { number, type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'

/** How media were found each time they were read again. */
export interface CheckRecords {
  readonly insert: (mediumId: string, check: MediumCheck) => void
  readonly last: (mediumId: string) => MediumCheck | null
  /** When any medium was last read back whole, or at least a sample of it; null: never. */
  readonly lastAt: (depth: 'sample' | 'full') => string | null
  /** 抽样核验, oldest first. */
  readonly samples: () => readonly SampledCheck[]
  /** Since a time, newest first. */
  readonly since: (at: string) => readonly { readonly at: string; readonly sound: boolean }[]
}

/** One line of the register of inspections that the program filled in itself. */
export interface SampledCheck extends NonNullable<MediumCheck['sample']> {
  readonly mediumId: string
  readonly number: string
  readonly at: string
  readonly by: string
}

function sampleOf(row: Row): MediumCheck['sample'] {
  const seed = textOrNull(row, 'sample_seed')
  return seed === null
    ? null
    : { seed, sampled: number(row, 'sampled'), unreadable: number(row, 'unreadable') }
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
          `INSERT INTO backup_check (sequence, medium_id, at, by, depth, snapshots, objects, bytes, past_cache, unneeded,
             sample_seed, sampled, unreadable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          // The column knows no other depth: that it was a sample its seed says.
          ...[sequence, mediumId, check.at, check.by, check.depth === 'full' ? 'full' : 'quick'],
          ...[check.snapshots, check.objects, check.bytes, Number(check.pastCache), check.unneeded],
          ...[check.sample?.seed ?? null, check.sample?.sampled ?? 0, check.sample?.unreadable ?? 0],
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
        depth: row.sample_seed === null ? (text(row, 'depth') as MediumCheck['depth']) : 'sample',
        snapshots: number(row, 'snapshots'),
        objects: number(row, 'objects'),
        bytes: number(row, 'bytes'),
        pastCache: number(row, 'past_cache') === 1,
        problems: problemsOf(number(row, 'sequence')),
        unneeded: number(row, 'unneeded'),
        sample: sampleOf(row),
      }
    },
    lastAt: (depth) =>
      textOrNull(
        sql.one(
          `SELECT max(at) AS at FROM backup_check WHERE depth = 'full' OR (? = 'sample' AND sample_seed IS NOT NULL)`,
          depth,
        ) ?? {},
        'at',
      ),
    samples: () =>
      sql
        .all(
          `SELECT c.*, m.number FROM backup_check c JOIN backup_medium m ON m.id = c.medium_id
           WHERE sample_seed IS NOT NULL ORDER BY c.sequence`,
        )
        .flatMap((row) => {
          const sample = sampleOf(row)
          if (sample === null) return []
          const { seed, sampled, unreadable } = sample
          const [mediumId, medium] = [text(row, 'medium_id'), text(row, 'number')]
          return [
            {
              ...{ mediumId, number: medium, at: text(row, 'at'), by: text(row, 'by') },
              seed,
              sampled,
              unreadable,
            },
          ]
        }),
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
