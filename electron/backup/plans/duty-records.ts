import { Automation, Retention } from '../../../shared/contract/backup.ts'
import { SHIPPED_AUTOMATION } from '../../../shared/domain/backup/automation.ts'
import {
  DUTY_KINDS,
  type DutyKind,
  type DutyPlan,
  SHIPPED_INTERVALS,
} from '../../../shared/domain/backup/duty.ts'
import { number, type Statements, text } from '../../catalogue/index.ts'

/** 备份策略, 保留方案 and 自动备份, as the unit set them; as shipped where it did not. */
export interface PlanRecords {
  readonly duties: () => readonly DutyPlan[]
  readonly setDuty: (plan: DutyPlan) => void
  readonly retention: () => Retention
  readonly setRetention: (retention: Retention) => void
  readonly automation: () => Automation
  readonly setAutomation: (automation: Automation) => void
}

const RETENTION = 'backupRetention'
const AUTOMATION = 'backupAutomation'
/** A fortnight of days, two months of weeks, a year of months, and ten years. */
const SHIPPED_RETENTION: Retention = { daily: 14, weekly: 8, monthly: 12, yearly: 10 }

export function planRecords(sql: Statements): PlanRecords {
  const setting = (key: string): unknown => {
    const row = sql.one('SELECT value FROM setting WHERE key = ?', key)
    return row === undefined ? undefined : JSON.parse(text(row, 'value'))
  }
  const putSetting = (key: string, value: object) => {
    sql.run(
      'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      ...[key, JSON.stringify(value)],
    )
  }
  return {
    duties: () => {
      const set = new Map(
        sql
          .all('SELECT * FROM backup_duty')
          .map((row) => [
            text(row, 'kind') as DutyKind,
            { everyDays: number(row, 'every_days'), active: number(row, 'active') === 1 },
          ]),
      )
      return DUTY_KINDS.map((kind) => ({
        kind,
        ...(set.get(kind) ?? { everyDays: SHIPPED_INTERVALS[kind], active: true }),
      }))
    },
    setDuty: ({ kind, everyDays, active }) => {
      sql.run(
        `INSERT INTO backup_duty VALUES (?, ?, ?)
         ON CONFLICT (kind) DO UPDATE SET every_days = excluded.every_days, active = excluded.active`,
        ...[kind, everyDays, Number(active)],
      )
    },
    retention: () => Retention.parse(setting(RETENTION) ?? SHIPPED_RETENTION),
    setRetention: (retention) => putSetting(RETENTION, retention),
    automation: () => Automation.parse(setting(AUTOMATION) ?? SHIPPED_AUTOMATION),
    setAutomation: (automation) => putSetting(AUTOMATION, automation),
  }
}
