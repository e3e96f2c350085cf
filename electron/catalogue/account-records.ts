import type { Role } from '../../shared/domain/permission.ts'
import type { Compartment } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { type Row, type Statements, text, textOrNull } from './statements.ts'

export type AccountState = 'pending' | 'active' | 'left'

/** An account as the room knows it; its keys stand in the vault's slot. */
export interface AccountRecord {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly staffNumber: string
  readonly state: AccountState
  readonly proposedRoles: readonly Role[]
  readonly keysDue: readonly Compartment[]
  readonly createdBy: string
  readonly createdAt: string
  readonly approvedBy: string | null
  readonly lastActiveAt: string | null
}

export type NewAccountRecord = Omit<AccountRecord, 'createdAt' | 'approvedBy' | 'lastActiveAt'>

export interface AccountRecords {
  readonly insert: (account: NewAccountRecord, at: string) => void
  readonly find: (id: string) => AccountRecord | undefined
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly require: (id: string) => AccountRecord
  readonly all: () => readonly AccountRecord[]
  readonly setRoles: (id: string, roles: readonly Role[]) => void
  readonly setState: (id: string, state: AccountState) => void
  readonly approve: (id: string, by: string, at: string) => void
  readonly setKeysDue: (id: string, compartments: readonly Compartment[]) => void
  readonly touch: (id: string, at: string) => void
  /** Only for one that was never approved. */
  readonly remove: (id: string) => void
}

function accountRecord(row: Row): AccountRecord {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    displayName: text(row, 'display_name'),
    roles: JSON.parse(text(row, 'roles')) as Role[],
    staffNumber: text(row, 'staff_number'),
    state: text(row, 'state') as AccountState,
    proposedRoles: JSON.parse(text(row, 'proposed_roles')) as Role[],
    keysDue: JSON.parse(text(row, 'keys_due')) as Compartment[],
    createdBy: text(row, 'created_by'),
    createdAt: text(row, 'created_at'),
    approvedBy: textOrNull(row, 'approved_by'),
    lastActiveAt: textOrNull(row, 'last_active_at'),
  }
}

export function accountRecords(sql: Statements): AccountRecords {
  const find = (id: string) => {
    const row = sql.one('SELECT * FROM account WHERE id = ?', id)
    return row === undefined ? undefined : accountRecord(row)
  }
  return {
    insert: (account, at) => {
      sql.run(
        `INSERT INTO account (id, name, display_name, roles, staff_number, state, proposed_roles, keys_due, created_by,
           created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[account.id, account.name, account.displayName, JSON.stringify(account.roles)],
        ...[account.staffNumber, account.state, JSON.stringify(account.proposedRoles)],
        ...[JSON.stringify(account.keysDue), account.createdBy, at],
      )
    },
    find,
    require: (id) => {
      const found = find(id)
      if (found === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'account', id })
      return found
    },
    all: () => sql.all('SELECT * FROM account ORDER BY name').map(accountRecord),
    setRoles: (id, roles) => {
      sql.run('UPDATE account SET roles = ? WHERE id = ?', JSON.stringify(roles), id)
    },
    setState: (id, state) => {
      sql.run('UPDATE account SET state = ? WHERE id = ?', state, id)
    },
    approve: (id, by, at) => {
      sql.run(
        `UPDATE account SET state = 'active', approved_by = ?, approved_at = ?, proposed_roles = '[]' WHERE id = ?`,
        ...[by, at, id],
      )
    },
    setKeysDue: (id, compartments) => {
      sql.run('UPDATE account SET keys_due = ? WHERE id = ?', JSON.stringify(compartments), id)
    },
    touch: (id, at) => {
      sql.run('UPDATE account SET last_active_at = ? WHERE id = ?', at, id)
    },
    remove: (id) => {
      sql.run(`DELETE FROM account WHERE id = ? AND state = 'pending' AND approved_at IS NULL`, id)
    },
  }
}
