import { AppError } from '../../../shared/errors.ts'
import type { Database } from '../../database.ts'
import { foundation } from './0001-foundation.ts'
import { signIn } from './0002-sign-in.ts'
import { audit } from './0003-audit.ts'
import { access } from './0004-access.ts'
import { approvals } from './0005-approvals.ts'
import { loans } from './0006-loans.ts'
import { reviews } from './0007-reviews.ts'
import { shelteredParties } from './0008-sheltered-parties.ts'
import { readings } from './0009-readings.ts'
import { search } from './0010-search.ts'
import { pageTurns } from './0011-page-turns.ts'
import { archiveNumbers } from './0012-archive-numbers.ts'
import { reconcile } from './0013-reconcile.ts'
import { backup } from './0014-backup.ts'
import { automaticBackup } from './0015-automatic-backup.ts'
import { attachments } from './0016-attachments.ts'
import { backupSamples } from './0017-backup-samples.ts'

export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Numbered, forward only. A migration that has shipped is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  signIn,
  audit,
  access,
  approvals,
  loans,
  reviews,
  shelteredParties,
  readings,
  search,
  pageTurns,
  archiveNumbers,
  reconcile,
  backup,
  automaticBackup,
  attachments,
  backupSamples,
]

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
