import type { DrillPoint } from '../../../shared/contract/restores.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import type { DrillRecord } from './drill-record.ts'
import { notDone } from './drill-run.ts'

export type DrillFigures = Pick<
  DrillRecord,
  'rtoTargetMinutes' | 'rtoMinutes' | 'rpoTargetHours' | 'rpoHours'
>

function figuresFound({ rtoMinutes, rtoTargetMinutes, rpoHours, rpoTargetHours }: DrillFigures) {
  const rto = { actual: rtoMinutes, target: rtoTargetMinutes }
  const rpo = { actual: rpoHours, target: rpoTargetHours }
  return [
    { code: rto.actual > rto.target ? 'rto-missed' : 'rto', details: rto },
    { code: rpo.actual > rpo.target ? 'rpo-missed' : 'rpo', details: rpo },
  ] as const
}

/** The targets that a drill missed. */
export function missed(figures: DrillFigures): Finding[] {
  return figuresFound(figures).filter(({ code }) => code === 'rto-missed' || code === 'rpo-missed')
}

/** Whether what the drill measured is within what the unit can bear; of a drill that broke off it says nothing. */
export function targetsPoint(figures: DrillFigures, points: readonly DrillPoint[]): DrillPoint {
  const brokenOff = points.some(({ findings }) => findings.some(({ code }) => code === 'not-done'))
  if (brokenOff) return notDone('targets')
  const wrong = missed(figures).length
  const findings: Finding[] = [...figuresFound(figures)]
  return { point: 'targets', passed: wrong === 0, checked: 2, wrong, note: '', findings }
}
