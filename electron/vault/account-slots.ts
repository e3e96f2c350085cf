import { AppError } from '../../shared/errors.ts'
import { signBytes } from './account-keys.ts'
import { checkPasswordStrength, displayName } from './account-name.ts'
import type { OpenVault } from './contract.ts'
import { assertHeldElsewhere, deliver, heldBy, withdraw } from './deliveries.ts'
import type { Slot } from './header.ts'
import { deriveKey, type VaultKeys } from './keys.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { assertNameFree, type HeaderInForce, replaceSlot } from './slot-changes.ts'
import {
  type AccountKeyring,
  newSlot,
  resumeSlot,
  slotOfId,
  slotOfName,
  suspendSlot,
  unwrapSlot,
  wipeAccountKeyring,
  wrapSlot,
} from './slots.ts'

type AccountPart = Pick<
  OpenVault,
  | 'checkPassword'
  | 'addSlot'
  | 'resetSlot'
  | 'deliverCompartments'
  | 'withdrawCompartments'
  | 'changePassword'
  | 'setKeyFile'
  | 'oneTimeSecret'
  | 'setOneTimeSecret'
  | 'renameAccount'
  | 'lockAccount'
  | 'unlockAccount'
  | 'removeSlot'
  | 'signer'
  | 'publicKeys'
>

export interface AccountSlotsParts {
  readonly vaultId: string
  readonly accountId: string
  readonly keyring: AccountKeyring
  readonly keys: VaultKeys
  readonly header: HeaderInForce
  readonly now: () => Date
}

/** What the account that opened the vault may do with its own slot and with those of others. */
export function accountSlots(parts: AccountSlotsParts): AccountPart {
  const { vaultId, accountId: ownId, keyring, keys, header, now } = parts
  const editSlot = (accountId: string, edit: (slot: Slot) => Slot | Promise<Slot>) =>
    header.change(async (current) => replaceSlot(current, await edit(slotOfId(current, accountId))))
  const refuseOwn = (accountId: string) => {
    if (accountId === ownId) throw new AppError('ACCESS_DENIED', { reason: 'ownAccount' })
  }
  const oneTimeSeal = () => {
    keys.base('header')
    return {
      key: deriveKey(keyring.receiving, '', 'juanku one-time v1'),
      context: `juanku one-time v1|${vaultId}|${ownId}`,
    }
  }

  return {
    async checkPassword(accountName, password, keyFile) {
      keys.base('header')
      const slot = slotOfName(header.current(), accountName)
      wipeAccountKeyring(await unwrapSlot(vaultId, slot, { password, keyFile }))
      return { accountId: slot.accountId, accountName: slot.accountName }
    },
    addSlot: ({ accountId, name: accountName, password, compartments }) =>
      header.change(async (current) => {
        assertNameFree(current, accountName)
        if (current.slots.some((slot) => slot.accountId === accountId))
          throw new AppError('VAULT_ACCOUNT_EXISTS')
        checkPasswordStrength(password, accountName)
        const owner = { accountId, accountName, version: 1, createdAt: now().toISOString() }
        const slot = await newSlot(vaultId, owner, { password }, keyring, compartments)
        return { slots: [...current.slots, slot] }
      }),
    resetSlot: ({ accountId, password, compartments }) =>
      header.change(async (current) => {
        const slot = slotOfId(current, accountId)
        refuseOwn(accountId)
        checkPasswordStrength(password, slot.accountName)
        const lost = heldBy(slot).filter((compartment) => !compartments.includes(compartment))
        assertHeldElsewhere(current, accountId, lost)
        const owner = { ...slot, version: slot.version + 1 }
        return replaceSlot(
          current,
          await newSlot(vaultId, pickOwner(owner), { password }, keyring, compartments),
        )
      }),
    deliverCompartments: (accountId, compartments) =>
      editSlot(accountId, (slot) => deliver(vaultId, slot, keyring, compartments)),
    withdrawCompartments: (accountId, compartments) =>
      header.change((current) => {
        const slot = slotOfId(current, accountId)
        const lost = heldBy(slot).filter((compartment) => compartments.includes(compartment))
        assertHeldElsewhere(current, accountId, lost)
        return replaceSlot(current, withdraw(slot, compartments))
      }),
    changePassword: ({ current, next, keyFile }) =>
      editSlot(ownId, async (slot) => {
        const opened = await unwrapSlot(vaultId, slot, { password: current, keyFile })
        try {
          checkPasswordStrength(next, slot.accountName)
          const secret = { password: next, keyFile: slot.keyFile ? keyFile : undefined }
          return await wrapSlot(vaultId, { ...slot, version: slot.version + 1 }, secret, opened)
        } finally {
          wipeAccountKeyring(opened)
        }
      }),
    setKeyFile: ({ password, keyFile, next }) =>
      editSlot(ownId, async (slot) => {
        const opened = await unwrapSlot(vaultId, slot, { password, keyFile })
        try {
          const secret = { password, keyFile: next ?? undefined }
          return await wrapSlot(vaultId, { ...slot, version: slot.version + 1 }, secret, opened)
        } finally {
          wipeAccountKeyring(opened)
        }
      }),
    oneTimeSecret() {
      const { key, context } = oneTimeSeal()
      const { oneTimeSecret } = slotOfId(header.current(), ownId)
      if (oneTimeSecret === null) return undefined
      const secret = openBytes(key, context, Buffer.from(oneTimeSecret, 'base64'))
      if (secret === undefined) throw new AppError('VAULT_HEADER_DAMAGED', { reason: 'slot' })
      return secret
    },
    setOneTimeSecret: (secret) =>
      editSlot(ownId, (slot) => {
        const { key, context } = oneTimeSeal()
        const oneTimeSecret = secret === null ? null : sealBytes(key, context, secret).toString('base64')
        return { ...slot, oneTimeSecret }
      }),
    renameAccount: (accountId, name) =>
      header.change((current) => {
        const slot = slotOfId(current, accountId)
        assertNameFree(current, name, accountId)
        return replaceSlot(current, { ...slot, accountName: displayName(name) })
      }),
    lockAccount: (accountId) =>
      editSlot(accountId, (slot) => {
        refuseOwn(accountId)
        return suspendSlot(vaultId, slot, keys.base('suspension'))
      }),
    unlockAccount: (accountId) =>
      editSlot(accountId, (slot) => resumeSlot(vaultId, slot, keys.base('suspension'))),
    removeSlot: (accountId) =>
      header.change((current) => {
        const slot = slotOfId(current, accountId)
        refuseOwn(accountId)
        assertHeldElsewhere(current, accountId, heldBy(slot))
        return { slots: current.slots.filter((other) => other.accountId !== accountId) }
      }),
    signer: () => ({
      accountId: ownId,
      publicKey: Buffer.from(slotOfId(header.current(), ownId).signingKey, 'base64'),
      sign: (bytes) => {
        keys.base('header')
        return signBytes(keyring.signing, bytes)
      },
    }),
    publicKeys: () =>
      header.current().slots.map(({ accountId, accountName, signingKey, receivingKey }) => ({
        accountId,
        accountName,
        signing: Buffer.from(signingKey, 'base64'),
        receiving: Buffer.from(receivingKey, 'base64'),
      })),
  }
}

/** A reset keeps who the slot belongs to and nothing else: deliveries and second factors went with the old keys. */
function pickOwner({ accountId, accountName, version, createdAt }: Slot) {
  return { accountId, accountName, version, createdAt }
}
