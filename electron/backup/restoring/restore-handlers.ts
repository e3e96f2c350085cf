import type { Call, Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { compareSnapshot } from './compare-snapshot.ts'
import { pageHandlers } from './page-handlers.ts'
import { checkTarget } from './restore-vault-job.ts'
import { requireSeen, snapshotCases } from './snapshot-cases.ts'

type RestoreMethod = `restores.${'compare' | 'vault' | 'cases' | 'case' | 'objects'}`

/** Answers the contract's `restores.*`. */
export function restoreHandlers(
  parts: BackupHandlerParts,
): Handlers<RestoreMethod | keyof ReturnType<typeof pageHandlers>> {
  const { desk, jobs } = parts
  const start = (
    kind: string,
    input: { readonly mediumId: string; readonly snapshotId: string },
    call: Call,
    subject?: string,
  ) => {
    const medium = desk().media.get(input.mediumId)
    call.note({
      subject: subject ?? `medium:${medium.id}`,
      details: { medium: medium.number, snapshot: input.snapshotId },
    })
    return { jobId: jobs().start(kind, input, sessionOf(call).accountId) }
  }
  /** Said at once, not only by the job. */
  const lookAtTarget = async ({ mediumId, target }: { mediumId: string; target: string }) => {
    const setFolder = await desk().shelf.setFolderOf(mediumId, 'read')
    await checkTarget(desk(), setFolder, target)
    return setFolder
  }
  return {
    ...pageHandlers(parts),
    'restores.compare': (input, call) =>
      compareSnapshot(desk(), input, (sql) => {
        if (input.caseId === undefined) return true
        requireSeen(parts, sql, input.caseId, call)
        return sessionOf(call).compartments.has('restricted')
      }),
    'restores.vault': async (input, call) => {
      await lookAtTarget(input)
      return start('restore-vault', input, call)
    },
    'restores.cases': (input, call) => snapshotCases(parts, input, call),
    'restores.case': async (input, call) => {
      const { snapshotId, caseId } = input
      const setFolder = await lookAtTarget(input)
      await desk().opened.read(setFolder, snapshotId, ({ sql }) => requireSeen(parts, sql, caseId, call))
      return start('restore-case', input, call, `case:${caseId}`)
    },
    'restores.objects': (input, call) => start('restore-objects', input, call),
  }
}
