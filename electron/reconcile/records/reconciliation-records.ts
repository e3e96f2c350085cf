import type { RECONCILIATION_STATES } from '../../../shared/contract/reconcile.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  type Catalogue,
  number,
  type Row,
  type Sight,
  type Statements,
  sightCondition,
  text,
  textOrNull,
} from '../../catalogue/index.ts'

/** One checking of a volume, as it is stored. */
export interface ReconciliationRecord {
  readonly id: string
  readonly volumeId: string
  readonly caseId: string
  readonly state: (typeof RECONCILIATION_STATES)[number]
  readonly startedAt: string
  readonly startedBy: string
  readonly endedAt: string | null
  readonly matchedDigest: string
  readonly catalogueGiven: boolean
}

export interface ReconciliationCounts {
  readonly electronicPages: number
  readonly paperPages: number
  readonly differences: Readonly<Record<'found' | 'judged' | 'handled' | 'closed' | 'dismissed', number>>
  readonly sheets: { readonly firstDone: number; readonly secondDone: number }
  readonly scans: number
  readonly toDecide: number
}

export interface ReconciliationRecords {
  /** Throws RECONCILE_ALREADY_OPEN. */
  readonly start: (record: Pick<ReconciliationRecord, 'id' | 'volumeId' | 'caseId'> & Deed) => void
  readonly find: (id: string) => ReconciliationRecord | undefined
  /** The open one of a volume, or the newest that ended. */
  readonly ofVolume: (volumeId: string) => ReconciliationRecord | undefined
  /** Throws CATALOGUE_NOT_FOUND for one that is not of this volume. */
  readonly require: (volumeId: string, id: string) => ReconciliationRecord
  /** As `require`; throws RECONCILE_NOT_OPEN for one that ended. */
  readonly requireOpen: (volumeId: string, id: string) => ReconciliationRecord
  readonly abandon: (id: string, reason: string, deed: Deed) => void
  readonly setMatched: (id: string, digest: string) => void
  readonly list: (
    sight: Sight,
    filter: { readonly ended: boolean; readonly caseId: string | undefined },
  ) => IterableIterator<ReconciliationRecord>
  readonly counts: (record: ReconciliationRecord) => ReconciliationCounts
}

interface Deed {
  readonly at: string
  readonly by: string
}

function recordOf(row: Row): ReconciliationRecord {
  return {
    id: text(row, 'id'),
    volumeId: text(row, 'volume_id'),
    caseId: text(row, 'case_id'),
    state: text(row, 'state') as ReconciliationRecord['state'],
    startedAt: text(row, 'started_at'),
    startedBy: text(row, 'started_by'),
    endedAt: textOrNull(row, 'ended_at'),
    matchedDigest: text(row, 'matched_digest'),
    catalogueGiven: row.catalogue_given_at !== null,
  }
}

const COLUMNS = `r.id, r.volume_id, r.case_id, r.state, r.started_at, r.started_by, r.ended_at, r.matched_digest,
  r.catalogue_given_at`

