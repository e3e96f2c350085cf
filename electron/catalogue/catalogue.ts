import { type Database, errorFromDatabase, openDatabase } from '../database.ts'
import { type AccountRecords, accountRecords } from './account-records.ts'
import { type ApprovalRecords, approvalRecords } from './approval-records.ts'
import { type AssignmentRecords, assignmentRecords } from './assignment-records.ts'
import { type CaseRecords, caseRecords } from './case-records.ts'
import { type DeskRecords, deskRecords } from './desk-records.ts'
import { type LentPages, lentPages } from './lent-pages.ts'
import { type LoanRecords, loanRecords } from './loan-records.ts'
import { migrate } from './migrations/index.ts'
import { type OutputRecords, outputRecords } from './output-records.ts'
import { type PageRecords, pageRecords } from './page-records.ts'
import { type ReviewRecords, reviewRecords } from './review-records.ts'
import { type SearchIndex, searchIndex } from './search-index.ts'
import { type Statements, statementsOf } from './statements.ts'
import { type VolumeRecords, volumeRecords } from './volume-records.ts'

/** The open catalogue. Every method is synchronous and throws `AppError`. */
export interface Catalogue {
  readonly accounts: AccountRecords
  readonly approvals: ApprovalRecords
  readonly assignments: AssignmentRecords
  readonly cases: CaseRecords
  readonly volumes: VolumeRecords
  readonly pages: PageRecords
  readonly desk: DeskRecords
  readonly loans: LoanRecords
  readonly lent: LentPages
  readonly outputs: OutputRecords
  readonly reviews: ReviewRecords
  readonly search: SearchIndex
  /** Prepared statements on the open connection, for the areas that own a table: jobs and audit. */
  readonly sql: Statements
  /** Runs the work in one transaction; a throw rolls all of it back. Nested calls join the outer one. */
  readonly transaction: <T>(work: () => T) => T
  /** Reads every page of the file: `PRAGMA integrity_check` and foreign keys. Empty when sound. */
  readonly problems: () => readonly string[]
  readonly close: () => void
}

/**
 * Opens the catalogue file, creating and migrating it as needed.
 * @param key 32 bytes, from the vault
 * @throws CATALOGUE_DAMAGED, CATALOGUE_TOO_NEW, SYSTEM_NODE_TOO_OLD, SYSTEM_*
 */
export function openCatalogue(file: string, key: Uint8Array): Catalogue {
  const database: Database = openDatabase(file, key)
  try {
    migrate(database)
  } catch (error) {
    database.close()
    throw errorFromDatabase(error, 'catalogue.migrate')
  }
  const sql = statementsOf(database)
  const search = searchIndex(sql)
  return {
    accounts: accountRecords(sql),
    approvals: approvalRecords(sql),
    assignments: assignmentRecords(sql),
    cases: caseRecords(sql, search),
    volumes: volumeRecords(sql, search),
    pages: pageRecords(sql),
    desk: deskRecords(sql),
    loans: loanRecords(sql),
    lent: lentPages(sql),
    outputs: outputRecords(sql),
    reviews: reviewRecords(sql),
    search,
    sql,
    transaction: sql.transaction,
    problems: () => {
      try {
        const found = database.pragma('integrity_check') as { integrity_check: string }[]
        const lines = found.map((row) => row.integrity_check).filter((line) => line !== 'ok')
        const orphans = database.pragma('foreign_key_check') as { table: string; parent: string }[]
        return [...lines, ...orphans.map((row) => `${row.table} → ${row.parent}`)]
      } catch (error) {
        return [errorFromDatabase(error, 'catalogue.check').code]
      }
    },
    close: () => {
      database.close()
    },
  }
}
