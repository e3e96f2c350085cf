import type { SettlementPlan } from '../../../shared/contract/settlements.ts'
import { refusalOf } from '../../../shared/domain/access-decision.ts'
import type { Permission } from '../../../shared/domain/permission.ts'
import type { CatalogueChange } from '../../../shared/domain/reconcile/plan-outcome.ts'
import { maskSensitive } from '../../../shared/domain/sensitive-text.ts'
import type { Session } from '../../access/index.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { hadPart } from './check-plan.ts'
import { liveRequest } from './plan-approval.ts'
import type { PlanRecord } from './plan-records.ts'

/** Numbers of people and the like are masked in what is shown of rows, as everywhere. */
export function maskedChanges(changes: readonly CatalogueChange[]): CatalogueChange[] {
  return changes.map(({ row, field, before, after }) => ({
    ...{ row: maskSensitive(row), field },
    ...{ before: maskSensitive(before), after: maskSensitive(after) },
  }))
}

/** A plan as one person sees it: who did what, and what that person may do with it now. */
export function planView(
  parts: Pick<ReconcileParts, 'catalogue' | 'factsOf' | 'now'>,
  session: Session,
): (plan: PlanRecord) => SettlementPlan {
  const { accounts, approvals, cases } = parts.catalogue()
  const nameOf = (accountId: string) => accounts.find(accountId)?.displayName ?? accountId
  return (plan) => {
    const { id, reconciliationId, volumeId, caseId, content } = plan
    const facts = parts.factsOf({ kind: 'volume', id: volumeId }, session)
    const allowed = (permission: Permission) =>
      facts !== null && refusalOf(session.grants, permission, facts) === null
    const at = parts.now().toISOString()
    const request =
      plan.state === 'prepared' ? liveRequest(parts.catalogue(), { volumeId, planId: id, at }) : undefined
    const approval = request ?? (plan.approvalId === null ? undefined : approvals.find(plan.approvalId))
    const needsApproval = cases.require(caseId).status === 'filed'
    const waits = plan.state === 'prepared' && request === undefined
    const granted = request?.state === 'approved' || request?.state === 'executing'
    const applied = plan.state === 'applied'
    const mine = hadPart(plan, approval?.requestedBy ?? null, session.accountId)
    const may = {
      change: waits && allowed('difference.judge'),
      request: waits && needsApproval && allowed('change.request'),
      apply: plan.state === 'prepared' && (needsApproval ? granted : true) && allowed('change.execute'),
      check: applied && plan.checked === null && !mine && allowed('change.check'),
      undo: applied && allowed('change.execute'),
      drop: waits && allowed('difference.judge'),
    }
    const step = (deed: { readonly by: string; readonly at: string } | null, note = '') =>
      deed === null ? null : { by: nameOf(deed.by), at: deed.at, note }
    return {
      ...{ id, reconciliationId, volumeId, caseId, steps: content.steps },
      state: plan.state === 'prepared' && request !== undefined ? 'requested' : plan.state,
      ...{
        before: content.before,
        after: content.after,
        catalogueChanges: maskedChanges(content.catalogueChanges),
      },
      ...{ beforeDigest: plan.beforeDigest, afterDigest: plan.afterDigest },
      prepared: { by: nameOf(plan.prepared.by), at: plan.prepared.at, note: '' },
      approvalId: approval?.id ?? null,
      applied: step(plan.applied),
      checked: step(plan.checked, plan.checked?.note),
      undone: step(plan.undone, plan.undone?.reason),
      needsApproval,
      may: (Object.keys(may) as (keyof typeof may)[]).filter((action) => may[action]),
    }
  }
}
