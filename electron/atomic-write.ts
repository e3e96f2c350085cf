import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isErrno, withSystemErrors } from './errno.ts'

/** What a file may be written from: whole, or piece by piece so that large files never stand in memory. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

export interface AtomicWriteOptions {
  /** Permission bits of a new file; 0o600 unless told. */
  readonly mode?: number
  /** Stops the writing; the old file stays as it was. */
  readonly signal?: AbortSignal
}

/**
 * Writes a file so that, whatever happens, a reader finds the whole old content or the whole new one: a
 * temporary file beside it, fsync, rename, fsync of the folder. The temporary file is removed on failure; after a
 * crash it remains as `.<name>.<16 hex>.tmp`. Throws SYSTEM_* errors and CALL_CANCELLED.
 */
export async function writeFileAtomically(
  path: string,
  content: FileContent,
  options: AtomicWriteOptions = {},
): Promise<void> {
  await withSystemErrors('file.write', async () => {
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`)
    const file = await open(temporary, 'wx', options.mode ?? 0o600)
    try {
      try {
        await writeContent(file, content, options.signal)
        await file.sync()
      } finally {
        await file.close()
      }
      options.signal?.throwIfAborted()
      await renameOver(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
  })
}

/** True for the names of temporary files that {@link writeFileAtomically} leaves after a crash. */
export function isAtomicWriteLeftover(name: string): boolean {
  return /^\..+\.[0-9a-f]{16}\.tmp$/.test(name)
}

async function writeContent(file: FileHandle, content: FileContent, signal?: AbortSignal): Promise<void> {
  const pieces = typeof content === 'string' ? [Buffer.from(content, 'utf8')] : content
  for await (const piece of pieces instanceof Uint8Array ? [pieces] : pieces) {
    signal?.throwIfAborted()
    await writeFully(file, piece)
  }
}

/** Writes every byte at the file's current place; one system call may take less than it was given. */
export async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten
  }
}

/** Makes the names in a folder survive a power cut (POSIX fsync on the folder). Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network and removable file systems refuse to sync a folder; nothing better can be done there.
    if (!isErrno(error, 'EINVAL', 'ENOTSUP', 'EBADF')) throw error
  } finally {
    await handle.close()
  }
}

/** Renames over an existing file. On Windows a virus scanner may hold the file for a moment: tries again briefly. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await rename(from, to)
    } catch (error) {
      const busy = process.platform === 'win32' && isErrno(error, 'EPERM', 'EACCES', 'EBUSY')
      if (!busy || attempt === 8) throw error
      await wait(10 * 2 ** attempt)
    }
  }
}
