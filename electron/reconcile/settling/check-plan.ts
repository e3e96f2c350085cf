import { AppError } from '../../../shared/errors.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { differenceRecords } from '../register/difference-records.ts'
import { type PlanRecord, planRecords } from './plan-records.ts'

export interface PlanCheck {
  readonly volumeId: string
  readonly planId: string
  readonly ok: boolean
  readonly note: string
  readonly by: string
  readonly at: string
}

/** Whether a person had a part in a plan, so that another one checks it. */
export function hadPart(
  { prepared, approvedBy, applied }: Pick<PlanRecord, 'prepared' | 'approvedBy' | 'applied'>,
  requestedBy: string | null,
  accountId: string,
): boolean {
  return [prepared.by, approvedBy, applied?.by, requestedBy].includes(accountId)
}

/**
 * 复核 of an applied plan: with a yes its differences are closed, with a no all stays as it is until it is undone.
 * @throws RECONCILE_WRONG_STATE, RECONCILE_SAME_PERSON
 */
export function checkPlan(
  catalogue: Catalogue,
  vault: OpenVault,
  { volumeId, planId, ok, note, by, at }: PlanCheck,
): PlanRecord {
  return catalogue.transaction(() => {
    const plans = planRecords(catalogue, vault)
    const plan = plans.require(volumeId, planId)
    if (plan.state !== 'applied' || plan.checked !== null)
      throw new AppError('RECONCILE_WRONG_STATE', { state: plan.state })
    const requestedBy =
      plan.approvalId === null ? null : catalogue.approvals.require(plan.approvalId).requestedBy
    if (hadPart(plan, requestedBy, by)) throw new AppError('RECONCILE_SAME_PERSON')
    const checked = { by, at, ok, note }
    const after: PlanRecord = {
      ...{ ...plan, checked, state: ok ? 'checked' : 'applied' },
      // What a checked plan stood on can be undone no more; the versions themselves stay.
      content: ok ? { ...plan.content, snapshots: null } : plan.content,
    }
    plans.save(after)
    if (ok) {
      const differences = differenceRecords(catalogue)
      for (const difference of differences.ofPlan(planId))
        differences.save({ ...difference, state: 'closed', checked, closedAt: at })
    }
    return after
  })
}
