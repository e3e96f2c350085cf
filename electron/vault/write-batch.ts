import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { renameOver, syncFolder, writeFully } from '../atomic-write.ts'
import { isErrno, withSystemErrors } from '../errno.ts'
import { releaseBytes } from '../release-bytes.ts'
import type { Compartment } from './compartments.ts'
import type { StoredObject, WriteBatch } from './contract.ts'
import type { DerivedStore, SealedView } from './derived-store.ts'
import { contentName, sha256, type VaultKeys } from './keys.ts'
import { INCOMING, OBJECTS, objectPath, QUARANTINE } from './layout.ts'
import {
  createSegmentCipher,
  newObjectHeader,
  type SegmentCipher,
  sealedLength,
  sealedPieces,
} from './segments.ts'
import { hashSource, openSource, readSmallSource, SMALL_FILE_BYTES, sealLargeSource } from './source-file.ts'

/** What the writers of one store share. */
export interface WriteContext {
  readonly folder: string
  readonly keys: VaultKeys
  readonly derived: DerivedStore
  /** Throws VAULT_LOCK_LOST. */
  readonly assertHeld: () => void
  /** Folders with renamed objects whose names are not synced yet, by any batch. */
  readonly unsynced: Set<string>
}

/** Sealed pieces given to the system in one call: most pages in one, a large one without holding it all twice. */
const PIECES_AT_ONCE = 8

/** A document of thousands of pages must not gather all its thumbnails in memory. */
const VIEW_BYTES_HELD = 4 * 1024 * 1024

interface Staged {
  readonly name: string
  readonly temporary: string
}

