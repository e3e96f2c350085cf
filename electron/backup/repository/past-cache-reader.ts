import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { isErrno } from '../../errno.ts'

/** A multiple of every sector and page size in use. */
const BLOCK_BYTES = 1024 * 1024
const PAGE_BYTES = 65_536
/** FILE_FLAG_NO_BUFFERING, by the name that libuv gives it; Node has no constant for it. */
const WINDOWS_DIRECT = 0x02000000

function directFlag(): number | undefined {
  if (process.platform === 'win32') return WINDOWS_DIRECT
  return (constants as { O_DIRECT?: number }).O_DIRECT
}

export interface DigestOf {
  readonly sha256: string
  readonly size: number
}

/** Reads files as the medium has them, where the system allows, and not as its cache remembers them. */
export interface PastCacheReader {
  /** SHA-256 and size of a file. Throws system errors. */
  readonly digest: (path: string, signal?: AbortSignal) => Promise<DigestOf>
  /** Whether every file so far was read past the cache. */
  readonly pastCache: () => boolean
}

/**
 * Unbuffered reading wants memory on a page's boundary: that of a WebAssembly memory is. One reader reads one file at
 * a time.
 */
export function pastCacheReader(): PastCacheReader {
  const memory = new WebAssembly.Memory({ initial: BLOCK_BYTES / PAGE_BYTES })
  const block = new Uint8Array(memory.buffer)
  let direct = directFlag()
  let past = direct !== undefined

  const readAll = async (file: FileHandle, hash: Hash, signal?: AbortSignal): Promise<number> => {
    let size = 0
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, size)
      hash.update(block.subarray(0, bytesRead))
      size += bytesRead
      // An unbuffered read gives less only at the end; what follows would not be on a boundary.
      if (bytesRead < BLOCK_BYTES) return size
    }
  }

  const withFlag = async (path: string, flag: number, signal?: AbortSignal): Promise<DigestOf> => {
    await using file = await open(path, constants.O_RDONLY | flag)
    const hash = createHash('sha256')
    const size = await readAll(file, hash, signal)
    return { sha256: hash.digest('hex'), size }
  }

  return {
    digest: async (path, signal) => {
      if (direct !== undefined) {
        try {
          return await withFlag(path, direct, signal)
        } catch (error) {
          // File systems without unbuffered reading say so at opening or at the first read.
          if (!isErrno(error, 'EINVAL', 'ENOTSUP')) throw error
          direct = undefined
          past = false
        }
      }
      const buffered = await open(path, 'r')
      try {
        const hash = createHash('sha256')
        let size = 0
        for (;;) {
          signal?.throwIfAborted()
          const { bytesRead } = await buffered.read(block, 0, BLOCK_BYTES, size)
          if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
          hash.update(block.subarray(0, bytesRead))
          size += bytesRead
        }
      } finally {
        await buffered.close()
      }
    },
    pastCache: () => past,
  }
}
