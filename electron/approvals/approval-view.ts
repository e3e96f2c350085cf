import type { ApprovalAction, ApprovalRow } from '../../shared/contract/approvals.ts'
import { isMethodName, methodOf } from '../../shared/contract/index.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { type ApprovalEvent, advance, CHANGE_PERMISSIONS, hasExpired } from '../../shared/domain/approval.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import type { Session } from '../access/index.ts'
import type { ApprovalRecord, Catalogue } from '../catalogue/index.ts'

export interface ViewParts {
  readonly catalogue: () => Catalogue
  readonly now: () => Date
  /** What is known of the resource and of how the session's account stands to it. */
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
}

/** Where a request stands now: one that ended with the day says so before anybody has touched it again. */
export function stateNow(record: ApprovalRecord, at: string): ApprovalRecord['state'] {
  return hasExpired(record, at) ? 'expired' : record.state
}

function allowed(session: Session, permission: Permission, facts: CaseFacts): boolean {
  if (refusalOf(session.grants, permission, facts) !== null) return false
  return facts.compartment === null || session.compartments.has(facts.compartment)
}

/** Whether a person may see a request at all: their own, or one of a case where they have a part in changes. */
export function seesApproval(session: Session, record: ApprovalRecord, facts: CaseFacts): boolean {
  if (facts.recused) return false
  if (facts.compartment !== null && !session.compartments.has(facts.compartment)) return false
  if (record.requestedBy === session.accountId) return true
  return CHANGE_PERMISSIONS.some((permission) => allowed(session, permission, facts))
}

/** What a person may do with a request now: rights, state and the separation of people together. */
export function actionsOf(
  session: Session,
  record: ApprovalRecord,
  facts: CaseFacts,
  at: string,
): ApprovalAction[] {
  const by = session.accountId
  const steps = (event: ApprovalEvent) => advance(record, event).ok
  const method = isMethodName(record.method) ? methodOf(record.method).needs : null
  const mayCall =
    method !== null && method !== 'anyone' && method !== 'signed-in' && allowed(session, method, facts)
  const actions: ApprovalAction[] = []
  if (allowed(session, 'change.approve', facts) && steps({ step: 'decide', by, at, approve: true }))
    actions.push('decide')
  if (allowed(session, 'change.execute', facts) && mayCall && steps({ step: 'begin', by, at }))
    actions.push('execute')
  if (allowed(session, 'change.check', facts) && steps({ step: 'check', by, ok: true })) actions.push('check')
  if (!hasExpired(record, at) && steps({ step: 'withdraw', by, at })) actions.push('withdraw')
  return actions
}

/** Rows as one person sees them; facts of a case or volume are asked once. */
export function approvalView(parts: ViewParts, session: Session) {
  const known = new Map<string, CaseFacts | null>()
  const at = parts.now().toISOString()
  const factsFor = ({ caseId, volumeId }: ApprovalRecord): CaseFacts | null => {
    const key = volumeId ?? caseId
    const found = known.get(key)
    if (found !== undefined) return found
    const facts = parts.factsOf({ kind: volumeId === null ? 'case' : 'volume', id: key }, session)
    known.set(key, facts)
    return facts
  }
  const nameOf = (accountId: string) => parts.catalogue().accounts.find(accountId)?.displayName ?? accountId
  const step = (by: string | null, stepAt: string | null, note: string) =>
    by === null || stepAt === null ? null : { by, name: nameOf(by), at: stepAt, note }

  return {
    sees: (record: ApprovalRecord): boolean => {
      const facts = factsFor(record)
      return facts !== null && seesApproval(session, record, facts)
    },
    row: (record: ApprovalRecord): ApprovalRow => {
      const facts = factsFor(record)
      const { requestedBy, requestedAt, reason } = record
      return {
        id: record.id,
        caseId: record.caseId,
        caseNumber: parts.catalogue().cases.require(record.caseId).number,
        method: record.method,
        state: stateNow(record, at),
        reason,
        requested: { by: requestedBy, name: nameOf(requestedBy), at: requestedAt, note: record.closingNote },
        decided: step(record.decidedBy, record.decidedAt, record.decisionNote),
        executed: step(record.executedBy, record.executedAt, ''),
        checked: step(record.checkedBy, record.checkedAt, record.checkNote),
        expiresAt: record.expiresAt,
        may: facts === null ? [] : actionsOf(session, record, facts, at),
      }
    },
  }
}
