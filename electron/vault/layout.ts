import { lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAtomicWriteLeftover, syncFolder } from '../atomic-write.ts'
import { isErrno } from '../errno.ts'
import { HEADER_COPY_FILE, HEADER_FILE } from './header.ts'
import { LOCK_FILE } from './lock.ts'

export const OBJECTS = 'objects'
export const DERIVED_FILE = 'derived.db'
export const INCOMING = 'incoming'
export const QUARANTINE = 'quarantine'

const FOLDERS: readonly string[] = [OBJECTS, INCOMING]

export function isObjectName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

/** Path of an object inside any folder laid out like a vault, with `/`: `objects/ab/<64 hex>`. */
export function objectPath(name: string): string {
  return `${OBJECTS}/${name.slice(0, 2)}/${name}`
}

export async function makeFolders(folder: string): Promise<void> {
  for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  await syncFolder(folder)
}

/** What a crash left behind. Call it only with the lock in hand: these may be another process's work under way. */
export async function sweepLeftovers(folder: string): Promise<void> {
  const incoming = join(folder, INCOMING)
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true, recursive: true })
  for (const name of await readdir(folder)) {
    if (isAtomicWriteLeftover(name) || /^\.lock-probe-[0-9a-f]{16}$/.test(name))
      await rm(join(folder, name), { force: true })
  }
}

export type FolderState = 'absent' | 'empty' | 'vault' | 'other'

/** A folder in which making a vault was interrupted counts as empty. */
export async function folderState(folder: string): Promise<FolderState> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'absent'
    if (isErrno(error, 'ENOTDIR')) return 'other'
    throw error
  }
  if (names.includes(HEADER_FILE) || names.includes(HEADER_COPY_FILE)) return 'vault'
  for (const name of names) {
    if (name === LOCK_FILE || isAtomicWriteLeftover(name)) continue
    if (!FOLDERS.includes(name) || !(await isEmptyFolder(join(folder, name)))) return 'other'
  }
  return 'empty'
}

async function isEmptyFolder(path: string): Promise<boolean> {
  return (await lstat(path)).isDirectory() && (await readdir(path)).length === 0
}
