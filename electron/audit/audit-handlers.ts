import type { AuditRow } from '../../shared/contract/audit.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { AlarmDesk } from './alarm-desk.ts'
import type { AuditLog } from './audit-log.ts'
import { auditQueries, type ShownRecord } from './audit-queries.ts'
import { exportEvidence, fingerprintOf } from './evidence.ts'
import type { HeadSigner } from './signed-head.ts'

/** What the handlers of the log work with; each throws VAULT_NOT_OPEN while no vault is open. */
export interface AuditDeskParts {
  readonly catalogue: () => Catalogue
  readonly log: () => AuditLog
  readonly alarms: () => AlarmDesk
  readonly signer: () => HeadSigner
  readonly vaultId: () => string
  readonly unitName: () => string
  readonly now: () => Date
  /** The path of `check.mjs` as it ships. */
  readonly checker: string
}

type AuditMethods = `audit.${
  | 'list'
  | 'choices'
  | 'dayOf'
  | 'pageHistory'
  | 'verify'
  | 'signHead'
  | 'exportEvidence'
  | 'rules'
  | 'setRule'
  | 'replayRule'
  | 'alarms'
  | 'closeAlarm'}`

const MOST_ROWS = 5000
const MOST_FINDINGS = 200
const MOST_ALARMS = 1000

const accountOf = (call: Call): string => {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session.accountId
}

export function auditHandlers(parts: AuditDeskParts): Handlers<AuditMethods> {
  const { catalogue, log, alarms } = parts
  const queries = () => auditQueries(catalogue().sql)
  /** Names as they stand now, asked for once an answer. */
  const names = () => {
    const known = new Map(
      catalogue()
        .sql.all('SELECT id, name, display_name FROM account')
        .map((row) => [String(row.id), String(row.display_name) || String(row.name)]),
    )
    return (accountId: string | null) => (accountId === null ? '' : (known.get(accountId) ?? accountId))
  }
  const rowsOf = (records: readonly ShownRecord[]): AuditRow[] => {
    const nameOf = names()
    return records.map(({ format: _, ...record }) => ({
      ...record,
      details: { ...record.details },
      accountName: nameOf(record.accountId),
    }))
  }
  const cut = (records: readonly ShownRecord[]) => ({
    rows: rowsOf(records.slice(0, MOST_ROWS)),
    more: records.length > MOST_ROWS,
  })
  return {
    'audit.list': ({ filter, before, limit }, call) => {
      const { rows, more } = queries().list(filter, before, limit)
      call.note({ details: { records: rows.length } })
      return { rows: rowsOf(rows), more }
    },
    'audit.choices': () => {
      const nameOf = names()
      const accounts = catalogue().sql.all('SELECT id FROM account ORDER BY name')
      return {
        accounts: accounts.map(({ id }) => ({ id: String(id), name: nameOf(String(id)) })),
        actions: [...queries().actions()],
      }
    },
    'audit.dayOf': ({ accountId, from, to }, call) => {
      call.note({ subject: `account:${accountId}`, details: { from, to } })
      return cut(queries().dayOf(accountId, from, to, MOST_ROWS + 1))
    },
    'audit.pageHistory': ({ pageId: given }, call) => {
      const { sql } = catalogue()
      // A record names the version that was looked at; either id leads to the page.
      const ofVersion = sql.one('SELECT page_id FROM page_version WHERE id = ?', given)?.page_id
      const pageId = ofVersion === undefined ? given : String(ofVersion)
      call.note({ subject: `page:${pageId}` })
      const versions = sql.all('SELECT id FROM page_version WHERE page_id = ?', pageId)
      const ids = versions.map(({ id }) => String(id))
      return cut(queries().pageHistory(pageId, ids, MOST_ROWS + 1))
    },
    'audit.verify': async (_, call) => {
      const { recordCount, headCount, signedTo, headHash, damages } = await log().verifyGently()
      call.note({ details: { sound: damages.length === 0, records: recordCount, damages: damages.length } })
      return { recordCount, headCount, signedTo, headHash, damages: [...damages] }
    },
    'audit.signHead': (_, call) => {
      const signer = parts.signer()
      const { number, sequence, recordHash } = log().signHead(signer, 'asked')
      const fingerprint = fingerprintOf(signer.publicKey)
      call.note({ details: { head: number, sequence, key: fingerprint } })
      return { number, sequence, recordHash, fingerprint }
    },
    'audit.exportEvidence': async ({ folder, filter }, call) => {
      const { sql } = catalogue()
      const made = await exportEvidence(
        {
          ...{ sql, log: log(), now: parts.now, checker: parts.checker },
          ...{ vaultId: parts.vaultId(), unitName: parts.unitName(), nameOf: names() },
        },
        parts.signer(),
        filter,
        folder,
      )
      const { folderName, from, to, shownCount } = made
      call.note({ details: { folder: folderName, from, to, shown: shownCount, key: made.fingerprint } })
      return made
    },
    'audit.rules': () =>
      alarms()
        .rules()
        .map((rule) => ({ ...rule, thresholds: { ...rule.thresholds } })),
    'audit.setRule': ({ rule, enabled, thresholds }, call) => {
      alarms().setRule({ rule, enabled, thresholds }, accountOf(call))
      call.note({ subject: `alarm-rule:${rule}`, details: { enabled, ...thresholds } })
      return {}
    },
    'audit.replayRule': async ({ rule, thresholds, from, to }, call) => {
      call.note({ subject: `alarm-rule:${rule}`, details: thresholds })
      const found = await alarms().replay(rule, thresholds, { from, to, limit: MOST_FINDINGS + 1 })
      const nameOf = names()
      const timeOf = (sequence: number | undefined) =>
        String(catalogue().sql.one('SELECT at FROM audit_record WHERE sequence = ?', sequence ?? 0)?.at ?? '')
      const findings = found.slice(0, MOST_FINDINGS).map(({ accountId, what, sequences }) => ({
        accountName: nameOf(accountId),
        what,
        records: [...sequences],
        at: timeOf(sequences.at(-1)),
      }))
      return { findings, more: found.length > MOST_FINDINGS }
    },
    'audit.alarms': ({ state }) => {
      const nameOf = names()
      const { alarms: records } = alarms()
      const rows = records.list(state, MOST_ALARMS).map(({ accountId, closedBy, ...alarm }) => ({
        ...alarm,
        records: [...alarm.records],
        accountName: nameOf(accountId),
        closedByName: nameOf(closedBy),
      }))
      return { alarms: rows, openCount: records.openCount() }
    },
    'audit.closeAlarm': ({ id, note }, call) => {
      const { rule } = alarms().alarms.close(id, accountOf(call), parts.now().toISOString(), note)
      call.note({ subject: `alarm:${id}`, reason: note, details: { rule } })
      return {}
    },
  }
}
