import { AppError } from '../../../shared/errors.ts'
import type { Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { nameOf } from '../backup-room.ts'
import { DRILL_JOB, type DrillInput } from './drill-job.ts'
import { drillNumber } from './drill-record.ts'
import { drillRecords, shownDrill } from './drill-records.ts'

/** Answers the contract's `drills.*`. */
export function drillHandlers({
  desk,
  jobs,
  now,
}: BackupHandlerParts): Handlers<`drills.${'run' | 'list' | 'approve'}`> {
  const records = () => drillRecords(desk().catalogue.sql)
  const shown = (drill: Parameters<typeof shownDrill>[0]) => shownDrill(drill, (id) => nameOf(desk(), id))
  return {
    'drills.run': ({ key, ...rest }, call) => {
      const { media } = desk()
      const medium = media.get(rest.mediumId)
      const input: DrillInput = { ...rest, way: key.way }
      const jobId = jobs().start(DRILL_JOB, input, sessionOf(call).accountId)
      // The job begins only after this call's turn has ended.
      desk().drillKeys.keep(jobId, key)
      call.note({
        subject: `medium:${medium.id}`,
        details: { medium: medium.number, snapshot: rest.snapshotId, way: key.way },
      })
      return { jobId }
    },
    'drills.list': () => records().list().map(shown),
    'drills.approve': ({ drillId, conclusion }, call) => {
      const drill = records().get(drillId)
      const { accountId } = sessionOf(call)
      if (drill.by === accountId) throw new AppError('APPROVAL_SAME_PERSON', { step: 'approve' })
      if (drill.approvedAt !== null) throw new AppError('APPROVAL_WRONG_STATE', { state: 'approved' })
      records().approve(drillId, { conclusion, approvedBy: accountId, approvedAt: now().toISOString() })
      call.note({
        subject: `drill:${drillId}`,
        details: { number: drillNumber(drill), passed: drill.passed },
      })
      desk().changed()
      return shown(records().get(drillId))
    },
  }
}
