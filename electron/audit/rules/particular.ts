import type { Thresholds } from '../../../shared/domain/alarm-rule.ts'
import type { AuditRecord } from '../audit-record.ts'
import { amount, DAY_MS, HOUR_MS, MINUTE_MS, numberOf, type Watch } from './rule.ts'

/** Outside the hours of work, on a weekend or a holiday: told once an account and day. */
export function outsideHours(thresholds: Thresholds): Watch {
  const minuteOf = (text: unknown) => {
    const [hours = 0, minutes = 0] = String(text).split(':').map(Number)
    return hours * 60 + minutes
  }
  const from = minuteOf(thresholds.from)
  const to = minuteOf(thresholds.to)
  const holidays = new Set(String(thresholds.holidays).match(/\d{4}-\d{2}-\d{2}/g) ?? [])
  const told = new Map<string, string>()
  return (record) => {
    if (record.accountId === null || record.result !== 'done') return []
    const local = new Date(Date.parse(record.at) + numberOf(thresholds, 'utcOffsetMinutes') * MINUTE_MS)
    const day = local.toISOString().slice(0, 10)
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes()
    const weekend = thresholds.weekends === true && [0, 6].includes(local.getUTCDay())
    const late = minute < from || minute >= to
    if (!(late || weekend || holidays.has(day)) || told.get(record.accountId) === day) return []
    told.set(record.accountId, day)
    const what = holidays.has(day) ? 'holiday' : weekend ? 'weekend' : 'hours'
    return [{ accountId: record.accountId, what, sequences: [record.sequence] }]
  }
}

/** Fewer days than these with prints say nothing of what is usual. */
const DAYS_FOR_A_MEAN = 5

/** A day on which an account prints or exports many times what it does on its other days. */
export function overOwnMean(thresholds: Thresholds, isOut: (record: AuditRecord) => boolean): Watch {
  const days = new Map<string, Map<number, { total: number; sequences: number[]; told: boolean }>>()
  const meanDays = numberOf(thresholds, 'meanDays')
  return (record) => {
    if (record.accountId === null || !isOut(record)) return []
    const today = Math.floor(Date.parse(record.at) / DAY_MS)
    const own = days.get(record.accountId) ?? new Map()
    days.set(record.accountId, own)
    for (const day of own.keys()) if (day < today - meanDays) own.delete(day)
    const now = own.get(today) ?? { total: 0, sequences: [], told: false }
    own.set(today, now)
    now.total += amount(record, 'pages')
    now.sequences.push(record.sequence)
    const others = [...own].filter(([day]) => day !== today).map(([, { total }]) => total)
    if (now.told || others.length < DAYS_FOR_A_MEAN) return []
    const mean = others.reduce((sum, total) => sum + total, 0) / others.length
    if (now.total <= mean * numberOf(thresholds, 'timesOwnMean')) return []
    now.told = true
    return [{ accountId: record.accountId, what: 'own-mean', sequences: [...now.sequences] }]
  }
}

const RIGHTS_CHANGED = new Set(['account.created', 'account.approved', 'account.rights-changed'])
export const RIGHTS_ACTIONS = [...RIGHTS_CHANGED]

/** Rights given, used and taken back within hours: somebody opened a door for a moment. */
export function raisedAndLowered(thresholds: Thresholds): Watch {
  const roles = new Map<string, ReadonlySet<string>>()
  const raised = new Map<
    string,
    { time: number; sequence: number; added: Set<string>; used: number | null }
  >()
  return (record) => {
    const own = record.accountId === null ? undefined : raised.get(record.accountId)
    if (own !== undefined && own.used === null && record.result === 'done') own.used = record.sequence
    if (!RIGHTS_CHANGED.has(record.action) || record.result !== 'done') return []
    const account = record.subject.replace('account:', '')
    const list = record.details.roles
    if (typeof list !== 'string') return []
    const next = new Set(list.split(',').filter((role) => role !== ''))
    const before = roles.get(account)
    roles.set(account, next)
    if (before === undefined) return []
    const time = Date.parse(record.at)
    const open = raised.get(account)
    const takenBack = open !== undefined && [...open.added].some((role) => !next.has(role))
    if (open !== undefined && takenBack) {
      raised.delete(account)
      if (open.used === null || time - open.time > numberOf(thresholds, 'hours') * HOUR_MS) return []
      return [
        {
          accountId: account,
          what: 'raised-lowered',
          sequences: [open.sequence, open.used, record.sequence],
        },
      ]
    }
    const added = new Set([...next].filter((role) => !before.has(role)))
    if (added.size > 0) raised.set(account, { time, sequence: record.sequence, added, used: null })
    return []
  }
}

/** An account that was still for long and now acts. */
export function dormant(thresholds: Thresholds): Watch {
  const last = new Map<string, { time: number; sequence: number }>()
  return (record) => {
    const { accountId, sequence } = record
    if (accountId === null) return []
    const time = Date.parse(record.at)
    const before = last.get(accountId)
    last.set(accountId, { time, sequence })
    if (before === undefined || time - before.time <= numberOf(thresholds, 'days') * DAY_MS) return []
    return [{ accountId, what: 'dormant', sequences: [before.sequence, sequence] }]
  }
}

/** Who asked and who approved are the same. */
export function ownRequests(
  isRequest: (record: AuditRecord) => boolean,
  isApproval: (record: AuditRecord) => boolean,
): Watch {
  const asked = new Map<string, { accountId: string | null; sequence: number }>()
  return (record) => {
    const { accountId, sequence, subject } = record
    if (isRequest(record)) asked.set(subject, { accountId, sequence })
    if (!isApproval(record) || accountId === null) return []
    const request = asked.get(subject)
    if (request?.accountId !== accountId) return []
    return [{ accountId, what: 'own-request', sequences: [request.sequence, sequence] }]
  }
}