function counts(sql: Statements, { id, volumeId }: ReconciliationRecord): ReconciliationCounts {
  const count = (query: string, ...values: string[]) => number(sql.one(query, ...values) ?? {}, 'n')
  const differences = { found: 0, judged: 0, handled: 0, closed: 0, dismissed: 0 }
  for (const row of sql.all(
    'SELECT state, count(*) AS n FROM difference WHERE reconciliation_id = ? GROUP BY state',
    id,
  )) {
    const state = text(row, 'state')
    if (state in differences) differences[state as keyof typeof differences] = number(row, 'n')
  }
  const doneIn = (pass: 1 | 2) =>
    count(
      `SELECT count(*) AS n FROM sheet_verdict v JOIN sheet_pass p ON p.id = v.pass_id
       WHERE p.reconciliation_id = ? AND p.number = ${pass}`,
      id,
    )
  return {
    electronicPages: count(
      `SELECT count(*) AS n FROM page JOIN book ON book.id = page.book_id
       WHERE book.volume_id = ? AND page.withdrawn_at IS NULL`,
      volumeId,
    ),
    paperPages: count(
      `SELECT count(*) AS n FROM paper_page p JOIN paper_scan s ON s.id = p.scan_id
       WHERE p.reconciliation_id = ? AND s.removed_at IS NULL AND p.with_page_id IS NULL`,
      id,
    ),
    differences,
    sheets: { firstDone: doneIn(1), secondDone: doneIn(2) },
    scans: count(
      'SELECT count(*) AS n FROM paper_scan WHERE reconciliation_id = ? AND removed_at IS NULL',
      id,
    ),
    toDecide: count(
      'SELECT count(*) AS n FROM page_match WHERE reconciliation_id = ? AND sure = 0 AND decided_by IS NULL',
      id,
    ),
  }
}

export function reconciliationRecords({ sql }: Pick<Catalogue, 'sql'>): ReconciliationRecords {
  const find: ReconciliationRecords['find'] = (id) => {
    const row = sql.one(`SELECT ${COLUMNS} FROM reconciliation r WHERE id = ?`, id)
    return row === undefined ? undefined : recordOf(row)
  }
  const require: ReconciliationRecords['require'] = (volumeId, id) => {
    const found = find(id)
    if (found === undefined || found.volumeId !== volumeId)
      throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'reconciliation', id })
    return found
  }
  return {
    start: ({ id, volumeId, caseId, at, by }) =>
      sql.transaction(() => {
        if (
          sql.one(`SELECT 1 FROM reconciliation WHERE volume_id = ? AND state = 'open'`, volumeId) !==
          undefined
        )
          throw new AppError('RECONCILE_ALREADY_OPEN', { volumeId })
        sql.run(
          `INSERT INTO reconciliation (id, volume_id, case_id, state, started_at, started_by)
           VALUES (?, ?, ?, 'open', ?, ?)`,
          ...[id, volumeId, caseId, at, by],
        )
      }),
    find,
    ofVolume: (volumeId) => {
      const row = sql.one(
        `SELECT ${COLUMNS} FROM reconciliation r WHERE volume_id = ? ORDER BY state = 'open' DESC, started_at DESC, id DESC
         LIMIT 1`,
        volumeId,
      )
      return row === undefined ? undefined : recordOf(row)
    },
    require,
    requireOpen: (volumeId, id) => {
      const found = require(volumeId, id)
      if (found.state !== 'open') throw new AppError('RECONCILE_NOT_OPEN', { volumeId })
      return found
    },
    abandon: (id, reason, { at, by }) => {
      sql.run(
        `UPDATE reconciliation SET state = 'abandoned', ended_at = ?, ended_by = ?, end_reason = ? WHERE id = ?`,
        ...[at, by, reason, id],
      )
    },
    setMatched: (id, digest) => {
      sql.run('UPDATE reconciliation SET matched_digest = ? WHERE id = ?', digest, id)
    },
    list: function* (sight, { ended, caseId }) {
      const condition = sightCondition(sql, sight, 'c')
      const where = [
        ...(ended ? [] : [`r.state = 'open'`]),
        ...(caseId === undefined ? [] : ['r.case_id = ?']),
        ...(sight.restricted ? [] : [`v.compartment = 'open'`]),
        ...(condition.sql === '' ? [] : [condition.sql]),
      ]
      const rows = sql.each(
        `SELECT ${COLUMNS} FROM reconciliation r JOIN case_file c ON c.id = r.case_id JOIN volume v ON v.id = r.volume_id
         ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} ORDER BY r.started_at DESC, r.id DESC`,
        ...(caseId === undefined ? [] : [caseId]),
        ...condition.values,
      )
      for (const row of rows) yield recordOf(row)
    },
    counts: (record) => counts(sql, record),
  }
}
