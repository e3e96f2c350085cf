import {
  ALARM_RULE_IDS,
  type AlarmRuleId,
  shippedThresholds,
  type Thresholds,
  wrongThreshold,
} from '../../shared/domain/alarm-rule.ts'
import { AppError } from '../../shared/errors.ts'
import type { Row, Statements } from '../catalogue/index.ts'

export interface Alarm {
  readonly id: string
  readonly rule: AlarmRuleId
  readonly raisedAt: string
  readonly accountId: string | null
  /** Which of the rule's conditions held. */
  readonly what: string
  /** Sequence numbers of the records that it is about. */
  readonly records: readonly number[]
  readonly closedAt: string | null
  readonly closedBy: string | null
  readonly note: string | null
}

/** A rule as it is set now. */
export interface RuleSetting {
  readonly rule: AlarmRuleId
  readonly enabled: boolean
  readonly thresholds: Thresholds
  /** False while it stands as shipped. */
  readonly changed: boolean
}

export interface AlarmRecords {
  readonly raise: (alarm: Omit<Alarm, 'closedAt' | 'closedBy' | 'note'>) => void
  readonly list: (state: 'open' | 'closed' | 'all', limit: number) => readonly Alarm[]
  readonly openCount: () => number
  /** Throws CATALOGUE_NOT_FOUND, and CATALOGUE_CONFLICT for one that is closed already. */
  readonly close: (id: string, by: string, at: string, note: string) => Alarm
  readonly settings: () => readonly RuleSetting[]
  /** Throws CALL_INVALID_INPUT. */
  readonly set: (setting: Omit<RuleSetting, 'changed'>, by: string, at: string) => void
}

const alarmOf = (row: Row): Alarm => ({
  id: String(row.id),
  rule: String(row.rule) as AlarmRuleId,
  raisedAt: String(row.raised_at),
  accountId: row.account_id === null ? null : String(row.account_id),
  what: String(row.what),
  records: JSON.parse(String(row.records)) as number[],
  closedAt: row.closed_at === null ? null : String(row.closed_at),
  closedBy: row.closed_by === null ? null : String(row.closed_by),
  note: row.note === null ? null : String(row.note),
})

const WHERE = { open: 'closed_at IS NULL', closed: 'closed_at IS NOT NULL', all: 'TRUE' } as const

/** Fills up with what is shipped, for thresholds that a later version of the program adds. */
export function wholeThresholds(rule: AlarmRuleId, given: Thresholds): Thresholds {
  const whole = { ...shippedThresholds(rule), ...given }
  const field = wrongThreshold(rule, whole)
  if (field !== undefined) throw new AppError('CALL_INVALID_INPUT', { method: 'audit.rule', field })
  return whole
}

export function alarmRecords(sql: Statements): AlarmRecords {
  return {
    raise: ({ id, rule, raisedAt, accountId, what, records }) => {
      sql.run(
        'INSERT INTO alarm (id, rule, raised_at, account_id, what, records) VALUES (?, ?, ?, ?, ?, ?)',
        ...[id, rule, raisedAt, accountId, what, JSON.stringify(records)],
      )
    },
    list: (state, limit) =>
      sql
        .all(
          `SELECT * FROM alarm WHERE ${WHERE[state]} ORDER BY closed_at IS NOT NULL, id DESC LIMIT ?`,
          limit,
        )
        .map(alarmOf),
    openCount: () => Number(sql.one('SELECT count(*) AS n FROM alarm WHERE closed_at IS NULL')?.n ?? 0),
    close: (id, by, at, note) => {
      const row = sql.one('SELECT * FROM alarm WHERE id = ?', id)
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'alarm' })
      if (row.closed_at !== null) throw new AppError('CATALOGUE_CONFLICT', { kind: 'alarm' })
      sql.run('UPDATE alarm SET closed_at = ?, closed_by = ?, note = ? WHERE id = ?', at, by, note, id)
      return { ...alarmOf(row), closedAt: at, closedBy: by, note }
    },
    settings: () => {
      const rows = new Map(sql.all('SELECT * FROM alarm_rule').map((row) => [String(row.rule), row]))
      return ALARM_RULE_IDS.map((rule) => {
        const row = rows.get(rule)
        if (row === undefined)
          return { rule, enabled: true, thresholds: shippedThresholds(rule), changed: false }
        const thresholds = wholeThresholds(rule, JSON.parse(String(row.thresholds)) as Thresholds)
        return { rule, enabled: row.enabled === 1, thresholds, changed: true }
      })
    },
    set: ({ rule, enabled, thresholds }, by, at) => {
      const whole = wholeThresholds(rule, thresholds)
      sql.run(
        `INSERT INTO alarm_rule VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (rule) DO UPDATE SET enabled = excluded.enabled, thresholds = excluded.thresholds,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        ...[rule, enabled ? 1 : 0, JSON.stringify(whole), at, by],
      )
    },
  }
}
