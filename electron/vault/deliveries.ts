import { AppError } from '../../shared/errors.ts'
import { openSealedTo, sealTo } from './account-keys.ts'
import { COMPARTMENTS, type Compartment } from './compartments.ts'
import type { Delivery, Slot, VaultHeader } from './header.ts'
import { KEY_BYTES, type Keyring } from './keys.ts'

/**
 * Bound to the account and, by the sealing, to its key pair, which a reset renews. Not to the slot's version: a
 * changed password keeps what was delivered.
 */
function deliveryContext(vaultId: string, accountId: string, compartment: Compartment): string {
  return `juanku delivery v1|${vaultId}|${accountId}|${compartment}`
}

export function heldBy(slot: Pick<Slot, 'deliveries'>): readonly Compartment[] {
  return COMPARTMENTS.filter((name) => slot.deliveries.some(({ compartment }) => compartment === name))
}

/** Throws VAULT_COMPARTMENT_CLOSED: nobody gives what they do not hold. */
export function deliver(
  vaultId: string,
  slot: Slot,
  keyring: Pick<Keyring, 'compartments'>,
  compartments: readonly Compartment[],
): Slot {
  const receiver = Buffer.from(slot.receivingKey, 'base64')
  const fresh = [...new Set(compartments)].map((compartment): Delivery => {
    const key = keyring.compartments.get(compartment)
    if (key === undefined) throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
    const context = deliveryContext(vaultId, slot.accountId, compartment)
    return { compartment, sealed: sealTo(receiver, context, key).toString('base64') }
  })
  const kept = slot.deliveries.filter(({ compartment }) => !compartments.includes(compartment))
  return { ...slot, deliveries: [...kept, ...fresh] }
}

export function withdraw(slot: Slot, compartments: readonly Compartment[]): Slot {
  const kept = slot.deliveries.filter(({ compartment }) => !compartments.includes(compartment))
  return { ...slot, deliveries: kept }
}

/** The keys delivered to an account. Throws VAULT_HEADER_DAMAGED when one was not sealed to it. */
export function takeDeliveries(
  vaultId: string,
  slot: Slot,
  receiving: Uint8Array,
): ReadonlyMap<Compartment, Buffer> {
  const taken = new Map<Compartment, Buffer>()
  for (const { compartment, sealed } of slot.deliveries) {
    const context = deliveryContext(vaultId, slot.accountId, compartment)
    const key = openSealedTo(receiving, context, Buffer.from(sealed, 'base64'))
    if (key?.length !== KEY_BYTES) throw new AppError('VAULT_HEADER_DAMAGED', { reason: 'slot' })
    taken.set(compartment, key)
  }
  return taken
}

/** Throws ACCESS_DENIED `{ reason: 'lastHolder' }`: without this account only the recovery shares would open it. */
export function assertHeldElsewhere(
  header: Pick<VaultHeader, 'slots'>,
  accountId: string,
  compartments: readonly Compartment[],
): void {
  const others = header.slots.filter((slot) => slot.accountId !== accountId)
  for (const compartment of compartments) {
    if (!others.some((slot) => heldBy(slot).includes(compartment)))
      throw new AppError('ACCESS_DENIED', { reason: 'lastHolder' })
  }
}
