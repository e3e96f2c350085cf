import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { type Catalogue, keepOneCase, number, openCatalogue, type Statements } from '../../catalogue/index.ts'
import { withSystemErrors } from '../../errno.ts'
import type { FileEntry } from '../repository/documents.ts'
import { CATALOGUE_FILE } from '../repository/layout.ts'
import { bytesOf } from '../repository/restore-set.ts'
import { CASE_COPY_SETTING } from './case-copy.ts'

/** How much there is of a case. */
export interface CaseCounts {
  readonly volumes: number
  readonly items: number
  readonly pages: number
  readonly versions: number
}

function countsOf(sql: Statements, caseId: string): CaseCounts {
  const inCase =
    'book ON book.id = %.book_id JOIN volume ON volume.id = book.volume_id WHERE volume.case_id = ?'
  const count = (from: string) => number(sql.one(`SELECT count(*) AS n FROM ${from}`, caseId) ?? {}, 'n')
  return {
    volumes: count('volume WHERE case_id = ?'),
    items: count(`item JOIN ${inCase.replace('%', 'item')}`),
    pages: count(`page JOIN ${inCase.replace('%', 'page')} AND page.withdrawn_at IS NULL`),
    versions: count(`page_version v JOIN page ON page.id = v.page_id JOIN ${inCase.replace('%', 'page')}`),
  }
}

export interface CutCatalogue {
  /** Open; to be closed before the folder is a vault. */
  readonly catalogue: Catalogue
  readonly number: string
  readonly counts: CaseCounts
}

/**
 * Puts the snapshot's catalogue into a folder with one case of it. It is worked on under `place` and then copied row by
 * row, so that nothing of the others stays between the rows. Throws CATALOGUE_NOT_FOUND, BACKUP_SET_DAMAGED,
 * CATALOGUE_DAMAGED and SYSTEM_* errors.
 */
export async function cutCatalogue(
  set: { readonly folder: string; readonly entry: FileEntry },
  { target, place }: { readonly target: string; readonly place: string },
  about: { readonly caseId: string; readonly snapshotId: string },
  key: Uint8Array,
): Promise<CutCatalogue> {
  const { caseId, snapshotId } = about
  const whole = join(place, CATALOGUE_FILE)
  await writeFileAtomically(whole, bytesOf(set.folder, set.entry))
  const copy = openCatalogue(whole, key)
  let counts: CaseCounts
  let caseNumber: string
  try {
    caseNumber = copy.cases.require(caseId).number
    counts = countsOf(copy.sql, caseId)
    keepOneCase(copy, caseId)
    copy.desk.putSetting(CASE_COPY_SETTING, JSON.stringify({ caseId, snapshotId }))
    copy.sql.run('VACUUM INTO ?', join(target, CATALOGUE_FILE))
  } finally {
    copy.close()
  }
  await withSystemErrors('backup.restore', () => rm(whole, { force: true }))
  const catalogue = openCatalogue(join(target, CATALOGUE_FILE), key)
  const left = countsOf(catalogue.sql, caseId)
  const differs = (Object.keys(counts) as (keyof CaseCounts)[]).some((name) => left[name] !== counts[name])
  if (differs || catalogue.cases.count() !== 1) {
    catalogue.close()
    throw new AppError('CATALOGUE_DAMAGED', { operation: 'backup.restoreCase', ...left })
  }
  return { catalogue, number: caseNumber, counts }
}
