import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  HEADER_COPY_FILE,
  HEADER_FILE,
  readVaultInfo,
  restoreHeaderCopy,
} from '../../electron/vault/index.ts'
import { ADMIN, addClerk, CLERK, codeOf, failureOf, freshVault, now, openAs } from './fresh-vault.ts'

interface LooseHeader {
  version: number
  unitName: string
  slots: Record<string, unknown>[]
  recovery: Record<string, unknown>
  [member: string]: unknown
}

async function closedVault() {
  const { vault, folder, recoveryShares } = await freshVault()
  await addClerk(vault)
  await vault.close()
  const path = join(folder, HEADER_FILE)
  const text = await readFile(path, 'utf8')
  const rewrite = async (edit: (header: LooseHeader) => void) => {
    const header = JSON.parse(text) as LooseHeader
    edit(header)
    await writeFile(path, JSON.stringify(header))
  }
  return { folder, path, text, rewrite, recoveryShares }
}

describe('vault.json', () => {
  test('holds no password, no key and no content', async () => {
    const { text } = await closedVault()
    expect(text).not.toContain(ADMIN.password)
    expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(
      ['createdAt', 'format', 'mac', 'recovery', 'slots', 'unitName', 'vaultId', 'version'].sort(),
    )
  })

  test('cut at any length is told to be damaged, with a copy that helps', async () => {
    const { folder, path, text } = await closedVault()
    const bytes = Buffer.from(text, 'utf8')
    for (let length = 0; length < bytes.length - 2; length += 37) {
      await writeFile(path, bytes.subarray(0, length))
      const failure = await failureOf(readVaultInfo(folder))
      expect([length, failure.code, failure.details.copyUsable]).toEqual([
        length,
        'VAULT_HEADER_DAMAGED',
        true,
      ])
    }
  })

  test('filled with zeros, as a power cut may leave it, is told to be damaged', async () => {
    const { folder, path, text } = await closedVault()
    await writeFile(path, Buffer.alloc(text.length))
    await writeFile(join(folder, HEADER_COPY_FILE), '')
    const failure = await failureOf(readVaultInfo(folder))
    expect(failure).toEqual({ code: 'VAULT_HEADER_DAMAGED', details: { reason: 'json', copyUsable: false } })
  })

  test('of a newer format is refused as such, even if its content is unknown', async () => {
    const { folder, path } = await closedVault()
    await writeFile(path, JSON.stringify({ format: 'juanku-vault', version: 7, other: true }))
    expect(await failureOf(readVaultInfo(folder))).toEqual({
      code: 'VAULT_FORMAT_TOO_NEW',
      details: { found: 7, supported: 1 },
    })
  })

  test('that is missing is no vault, unless its copy is there', async () => {
    const { folder, path } = await closedVault()
    await rm(path)
    expect(await failureOf(readVaultInfo(folder))).toMatchObject({
      code: 'VAULT_HEADER_DAMAGED',
      details: { copyUsable: true },
    })
    await rm(join(folder, HEADER_COPY_FILE))
    expect(await codeOf(readVaultInfo(folder))).toBe('VAULT_NOT_FOUND')
    expect(await codeOf(readVaultInfo(join(folder, 'nowhere')))).toBe('VAULT_NOT_FOUND')
  })

  test('is put in force again from its copy, and the damaged one is kept', async () => {
    const { folder, path, text } = await closedVault()
    await writeFile(path, text.slice(0, 100))
    expect((await restoreHeaderCopy({ folder, now })).accounts).toHaveLength(2)
    const kept = (await readdir(folder)).filter((name) => name.startsWith('vault.json.damaged-'))
    expect(kept).toHaveLength(1)
    expect(await readFile(join(folder, kept[0] ?? ''), 'utf8')).toBe(text.slice(0, 100))
    await (await openAs(folder, ADMIN)).close()
  })

  test('with any outside change to a slot or a name is noticed after opening', async () => {
    const { folder, rewrite } = await closedVault()
    const edits: ((header: LooseHeader) => void)[] = [
      (header) => header.slots.pop(),
      (header) =>
        header.slots.push({ ...header.slots[1], accountId: '01JQZ0000000000000000ACCT9', accountName: '丙' }),
      (header) => Object.assign(header.slots[1] ?? {}, { accountName: '丙' }),
      (header) => Object.assign(header.slots[1] ?? {}, { locked: true }),
      (header) => Object.assign(header.slots[1] ?? {}, { wrapped: 'AAAA' }),
      (header) => Object.assign(header, { unitName: '别的法院' }),
      (header) => Object.assign(header.recovery, { wrapped: 'AAAA' }),
      (header) => header.slots.reverse(),
    ]
    for (const [index, edit] of edits.entries()) {
      await rewrite(edit)
      const failure = await failureOf(openAs(folder, ADMIN))
      expect([index, failure]).toEqual([
        index,
        { code: 'VAULT_HEADER_DAMAGED', details: { reason: 'seal', copyUsable: true } },
      ])
      expect(await readdir(folder)).not.toContain('vault.lock')
    }
  })

  test('with another salt, cost, version or account under a wrapping does not open it', async () => {
    const { folder, rewrite } = await closedVault()
    const changes = [
      { salt: Buffer.alloc(16).toString('base64') },
      { version: 2 },
      { accountId: '01JQZ0000000000000000ACCT9' },
      { kdf: { name: 'argon2id', memoryKiB: 8192, passes: 1, lanes: 1 } },
    ]
    for (const change of changes) {
      await rewrite((header) => Object.assign(header.slots[0] ?? {}, change))
      expect([change, await codeOf(openAs(folder, ADMIN))]).toEqual([change, 'VAULT_WRONG_PASSWORD'])
    }
  })

  test('with the wrappings of two accounts exchanged opens for neither', async () => {
    const { folder, rewrite } = await closedVault()
    await rewrite((header) => {
      const [first, second] = header.slots
      const { salt, wrapped } = { ...first }
      Object.assign(first ?? {}, { salt: second?.salt, wrapped: second?.wrapped })
      Object.assign(second ?? {}, { salt, wrapped })
    })
    expect(await codeOf(openAs(folder, { name: ADMIN.name, password: CLERK.password }))).toBe(
      'VAULT_WRONG_PASSWORD',
    )
    expect(await codeOf(openAs(folder, { name: CLERK.name, password: ADMIN.password }))).toBe(
      'VAULT_WRONG_PASSWORD',
    )
  })

  test('that asks for the whole memory of the machine is refused unread', async () => {
    const { folder, rewrite } = await closedVault()
    const kdf = { name: 'argon2id', memoryKiB: 4_000_000_000, passes: 3, lanes: 1 }
    await rewrite((header) => Object.assign(header.slots[0] ?? {}, { kdf }))
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_HEADER_DAMAGED')
  })
})

test('a header of which both files were changed says that the copy does not help', async () => {
  const { folder, text } = await closedVault()
  for (const file of [HEADER_FILE, HEADER_COPY_FILE]) {
    await writeFile(join(folder, file), text.replace('"locked": false', '"locked": true'))
  }
  const failure = await failureOf(openAs(folder, CLERK))
  expect(failure.details).toEqual({ reason: 'seal', copyUsable: false })
})
