/**
 * The encrypted catalogue: one SQLCipher 4 file with cases, volumes, books, items, pages and what the room keeps
 * around them. All SQL of the program stands in this area; the tables of jobs and of the audit log are reached by
 * their areas through `sql`.
 */
import { type CaseRecords, caseRecords } from './case-records.ts'
import { type Database, errorFromDatabase, openDatabase } from './database.ts'
import { type DeskRecords, deskRecords } from './desk-records.ts'
import { migrate } from './migrations/index.ts'
import { type PageRecords, pageRecords } from './page-records.ts'
import { type SearchIndex, searchIndex } from './search-index.ts'
import { type Statements, statementsOf } from './statements.ts'
import { type VolumeRecords, volumeRecords } from './volume-records.ts'

export { type CaseDeskParts, caseHandlers, caseNumberFacts } from './case-handlers.ts'
export type { CaseNumberFacts, CaseRecords } from './case-records.ts'
export { requireNodeVersion } from './database.ts'
export type { AccountRecord, DeskRecords } from './desk-records.ts'
export type {
  PageImageRef,
  PageRecord,
  PageRecords,
  PageVersionRecord,
  SourceFileRecord,
} from './page-records.ts'
export type { SearchIndex } from './search-index.ts'
export type { Row, Statements } from './statements.ts'
export type { ItemFields, VolumeRecord, VolumeRecords } from './volume-records.ts'

/** The open catalogue. Every method is synchronous and throws `AppError`. */
export interface Catalogue {
  readonly cases: CaseRecords
  readonly volumes: VolumeRecords
  readonly pages: PageRecords
  readonly desk: DeskRecords
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
    cases: caseRecords(sql, search),
    volumes: volumeRecords(sql, search),
    pages: pageRecords(sql),
    desk: deskRecords(sql),
    search,
    sql,
    transaction: (work) => {
      try {
        return sql.transaction(work)
      } catch (error) {
        throw error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
          ? errorFromDatabase(error, 'catalogue.write')
          : error
      }
    },
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
