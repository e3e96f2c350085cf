import type { ReviewConcern } from '../../shared/contract/reviews.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { AppError } from '../../shared/errors.ts'
import { IN_FORCE } from './sight.ts'
import { number, type Row, type Statements, text, textOrNull } from './statements.ts'

/** What was so of an account when the review began. */
export interface ReviewFacts {
  readonly accountName: string
  readonly displayName: string
  readonly staffNumber: string
  readonly lastActiveAt: string | null
  readonly approvedBy: string
  readonly delegationCount: number
  readonly singleCaseCount: number
  /** The delegation that lends the role; null for a role of the account's own. */
  readonly delegationId: string | null
  readonly concerns: readonly ReviewConcern[]
}

export interface ReviewLineRecord extends ReviewFacts {
  readonly id: string
  readonly reviewId: string
  readonly sequence: number
  readonly accountId: string
  readonly role: Role
  readonly verdict: 'confirm' | 'revoke' | null
  readonly note: string
  /** An account's id. */
  readonly decidedBy: string | null
  readonly decidedAt: string | null
}

export interface ReviewRecord {
  readonly id: string
  readonly period: string
  readonly startedBy: string
  readonly startedAt: string
  readonly finishedBy: string | null
  readonly finishedAt: string | null
  /** Hex, all three; null until the review is finished. */
  readonly digest: string | null
  readonly signature: string | null
  readonly publicKey: string | null
}

export interface ReviewSeal {
  readonly by: string
  readonly at: string
  readonly digest: string
  readonly signature: string
  readonly publicKey: string
}

export interface ReviewVerdict {
  readonly verdict: 'confirm' | 'revoke'
  readonly note: string
  readonly by: string
  readonly at: string
}

export interface ReviewRecords {
  readonly insert: (review: Pick<ReviewRecord, 'id' | 'period' | 'startedBy' | 'startedAt'>) => void
  readonly insertLine: (
    line: Pick<ReviewLineRecord, 'id' | 'reviewId' | 'sequence' | 'accountId' | 'role'>,
    facts: ReviewFacts,
  ) => void
  readonly all: () => readonly ReviewRecord[]
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly require: (id: string) => ReviewRecord
  readonly lines: (reviewId: string) => readonly ReviewLineRecord[]
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly requireLine: (lineId: string) => ReviewLineRecord
  readonly decide: (lineId: string, verdict: ReviewVerdict) => void
  readonly finish: (id: string, seal: ReviewSeal) => void
  /** Cases that are given or lent to an account one by one, in force at this moment. */
  readonly singleCaseCount: (accountId: string, at: string) => number
}

function reviewRecord(row: Row): ReviewRecord {
  return {
    id: text(row, 'id'),
    period: text(row, 'period'),
    startedBy: text(row, 'started_by'),
    startedAt: text(row, 'started_at'),
    finishedBy: textOrNull(row, 'finished_by'),
    finishedAt: textOrNull(row, 'finished_at'),
    digest: textOrNull(row, 'digest'),
    signature: textOrNull(row, 'signature'),
    publicKey: textOrNull(row, 'public_key'),
  }
}

function lineRecord(row: Row): ReviewLineRecord {
  return {
    ...(JSON.parse(text(row, 'facts')) as ReviewFacts),
    id: text(row, 'id'),
    reviewId: text(row, 'review_id'),
    sequence: number(row, 'sequence'),
    accountId: text(row, 'account_id'),
    role: text(row, 'role') as Role,
    verdict: textOrNull(row, 'verdict') as ReviewLineRecord['verdict'],
    note: text(row, 'note'),
    decidedBy: textOrNull(row, 'decided_by'),
    decidedAt: textOrNull(row, 'decided_at'),
  }
}

function known(row: Row | undefined, kind: string, id: string): Row {
  if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind, id })
  return row
}

export function reviewRecords(sql: Statements): ReviewRecords {
  return {
    insert: ({ id, period, startedBy, startedAt }) => {
      sql.run(
        'INSERT INTO right_review (id, period, started_by, started_at) VALUES (?, ?, ?, ?)',
        ...[id, period, startedBy, startedAt],
      )
    },
    insertLine: ({ id, reviewId, sequence, accountId, role }, facts) => {
      sql.run(
        'INSERT INTO right_review_line (id, review_id, sequence, account_id, role, facts) VALUES (?, ?, ?, ?, ?, ?)',
        ...[id, reviewId, sequence, accountId, role, JSON.stringify(facts)],
      )
    },
    all: () => sql.all('SELECT * FROM right_review ORDER BY period DESC').map(reviewRecord),
    require: (id) =>
      reviewRecord(known(sql.one('SELECT * FROM right_review WHERE id = ?', id), 'review', id)),
    lines: (reviewId) =>
      sql
        .all('SELECT * FROM right_review_line WHERE review_id = ? ORDER BY sequence', reviewId)
        .map(lineRecord),
    requireLine: (id) =>
      lineRecord(known(sql.one('SELECT * FROM right_review_line WHERE id = ?', id), 'review-line', id)),
    decide: (lineId, { verdict, note, by, at }) => {
      sql.run(
        'UPDATE right_review_line SET verdict = ?, note = ?, decided_by = ?, decided_at = ? WHERE id = ?',
        ...[verdict, note, by, at, lineId],
      )
    },
    finish: (id, { by, at, digest, signature, publicKey }) => {
      sql.run(
        `UPDATE right_review SET finished_by = ?, finished_at = ?, digest = ?, signature = ?, public_key = ?
         WHERE id = ? AND finished_at IS NULL`,
        ...[by, at, digest, signature, publicKey, id],
      )
    },
    singleCaseCount: (accountId, at) => {
      const row = sql.one(
        `SELECT count(*) AS cases FROM case_assignment WHERE account_id = ? AND kind <> 'own' AND ${IN_FORCE}`,
        ...[accountId, at, at],
      )
      return row === undefined ? 0 : number(row, 'cases')
    },
  }
}
