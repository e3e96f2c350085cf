import { z } from 'zod'
import { CheckDepth } from '../../../shared/contract/backup.ts'
import { Id } from '../../../shared/contract/model.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources } from '../backup-room.ts'
import { checkSet } from '../repository/check-set.ts'
import { adoptSnapshots } from './adopt-snapshots.ts'
import { notingFailure } from './run-job.ts'
import { checkOptions, settleCheck } from './settle-check.ts'
import type { Work } from './take-snapshot.ts'

const VerifyInput = z.object({ mediumId: Id, depth: CheckDepth })
type VerifyInput = z.infer<typeof VerifyInput>

/** Proves a medium against itself and against the register, and names every fault. */
export function verifyJob(room: BackupRoom): JobKind<VerifyInput> {
  return {
    kind: 'backup-verify',
    input: VerifyInput,
    label: ({ mediumId }) => room.media.get(mediumId).number,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async (work) => {
      const { input, signal, startedBy } = work
      await notingFailure(room, input.mediumId, startedBy, signal, async () => {
        const folder = await room.shelf.setFolderOf(input.mediumId, 'read')
        await verifyMedium(room, { ...input, folder }, work)
      })
    },
  }
}

/** True: nothing is wrong with the medium. */
export async function verifyMedium(
  room: BackupRoom,
  medium: { readonly mediumId: string; readonly folder: string; readonly depth: CheckDepth },
  { signal, progress, record, startedBy }: Work,
): Promise<boolean> {
  const { mediumId, folder, depth } = medium
  progress({ phase: 'verifying', done: 0, total: null, bytes: 0 })
  await adoptSnapshots(room, mediumId, folder)
  // Drawn anew each time, so that in the end everything has been read; written down, so that anybody can draw it again.
  const seed = Buffer.from(room.random(8)).toString('hex')
  const options = { ...checkOptions(room, mediumId), depth, seed, signal, progress }
  const result = await checkSet(folder, options)
  const { check } = await settleCheck(room, {
    ...{ mediumId, folder, depth, result, by: startedBy },
    proves: depth === 'full' ? result.snapshots : [],
  })
  for (const { file, reason, snapshots } of check.problems)
    record({
      unitKey: `medium|${file}`,
      subject: file,
      outcome: reason === 'missing' ? 'missing' : 'damaged',
      code: 'BACKUP_SET_DAMAGED',
      details: { file, reason, snapshots: snapshots.length },
    })
  record({
    unitKey: 'summary',
    subject: '',
    outcome: 'sound',
    details: {
      ...{ snapshots: check.snapshots, objects: check.objects, pastCache: check.pastCache },
      ...(check.sample ?? {}),
    },
  })
  return check.problems.length === 0
}
