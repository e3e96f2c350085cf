import type { Call, Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { compareSnapshot } from './compare-snapshot.ts'
import { checkTarget } from './restore-vault-job.ts'

type RestoreMethod = `restores.${'compare' | 'vault' | 'objects'}`

/** Answers the contract's `restores.*`. */
export function restoreHandlers({ desk, jobs }: BackupHandlerParts): Handlers<RestoreMethod> {
  const start = (
    kind: string,
    input: { readonly mediumId: string; readonly snapshotId: string },
    call: Call,
  ) => {
    const medium = desk().media.get(input.mediumId)
    call.note({
      subject: `medium:${medium.id}`,
      details: { medium: medium.number, snapshot: input.snapshotId },
    })
    return { jobId: jobs().start(kind, input, sessionOf(call).accountId) }
  }
  return {
    'restores.compare': (input) => compareSnapshot(desk(), input),
    'restores.vault': async (input, call) => {
      // Said at once, not only by the job.
      const setFolder = await desk().shelf.setFolderOf(input.mediumId, 'read')
      await checkTarget(desk(), setFolder, input.target)
      return start('restore-vault', input, call)
    },
    'restores.objects': (input, call) => start('restore-objects', input, call),
  }
}
