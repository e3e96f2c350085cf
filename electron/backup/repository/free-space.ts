import { statfs } from 'node:fs/promises'
import { onMedium } from './medium-errors.ts'

export interface DriveSpace {
  /** What it can still take for a person without special rights, bytes. */
  readonly freeBytes: number
  readonly capacityBytes: number
}

/** Of the drive under a folder. Throws BACKUP_MEDIUM_GONE. */
export async function driveSpace(folder: string): Promise<DriveSpace> {
  return await onMedium('backup.freeSpace', async () => {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { freeBytes: bavail * bsize, capacityBytes: blocks * bsize }
  })
}
