import { open, opendir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { syncFolder } from '../atomic-write.ts'
import { isErrno, withSystemErrors } from '../errno.ts'
import type { Compartment } from './compartments.ts'
import type { ListedObject, ObjectSource, ObjectStore, StoredObject } from './contract.ts'
import type { DerivedStore } from './derived-store.ts'
import type { VaultKeys } from './keys.ts'
import { isObjectName, OBJECTS, objectPath, QUARANTINE } from './layout.ts'
import { openSealedFile, readObjectHeader, type SealedPlace, verifySealedFile } from './sealed-file.ts'
import { createWriteBatch, moveIntoPlace, type WriteContext } from './write-batch.ts'

/** Enough to keep the disk busy while the next page is sealed; more gained nothing when measured. */
const PUT_CONCURRENCY = 4

/** The names in a folder, one at a time; none when there is no such folder. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
  }
}

export function createObjectSource(folder: string, keys: VaultKeys): ObjectSource {
  const placeOf = (compartment: Compartment, name: string): SealedPlace => {
    keys.of(compartment)
    if (!isObjectName(name)) throw new AppError('VAULT_OBJECT_MISSING', { object: 'invalid' })
    return { path: join(folder, objectPath(name)), name, compartment }
  }
  async function* list(): AsyncGenerator<ListedObject> {
    for await (const group of namesIn(join(folder, OBJECTS))) {
      if (!/^[0-9a-f]{2}$/.test(group)) continue
      for await (const name of namesIn(join(folder, OBJECTS, group))) {
        if (!isObjectName(name) || !name.startsWith(group)) continue
        const sealedBytes = await sizeIfThere(join(folder, objectPath(name)))
        if (sealedBytes !== undefined) yield { name, sealedBytes }
      }
    }
  }
  return {
    has: (name) =>
      withSystemErrors('vault.readObject', async () => {
        return isObjectName(name) && (await sizeIfThere(join(folder, objectPath(name)))) !== undefined
      }),
    open: async (compartment, name) => await openSealedFile(keys, placeOf(compartment, name)),
    verify: async (compartment, name, options) =>
      await verifySealedFile(keys, placeOf(compartment, name), options),
    claimedCompartment: (name) =>
      withSystemErrors('vault.readObject', async () => {
        if (!isObjectName(name)) return undefined
        try {
          const file = await open(join(folder, objectPath(name)), 'r')
          try {
            return (await readObjectHeader(file))?.compartment
          } finally {
            await file.close()
          }
        } catch (error) {
          if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
          throw error
        }
      }),
    list,
  }
}

async function sizeIfThere(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

export function createObjectStore(
  folder: string,
  keys: VaultKeys,
  derived: DerivedStore,
  assertHeld: () => void,
): ObjectStore {
  const context: WriteContext = { folder, keys, derived, assertHeld, unsynced: new Set() }

  const putOne = async (put: (batch: ReturnType<typeof createWriteBatch>) => Promise<StoredObject>) => {
    const batch = createWriteBatch(context)
    try {
      const stored = await put(batch)
      await batch.commit()
      return stored
    } catch (error) {
      await batch.abandon()
      throw error
    }
  }

  const putMany = async (compartment: Compartment, contents: readonly Uint8Array[]) => {
    const batch = createWriteBatch(context)
    const results = new Map<number, StoredObject>()
    const queue = contents.entries()
    let stopped = false
    const work = async () => {
      for (const [index, content] of queue) {
        if (stopped) return
        results.set(index, await batch.putBuffer(compartment, content))
      }
    }
    try {
      await Promise.all(Array.from({ length: PUT_CONCURRENCY }, work))
      await batch.commit()
    } catch (error) {
      stopped = true
      await batch.abandon()
      throw error
    }
    return contents.flatMap((_, index) => results.get(index) ?? [])
  }

  return {
    ...createObjectSource(folder, keys),
    putBuffer: (compartment, content) => putOne((batch) => batch.putBuffer(compartment, content)),
    putFile: (compartment, path, options) => putOne((batch) => batch.putFile(compartment, path, options)),
    putMany,
    batch: () => createWriteBatch(context),

    putDerived: async (compartment, label, content) => {
      assertHeld()
      derived.put([derived.seal(compartment, label, content)])
    },
    getDerived: async (compartment, label) => derived.get(compartment, label),
    removeDerived: async (compartment, label) => derived.remove(compartment, label),

    quarantine: (name) =>
      withSystemErrors('vault.quarantine', async () => {
        assertHeld()
        const path = join(folder, objectPath(name))
        if (!isObjectName(name) || (await sizeIfThere(path)) === undefined) {
          throw new AppError('VAULT_OBJECT_MISSING', { object: isObjectName(name) ? name : 'invalid' })
        }
        // Its time now says since when it is in quarantine.
        const now = new Date()
        await utimes(path, now, now)
        await moveIntoPlace(path, join(folder, QUARANTINE, name))
        await syncFolder(dirname(path))
        await syncFolder(join(folder, QUARANTINE))
      }),
    destroy: (name) =>
      withSystemErrors('vault.destroy', async () => {
        assertHeld()
        if (!isObjectName(name)) throw new AppError('VAULT_OBJECT_MISSING', { object: 'invalid' })
        const path = join(folder, objectPath(name))
        if ((await sizeIfThere(path)) !== undefined) {
          await rm(path)
          await syncFolder(dirname(path))
        }
        for await (const other of namesIn(join(folder, QUARANTINE))) {
          if (other.startsWith(name)) await rm(join(folder, QUARANTINE, other), { force: true })
        }
      }),
    sweepQuarantine: (olderThanMs) =>
      withSystemErrors('vault.quarantine', async () => {
        assertHeld()
        let removed = 0
        for await (const name of namesIn(join(folder, QUARANTINE))) {
          const path = join(folder, QUARANTINE, name)
          const { mtimeMs } = await stat(path)
          if (Date.now() - mtimeMs < olderThanMs) continue
          await rm(path, { force: true })
          removed += 1
        }
        return removed
      }),
  }
}
