import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { syncFolder } from '../atomic-write.ts'
import { withSystemErrors } from '../errno.ts'
import { checkPasswordStrength } from './account-name.ts'
import { accountSlots } from './account-slots.ts'
import { COMPARTMENTS } from './compartments.ts'
import type { NewSlot, OpenVault, VaultInfo } from './contract.ts'
import { createDerivedStore } from './derived-store.ts'
import {
  checkHeaderSeal,
  readHeader,
  restoreHeaderFromCopy,
  type Slot,
  signHeader,
  type VaultHeader,
  writeHeader,
} from './header.ts'
import { createVaultKeys, deriveKey, KEY_BYTES, keyringFromMaster, wipeKeyring } from './keys.ts'
import { folderState, makeFolders, sweepLeftovers } from './layout.ts'
import { acquireLock, type LockOptions, type VaultLock } from './lock.ts'
import { createObjectSource, createObjectStore } from './object-store.ts'
import { type RecoveryShares, setFingerprint, splitSecret } from './recovery-shares.ts'
import { wrapMaster } from './recovery-wrap.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { damaged } from './sealed-file.ts'
import { assertNamesDiffer, createHeaderInForce, infoOf } from './slot-changes.ts'
import {
  type AccountKeyring,
  newSlot,
  slotOfId,
  slotOfName,
  unwrapSlot,
  wipeAccountKeyring,
} from './slots.ts'

export interface CreateVaultOptions {
  /** Absent or empty. */
  readonly folder: string
  readonly unitName: string
  /** Opens the vault at once and holds every compartment. `id` is a ULID. */
  readonly account: { readonly id: string; readonly name: string; readonly password: string }
  /** Further accounts from the start: the officers, who hold no compartment. */
  readonly others?: readonly NewSlot[]
  readonly now: () => Date
  /** Makes ULIDs. */
  readonly newId: () => string
  readonly lock?: LockOptions
}

export interface CreatedVault {
  readonly vault: OpenVault
  /** To be printed and kept in three places; the program does not keep them. */
  readonly recoveryShares: RecoveryShares
}

/**
 * Makes a vault and opens it. Throws VAULT_ALREADY_EXISTS, VAULT_FOLDER_NOT_EMPTY, VAULT_PASSWORD_TOO_WEAK,
 * CALL_INVALID_INPUT and SYSTEM_* errors. `vault.json` is written last: an interrupted try can be repeated.
 */
