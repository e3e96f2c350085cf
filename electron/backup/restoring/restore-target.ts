import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isErrno } from '../../errno.ts'

/** Where a path really is, though its last parts may not be there yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!isErrno(error, 'ENOENT') || dirname(path) === path) throw error
    return join(await realPlace(dirname(path)), basename(path))
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way)
}

/**
 * Where a snapshot may be restored to: nowhere within what is kept (the living vault, a backup medium), nor around it.
 * Gives the absolute path. Throws BACKUP_TARGET_IN_USE.
 */
export async function restoreTarget(
  target: string,
  kept: { readonly vault?: string; readonly media: readonly string[] },
): Promise<string> {
  const place = await realPlace(resolve(target))
  if (kept.vault !== undefined) {
    const vault = await realPlace(resolve(kept.vault))
    if (isWithin(place, vault) || isWithin(vault, place))
      throw new AppError('BACKUP_TARGET_IN_USE', { reason: 'vault' })
  }
  for (const medium of kept.media) {
    const folder = await realPlace(resolve(medium)).catch(() => undefined)
    if (folder !== undefined && isWithin(place, folder))
      throw new AppError('BACKUP_TARGET_IN_USE', { reason: 'medium' })
  }
  return place
}
