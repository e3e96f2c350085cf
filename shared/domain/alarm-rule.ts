/** The rules that watch the log (domain.md §10), as data: what can be set, and to what it is set as shipped. */
export const ALARM_RULE_IDS = [
  ...(['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9'] as const),
  ...(['A10', 'A11', 'A12', 'A13', 'A14', 'A15', 'A16', 'A17'] as const),
] as const
export type AlarmRuleId = (typeof ALARM_RULE_IDS)[number]

export type ThresholdValue = number | string | boolean
export type Thresholds = Readonly<Record<string, ThresholdValue>>

/** What may be typed for a threshold: a number within bounds, a time of day, days, or yes and no. */
export interface ThresholdKind {
  readonly kind: 'number' | 'clock' | 'days' | 'yes-no'
  readonly shipped: ThresholdValue
  readonly least?: number
  readonly most?: number
}

const count = (shipped: number, most = 100_000): ThresholdKind => ({
  kind: 'number',
  shipped,
  least: 1,
  most,
})
const clock = (shipped: string): ThresholdKind => ({ kind: 'clock', shipped })

/** Minutes, hours and days stand in the names. */
export const ALARM_RULES: Readonly<Record<AlarmRuleId, Readonly<Record<string, ThresholdKind>>>> = {
  A1: { failures: count(5), minutes: count(10, 1440) },
  A2: { denials: count(10), minutes: count(60, 1440) },
  A3: {
    from: clock('07:00'),
    to: clock('20:00'),
    weekends: { kind: 'yes-no', shipped: true },
    holidays: { kind: 'days', shipped: '' },
    utcOffsetMinutes: { kind: 'number', shipped: 480, least: -720, most: 840 },
  },
  A4: {
    pages: count(50),
    items: count(20),
    minutes: count(60, 1440),
    timesOwnMean: count(3, 100),
    meanDays: count(30, 90),
  },
  A5: { cases: count(30), minutes: count(60, 1440), unassigned: { kind: 'yes-no', shipped: true } },
  A6: { withdrawals: count(10), hours: count(24, 720), sharePercent: count(20, 100) },
  A7: { views: count(1) },
  A8: { hours: count(24, 720) },
  A9: { events: count(1) },
  A10: { events: count(1) },
  A11: { events: count(1) },
  A12: { events: count(1) },
  A13: { days: count(30, 3650) },
  A14: { machines: count(2, 100), minutes: count(30, 1440) },
  A15: { approvals: count(20), minutes: count(5, 1440) },
  A16: { events: count(1) },
  A17: { unmaskings: count(5), minutes: count(60, 1440) },
}

export function shippedThresholds(rule: AlarmRuleId): Thresholds {
  return Object.fromEntries(Object.entries(ALARM_RULES[rule]).map(([name, { shipped }]) => [name, shipped]))
}

const FORMS: Readonly<Record<'clock' | 'days', RegExp>> = {
  clock: /^([01]\d|2[0-3]):[0-5]\d$/,
  days: /^(\d{4}-\d{2}-\d{2}([ ,，、]+|$))*$/,
}

function fits({ kind, least, most }: ThresholdKind, value: ThresholdValue | undefined): boolean {
  switch (kind) {
    case 'yes-no':
      return typeof value === 'boolean'
    case 'number':
      return (
        typeof value === 'number' && Number.isInteger(value) && value >= (least ?? 0) && value <= (most ?? 0)
      )
    case 'clock':
    case 'days':
      return typeof value === 'string' && FORMS[kind].test(value)
  }
}

/** The first threshold that is missing or out of bounds. */
export function wrongThreshold(rule: AlarmRuleId, thresholds: Thresholds): string | undefined {
  return Object.entries(ALARM_RULES[rule]).find(([name, kind]) => !fits(kind, thresholds[name]))?.[0]
}
