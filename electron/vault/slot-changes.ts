import { AppError } from '../../shared/errors.ts'
import { displayName, foldName } from './account-name.ts'
import type { Compartment } from './compartments.ts'
import type { VaultInfo } from './contract.ts'
import { type HeaderContent, type Slot, signHeader, type VaultHeader, writeHeader } from './header.ts'
import type { Keyring } from './keys.ts'

export function infoOf(header: VaultHeader): VaultInfo {
  return {
    vaultId: header.vaultId,
    unitName: header.unitName,
    createdAt: header.createdAt,
    accounts: header.slots.map(({ accountId, accountName, locked }) => ({ accountId, accountName, locked })),
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
export function assertNameFree(header: Pick<VaultHeader, 'slots'>, name: string, exceptId?: string): void {
  const shown = displayName(name)
  if (shown.length === 0 || shown.length > 200)
    throw new AppError('CALL_INVALID_INPUT', { field: 'accountName' })
  const folded = foldName(name)
  const taken = header.slots.some(
    (slot) => slot.accountId !== exceptId && foldName(slot.accountName) === folded,
  )
  if (taken) throw new AppError('VAULT_ACCOUNT_EXISTS')
}

/** The part of a keyring that is to be given on. Throws VAULT_COMPARTMENT_CLOSED: nobody gives what they do not hold. */
export function partOfKeyring(keyring: Keyring, compartments: readonly Compartment[]): Keyring {
  const part = new Map<Compartment, Buffer>()
  for (const compartment of compartments) {
    const key = keyring.compartments.get(compartment)
    if (key === undefined) throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
    part.set(compartment, key)
  }
  return { base: keyring.base, compartments: part }
}
