import type { InputOf } from '../../../../shared/contract/index.ts'
import type { DifferenceType } from '../../../../shared/domain/reconcile/difference-type.ts'

type Choices = Pick<InputOf<'differences.judge'>, 'cause' | 'originStage' | 'originPerson' | 'handling'>

/** Of this sitting only: what was chosen last for a type is mostly right for the next of it. */
const chosen = new Map<DifferenceType, Choices>()

export function lastJudged(type: DifferenceType): Choices | undefined {
  return chosen.get(type)
}

export function rememberJudged(type: DifferenceType, choices: Choices): void {
  chosen.set(type, choices)
}