/** A new file in `incoming/`, written by `write` and on the disk when this returns. Gone on failure. */
async function writeIncoming(folder: string, write: (file: FileHandle) => Promise<void>): Promise<string> {
  const temporary = join(folder, INCOMING, randomBytes(16).toString('hex'))
  const file = await open(temporary, 'wx', 0o600)
  try {
    try {
      await write(file)
      await file.datasync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return temporary
}

/** Gives a finished file its place, making the folder when it is the first in it. */
export async function moveIntoPlace(temporary: string, target: string): Promise<void> {
  try {
    await renameOver(temporary, target)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await renameOver(temporary, target)
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

export function createWriteBatch(context: WriteContext): WriteBatch {
  const { folder, keys } = context
  const staged = new Map<string, Staged>()
  const pending = new Map<string, Promise<void>>()
  const touched = new Set<string>()
  let views: SealedView[] = []
  let viewBytes = 0
  let madeFolder = false

  /** True when this content stands in the vault whole. A file of another length is damaged: it is set aside. */
  const stands = async (name: string, sizeBytes: number): Promise<boolean> => {
    const path = join(folder, objectPath(name))
    const found = await sizeOf(path)
    if (found === undefined) return false
    if (found === sealedLength(sizeBytes)) {
      if (context.unsynced.has(dirname(path))) touched.add(dirname(path))
      return true
    }
    await moveIntoPlace(path, join(folder, QUARANTINE, `${name}.${randomBytes(4).toString('hex')}`))
    return false
  }

  /** Runs `write` once for each name, however many put the same content at the same time. */
  const stage = async (
    compartment: Compartment,
    digest: Buffer,
    sizeBytes: number,
    write: (name: Buffer) => Promise<string>,
  ): Promise<StoredObject> => {
    const nameBytes = contentName(keys.of(compartment), digest)
    const name = nameBytes.toString('hex')
    const stored = { name, sha256: digest.toString('hex'), sizeBytes }
    const under = pending.get(name)
    if (under !== undefined) {
      await under
      return { ...stored, existed: true }
    }
    let existed = false
    const work = (async () => {
      existed = staged.has(name) || (await stands(name, sizeBytes))
      if (!existed) staged.set(name, { name, temporary: await write(nameBytes) })
    })()
    pending.set(name, work)
    try {
      await work
    } finally {
      pending.delete(name)
    }
    return { ...stored, existed }
  }

  const putViews = () => {
    const ready = views
    views = []
    viewBytes = 0
    context.derived.put(ready)
  }

  const putContent = (
    compartment: Compartment,
    content: Uint8Array,
    digest = sha256(content),
  ): Promise<StoredObject> =>
    stage(compartment, digest, content.length, async (name) => {
      const cipher = createSegmentCipher(keys.of(compartment).sealing, newObjectHeader(compartment), name)
      try {
        return await writeIncoming(folder, (file) => writeSealed(file, cipher, content))
      } finally {
        cipher.wipe()
      }
    })

  const putLarge = async (
    compartment: Compartment,
    path: string,
    signal?: AbortSignal,
  ): Promise<StoredObject> => {
    const first = await hashSource(path, signal)
    return await stage(compartment, first.sha256, first.sizeBytes, async (name) => {
      const cipher = createSegmentCipher(keys.of(compartment).sealing, newObjectHeader(compartment), name)
      try {
        return await writeIncoming(folder, (file) => sealLargeSource(path, first, cipher, file, signal))
      } finally {
        cipher.wipe()
      }
    })
  }

  return {
    putBuffer: (compartment, content, digest) =>
      withSystemErrors('vault.writeObject', async () => {
        context.assertHeld()
        keys.of(compartment)
        return await putContent(compartment, content, digest)
      }),
    putFile: (compartment, path, options = {}) =>
      withSystemErrors('vault.writeObject', async () => {
        context.assertHeld()
        keys.of(compartment)
        options.signal?.throwIfAborted()
        const source = await openSource(path)
        if (source.sizeBytes > SMALL_FILE_BYTES) {
          await source.file.close()
          return await putLarge(compartment, path, options.signal)
        }
        return await putContent(compartment, await readSmallSource(source))
      }),
    putDerived: (compartment, label, content) => {
      context.assertHeld()
      const view = context.derived.seal(compartment, label, content)
      views.push(view)
      viewBytes += view.sealed.length
      if (viewBytes > VIEW_BYTES_HELD) putViews()
    },
    commit: () =>
      withSystemErrors('vault.writeObject', async () => {
        await Promise.all(pending.values())
        context.assertHeld()
        for (const { name, temporary } of [...staged.values()]) {
          const target = join(folder, objectPath(name))
          await placeObject(temporary, target, () => {
            madeFolder = true
          })
          staged.delete(name)
          touched.add(dirname(target))
          context.unsynced.add(dirname(target))
        }
        putViews()
        const folders = [...touched]
        await Promise.all(folders.map(syncFolder))
        if (madeFolder) await syncFolder(join(folder, OBJECTS))
        madeFolder = false
        for (const path of folders) {
          touched.delete(path)
          context.unsynced.delete(path)
        }
      }),
    abandon: () =>
      withSystemErrors('vault.writeObject', async () => {
        await Promise.allSettled(pending.values())
        views = []
        for (const { name, temporary } of [...staged.values()]) {
          await rm(temporary, { force: true })
          staged.delete(name)
        }
      }),
  }
}

async function writeSealed(file: FileHandle, cipher: SegmentCipher, content: Uint8Array): Promise<void> {
  let ready: Buffer[] = []
  const write = async () => {
    const pieces = ready
    ready = []
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const { bytesWritten } = await file.writev(pieces)
    if (bytesWritten < total) await writeFully(file, Buffer.concat(pieces).subarray(bytesWritten))
    for (const piece of pieces) releaseBytes(piece)
  }
  for (const pieces of sealedPieces(cipher, content)) {
    ready.push(...pieces)
    if (ready.length > PIECES_AT_ONCE) await write()
  }
  if (ready.length > 0) await write()
}

async function placeObject(temporary: string, target: string, onFolderMade: () => void): Promise<void> {
  try {
    await renameOver(temporary, target)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      onFolderMade()
      return await moveIntoPlace(temporary, target)
    }
    // Windows refuses while a reader has the same content open; then it stands already.
    if (!isErrno(error, 'EPERM', 'EACCES', 'EEXIST') || (await sizeOf(target)) !== (await sizeOf(temporary)))
      throw error
    await rm(temporary, { force: true })
  }
}
