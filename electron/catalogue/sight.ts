import type { Grant } from '../../shared/domain/role-matrix.ts'
import { SECRECY_LEVELS } from '../../shared/domain/secrecy.ts'
import type { Statements } from './statements.ts'

/** Which cases lists, counts and hits may show to one person, and whether 副卷 pages count. */
export interface Sight {
  readonly accountId: string
  /** UTC ISO: assignments and loans are in force at this moment. */
  readonly at: string
  /** The person's grants of `case.read`. */
  readonly grants: readonly Grant[]
  readonly restricted: boolean
}

export interface Condition {
  readonly sql: string
  readonly values: readonly string[]
}

/** SQL for an assignment or loan that is in force; its two values are the moment, twice. */
export const IN_FORCE = 'ended_at IS NULL AND from_at <= ? AND (until_at IS NULL OR until_at > ?)'

function grantCondition(grant: Grant, sight: Sight, alias: string): Condition {
  const parts: string[] = []
  const values: string[] = []
  if (grant.scope !== 'all') {
    parts.push(
      `${alias}.id IN (SELECT case_id FROM case_assignment WHERE account_id = ? AND kind = ? AND ${IN_FORCE})`,
    )
    values.push(sight.accountId, grant.scope, sight.at, sight.at)
  }
  const { secrecyUpTo, statuses } = grant
  if (secrecyUpTo !== undefined) {
    const levels = SECRECY_LEVELS.slice(0, SECRECY_LEVELS.indexOf(secrecyUpTo) + 1)
    parts.push(`${alias}.secrecy IN (${levels.map(() => '?').join(', ')})`)
    values.push(...levels)
  }
  if (statuses !== undefined) {
    parts.push(`${alias}.status IN (${statuses.map(() => '?').join(', ')})`)
    values.push(...statuses)
  }
  return { sql: parts.join(' AND '), values }
}

/** The condition under which a case is in sight; empty when everything is. `alias` names the case table. */
export function sightCondition(sql: Statements, sight: Sight, alias = 'case_file'): Condition {
  const values: string[] = []
  const parts: string[] = []
  const each = sight.grants.map((grant) => grantCondition(grant, sight, alias))
  if (each.length === 0) parts.push('0')
  else if (each.every((condition) => condition.sql !== '')) {
    parts.push(`(${each.map((condition) => `(${condition.sql})`).join(' OR ')})`)
    values.push(...each.flatMap((condition) => condition.values))
  }
  // Asked first, since a list of 100,000 cases should not pay for what hardly anybody has.
  if (sql.one('SELECT 1 FROM recusal WHERE account_id = ?', sight.accountId) !== undefined) {
    parts.push(`${alias}.id NOT IN (SELECT case_id FROM recusal WHERE account_id = ?)`)
    values.push(sight.accountId)
  }
  return { sql: parts.join(' AND '), values }
}
