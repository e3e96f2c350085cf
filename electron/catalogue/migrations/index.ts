import { AppError } from '../../../shared/errors.ts'
import type { Database } from '../../database.ts'
import { foundation } from './0001-foundation.ts'

export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Numbered, forward only. A migration that has shipped is never edited. */
export const MIGRATIONS: readonly Migration[] = [foundation]

/** Brings the catalogue to the newest version, one transaction a step. A newer catalogue than this program is refused. */
export function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): number {
  const found = Number(database.pragma('user_version', { simple: true }))
  const newest = migrations.at(-1)?.version ?? 0
  if (found > newest) throw new AppError('CATALOGUE_TOO_NEW', { found, known: newest })
  for (const migration of migrations) {
    if (migration.version <= found) continue
    database.transaction(() => {
      database.exec(migration.sql)
      database.pragma(`user_version = ${migration.version}`)
    })()
  }
  return newest
}
