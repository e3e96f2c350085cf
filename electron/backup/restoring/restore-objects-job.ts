import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder } from '../../atomic-write.ts'
import { isErrno, withSystemErrors } from '../../errno.ts'
import type { JobKind } from '../../jobs/index.ts'
import { objectPath } from '../../vault/index.ts'
import { type BackupRoom, mediumResources, nameOf, noteDeed } from '../backup-room.ts'
import { copyObjects } from '../repository/copy-objects.ts'
import { GROUPS, INCOMING, OBJECTS } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { type ListedObject, listedObjects } from '../repository/object-list.ts'
import { pastCacheReader } from '../repository/past-cache-reader.ts'
import { readSnapshot } from '../repository/set.ts'

const ObjectsInput = z.object({ mediumId: Id, snapshotId: z.string() })
type ObjectsInput = z.infer<typeof ObjectsInput>
const SHORT_NAME = 12

/**
 * Gives the vault back what it has damaged or lost, from a snapshot that has it whole. What differs from the snapshot
 * and yet opens is another seal of the same content, and stays. A damaged original goes into quarantine.
 */
export function restoreObjectsJob(room: BackupRoom): JobKind<ObjectsInput> {
  const { vault, catalogue } = room
  const reader = pastCacheReader()

  const fault = async (
    object: ListedObject,
    signal: AbortSignal,
  ): Promise<'missing' | 'damaged' | undefined> => {
    try {
      const found = await reader.digest(join(vault.folder, objectPath(object.name)), signal)
      if (found.sha256 === object.sha256) return undefined
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 'missing'
      if (!isErrno(error, 'EIO')) throw error
      return 'damaged'
    }
    const compartment = await vault.objects.claimedCompartment(object.name)
    if (compartment === undefined) return 'damaged'
    // Without the key nobody here can tell damage from another seal: what the snapshot has was proven.
    if (!vault.compartments.has(compartment)) return 'damaged'
    try {
      await vault.objects.verify(compartment, object.name, { signal })
      return undefined
    } catch (error) {
      if (error instanceof AppError && error.code === 'VAULT_OBJECT_DAMAGED') return 'damaged'
      throw error
    }
  }

  return {
    kind: 'restore-objects',
    input: ObjectsInput,
    label: ({ snapshotId }) => snapshotId,
    resources: ({ mediumId }) => [...mediumResources(mediumId), 'vault-check'],
    run: async ({ jobId, input, signal, progress, record, startedBy }) => {
      const { mediumId, snapshotId } = input
      const folder = await room.shelf.setFolderOf(mediumId, 'read')
      const { document } = await readSnapshot(folder, snapshotId)
      const faults = new Map<string, 'missing' | 'damaged'>()
      let done = 0
      let bytes = 0
      progress({ phase: 'objects', done, total: document.counts.objects, bytes })
      const wanted = async function* () {
        for await (const object of listedObjects(folder, document.objects)) {
          signal.throwIfAborted()
          if (catalogue.pages.isReferenced(object.name)) {
            const found = await withSystemErrors('backup.restore', () => fault(object, signal))
            if (found !== undefined) {
              faults.set(object.name, found)
              yield object
            }
          }
          done += 1
          bytes += object.size
          progress({ done, bytes })
        }
      }

      const staging = join(vault.folder, INCOMING, `restore-${jobId}`)
      let restored = 0
      let failed = 0
      const whole: string[] = []
      const refuse = (name: string, reason: 'missing' | 'changed') => {
        failed += 1
        record({
          ...{ unitKey: `object|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'failed' },
          ...{ code: 'BACKUP_SET_DAMAGED', details: { file: name, reason } },
        })
      }
      try {
        await withSystemErrors('backup.restore', async () => {
          await rm(staging, { recursive: true, force: true })
          await mkdir(join(staging, INCOMING), { recursive: true, mode: 0o700 })
          for (const group of GROUPS)
            await mkdir(join(staging, OBJECTS, group), { recursive: true, mode: 0o700 })
        })
        await copyObjects(wanted(), {
          ...{ from: folder, to: staging, reading: onMedium, writing: withSystemErrors, signal },
          copied: ({ name }) => whole.push(name),
          vanished: (name) => refuse(name, 'missing'),
          damaged: (name) => refuse(name, 'changed'),
        })
        for (const name of whole) {
          signal.throwIfAborted()
          if (await vault.objects.has(name)) await vault.objects.quarantine(name)
          const place = join(vault.folder, objectPath(name))
          await withSystemErrors('backup.restore', async () => {
            await mkdir(dirname(place), { recursive: true, mode: 0o700 })
            await rename(join(staging, objectPath(name)), place)
            await syncFolder(dirname(place))
          })
          restored += 1
          record({
            ...{ unitKey: `object|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'sound' },
            details: { was: faults.get(name) ?? 'damaged' },
          })
        }
      } finally {
        await rm(staging, { recursive: true, force: true })
      }
      noteDeed(room, {
        ...{ action: 'restore.objects-finished', mediumId, by: startedBy },
        ...(failed === 0 ? {} : { result: 'failed', code: 'BACKUP_SET_DAMAGED' }),
        details: { snapshot: snapshotId, restored, failed },
      })
      if (failed === 0) {
        const subject = room.media.get(mediumId).number
        room.tasks.settle({ origin: 'backup', subject }, nameOf(room, startedBy), 'restored')
      }
      room.changed()
    },
  }
}
