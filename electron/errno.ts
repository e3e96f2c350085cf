import { AppError, type ErrorCode } from '../shared/errors.ts'

/** What the operating system says, in the words of this program. Anything not listed is a plain input/output failure. */
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOSPC', 'SYSTEM_DISK_FULL'],
  ['EDQUOT', 'SYSTEM_DISK_FULL'],
  ['EFBIG', 'SYSTEM_DISK_FULL'],
  ['EACCES', 'SYSTEM_ACCESS_DENIED'],
  ['EPERM', 'SYSTEM_ACCESS_DENIED'],
  ['ENOENT', 'SYSTEM_FILE_MISSING'],
  ['ENOTDIR', 'SYSTEM_FILE_MISSING'],
  ['EROFS', 'SYSTEM_READ_ONLY'],
  ['EMFILE', 'SYSTEM_TOO_MANY_FILES'],
  ['ENFILE', 'SYSTEM_TOO_MANY_FILES'],
])

/** Those that may go away by themselves: a full disk, a busy file, a network that comes back. */
const RETRYABLE: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EBUSY',
  'EAGAIN',
  'ETXTBSY',
  'ETIMEDOUT',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENOTCONN',
  'ECONNRESET',
  'ESTALE',
]) // prettier-ignore

/** The errno name of a failed system call (`'ENOENT'`), or `undefined` when the error is of another kind. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return 'syscall' in error && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined
}

/** True when a system call failed with one of the given errno names. */
export function isErrno(error: unknown, ...names: readonly string[]): boolean {
  const errno = errnoOf(error)
  return errno !== undefined && names.includes(errno)
}

/**
 * Turns what a system call threw into the program's own error; `operation` says what was being done, as in
 * `'vault.write'`. Details carry the operation and the errno only, never a path. An aborted signal becomes
 * CALL_CANCELLED. An AppError, or an error which is no system error, comes back as it is.
 */
export function systemError(error: unknown, operation: string): unknown {
  if (error instanceof AppError) return error
  if (error instanceof Error && error.name === 'AbortError') {
    return new AppError('CALL_CANCELLED', { operation }, { cause: error })
  }
  const errno = errnoOf(error)
  if (errno === undefined) return error
  return new AppError(
    CODES.get(errno) ?? 'SYSTEM_IO_FAILED',
    { operation, errno },
    { retryable: RETRYABLE.has(errno), cause: error },
  )
}

/** Runs `work` and lets its system errors out as AppErrors, see {@link systemError}. */
export async function withSystemErrors<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw systemError(error, operation)
  }
}
