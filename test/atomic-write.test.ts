import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isAtomicWriteLeftover, writeFileAtomically } from '../electron/atomic-write.ts'
import { codeOf, freshFolder } from './vault/fresh-vault.ts'

async function* failingHalfway(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half')
  throw new Error('the source broke')
}

describe('writing a file atomically', () => {
  test('takes text, bytes and pieces, and leaves no other file', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'register.csv')
    await writeFileAtomically(path, '案号')
    expect(await readFile(path, 'utf8')).toBe('案号')
    await writeFileAtomically(path, Buffer.from([1, 2, 3]))
    expect(await readFile(path)).toEqual(Buffer.from([1, 2, 3]))
    await writeFileAtomically(path, [Buffer.from('a'), Buffer.from('b')])
    expect(await readFile(path, 'utf8')).toBe('ab')
    expect(await readdir(folder)).toEqual(['register.csv'])
  })

  test('keeps the old file when the content fails halfway or is cancelled', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'register.csv')
    await writeFile(path, 'old')
    await expect(writeFileAtomically(path, failingHalfway())).rejects.toThrow('the source broke')
    const cancelled = writeFileAtomically(
      path,
      ['a', 'b'].map((text) => Buffer.from(text)),
      { signal: AbortSignal.abort() },
    )
    expect(await codeOf(cancelled)).toBe('CALL_CANCELLED')
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['register.csv'])
  })

  test('says that the folder is missing without saying where it was looked for', async () => {
    const folder = await freshFolder()
    expect(await codeOf(writeFileAtomically(join(folder, 'no', 'file'), 'x'))).toBe('SYSTEM_FILE_MISSING')
  })

  test('knows its own temporary files from others', () => {
    expect(isAtomicWriteLeftover('.vault.json.0123456789abcdef.tmp')).toBe(true)
    expect(isAtomicWriteLeftover('vault.json')).toBe(false)
    expect(isAtomicWriteLeftover('.profile')).toBe(false)
  })
})
