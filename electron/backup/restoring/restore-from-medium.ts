import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SET_FILE, SET_FOLDER } from '../repository/layout.ts'
import { type RestoreResult, restoreSnapshot } from '../repository/restore-set.ts'
import { currentIndex, readSet } from '../repository/set.ts'
import { restoreTarget } from './restore-target.ts'

/** What lies on a medium, as it says itself. */
export interface MediumContent {
  readonly folder: string
  readonly vaultId: string
  readonly unitName: string
  /** 介质编号, as it was when the set was made. */
  readonly label: string
  /** Oldest first. */
  readonly snapshots: readonly { readonly id: string; readonly verifiedAt: string | null }[]
}

/** Throws BACKUP_SET_MISSING, BACKUP_SET_DAMAGED and BACKUP_SET_TOO_NEW. */
export async function mediumContent(medium: string): Promise<MediumContent> {
  const root = resolve(medium)
  const folder = existsSync(join(root, SET_FILE)) ? root : join(root, SET_FOLDER)
  const set = await readSet(folder)
  const { snapshots } = await currentIndex(folder, set)
  return {
    ...{ folder, vaultId: set.vaultId, unitName: set.unitName, label: set.label },
    snapshots: snapshots.map(({ id, verifiedAt }) => ({ id, verifiedAt })),
  }
}

/**
 * Restores without the vault that was lost and without any password: the bytes stay sealed, and whoever had a way into
 * the old vault has it into this one. Throws as the restoring of a snapshot does, and BACKUP_TARGET_IN_USE for a folder
 * on the medium.
 */
export async function restoreFromMedium(
  { folder }: Pick<MediumContent, 'folder'>,
  snapshotId: string,
  target: string,
  options: Omit<Parameters<typeof restoreSnapshot>[2], 'target'> = {},
): Promise<RestoreResult> {
  const place = await restoreTarget(target, { media: [folder, dirname(folder)] })
  return await restoreSnapshot(folder, snapshotId, { ...options, target: place })
}
