import { AppError } from '../../../shared/errors.ts'
import type { Catalogue } from '../../catalogue/index.ts'

/** Says of a vault that it is one case of another vault's backup; the value names the case and the snapshot. */
export const CASE_COPY_SETTING = 'caseCopy'

/**
 * A case that was restored has the id and the keys of the vault that it was in: written to that vault's media it would
 * stand there as the newest state of the whole room. Throws BACKUP_CASE_COPY.
 */
export function refuseCaseCopy({ desk }: Pick<Catalogue, 'desk'>): void {
  if (desk.setting(CASE_COPY_SETTING) !== undefined) throw new AppError('BACKUP_CASE_COPY')
}
