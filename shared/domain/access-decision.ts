import type { Permission } from './permission.ts'
import type { Grant } from './role-matrix.ts'
import { compareSecrecy, type SecrecyLevel } from './secrecy.ts'
import type { Compartment } from './volume-kind.ts'

/** What is known of the thing in hand and of how the person stands to it. */
export interface CaseFacts {
  readonly caseId: string
  readonly status: 'open' | 'filed'
  readonly secrecy: SecrecyLevel
  /** The compartment of the volume in hand; null when the case as a whole is meant. */
  readonly compartment: Compartment | null
  /** 承办, or made by this person. */
  readonly own: boolean
  /** Given to this person to work on: scanning, checking. */
  readonly assigned: boolean
  /** Lent to this person, and not yet over; for a page: this page. */
  readonly granted: boolean
  /** 回避: the person must keep away from this case. */
  readonly recused: boolean
}

/** Why a call is refused, for the screen and the log. */
export type Refusal = 'no-permission' | 'out-of-scope' | 'recused' | 'secrecy' | 'volume-kind' | 'case-status'

function inScope({ scope }: Grant, facts: CaseFacts): boolean {
  switch (scope) {
    case 'own':
      return facts.own
    case 'assigned':
      return facts.assigned
    case 'granted':
      return facts.granted
    case 'all':
      return true
  }
}

function refusalBy(grant: Grant, facts: CaseFacts): Refusal | null {
  if (!inScope(grant, facts)) return 'out-of-scope'
  if (grant.secrecyUpTo !== undefined && compareSecrecy(facts.secrecy, grant.secrecyUpTo) > 0)
    return 'secrecy'
  if (
    grant.compartments !== undefined &&
    facts.compartment !== null &&
    !grant.compartments.includes(facts.compartment)
  )
    return 'volume-kind'
  if (grant.statuses !== undefined && !grant.statuses.includes(facts.status)) return 'case-status'
  return null
}

const NEAREST: readonly Refusal[] = ['case-status', 'volume-kind', 'secrecy', 'out-of-scope']

/**
 * Whether grants allow a permission on the thing in hand; null means yes. Without facts the whole room is meant, and
 * any scope will do: what comes back is then narrowed to what the person may see. 回避 goes before every grant.
 */
export function refusalOf(
  grants: readonly Grant[],
  permission: Permission,
  facts: CaseFacts | null,
): Refusal | null {
  const fitting = grants.filter((grant) => grant.permission === permission)
  if (fitting.length === 0) return 'no-permission'
  if (facts === null) return null
  if (facts.recused) return 'recused'
  const refusals = fitting.map((grant) => refusalBy(grant, facts))
  if (refusals.includes(null)) return null
  return NEAREST.find((reason) => refusals.includes(reason)) ?? 'out-of-scope'
}
