import { rmSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { type Statements, statementsOf } from '../../catalogue/index.ts'
import { type Database, openDatabaseToRead } from '../../database.ts'
import { withSystemErrors } from '../../errno.ts'
import type { OpenVault } from '../../vault/index.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { CATALOGUE_FILE } from '../repository/layout.ts'
import { bytesOf } from '../repository/restore-set.ts'
import { readSnapshot } from '../repository/set.ts'

/** A snapshot with its catalogue open to be read. */
export interface OpenedSnapshot {
  /** The set on the medium. */
  readonly folder: string
  readonly document: SnapshotDocument
  readonly sql: Statements
}

/** Catalogues of snapshots, opened to be read. */
export interface SnapshotCatalogues {
  /**
   * Lends the catalogue of a snapshot for as long as the work takes. The last one is kept for a while: a person types
   * a number, compares, chooses. Throws BACKUP_SNAPSHOT_MISSING, BACKUP_SET_DAMAGED, BACKUP_MEDIUM_GONE, SYSTEM_*.
   */
  readonly read: <T>(
    folder: string,
    snapshotId: string,
    work: (opened: OpenedSnapshot) => T | Promise<T>,
  ) => Promise<T>
  readonly close: () => void
}

const KEPT_MS = 120_000

interface Kept {
  readonly key: string
  readonly staging: string
  readonly database: Database
  readonly sql: Statements
}

export function snapshotCatalogues(
  vault: Pick<OpenVault, 'folder' | 'catalogueKey'>,
  newId: () => string,
): SnapshotCatalogues {
  let kept: Kept | undefined
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const drop = () => {
    clearTimeout(timer)
    kept?.database.close()
    // Also on the way out, where nobody waits. What stays lies sealed, and the vault's next opening removes it.
    if (kept !== undefined) rmSync(kept.staging, { recursive: true, force: true })
    kept = undefined
  }

  const open = async (folder: string, document: SnapshotDocument): Promise<Kept> => {
    const entry = document.files.find(({ name }) => name === CATALOGUE_FILE)
    if (entry === undefined)
      throw new AppError('BACKUP_SET_DAMAGED', { file: CATALOGUE_FILE, reason: 'missing' })
    const key = `${folder}|${document.id}|${entry.sha256}`
    if (kept?.key === key) return kept
    drop()
    const staging = join(vault.folder, 'incoming', `compare-${newId()}`)
    try {
      await withSystemErrors('backup.compare', () => mkdir(staging, { recursive: true, mode: 0o700 }))
      await writeFileAtomically(join(staging, CATALOGUE_FILE), bytesOf(folder, entry))
      const catalogueKey = vault.catalogueKey()
      const database = openDatabaseToRead(join(staging, CATALOGUE_FILE), catalogueKey)
      catalogueKey.fill(0)
      kept = { key, staging, database, sql: statementsOf(database) }
      return kept
    } catch (error) {
      await rm(staging, { recursive: true, force: true })
      throw error
    }
  }

  return {
    read: (folder, snapshotId, work) => {
      const run = async () => {
        // Read each time: the medium may be gone, or another one in its place.
        const { document } = await readSnapshot(folder, snapshotId)
        const { sql } = await open(folder, document)
        clearTimeout(timer)
        try {
          return await work({ folder, document, sql })
        } finally {
          timer = setTimeout(drop, KEPT_MS)
          timer.unref()
        }
      }
      const result = turn.then(run, run)
      turn = result.catch(() => undefined)
      return result
    },
    close: drop,
  }
}
