import type { BackupSigner } from './documents.ts'
import { currentIndex, readSet, writeIndex } from './set.ts'

/**
 * Writes down in the set that these snapshots were read back and found whole at a time (UTC ISO). Ids that the index
 * does not name are passed over. Throws BACKUP_SET_* and BACKUP_MEDIUM_* errors.
 */
export async function markVerified(
  folder: string,
  vaultId: string,
  ids: ReadonlySet<string>,
  at: string,
  signer: BackupSigner,
): Promise<void> {
  const index = await currentIndex(folder, await readSet(folder, vaultId))
  const snapshots = index.snapshots.map((one) => (ids.has(one.id) ? { ...one, verifiedAt: at } : one))
  await writeIndex(folder, { ...index, snapshots }, signer)
}
