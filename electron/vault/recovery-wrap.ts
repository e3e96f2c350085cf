import type { Recovery } from './header.ts'
import { deriveKey, KEY_BYTES } from './keys.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

function recoveryKey(vaultId: string, setId: string, secret: Uint8Array): { key: Buffer; context: string } {
  const context = `juanku recovery v1|${vaultId}|${setId}`
  return { key: deriveKey(secret, vaultId, context), context }
}

export function wrapMaster(
  vaultId: string,
  set: { readonly setId: string; readonly createdAt: string },
  secret: Uint8Array,
  master: Uint8Array,
): Recovery {
  const { key, context } = recoveryKey(vaultId, set.setId, secret)
  const wrapped = sealBytes(key, context, master).toString('base64')
  key.fill(0)
  return { setId: set.setId, threshold: 2, shares: 3, wrapped, createdAt: set.createdAt }
}

/** `undefined` when the secret is another one. */
export function unwrapMaster(vaultId: string, recovery: Recovery, secret: Uint8Array): Buffer | undefined {
  const { key, context } = recoveryKey(vaultId, recovery.setId, secret)
  const master = openBytes(key, context, Buffer.from(recovery.wrapped, 'base64'))
  key.fill(0)
  return master?.length === KEY_BYTES ? master : undefined
}
