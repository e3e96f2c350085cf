import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3-multiple-ciphers'
import { AppError } from '../shared/errors.ts'
import { systemError } from './errno.ts'

/** An open connection to one of the program's databases. */
export type Database = BetterSqlite3.Database

const OLDEST_NODE: readonly [number, number] = [22, 14]

/** The native library ends the process without a word on an older Node, so the version is asked first. */
export function requireNodeVersion(version: string): void {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [wantMajor, wantMinor] = OLDEST_NODE
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return
  throw new AppError('SYSTEM_NODE_TOO_OLD', { found: version, needed: OLDEST_NODE.join('.') })
}

function loadLibrary(): typeof BetterSqlite3 {
  requireNodeVersion(process.versions.node)
  return createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as typeof BetterSqlite3
}

const SQLITE_CODES: Readonly<Record<string, 'SYSTEM_DISK_FULL' | 'SYSTEM_READ_ONLY' | 'SYSTEM_IO_FAILED'>> = {
  SQLITE_FULL: 'SYSTEM_DISK_FULL',
  SQLITE_READONLY: 'SYSTEM_READ_ONLY',
}

/** What SQLite reports, as one of ours; anything unknown counts as damage only when SQLite says so. */
export function errorFromDatabase(error: unknown, operation: string): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = SQLITE_CODES[code]
  if (known !== undefined) return new AppError(known, { operation }, { cause: error, retryable: true })
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('CATALOGUE_DAMAGED', { operation, sqlite: code }, { cause: error })
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN') {
    return new AppError('SYSTEM_IO_FAILED', { operation, sqlite: code }, { cause: error, retryable: true })
  }
  const mapped = systemError(error, operation)
  return mapped instanceof AppError ? mapped : new AppError('CALL_INTERNAL', { operation }, { cause: error })
}

function opened(
  file: string,
  operation: string,
  prepare: (database: Database) => void,
  options: { readonly readonly?: boolean } = {},
): Database {
  const Library = loadLibrary()
  let database: Database | undefined
  try {
    database = new Library(file, options)
    prepare(database)
    database.pragma('temp_store = MEMORY')
    database.pragma('trusted_schema = OFF')
    return database
  } catch (error) {
    database?.close()
    throw errorFromDatabase(error, operation)
  }
}

/**
 * Opens or creates the catalogue in the SQLCipher 4 format with a raw key, so that genuine SQLCipher opens it.
 * @param key 32 bytes
 */
export function openDatabase(file: string, key: Uint8Array): Database {
  return opened(file, 'catalogue.open', (database) => {
    unlock(database, key)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // The default of 16 MB fills page by page during an import and buys nothing measurable.
    database.pragma('cache_size = -8000')
  })
}

function unlock(database: Database, key: Uint8Array): void {
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
  // The first read proves the key: a wrong one shows as "not a database".
  database.prepare('SELECT count(*) FROM sqlite_master').get()
}

/** Opens a copy of a catalogue at rest, as a backup makes it, and changes no byte of it. */
export function openDatabaseToRead(file: string, key: Uint8Array): Database {
  return opened(file, 'catalogue.read', (database) => unlock(database, key), { readonly: true })
}

/**
 * Opens or creates a database for things that can be made again and are sealed before they come here: it is not
 * encrypted once more, and a power cut may take the last of them, but never leaves the file torn.
 */
export function openCacheDatabase(file: string, operation: string): Database {
  return opened(file, operation, (database) => {
    // Large enough that a thumbnail mostly stays on one page.
    database.pragma('page_size = 8192')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma('cache_size = -2000')
  })
}
