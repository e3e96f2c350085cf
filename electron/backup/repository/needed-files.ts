import { join } from 'node:path'
import { isErrno } from '../../errno.ts'
import type { Digested, FileLanes, Sized } from './file-lanes.ts'

/** What some snapshots need on the medium. */
export interface NeededFile {
  readonly file: string
  readonly sha256: string
  readonly size: number
  readonly snapshots: readonly string[]
  /** Its bytes are read; else it is only looked at. */
  readonly read: boolean
}

export type FileFaultReason = 'missing' | 'size' | 'changed' | 'unreadable'

/** What each file of a turn came to: read, or only looked at. */
async function foundOf(
  files: FileLanes,
  folder: string,
  turn: readonly NeededFile[],
  signal?: AbortSignal,
): Promise<readonly (Digested | Sized | undefined)[]> {
  const paths = (read: boolean) =>
    turn.filter((one) => one.read === read).map(({ file }) => join(folder, file))
  const [toRead, toLookAt] = [paths(true), paths(false)]
  const digested = (toRead.length === 0 ? [] : await files.digest(toRead, signal)).values()
  const sized = (toLookAt.length === 0 ? [] : await files.sizes(toLookAt, signal)).values()
  return turn.map(({ read }) => (read ? digested : sized).next().value)
}

/** What is wrong with each file of a turn; undefined for what is as it should be. Throws system errors. */
export async function reasonsOf(
  files: FileLanes,
  folder: string,
  turn: readonly NeededFile[],
  signal?: AbortSignal,
): Promise<readonly (FileFaultReason | undefined)[]> {
  const found = await foundOf(files, folder, turn, signal)
  return turn.map(({ size, sha256 }, at) => {
    const one = found[at]
    if (one === undefined || ('error' in one && isErrno(one.error, 'ENOENT', 'ENOTDIR'))) return 'missing'
    if ('error' in one) {
      if (isErrno(one.error, 'EIO')) return 'unreadable'
      throw one.error
    }
    if (one.size === undefined) return 'missing'
    if (one.size !== size) return 'size'
    return 'sha256' in one && one.sha256 !== sha256 ? 'changed' : undefined
  })
}
