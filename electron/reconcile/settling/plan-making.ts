import type { PlannedPage, PlanStep } from '../../../shared/contract/settlements.ts'
import type { PlanOutcome } from '../../../shared/domain/reconcile/plan-outcome.ts'
import { applySteps } from '../../../shared/domain/reconcile/volume-plan.ts'
import type { StatePage, VolumeState } from '../../../shared/domain/reconcile/volume-state.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import { storedDate } from '../../intake/index.ts'
import { planContext, readVolume, volumeDigest } from './volume-reading.ts'

type Outcome = Extract<PlanOutcome, { readonly ok: true }>

/** What steps would make of a volume as it stands now. */
export interface MadePlan {
  readonly steps: readonly PlanStep[]
  readonly state: VolumeState
  readonly outcome: Outcome
  readonly before: PlannedPage[]
  readonly after: PlannedPage[]
  readonly beforeDigest: string
  readonly afterDigest: string
}

const isId = (key: string) => !key.includes(':')

function planned(pages: readonly StatePage[], { changes }: Outcome): PlannedPage[] {
  const counted = new Map<string, number>()
  return pages.map((page) => {
    const position = (counted.get(page.bookId) ?? 0) + 1
    counted.set(page.bookId, position)
    return {
      pageId: isId(page.key) ? page.key : null,
      ...{ paperPageId: page.paperPageId, versionId: page.versionId, bookId: page.bookId, position },
      itemId: page.itemId !== null && isId(page.itemId) ? page.itemId : null,
      ...{ printedNumber: page.printedNumber, turn: page.turn, change: changes.get(page.key) ?? 'none' },
    }
  })
}

/** Dates of rows are kept as everywhere in the catalogue. */
function withStoredDates(step: PlanStep): PlanStep {
  if (step.kind === 'add-item') return { ...step, date: storedDate(step.date) }
  if (step.kind !== 'edit-item' || step.values.date === undefined) return step
  return { ...step, values: { ...step.values, date: storedDate(step.values.date) } }
}

/**
 * Works out a plan against the volume as it stands now.
 * @throws RECONCILE_PLAN_IMPOSSIBLE `{ step, reason }`, `step` from 1
 */
export function makePlan(
  catalogue: Catalogue,
  volumeId: string,
  reconciliationId: string,
  given: readonly PlanStep[],
): MadePlan {
  const steps = given.map(withStoredDates)
  const state = readVolume(catalogue, volumeId)
  const outcome = applySteps(state, steps, planContext(catalogue, volumeId, reconciliationId))
  if (!outcome.ok)
    throw new AppError('RECONCILE_PLAN_IMPOSSIBLE', { step: outcome.step, reason: outcome.refusal })
  return {
    ...{ steps, state, outcome },
    before: planned(state.pages, outcome),
    after: planned(outcome.after.pages, outcome),
    ...{ beforeDigest: volumeDigest(state), afterDigest: volumeDigest(outcome.after) },
  }
}
