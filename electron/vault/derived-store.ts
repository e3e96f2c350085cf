import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { type Database, errorFromDatabase, openCacheDatabase } from '../database.ts'
import type { Compartment } from './compartments.ts'
import { derivedName, type VaultKeys } from './keys.ts'
import { DERIVED_FILE } from './layout.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

/** Something that can be made again, sealed and named, on its way into the store. */
export interface SealedView {
  readonly name: Buffer
  readonly sealed: Buffer
}

/**
 * Thumbnails and other views, sealed one by one under their compartment's key, in one plain file beside the objects:
 * a file of its own for each would cost an import more than sealing the page. The file may be lost or deleted.
 */
export interface DerivedStore {
  /** Throws VAULT_COMPARTMENT_CLOSED. */
  seal(compartment: Compartment, label: string, content: Uint8Array): SealedView
  /** All in one transaction. Throws SYSTEM_* errors. */
  put(views: readonly SealedView[]): void
  /** `undefined` for what is not there, is damaged, or cannot be reached. Throws VAULT_COMPARTMENT_CLOSED. */
  get(compartment: Compartment, label: string): Buffer | undefined
  remove(compartment: Compartment, label: string): void
  close(): void
}

const SCHEMA_VERSION = 1

function openFile(file: string): Database {
  const database = openCacheDatabase(file, 'vault.derived')
  try {
    if (database.pragma('user_version', { simple: true }) === 0) {
      database.exec(
        `CREATE TABLE derived (name BLOB PRIMARY KEY, sealed BLOB NOT NULL); PRAGMA user_version = ${SCHEMA_VERSION}`,
      )
    }
    database.prepare('SELECT name, sealed FROM derived LIMIT 1').get()
    return database
  } catch (error) {
    database.close()
    throw errorFromDatabase(error, 'vault.derived')
  }
}

function statementsOf(database: Database) {
  return {
    database,
    put: database.prepare('INSERT OR REPLACE INTO derived (name, sealed) VALUES (?, ?)'),
    get: database.prepare('SELECT sealed FROM derived WHERE name = ?').pluck(),
    remove: database.prepare('DELETE FROM derived WHERE name = ?'),
  }
}

export function createDerivedStore(folder: string, keys: VaultKeys): DerivedStore {
  const file = join(folder, DERIVED_FILE)
  let open: ReturnType<typeof statementsOf> | undefined

  const removeFiles = () => {
    open?.database.close()
    open = undefined
    for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true })
  }
  const opened = () => {
    open ??= statementsOf(openFile(file))
    return open
  }
  /** What is damaged can be made again: the file is removed and begun anew, once. */
  const using = <T>(work: (statements: ReturnType<typeof statementsOf>) => T): T => {
    try {
      return work(opened())
    } catch (error) {
      const failure = errorFromDatabase(error, 'vault.derived')
      if (failure.code.startsWith('SYSTEM_')) throw failure
      removeFiles()
      return work(opened())
    }
  }
  const context = (name: Buffer) => `juanku derived v1|${name.toString('hex')}`

  return {
    seal(compartment, label, content) {
      const compartmentKeys = keys.of(compartment)
      const name = derivedName(compartmentKeys, label)
      return { name, sealed: sealBytes(compartmentKeys.derivedSealing, context(name), content) }
    },
    put(views) {
      if (views.length === 0) return
      using(({ database, put }) => {
        database.transaction(() => {
          for (const { name, sealed } of views) put.run(name, sealed)
        })()
      })
    },
    get(compartment, label) {
      const compartmentKeys = keys.of(compartment)
      const name = derivedName(compartmentKeys, label)
      try {
        return using(({ get, remove }) => {
          const sealed = get.get(name) as Buffer | undefined
          const content = sealed && openBytes(compartmentKeys.derivedSealing, context(name), sealed)
          if (sealed !== undefined && content === undefined) remove.run(name)
          return content
        })
      } catch (error) {
        // A full or write-protected disk: the view is made anew and shown all the same.
        if (error instanceof AppError && error.code.startsWith('SYSTEM_')) return undefined
        throw error
      }
    },
    remove(compartment, label) {
      const name = derivedName(keys.of(compartment), label)
      using(({ remove }) => remove.run(name))
    },
    close() {
      open?.database.close()
      open = undefined
    },
  }
}
