import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { checkPasswordStrength } from './account-name.ts'
import { COMPARTMENTS } from './compartments.ts'
import type { RecoveredVault } from './contract.ts'
import { checkHeaderSeal, readHeader, type VaultHeader } from './header.ts'
import { createVaultKeys, KEY_BYTES, keyringFromMaster } from './keys.ts'
import type { LockOptions } from './lock.ts'
import { combineShares, setFingerprint, splitSecret } from './recovery-shares.ts'
import { unwrapMaster, wrapMaster } from './recovery-wrap.ts'
import { assertNameFree, createHeaderInForce, infoOf, replaceSlot } from './slot-changes.ts'
import { newSlot } from './slots.ts'
import { withLockedHeader } from './vault.ts'

export interface RecoveryOptions {
  readonly folder: string
  /** Two or three, as typed. */
  readonly shares: readonly string[]
  readonly now: () => Date
  /** Makes ULIDs. */
  readonly newId: () => string
  readonly lock?: LockOptions
}

async function masterKey(header: VaultHeader, shares: readonly string[]): Promise<Buffer> {
  const secret = await combineShares(shares, setFingerprint(header.vaultId, header.recovery.setId))
  const master = unwrapMaster(header.vaultId, header.recovery, secret)
  secret.fill(0)
  if (master === undefined) throw new AppError('VAULT_RECOVERY_WRONG')
  return master
}

/**
 * Opens a vault with two of its three recovery shares. Throws VAULT_RECOVERY_SHARE_INVALID `{ share, reason }` with
 * `share` counted from 1 among those given and `reason` `'mistyped'`, `'otherVault'`, `'repeated'` or `'missing'`;
 * VAULT_RECOVERY_WRONG; VAULT_HEADER_DAMAGED; the lock's errors.
 */
export async function openVaultWithRecovery(options: RecoveryOptions): Promise<RecoveredVault> {
  const folder = resolve(options.folder)
  // Wrong shares must not leave a trace of a lock.
  ;(await masterKey(await readHeader(folder), options.shares)).fill(0)
  return await withLockedHeader(folder, options.lock, async (opened, lock) => {
    const { vaultId } = opened
    const master = await masterKey(opened, options.shares)
    const keys = createVaultKeys(keyringFromMaster(master, vaultId))
    try {
      await checkHeaderSeal(folder, keys.base('header'), opened)
    } catch (error) {
      master.fill(0)
      keys.close()
      throw error
    }
    const header = createHeaderInForce(folder, opened, () => keys.base('header'), lock.confirmHeld)
    return {
      info: () => infoOf(header.current()),
      setPassword: ({ accountId, name: accountName, password }) =>
        header.change(async (current) => {
          keys.base('header')
          assertNameFree(current, accountName, accountId)
          checkPasswordStrength(password, accountName)
          const old = current.slots.find((slot) => slot.accountId === accountId)
          const createdAt = old?.createdAt ?? options.now().toISOString()
          const owner = { accountId, accountName, version: (old?.version ?? 0) + 1, createdAt }
          const slot = await newSlot(vaultId, owner, { password }, keys.keyring, COMPARTMENTS)
          return old === undefined ? { slots: [...current.slots, slot] } : replaceSlot(current, slot)
        }),
      async replaceShares() {
        keys.base('header')
        const secret = randomBytes(KEY_BYTES)
        const setId = options.newId()
        const shares = await splitSecret(secret, setFingerprint(vaultId, setId))
        const recovery = wrapMaster(
          vaultId,
          { setId, createdAt: options.now().toISOString() },
          secret,
          master,
        )
        secret.fill(0)
        await header.change(() => ({ recovery }))
        return shares
      },
      async close() {
        await header.settled()
        master.fill(0)
        keys.close()
        await lock.release()
      },
    }
  })
}
