import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { onTestFinished } from 'vitest'
import {
  type CreatedVault,
  createVault,
  type LockOptions,
  type OpenVault,
  openVault,
} from '../../electron/vault/index.ts'

export const ADMIN = { name: '管理员', password: 'correct horse' } as const
export const CLERK = { name: '书记员甲', password: 'battery staple' } as const

export const now = () => new Date()
export const newId = () => ulid()

/** A folder that is gone after the test. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'juanku-vault-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An open vault whose first account is {@link ADMIN}; closed and gone after the test. */
export async function freshVault(): Promise<CreatedVault & { readonly folder: string }> {
  const folder = join(await freshFolder(), 'vault')
  const created = await createVault({
    folder,
    unitName: '某市中级人民法院',
    account: { id: newId(), ...ADMIN },
    now,
    newId,
  })
  onTestFinished(() => created.vault.close())
  return { ...created, folder }
}

/** Gives {@link CLERK} a slot for 正卷 alone. */
export async function addClerk(vault: OpenVault): Promise<string> {
  const accountId = newId()
  await vault.addSlot({ accountId, ...CLERK, compartments: ['open'] })
  return accountId
}

export async function openAs(
  folder: string,
  account: { readonly name: string; readonly password: string; readonly keyFile?: Uint8Array },
  lock: LockOptions = {},
): Promise<OpenVault> {
  const { name: accountName, password, keyFile } = account
  const vault = await openVault({ folder, accountName, password, keyFile, now, lock })
  onTestFinished(() => vault.close())
  return vault
}

/** Resolves to the rejection's code and details, so that a test can compare both at once. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ code: string; details: Record<string, unknown> }> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'details' in error) {
      return { code: String(error.code), details: error.details as Record<string, unknown> }
    }
    throw error
  }
  throw new Error('expected a failure')
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await failureOf(work)).code
}