export async function createVault(options: CreateVaultOptions): Promise<CreatedVault> {
  const folder = resolve(options.folder)
  const unitName = options.unitName.normalize('NFC').trim()
  if (unitName.length === 0 || unitName.length > 200)
    throw new AppError('CALL_INVALID_INPUT', { field: 'unitName' })
  const { id, ...first } = options.account
  const accounts: readonly NewSlot[] = [
    { ...first, accountId: id, compartments: COMPARTMENTS },
    ...(options.others ?? []),
  ]
  assertNamesDiffer(accounts)
  for (const { name, password } of accounts) checkPasswordStrength(password, name)
  const lock = await withSystemErrors('vault.create', async () => {
    const state = await folderState(folder)
    if (state === 'vault') throw new AppError('VAULT_ALREADY_EXISTS')
    if (state === 'other') throw new AppError('VAULT_FOLDER_NOT_EMPTY')
    if (state === 'absent') {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await syncFolder(dirname(folder))
    }
    return await acquireLock(folder, { ...options.lock, takeOver: true })
  })
  try {
    // Another process may have made one between the first look and the lock.
    if ((await folderState(folder)) === 'vault') throw new AppError('VAULT_ALREADY_EXISTS')
    await withSystemErrors('vault.create', () => makeFolders(folder))
    const createdAt = options.now().toISOString()
    const vaultId = options.newId()
    const master = randomBytes(KEY_BYTES)
    const secret = randomBytes(KEY_BYTES)
    const given = keyringFromMaster(master, vaultId)
    // Two side by side: each costs an Argon2 and its 64 MiB.
    const slots: Slot[] = []
    for (let at = 0; at < accounts.length; at += 2) {
      const made = accounts
        .slice(at, at + 2)
        .map(({ accountId, name: accountName, password, compartments }) => {
          const owner = { accountId, accountName, version: 1, createdAt }
          return newSlot(vaultId, owner, { password }, given, compartments)
        })
      slots.push(...(await Promise.all(made)))
    }
    wipeKeyring(given)
    const slot = slotOfId({ slots }, id)
    const keyring = await unwrapSlot(vaultId, slot, { password: first.password })
    const setId = options.newId()
    const recovery = wrapMaster(vaultId, { setId, createdAt }, secret, master)
    const recoveryShares = await splitSecret(secret, setFingerprint(vaultId, setId))
    master.fill(0)
    secret.fill(0)
    const headerKey = deriveKey(keyring.base, '', 'juanku header v1')
    const header = signHeader(headerKey, { vaultId, unitName, createdAt, slots, recovery })
    await writeHeader(folder, header)
    return { vault: assembleVault(folder, header, slot, keyring, lock, options.now), recoveryShares }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** What can be read without a password. Throws VAULT_NOT_FOUND, VAULT_HEADER_DAMAGED, VAULT_FORMAT_TOO_NEW. */
export async function readVaultInfo(folder: string): Promise<VaultInfo> {
  return infoOf(await readHeader(resolve(folder)))
}

export interface OpenVaultOptions {
  readonly folder: string
  readonly accountName: string
  readonly password: string
  /** The key file's 32 bytes, where the account's slot wants them. */
  readonly keyFile?: Uint8Array | undefined
  readonly now: () => Date
  readonly lock?: LockOptions
}

/**
 * Opens a vault for one account and takes its lock. Throws VAULT_NOT_FOUND, VAULT_HEADER_DAMAGED,
 * VAULT_FORMAT_TOO_NEW, VAULT_LOCKED_BY_OTHER, VAULT_LOCK_STALE, VAULT_NO_SUCH_ACCOUNT, VAULT_ACCOUNT_LOCKED,
 * SESSION_SECOND_FACTOR_NEEDED `{ kind: 'key-file' }`, VAULT_WRONG_PASSWORD (also for another key file) and SYSTEM_*
 * errors.
 */
export async function openVault(options: OpenVaultOptions): Promise<OpenVault> {
  const folder = resolve(options.folder)
  // First without the lock, so that no lock file appears where there is no vault, nor one is taken for a typing error.
  const before = await readHeader(folder)
  const first = await unwrapSlot(before.vaultId, slotOfName(before, options.accountName), options)
  return await withLockedHeader(folder, options.lock, async (header, lock) => {
    const slot = slotOfName(header, options.accountName)
    // Only a header that another process changed in between is worth a second Argon2.
    const unchanged = header.mac === before.mac
    const keyring = unchanged ? first : await unwrapSlot(header.vaultId, slot, options)
    if (!unchanged) wipeAccountKeyring(first)
    try {
      await checkHeaderSeal(folder, deriveKey(keyring.base, '', 'juanku header v1'), header)
      await withSystemErrors('vault.open', async () => {
        await makeFolders(folder)
        await sweepLeftovers(folder)
      })
    } catch (error) {
      wipeAccountKeyring(keyring)
      throw error
    }
    return assembleVault(folder, header, slot, keyring, lock, options.now)
  })
}

/** Takes the lock, reads the header under it, and gives the lock back when `work` fails. */
export async function withLockedHeader<T>(
  folder: string,
  lockOptions: LockOptions | undefined,
  work: (header: VaultHeader, lock: VaultLock) => Promise<T>,
): Promise<T> {
  const lock = await acquireLock(folder, lockOptions)
  try {
    return await work(await readHeader(folder), lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/**
 * The remedy for VAULT_HEADER_DAMAGED with `copyUsable: true`: puts the header's second copy in force. The damaged
 * file stays beside it as `vault.json.damaged-<time>`. Throws VAULT_HEADER_DAMAGED when the copy is no better, and
 * the lock's errors.
 */
export async function restoreHeaderCopy(options: {
  readonly folder: string
  readonly now: () => Date
  readonly lock?: LockOptions
}): Promise<VaultInfo> {
  const folder = resolve(options.folder)
  const lock = await acquireLock(folder, options.lock)
  try {
    return infoOf(await restoreHeaderFromCopy(folder, options.now()))
  } finally {
    await lock.release()
  }
}

function assembleVault(
  folder: string,
  opened: VaultHeader,
  ownSlot: Slot,
  keyring: AccountKeyring,
  lock: VaultLock,
  now: () => Date,
): OpenVault {
  const { vaultId, unitName } = opened
  const { accountId, accountName } = ownSlot
  const keys = createVaultKeys(keyring)
  const header = createHeaderInForce(folder, opened, () => keys.base('header'), lock.confirmHeld)
  const derived = createDerivedStore(folder, keys)
  const draftKey = (compartment: 'open' | 'restricted' | undefined) =>
    compartment === undefined ? keys.base('drafts') : keys.of(compartment).drafts

  return {
    id: vaultId,
    folder,
    unitName,
    account: { accountId, accountName },
    compartments: keys.compartments,
    objects: createObjectStore(folder, keys, derived, lock.assertHeld),
    objectsIn: (other) => createObjectSource(resolve(other), keys),
    catalogueKey: () => Buffer.from(keys.base('catalogue')),
    textKey: (compartment) => Buffer.from(keys.of(compartment).text),
    sealDraft: (place, content) =>
      sealBytes(draftKey(place.compartment), `juanku draft v1|${place.label}`, content),
    openDraft(place, sealed) {
      const content = openBytes(draftKey(place.compartment), `juanku draft v1|${place.label}`, sealed)
      if (content === undefined) throw damaged('draft', 'segment')
      return content
    },
    info: () => infoOf(header.current()),
    ...accountSlots({ vaultId, accountId, keyring, keys, header, now }),
    async close() {
      await header.settled()
      derived.close()
      keys.close()
      wipeAccountKeyring(keyring)
      await withSystemErrors('vault.close', () => lock.release())
    },
  }
}
