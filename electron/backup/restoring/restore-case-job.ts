import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import type { JobKind, JobWork } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import { type CaseResult, restoreCase } from './restore-case.ts'
import { checkTarget } from './restore-vault-job.ts'

const CaseInput = z.object({
  ...{ mediumId: Id, snapshotId: z.string(), caseId: Id },
  target: z.string().min(1),
})
type CaseInput = z.infer<typeof CaseInput>

/** Puts one case of a snapshot into a new folder of its own. */
export function restoreCaseJob(room: BackupRoom): JobKind<CaseInput> {
  return {
    kind: 'restore-case',
    input: CaseInput,
    label: ({ snapshotId }) => snapshotId,
    // Who may not read the case may not see the job; of a case that is gone there is nobody to ask.
    caseId: ({ caseId }) => room.catalogue.cases.find(caseId)?.id ?? null,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async ({ input, signal, progress, record, startedBy }) => {
      const { mediumId, snapshotId, caseId } = input
      const folder = await room.shelf.setFolderOf(mediumId, 'read')
      const target = await checkTarget(room, folder, input.target)
      const result = await restoreCase(
        { folder, snapshotId, caseId, target },
        { vault: room.vault, now: room.now, signal, progress },
      )
      recordCase(record, result)
      const faults = faultsOf(result)
      noteDeed(room, {
        ...{ action: 'restore.case-finished', mediumId, by: startedBy, caseNumber: result.number },
        ...(faults === 0 ? {} : { result: 'failed', code: 'BACKUP_SET_DAMAGED' }),
        details: { snapshot: snapshotId, objects: result.objects, bytes: result.bytes, problems: faults },
      })
    },
  }
}

const POINTS = ['catalogue', 'audit', 'objects'] as const

function faultsOf({ problems, absent, proof }: CaseResult): number {
  return problems.length + absent.length + POINTS.filter((point) => proof[point].wrong > 0).length
}

/** What could not be had, what was proven, and in the last line how much there is. */
function recordCase(record: JobWork<unknown>['record'], result: CaseResult): void {
  const { number, counts, objects, bytes, problems, absent, texts, leftOut, proof } = result
  for (const { file, reason } of problems)
    record({
      unitKey: `medium|${file}`,
      subject: file,
      outcome: reason === 'missing' ? 'missing' : 'damaged',
      code: 'BACKUP_SET_DAMAGED',
      details: { file, reason },
    })
  for (const name of absent)
    record({
      unitKey: `object|${name}`,
      subject: name.slice(0, 12),
      outcome: 'missing',
      code: 'VAULT_OBJECT_MISSING',
    })
  for (const point of POINTS) {
    const { checked, wrong } = proof[point]
    if (wrong > 0)
      record({
        unitKey: `proof|${point}`,
        subject: point,
        outcome: 'damaged',
        code: 'BACKUP_SET_DAMAGED',
        details: { file: point, reason: 'changed', checked, wrong },
      })
  }
  record({
    unitKey: 'summary',
    subject: number,
    outcome: 'sound',
    details: {
      ...counts,
      ...{ objects, bytes, opened: proof.objects.checked, closed: proof.closed },
      ...{ records: proof.audit.checked, texts, textsLeftOut: leftOut.join(',') },
    },
  })
}
