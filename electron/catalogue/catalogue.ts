import { type Database, errorFromDatabase, openDatabase } from '../database.ts'
import { type CaseRecords, caseRecords } from './case-records.ts'
import { type DeskRecords, deskRecords } from './desk-records.ts'
import { migrate } from './migrations/index.ts'
import { type PageRecords, pageRecords } from './page-records.ts'
import { type SearchIndex, searchIndex } from './search-index.ts'
import { type Statements, statementsOf } from './statements.ts'
import { type VolumeRecords, volumeRecords } from './volume-records.ts'

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
