import type { Drill } from '../../../../shared/contract/restores.ts'

/** `missed`: the backup can be had back, but slower or with more lost than the unit can bear. */
export type DrillResult = 'passed' | 'missed' | 'failed'

export function drillResult({ passed, points }: Pick<Drill, 'passed' | 'points'>): DrillResult {
  if (passed) return 'passed'
  const others = points.filter(({ point }) => point !== 'targets')
  return points.length > others.length && others.every((point) => point.passed) ? 'missed' : 'failed'
}
