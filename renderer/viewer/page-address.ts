import type { PageRendition } from '../../shared/contract/index.ts'
import { AppError, ERROR_CODES, type ErrorCode } from '../../shared/errors.ts'

/** Where the bytes of a page version come from, checked by the core against this window's session. */
export function pageAddress(versionId: string, rendition: PageRendition): string {
  return `page://vault/${versionId}/${rendition}`
}

function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code)
}

/** The error that an answer of the page scheme stands for. */
export function failureOf(response: Response): AppError {
  const code = response.headers.get('x-juanku-error')
  if (isErrorCode(code)) return new AppError(code)
  if (response.status === 403) return new AppError('ACCESS_DENIED')
  if (response.status === 404) return new AppError('VAULT_OBJECT_MISSING')
  return new AppError('VAULT_OBJECT_DAMAGED')
}
