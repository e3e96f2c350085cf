import { setImmediate as breathe } from 'node:timers/promises'
import type { AlarmRuleId, Thresholds } from '../../shared/domain/alarm-rule.ts'
import type { Statements } from '../catalogue/index.ts'
import {
  type Alarm,
  type AlarmRecords,
  alarmRecords,
  type RuleSetting,
  wholeThresholds,
} from './alarm-records.ts'
import type { AuditLog } from './audit-log.ts'
import { type AuditRecord, recordOf, recordPages } from './audit-record.ts'
import { type Finding, RULES, type Watch } from './rules/index.ts'

/** The rules at work: they hear every record as it is written, and raise alarms in the same transaction. */
export interface AlarmDesk {
  readonly alarms: Pick<AlarmRecords, 'list' | 'openCount' | 'close'>
  readonly rules: () => readonly RuleSetting[]
  readonly setRule: (setting: Omit<RuleSetting, 'changed'>, by: string) => void
  /** What a rule would have found in history with these thresholds; raises nothing. */
  readonly replay: (
    rule: AlarmRuleId,
    thresholds: Thresholds,
    range: ReplayRange,
  ) => Promise<readonly Finding[]>
}

export interface ReplayRange {
  readonly from: string | null
  readonly to: string | null
  /** Stops at so many findings. */
  readonly limit: number
}

export interface AlarmDeskParts {
  readonly sql: Statements
  readonly log: AuditLog
  readonly now: () => Date
  readonly newId: () => string
  readonly onAlarm: (alarm: Pick<Alarm, 'id' | 'rule'>) => void
}

/** What the alarms themselves write must not raise another. */
const OWN = /^alarm\./

export function alarmDesk({ sql, log, now, newId, onAlarm }: AlarmDeskParts): AlarmDesk {
  const records = alarmRecords(sql)
  let watches: readonly { readonly rule: AlarmRuleId; readonly watch: Watch }[] | undefined
  let heardTo = 0

  /** Brings a rule to where it would stand had it heard everything so far. */
  const begin = (rule: AlarmRuleId, thresholds: Thresholds, before: number, at: number): Watch => {
    const { actions, start, memoryMs, lastOfEach } = RULES[rule]
    const watch = start(thresholds)
    const memory = memoryMs(thresholds)
    const since = new Date(Math.max(0, at - memory)).toISOString()
    if (lastOfEach === true) {
      const last = sql.all(
        `SELECT * FROM audit_record WHERE sequence IN (
           SELECT (SELECT max(sequence) FROM audit_record WHERE account_id = account.id AND sequence < ?) FROM account
         ) ORDER BY sequence`,
        before,
      )
      for (const row of last) watch(recordOf(row))
      return watch
    }
    if (memory === 0) return watch
    const chosen = actions === null ? '' : `AND action IN (${actions.map(() => '?').join(', ')})`
    for (const row of sql.each(
      `SELECT * FROM audit_record WHERE at >= ? AND sequence < ? ${chosen} ORDER BY sequence`,
      ...[since, before, ...(actions ?? [])],
    )) {
      watch(recordOf(row))
    }
    return watch
  }
  const beginAll = (before: number) => {
    const at = now().getTime()
    watches = records
      .settings()
      .filter(({ enabled }) => enabled)
      .map(({ rule, thresholds }) => ({ rule, watch: begin(rule, thresholds, before, at) }))
    return watches
  }

  const raise = (rule: AlarmRuleId, finding: Finding) => {
    const id = newId()
    const { accountId, what, sequences } = finding
    records.raise({ id, rule, raisedAt: now().toISOString(), accountId, what, records: sequences })
    log.append({
      action: 'alarm.raised',
      accountId: null,
      sessionId: null,
      subject: `alarm:${id}`,
      result: 'done',
      code: null,
      details: {
        rule,
        what,
        account: accountId,
        records: sequences.length,
        first: sequences[0] ?? null,
        last: sequences.at(-1) ?? null,
      },
    })
    onAlarm({ id, rule })
  }

  log.watch((record) => {
    // A number that was heard before means that a transaction was undone: what it said must be forgotten.
    const running = watches === undefined || record.sequence <= heardTo ? beginAll(record.sequence) : watches
    heardTo = record.sequence
    if (OWN.test(record.action)) return
    for (const { rule, watch } of running) for (const finding of watch(record)) raise(rule, finding)
  })

  return {
    alarms: records,
    rules: records.settings,
    setRule: (setting, by) => {
      records.set(setting, by, now().toISOString())
      watches = undefined
    },
    replay: async (rule, thresholds, { from, to, limit }) => {
      const watch = RULES[rule].start(wholeThresholds(rule, thresholds))
      const found: Finding[] = []
      const inRange = ({ at }: AuditRecord) => (from === null || at >= from) && (to === null || at <= to)
      for (const rows of recordPages(sql)) {
        for (const row of rows) {
          const record = recordOf(row)
          // What came before is heard as well, so that the first days are judged by what was usual.
          const findings = OWN.test(record.action) ? [] : watch(record)
          if (inRange(record)) found.push(...findings)
        }
        if (found.length >= limit) break
        await breathe()
      }
      return found.slice(0, limit)
    },
  }
}
