import { AppError } from '../../shared/errors.ts'
import { displayName, foldName } from './account-name.ts'
import type { VaultInfo } from './contract.ts'
import { heldBy } from './deliveries.ts'
import { type HeaderContent, type Slot, signHeader, type VaultHeader, writeHeader } from './header.ts'

export function infoOf(header: VaultHeader): VaultInfo {
  return {
    vaultId: header.vaultId,
    unitName: header.unitName,
    createdAt: header.createdAt,
    accounts: header.slots.map((slot) => ({
      accountId: slot.accountId,
      accountName: slot.accountName,
      locked: slot.locked,
      compartments: heldBy(slot),
      keyFile: slot.keyFile,
      oneTimeCode: slot.oneTimeSecret !== null,
      slotVersion: slot.version,
    })),
    recoverySharesCreatedAt: header.recovery.createdAt,
  }
}

/** The header in force, and the only way to change it: one change after the other, written before it counts. */
export interface HeaderInForce {
  current(): VaultHeader
  /** Resolves when no change is under way. */
  settled(): Promise<void>
  change(
    edit: (header: VaultHeader) => Promise<Partial<HeaderContent>> | Partial<HeaderContent>,
  ): Promise<void>
}

export function createHeaderInForce(
  folder: string,
  initial: VaultHeader,
  headerKey: () => Buffer,
  confirmHeld: () => Promise<void>,
): HeaderInForce {
  let header = initial
  let turn: Promise<void> = Promise.resolve()
  return {
    current: () => header,
    settled: () => turn,
    change(edit) {
      const next = turn.then(async () => {
        const { format: _format, version: _version, mac: _mac, ...content } = header
        const signed = signHeader(headerKey(), { ...content, ...(await edit(header)) })
        await confirmHeld()
        await writeHeader(folder, signed)
        header = signed
      })
      turn = next.catch(() => undefined)
      return next
    },
  }
}

export function replaceSlot(header: VaultHeader, slot: Slot): { slots: readonly Slot[] } {
  return { slots: header.slots.map((other) => (other.accountId === slot.accountId ? slot : other)) }
}

/** Throws VAULT_ACCOUNT_EXISTS, CALL_INVALID_INPUT for an empty or overlong name. `exceptId` may keep its own name. */
export function assertNameFree(
  header: { readonly slots: readonly Pick<Slot, 'accountId' | 'accountName'>[] },
  name: string,
  exceptId?: string,
): void {
  const shown = displayName(name)
  if (shown.length === 0 || shown.length > 200)
    throw new AppError('CALL_INVALID_INPUT', { field: 'accountName' })
  const folded = foldName(name)
  const taken = header.slots.some(
    (slot) => slot.accountId !== exceptId && foldName(slot.accountName) === folded,
  )
  if (taken) throw new AppError('VAULT_ACCOUNT_EXISTS')
}

/** For accounts that are made together. Throws as {@link assertNameFree} does. */
export function assertNamesDiffer(accounts: readonly { readonly name: string }[]): void {
  const before: Pick<Slot, 'accountId' | 'accountName'>[] = []
  for (const { name } of accounts) {
    assertNameFree({ slots: before }, name)
    before.push({ accountId: '', accountName: name })
  }
}

/** The account that a typed name means, compared as the vault compares names. */
export function accountNamed<A extends { readonly accountName: string }>(
  accounts: readonly A[],
  typed: string,
): A | undefined {
  const folded = foldName(typed)
  return accounts.find(({ accountName }) => foldName(accountName) === folded)
}
