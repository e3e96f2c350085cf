import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { errnoOf, isErrno, systemError, withSystemErrors } from '../electron/errno.ts'
import { AppError } from '../shared/errors.ts'

function systemFailure(code: string): Error {
  return Object.assign(new Error(`${code}: open '/home/someone/secret.pdf'`), {
    code,
    syscall: 'open',
    errno: -1,
  })
}

describe('what the operating system says', () => {
  test.each([
    ['ENOSPC', 'SYSTEM_DISK_FULL', true],
    ['EDQUOT', 'SYSTEM_DISK_FULL', true],
    ['EACCES', 'SYSTEM_ACCESS_DENIED', false],
    ['EPERM', 'SYSTEM_ACCESS_DENIED', false],
    ['ENOENT', 'SYSTEM_FILE_MISSING', false],
    ['EROFS', 'SYSTEM_READ_ONLY', false],
    ['EMFILE', 'SYSTEM_TOO_MANY_FILES', true],
    ['ENFILE', 'SYSTEM_TOO_MANY_FILES', true],
    ['EIO', 'SYSTEM_IO_FAILED', false],
    ['ENODEV', 'SYSTEM_IO_FAILED', false],
    ['EBUSY', 'SYSTEM_IO_FAILED', true],
  ])('%s becomes %s', (errno, code, retryable) => {
    const error = systemError(systemFailure(errno), 'test.work')
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code, retryable, details: { operation: 'test.work', errno } })
    expect(JSON.stringify((error as AppError).toEnvelope())).not.toContain('/home')
  })

  test('an error of the program’s own, or of no system call, comes back as it is', () => {
    for (const error of [new AppError('VAULT_NOT_OPEN'), new TypeError('wrong'), 'text', undefined]) {
      expect(systemError(error, 'test.work')).toBe(error)
    }
    const crypto = Object.assign(new Error('bad'), { code: 'ERR_OSSL_EVP_BAD_DECRYPT' })
    expect(systemError(crypto, 'test.work')).toBe(crypto)
  })

  test('an aborted signal becomes CALL_CANCELLED', async () => {
    const work = withSystemErrors('test.work', async () => AbortSignal.abort().throwIfAborted())
    await expect(work).rejects.toMatchObject({ code: 'CALL_CANCELLED' })
  })

  test('a real failing call is recognised', async () => {
    const error: unknown = await readFile('/nowhere/at/all').catch((reason: unknown) => reason)
    expect(errnoOf(error)).toBe('ENOENT')
    expect(isErrno(error, 'EACCES', 'ENOENT')).toBe(true)
    expect(isErrno(error, 'EACCES')).toBe(false)
  })
})
