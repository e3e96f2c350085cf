import type { JobSummary } from '../../../shared/contract/jobs.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { JobDesk } from '../../jobs/index.ts'
import type { OpenVault } from '../../vault/index.ts'

/** A job that may have sealed content which no row names yet; a checking seals only while it takes files in. */
function isSealing({ kind, state, progress }: JobSummary): boolean {
  if (state !== 'running') return false
  return kind === 'import' || (kind === 'reconcile' && progress.phase === 'importing')
}

export interface SweepingParts {
  readonly catalogue: () => Catalogue
  readonly vault: () => OpenVault
  readonly jobs: () => Pick<JobDesk, 'list'>
}

/**
 * Destroys objects that no row names any more, once the rows are committed. Where a job is just sealing, or a file is
 * held by another program, they are left to the sweep of the vault's check.
 */
export async function removeLeft(parts: SweepingParts, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (parts.jobs().list().some(isSealing)) return
    if (parts.catalogue().pages.isReferenced(name)) continue
    try {
      await parts.vault().objects.destroy(name)
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('SYSTEM_')) throw error
    }
  }
}
