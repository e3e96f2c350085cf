import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  acceptCode,
  codeEnrolment,
  makeKeyFile,
  newCodeSecret,
  readKeyFile,
} from '../../electron/access/index.ts'
import { AppError } from '../../shared/errors.ts'
import { freshFolder } from '../fixtures/records-room.ts'

const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return [error.code, error.details.kind]
    throw error
  }
  return 'accepted'
}
const WRONG = ['SESSION_SECOND_FACTOR_WRONG', 'code']

describe('a one-time code', () => {
  const secret = Buffer.from('12345678901234567890')

  // RFC 6238, appendix B, SHA-1; of eight digits the last six.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('of RFC 6238 at %i seconds is accepted', (seconds, code) => {
    const step = acceptCode(secret, code, new Date(seconds * 1000), 0)
    expect(step).toBe(Math.floor(seconds / 30))
  })

  test('is good for its own step and one either way, and once', () => {
    const at = (seconds: number) => new Date((1_111_111_111 + seconds) * 1000)
    const step = Math.floor(1_111_111_111 / 30)
    expect(acceptCode(secret, ' 050 471', at(30), 0)).toBe(step)
    expect(acceptCode(secret, '０５０４７１', at(-30), 0)).toBe(step)
    expect(refusal(() => acceptCode(secret, '050471', at(60), 0))).toEqual(WRONG)
    expect(refusal(() => acceptCode(secret, '050471', at(0), step))).toEqual(WRONG)
    expect(refusal(() => acceptCode(secret, '081804', at(0), step))).toEqual(WRONG)
  })

  test('that is none is refused', () => {
    for (const typed of ['', '05047', '0504711', 'abcdef', '050472'])
      expect(refusal(() => acceptCode(secret, typed, new Date(1_111_111_111_000), 0))).toEqual(WRONG)
    expect(refusal(() => acceptCode(newCodeSecret(), '050471', new Date(1_111_111_111_000), 0))).toEqual(
      WRONG,
    )
  })

  test('is set up by an address that authenticators read', () => {
    const { uri, secret: text } = codeEnrolment(secret, '王敏')
    expect(text).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    expect(uri).toMatch(/^otpauth:\/\/totp\//)
    expect(new URL(uri).searchParams.get('secret')).toBe(text)
  })
})

describe('a key file', () => {
  test('is 32 random bytes that only its owner reads', async () => {
    const folder = await freshFolder()
    const file = path.join(folder, 'a.key')
    const made = await makeKeyFile(file)
    expect(made).toHaveLength(32)
    expect((await readKeyFile(file)).equals(made)).toBe(true)
    expect((await stat(file)).mode & 0o77).toBe(0)
    expect((await makeKeyFile(path.join(folder, 'b.key'))).equals(made)).toBe(false)
  })

  test('that is missing or another file is refused without its path', async () => {
    const folder = await freshFolder()
    const other = path.join(folder, '照片.jpg')
    await writeFile(other, Buffer.alloc(33))
    for (const file of [other, path.join(folder, 'none.key'), folder]) {
      const failure = await readKeyFile(file).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'SESSION_SECOND_FACTOR_WRONG', details: { kind: 'key-file' } })
    }
  })
})
