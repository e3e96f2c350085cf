import type { SavedView } from '../../shared/contract/cases.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { number, type Statements, text } from './statements.ts'

export interface FoundingAccount {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly roles: readonly Role[]
}

/** Accounts, settings, templates, saved views and drafts: what stands on the desk beside the cases. */
export interface DeskRecords {
  /** An account that is in force from the start: those of the wizard and of recovery. */
  readonly putAccount: (account: FoundingAccount, at: string) => void
  readonly setting: (key: string) => string | undefined
  readonly putSetting: (key: string, value: string) => void
  readonly templates: () => readonly {
    readonly id: string
    readonly version: number
    readonly body: string
  }[]
  readonly putTemplate: (template: { id: string; version: number; body: string }, at: string) => void
  readonly savedViews: (accountId: string) => SavedView[]
  readonly putSavedView: (accountId: string, view: SavedView) => void
  readonly removeSavedView: (accountId: string, id: string) => void
  readonly draft: (accountId: string, key: string) => Uint8Array | undefined
  readonly putDraft: (accountId: string, key: string, sealed: Uint8Array | null, at: string) => void
}

export function deskRecords(sql: Statements): DeskRecords {
  return {
    putAccount: (account, at) => {
      sql.run(
        `INSERT INTO account (id, name, display_name, roles, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, display_name = excluded.display_name, roles = excluded.roles`,
        ...[account.id, account.name, account.displayName, JSON.stringify(account.roles), at],
      )
    },
    setting: (key) => {
      const row = sql.one('SELECT value FROM setting WHERE key = ?', key)
      return row === undefined ? undefined : text(row, 'value')
    },
    putSetting: (key, value) => {
      sql.run(
        'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        key,
        value,
      )
    },
    templates: () =>
      sql.all('SELECT id, version, body FROM catalogue_template ORDER BY id, version').map((row) => ({
        id: text(row, 'id'),
        version: number(row, 'version'),
        body: text(row, 'body'),
      })),
    putTemplate: (template, at) => {
      sql.run(
        'INSERT INTO catalogue_template (id, version, body, saved_at) VALUES (?, ?, ?, ?)',
        ...[template.id, template.version, template.body, at],
      )
    },
    savedViews: (accountId) =>
      sql.all('SELECT * FROM saved_view WHERE account_id = ? ORDER BY name', accountId).map((row) => ({
        id: text(row, 'id'),
        name: text(row, 'name'),
        definition: JSON.parse(text(row, 'definition')) as SavedView['definition'],
      })),
    putSavedView: (accountId, view) => {
      sql.run(
        `INSERT INTO saved_view (id, account_id, name, definition) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, name) DO UPDATE SET definition = excluded.definition`,
        ...[view.id, accountId, view.name, JSON.stringify(view.definition)],
      )
    },
    removeSavedView: (accountId, id) => {
      sql.run('DELETE FROM saved_view WHERE account_id = ? AND id = ?', accountId, id)
    },
    draft: (accountId, key) => {
      const row = sql.one('SELECT sealed FROM draft WHERE account_id = ? AND key = ?', accountId, key)
      const sealed = row?.sealed
      return sealed instanceof Uint8Array ? sealed : undefined
    },
    putDraft: (accountId, key, sealed, at) => {
      if (sealed === null) {
        sql.run('DELETE FROM draft WHERE account_id = ? AND key = ?', accountId, key)
        return
      }
      sql.run(
        `INSERT INTO draft VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, key) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at`,
        ...[accountId, key, sealed, at],
      )
    },
  }
}
