import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { withSystemErrors } from '../../errno.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, nameOf, noteDeed } from '../backup-room.ts'
import { openFileLanes } from '../repository/file-lanes.ts'
import { listedObjects } from '../repository/object-list.ts'
import { readSnapshot } from '../repository/set.ts'
import { faultOf, mendObjects, type ObjectFault } from './mend-objects.ts'

const ObjectsInput = z.object({ mediumId: Id, snapshotId: z.string() })
type ObjectsInput = z.infer<typeof ObjectsInput>
const SHORT_NAME = 12

/**
 * Gives the vault back what it has damaged or lost, from a snapshot that has it whole. What differs from the snapshot
 * and yet opens is another seal of the same content, and stays. A damaged original goes into quarantine.
 */
export function restoreObjectsJob(room: BackupRoom): JobKind<ObjectsInput> {
  const { vault, catalogue } = room

  return {
    kind: 'restore-objects',
    input: ObjectsInput,
    label: ({ snapshotId }) => snapshotId,
    resources: ({ mediumId }) => [...mediumResources(mediumId), 'vault-check'],
    run: async ({ jobId, input, signal, progress, record, startedBy }) => {
      const { mediumId, snapshotId } = input
      const folder = await room.shelf.setFolderOf(mediumId, 'read')
      const { document } = await readSnapshot(folder, snapshotId)
      await using files = openFileLanes()
      const faults = new Map<string, ObjectFault>()
      let done = 0
      let bytes = 0
      progress({ phase: 'objects', done, total: document.counts.objects, bytes })
      const wanted = async function* () {
        for await (const object of listedObjects(folder, document.objects)) {
          signal.throwIfAborted()
          if (catalogue.pages.isReferenced(object.name)) {
            const found = await withSystemErrors('backup.restore', () =>
              faultOf(vault, files, object, signal),
            )
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

      let restored = 0
      let failed = 0
      await mendObjects(vault, wanted(), {
        ...{ files, folder, name: `restore-${jobId}`, signal },
        mended: (name) => {
          restored += 1
          record({
            ...{ unitKey: `object|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'sound' },
            details: { was: faults.get(name) ?? 'damaged' },
          })
        },
        refused: (name, reason) => {
          failed += 1
          record({
            ...{ unitKey: `object|${name}`, subject: name.slice(0, SHORT_NAME), outcome: 'failed' },
            ...{ code: 'BACKUP_SET_DAMAGED', details: { file: name, reason } },
          })
        },
      })
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
