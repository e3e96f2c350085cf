import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import { errnoOf, systemError } from '../../errno.ts'

/** A drive that was pulled out answers with any of these. */
const GONE: ReadonlySet<string> = new Set(['EIO', 'ENODEV', 'ENXIO', 'ENOENT', 'ENOTDIR', 'ESTALE', 'EBADF'])
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOSPC', 'BACKUP_MEDIUM_FULL'],
  ['EDQUOT', 'BACKUP_MEDIUM_FULL'],
  ['EFBIG', 'BACKUP_MEDIUM_FULL'],
  ['EROFS', 'BACKUP_MEDIUM_READ_ONLY'],
])

/**
 * Runs what touches the medium, so that its failures are told from those of the vault's own disk. Throws
 * BACKUP_MEDIUM_FULL, BACKUP_MEDIUM_READ_ONLY, BACKUP_MEDIUM_GONE and SYSTEM_* errors.
 */
export async function onMedium<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const errno = errnoOf(error)
    const code = errno === undefined ? undefined : GONE.has(errno) ? 'BACKUP_MEDIUM_GONE' : CODES.get(errno)
    if (errno === undefined || code === undefined) throw systemError(error, operation)
    throw new AppError(code, { operation, errno }, { retryable: true, cause: error })
  }
}
