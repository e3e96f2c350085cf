import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { withSystemErrors } from '../../errno.ts'
import { HEADER_FILE, type OpenVault, openVault, openVaultWithRecovery } from '../../vault/index.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { bytesOf } from '../repository/restore-set.ts'
import type { DrillKey } from './drill-keys.ts'

interface OpeningParts {
  readonly now: () => Date
  readonly newId: () => string
  readonly random: (bytes: number) => Uint8Array
}

/** A slip of the keyboard, or a person who may not: no finding about the backup. */
const SLIPS: ReadonlySet<string> = new Set([
  'VAULT_WRONG_PASSWORD',
  'VAULT_NO_SUCH_ACCOUNT',
  'VAULT_ACCOUNT_LOCKED',
  'SESSION_SECOND_FACTOR_NEEDED',
])

export function isSlip(error: unknown): boolean {
  if (!(error instanceof AppError)) return false
  if (error.code === 'VAULT_RECOVERY_SHARE_INVALID') return error.details.reason !== 'otherVault'
  return SLIPS.has(error.code)
}

/**
 * Tries the key on the snapshot's header alone, before hours go into restoring. Throws what {@link openVault} and
 * {@link openVaultWithRecovery} throw, and BACKUP_SET_DAMAGED.
 */
export async function tryKey(
  set: { readonly folder: string; readonly snapshot: SnapshotDocument },
  place: string,
  key: DrillKey,
  { now, newId }: OpeningParts,
): Promise<void> {
  const entry = set.snapshot.files.find(({ name }) => name === HEADER_FILE)
  if (entry === undefined) throw new AppError('BACKUP_SET_DAMAGED', { file: HEADER_FILE, reason: 'missing' })
  await withSystemErrors('drill.key', () => mkdir(place, { recursive: true, mode: 0o700 }))
  await writeFileAtomically(join(place, HEADER_FILE), bytesOf(set.folder, entry))
  const opened =
    key.way === 'password'
      ? await openVault({ folder: place, accountName: key.accountName, password: key.password, now })
      : await openVaultWithRecovery({ folder: place, shares: key.shares, now, newId })
  await opened.close()
}

/**
 * Opens the restored copy as it would be opened in earnest. With shares an account is made in the copy, as after a real
 * loss, and the copy opened with it; the living vault hears nothing of it.
 */
export async function openRestored(folder: string, key: DrillKey, parts: OpeningParts): Promise<OpenVault> {
  const { now, newId } = parts
  if (key.way === 'password')
    return await openVault({ folder, accountName: key.accountName, password: key.password, now })
  const account = {
    name: `恢复演练-${Buffer.from(parts.random(4)).toString('hex')}`,
    password: Buffer.from(parts.random(24)).toString('base64url'),
  }
  const recovered = await openVaultWithRecovery({ folder, shares: key.shares, now, newId })
  try {
    await recovered.setPassword({ accountId: newId(), ...account })
  } finally {
    await recovered.close()
  }
  return await openVault({ folder, accountName: account.name, password: account.password, now })
}
