import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isErrno, withSystemErrors } from '../../errno.ts'
import { GROUPS, INCOMING, OBJECTS } from './layout.ts'

/** Absent or empty: nothing is ever written over. Throws BACKUP_TARGET_IN_USE. */
export async function requireEmpty(target: string): Promise<void> {
  await withSystemErrors('backup.restore', async () => {
    try {
      if ((await readdir(target)).length > 0) throw new AppError('BACKUP_TARGET_IN_USE')
    } catch (error) {
      if (isErrno(error, 'ENOTDIR')) throw new AppError('BACKUP_TARGET_IN_USE')
      if (!isErrno(error, 'ENOENT')) throw error
    }
  })
}

/** The folders of a vault, without anything in them. */
export async function makeVaultFolders(target: string): Promise<void> {
  await withSystemErrors('backup.restore', async () => {
    await mkdir(join(target, INCOMING), { recursive: true, mode: 0o700 })
    for (const group of GROUPS) await mkdir(join(target, OBJECTS, group), { recursive: true, mode: 0o700 })
  })
}
