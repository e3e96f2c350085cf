import { refusalOf } from '../../shared/domain/access-decision.ts'
import { advance } from '../../shared/domain/approval.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { knownRows } from './lists/known-rows.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { matchRecords } from './records/match-records.ts'
import { paperRecords } from './records/paper-records.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'
import { differenceRecords } from './register/difference-records.ts'
import { openWords } from './register/sealed-words.ts'
import { applyPlan } from './settling/apply-plan.ts'
import { checkPlan } from './settling/check-plan.ts'
import { closingNote } from './settling/closing-note.ts'
import { liveRequest } from './settling/plan-approval.ts'
import { makePlan } from './settling/plan-making.ts'
import { type PlanRecord, planRecords } from './settling/plan-records.ts'
import { maskedChanges, planView } from './settling/plan-view.ts'
import { proposeSteps } from './settling/propose-steps.ts'
import { undoPlan } from './settling/undo-plan.ts'
import { readVolume } from './settling/volume-reading.ts'

type Methods =
  | 'settlements.list'
  | 'settlements.propose'
  | 'settlements.preview'
  | 'settlements.prepare'
  | 'settlements.drop'
  | 'settlements.apply'
  | 'settlements.check'
  | 'settlements.undo'
  | 'settlements.notes'

function requireSession(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

/** Answers the contract's `settlements.*`: plans, from what is proposed to the check by another person. */
export function settlementHandlers(parts: ReconcileParts): Handlers<Methods> {
  const plans = () => planRecords(parts.catalogue(), parts.vault())
  const at = () => parts.now().toISOString()
  /** After a step: the log, the screens, and the plan as the person sees it now. */
  const told = (plan: PlanRecord, call: Call) => {
    const { id, beforeDigest, afterDigest, approvalId, volumeId, content } = plan
    const forward = plan.state !== 'undone'
    call.note({
      subject: `plan:${id}`,
      beforeDigest: forward ? beforeDigest : afterDigest,
      afterDigest: forward ? afterDigest : beforeDigest,
      details: { steps: content.steps.length },
      ...(approvalId === null ? {} : { approvalId }),
    })
    parts.changed(volumeId)
    return planView(parts, requireSession(call))(plan)
  }
  /** Pages that go to another volume need the same right there as here. */
  const requireTargets = ({ content }: PlanRecord, session: Session) => {
    for (const step of content.steps) {
      if (step.kind !== 'move-volume') continue
      const facts = parts.factsOf({ kind: 'volume', id: step.toVolumeId }, session)
      const reason = refusalOf(session.grants, 'change.execute', facts)
      if (reason !== null) throw new AppError('ACCESS_DENIED', { needs: 'change.execute', reason })
      if (facts?.compartment != null && !session.compartments.has(facts.compartment))
        throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: facts.compartment })
    }
  }

  return {
    'settlements.list': ({ volumeId }, call) =>
      plans()
        .list(volumeId)
        .map(planView(parts, requireSession(call))),
    'settlements.propose': ({ volumeId, reconciliationId, differenceIds }) => {
      const catalogue = parts.catalogue()
      const { caseId } = reconciliationRecords(catalogue).require(volumeId, reconciliationId)
      const records = differenceRecords(catalogue)
      const wanted =
        differenceIds === undefined
          ? records.ofReconciliation(reconciliationId).filter(({ state }) => state === 'judged')
          : differenceIds.map((id) => records.require(volumeId, id))
      const restricted = catalogue.volumes
        .ofCase(caseId)
        .find(({ id, compartment }) => compartment === 'restricted' && id !== volumeId)
      const { steps, unplanned } = proposeSteps(wanted, {
        state: readVolume(catalogue, volumeId),
        paper: paperRecords(catalogue).pages(reconciliationId),
        matches: matchRecords(catalogue).list(reconciliationId),
        restrictedVolumeId: restricted?.id ?? null,
        wordsOf: ({ compartment, id, content }) => openWords(parts.vault(), compartment, id, content),
        rows: knownRows(catalogue, parts.vault(), volumeId, reconciliationId),
      })
      return { steps: [...steps], unplanned: [...unplanned] }
    },
    'settlements.preview': ({ volumeId, reconciliationId, steps }) => {
      reconciliationRecords(parts.catalogue()).require(volumeId, reconciliationId)
      const made = makePlan(parts.catalogue(), volumeId, reconciliationId, steps)
      return {
        ...{ before: made.before, after: made.after },
        catalogueChanges: maskedChanges(made.outcome.catalogueChanges),
        ...{ beforeDigest: made.beforeDigest, afterDigest: made.afterDigest },
      }
    },
    'settlements.prepare': ({ volumeId, reconciliationId, steps }, call) => {
      const catalogue = parts.catalogue()
      const plan = catalogue.transaction(() => {
        reconciliationRecords(catalogue).requireOpen(volumeId, reconciliationId)
        const made = makePlan(catalogue, volumeId, reconciliationId, steps)
        const { caseId, compartment } = catalogue.volumes.require(volumeId)
        const record: PlanRecord = {
          ...{ id: parts.newId(), reconciliationId, volumeId, caseId, compartment, state: 'prepared' },
          ...{ beforeDigest: made.beforeDigest, afterDigest: made.afterDigest },
          prepared: { by: requireSession(call).accountId, at: at() },
          ...{ approvalId: null, approvedBy: null, applied: null, checked: null, undone: null },
          content: {
            ...{ steps: [...made.steps], before: made.before, after: made.after },
            catalogueChanges: [...made.outcome.catalogueChanges],
            ...{ snapshots: null, made: { pages: [], items: [], targets: [] } },
          },
        }
        const differences = differenceRecords(catalogue)
        const settled = new Set(
          steps.flatMap(({ differenceId }) => (differenceId === null ? [] : [differenceId])),
        )
        for (const id of settled) {
          const difference = differences.require(volumeId, id)
          if (difference.state !== 'judged' || difference.planId !== null)
            throw new AppError('RECONCILE_WRONG_STATE', { state: difference.state })
          differences.save({ ...difference, planId: record.id })
        }
        plans().insert(record)
        return record
      })
      return told(plan, call)
    },
    'settlements.drop': ({ volumeId, planId }, call) => {
      const catalogue = parts.catalogue()
      catalogue.transaction(() => {
        const plan = plans().require(volumeId, planId)
        const request = liveRequest(catalogue, { volumeId, planId, at: at() })
        if (plan.state !== 'prepared' || request !== undefined)
          throw new AppError('RECONCILE_WRONG_STATE', {
            state: request === undefined ? plan.state : 'requested',
          })
        const differences = differenceRecords(catalogue)
        for (const difference of differences.ofPlan(planId)) differences.save({ ...difference, planId: null })
        plans().save({ ...plan, state: 'dropped' })
      })
      call.note({ subject: `plan:${planId}` })
      parts.changed(volumeId)
      return {}
    },
    'settlements.apply': async ({ volumeId, planId }, call) => {
      const session = requireSession(call)
      requireTargets(plans().require(volumeId, planId), session)
      const { accountId: by } = session
      const plan = await applyPlan(parts, { volumeId, planId, by, approvalId: call.approvalId })
      parts.caseChanged(plan.caseId)
      return told(plan, call)
    },
    'settlements.check': ({ volumeId, planId, ok, note }, call) => {
      const catalogue = parts.catalogue()
      const { accountId: by } = requireSession(call)
      call.note({ details: { ok } })
      const plan = catalogue.transaction(() => {
        const checked = checkPlan(catalogue, parts.vault(), { volumeId, planId, ok, note, by, at: at() })
        if (checked.approvalId === null) return checked
        // The request that it was applied by is checked with it, by the same rule of three people.
        const approval = catalogue.approvals.require(checked.approvalId)
        const next = advance(approval, { step: 'check', by, ok })
        if (!next.ok)
          throw next.refusal === 'same-person'
            ? new AppError('RECONCILE_SAME_PERSON')
            : new AppError('RECONCILE_WRONG_STATE', { state: approval.state })
        catalogue.approvals.save({ ...approval, ...next.course, checkedAt: at(), checkNote: note })
        return checked
      })
      if (plan.approvalId !== null) parts.approvalsChanged()
      return told(plan, call)
    },
    'settlements.undo': async ({ volumeId, planId, reason }, call) => {
      const session = requireSession(call)
      requireTargets(plans().require(volumeId, planId), session)
      const plan = await undoPlan(parts, { volumeId, planId, by: session.accountId, reason })
      if (plan.approvalId !== null) parts.approvalsChanged()
      parts.caseChanged(plan.caseId)
      return told(plan, call)
    },
    'settlements.notes': ({ volumeId }) => {
      const { accounts } = parts.catalogue()
      return closingNote(parts.catalogue(), parts.vault())
        .list(volumeId)
        .map((line) => ({
          ...line,
          by: accounts.find(line.by)?.displayName ?? line.by,
          numbers: [...line.numbers],
          plan: line.plan === null ? null : { ...line.plan, done: [...line.plan.done] },
        }))
    },
  }
}
