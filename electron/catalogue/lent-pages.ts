import { IN_FORCE } from './sight.ts'
import { number, type Statements, text } from './statements.ts'

/** What a loan in force lays open of a case. */
export interface LentPage {
  readonly pageId: string
  readonly volumeId: string
  readonly loanId: string
}

/** A loan by which an account reads a page. */
export interface PageLoan {
  readonly loanId: string
  readonly purpose: string
  readonly untilAt: string
  readonly mayCopy: boolean
}

/** Which pages are lent to whom now. `at` is UTC ISO; see {@link LentPages.moment}. */
export interface LentPages {
  /**
   * The moment by which loans are judged: the later of the wall clock and the latest record of the log, so that a
   * clock set back does not prolong a loan.
   */
  readonly moment: (wallClock: Date) => string
  /** Whether a loan in force names a page of this volume, item, or this page. */
  readonly lends: (
    accountId: string,
    thing: { readonly kind: 'volume' | 'item' | 'page'; readonly id: string },
    at: string,
  ) => boolean
  readonly ofCase: (accountId: string, caseId: string, at: string) => readonly LentPage[]
  /** Loans by which an account reads a page; those that allow copying first, then those that end last. */
  readonly loansOf: (accountId: string, pageId: string, at: string) => readonly PageLoan[]
  /** The loans in force of a volume, the one that ends last first. */
  readonly loansOfVolume: (accountId: string, volumeId: string, at: string) => readonly PageLoan[]
  readonly isCurrentVersion: (pageId: string, versionId: string) => boolean
}

const LENT = `FROM case_assignment a JOIN loan l ON l.id = a.loan_id AND l.state = 'lent'
  JOIN loan_page lp ON lp.loan_id = l.id JOIN page p ON p.id = lp.page_id AND p.withdrawn_at IS NULL`
const IN_FORCE_OF_A = IN_FORCE.replaceAll(/\b(ended_at|from_at|until_at)\b/gu, 'a.$1')
const MINE = `a.account_id = ? AND a.kind = 'granted' AND ${IN_FORCE_OF_A}`
const LOAN_COLUMNS = `l.id AS loan_id, l.purpose, a.until_at, l.manners LIKE '%"copy"%' AS may_copy`

const WHICH = {
  page: 'p.id = ?',
  item: 'p.item_id = ?',
  volume: 'p.book_id IN (SELECT id FROM book WHERE volume_id = ?)',
} as const

export function lentPages(sql: Statements): LentPages {
  const loans = (condition: string, accountId: string, id: string, at: string): PageLoan[] =>
    sql
      .all(
        `SELECT DISTINCT ${LOAN_COLUMNS} ${LENT} WHERE ${MINE} AND ${condition} ORDER BY may_copy DESC, a.until_at DESC`,
        ...[accountId, at, at, id],
      )
      .map((row) => ({
        loanId: text(row, 'loan_id'),
        purpose: text(row, 'purpose'),
        untilAt: text(row, 'until_at'),
        mayCopy: number(row, 'may_copy') === 1,
      }))
  return {
    moment: (wallClock) => {
      const wall = wallClock.toISOString()
      const latest = sql.one('SELECT max(at) AS at FROM audit_record')?.at
      return typeof latest === 'string' && latest > wall ? latest : wall
    },
    lends: (accountId, { kind, id }, at) =>
      sql.one(`SELECT 1 ${LENT} WHERE ${MINE} AND ${WHICH[kind]} LIMIT 1`, ...[accountId, at, at, id]) !==
      undefined,
    ofCase: (accountId, caseId, at) =>
      sql
        .all(
          `SELECT p.id, b.volume_id, l.id AS loan_id ${LENT} JOIN book b ON b.id = p.book_id
           WHERE ${MINE} AND a.case_id = ?`,
          ...[accountId, at, at, caseId],
        )
        .map((row) => ({
          pageId: text(row, 'id'),
          volumeId: text(row, 'volume_id'),
          loanId: text(row, 'loan_id'),
        })),
    loansOf: (accountId, pageId, at) => loans(WHICH.page, accountId, pageId, at),
    loansOfVolume: (accountId, volumeId, at) => loans(WHICH.volume, accountId, volumeId, at),
    isCurrentVersion: (pageId, versionId) =>
      sql.one('SELECT 1 FROM page WHERE id = ? AND current_version_id = ?', pageId, versionId) !== undefined,
  }
}
