import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { IN_FORCE } from './sight.ts'
import { type Row, type Statements, text, textOrNull } from './statements.ts'

export type AssignmentKind = 'own' | 'assigned' | 'granted'

export interface AssignmentRecord {
  readonly id: string
  readonly caseId: string
  readonly accountId: string
  readonly kind: AssignmentKind
  readonly fromAt: string
  readonly untilAt: string | null
  /** The loan that grants it, when it does. */
  readonly loanId: string | null
}

export interface DelegationRecord {
  readonly id: string
  readonly fromAccount: string
  readonly toAccount: string
  readonly roles: readonly Role[]
  readonly fromAt: string
  readonly untilAt: string
  readonly reason: string
  readonly endedAt: string | null
}

/** How a person stands to a case. */
export type Standing = Pick<CaseFacts, 'own' | 'assigned' | 'granted' | 'recused'>

export interface AssignmentRecords {
  readonly add: (assignment: AssignmentRecord, by: string, at: string) => void
  readonly end: (id: string, at: string) => void
  readonly endAllOf: (accountId: string, at: string) => void
  /** In force, without loans. */
  readonly ofCase: (caseId: string, at: string) => readonly AssignmentRecord[]
  readonly standing: (caseId: string, accountId: string, at: string) => Standing
  readonly recusals: (caseId: string) => readonly { readonly accountId: string; readonly reason: string }[]
  readonly recuse: (caseId: string, accountId: string, reason: string | null, by: string, at: string) => void
  readonly addDelegation: (delegation: Omit<DelegationRecord, 'endedAt'>, by: string, at: string) => void
  readonly endDelegation: (id: string, at: string) => void
  readonly delegations: () => readonly DelegationRecord[]
  /** Roles lent to an account at this moment. */
  readonly delegatedRoles: (accountId: string, at: string) => readonly Role[]
}

function assignmentRecord(row: Row): AssignmentRecord {
  return {
    id: text(row, 'id'),
    caseId: text(row, 'case_id'),
    accountId: text(row, 'account_id'),
    kind: text(row, 'kind') as AssignmentKind,
    fromAt: text(row, 'from_at'),
    untilAt: textOrNull(row, 'until_at'),
    loanId: textOrNull(row, 'loan_id'),
  }
}

function delegationRecord(row: Row): DelegationRecord {
  return {
    id: text(row, 'id'),
    fromAccount: text(row, 'from_account'),
    toAccount: text(row, 'to_account'),
    roles: JSON.parse(text(row, 'roles')) as Role[],
    fromAt: text(row, 'from_at'),
    untilAt: text(row, 'until_at'),
    reason: text(row, 'reason'),
    endedAt: textOrNull(row, 'ended_at'),
  }
}

export function assignmentRecords(sql: Statements): AssignmentRecords {
  return {
    add: (assignment, by, at) => {
      sql.run(
        `INSERT INTO case_assignment (id, case_id, account_id, kind, from_at, until_at, loan_id, made_by, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[assignment.id, assignment.caseId, assignment.accountId, assignment.kind, assignment.fromAt],
        ...[assignment.untilAt, assignment.loanId, by, at],
      )
    },
    end: (id, at) => {
      sql.run('UPDATE case_assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, id)
    },
    endAllOf: (accountId, at) => {
      sql.run(
        'UPDATE case_assignment SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL',
        at,
        accountId,
      )
      sql.run(
        'UPDATE delegation SET ended_at = ? WHERE (from_account = ? OR to_account = ?) AND ended_at IS NULL',
        ...[at, accountId, accountId],
      )
    },
    ofCase: (caseId, at) =>
      sql
        .all(
          `SELECT * FROM case_assignment WHERE case_id = ? AND kind <> 'granted' AND ${IN_FORCE} ORDER BY made_at`,
          ...[caseId, at, at],
        )
        .map(assignmentRecord),
    standing: (caseId, accountId, at) => {
      const kinds = new Set(
        sql
          .all(
            `SELECT DISTINCT kind FROM case_assignment WHERE account_id = ? AND case_id = ? AND ${IN_FORCE}`,
            ...[accountId, caseId, at, at],
          )
          .map((row) => text(row, 'kind')),
      )
      const recusal = sql.one('SELECT 1 FROM recusal WHERE case_id = ? AND account_id = ?', caseId, accountId)
      return {
        own: kinds.has('own'),
        assigned: kinds.has('assigned'),
        granted: kinds.has('granted'),
        recused: recusal !== undefined,
      }
    },
    recusals: (caseId) =>
      sql
        .all('SELECT account_id, reason FROM recusal WHERE case_id = ? ORDER BY made_at', caseId)
        .map((row) => ({ accountId: text(row, 'account_id'), reason: text(row, 'reason') })),
    recuse: (caseId, accountId, reason, by, at) => {
      sql.run('DELETE FROM recusal WHERE case_id = ? AND account_id = ?', caseId, accountId)
      if (reason === null) return
      sql.run('INSERT INTO recusal VALUES (?, ?, ?, ?, ?)', ...[caseId, accountId, reason, by, at])
    },
    addDelegation: (delegation, by, at) => {
      sql.run(
        `INSERT INTO delegation (id, from_account, to_account, roles, from_at, until_at, reason, made_by, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[delegation.id, delegation.fromAccount, delegation.toAccount, JSON.stringify(delegation.roles)],
        ...[delegation.fromAt, delegation.untilAt, delegation.reason, by, at],
      )
    },
    endDelegation: (id, at) => {
      sql.run('UPDATE delegation SET ended_at = ? WHERE id = ? AND ended_at IS NULL', at, id)
    },
    delegations: () => sql.all('SELECT * FROM delegation ORDER BY made_at DESC').map(delegationRecord),
    delegatedRoles: (accountId, at) =>
      sql
        .all(`SELECT * FROM delegation WHERE to_account = ? AND ${IN_FORCE}`, ...[accountId, at, at])
        .flatMap((row) => delegationRecord(row).roles),
  }
}
