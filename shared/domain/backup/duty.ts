/** 备份策略: the regular duties of domain.md §6. */
export const DUTY_KINDS = [
  'incremental',
  'full',
  'offline-set',
  'off-site',
  'sample',
  'rehash',
  'drill',
  'full-drill',
  'inspection',
] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

/** How each duty is called, on the command line and in print. */
export const DUTY_WORDS: Readonly<Record<DutyKind, { readonly zh: string; readonly en: string }>> = {
  incremental: { zh: '增量备份', en: 'Incremental backup' },
  full: { zh: '全量备份', en: 'Full backup' },
  'offline-set': { zh: '离线套（A 套）', en: 'Offline set (A)' },
  'off-site': { zh: '异地套（B 套）', en: 'Off-site set (B)' },
  sample: { zh: '抽样核验', en: 'Sample check' },
  rehash: { zh: '全量核验', en: 'Full re-hash' },
  drill: { zh: '恢复演练', en: 'Restore drill' },
  'full-drill': { zh: '全量恢复演练', en: 'Full restore drill' },
  inspection: { zh: '载体检测', en: 'Inspection of media' },
}

/** Days between two times, as shipped: daily, weekly, monthly, quarterly, monthly, yearly, quarterly, yearly, yearly. */
export const SHIPPED_INTERVALS: Readonly<Record<DutyKind, number>> = {
  incremental: 1,
  full: 7,
  'offline-set': 31,
  'off-site': 92,
  sample: 31,
  rehash: 366,
  drill: 92,
  'full-drill': 366,
  inspection: 366,
}

export interface DutyPlan {
  readonly kind: DutyKind
  readonly everyDays: number
  readonly active: boolean
}

/** `soon`: within a tenth of the interval, at least a day. */
export type DutyState = 'never' | 'overdue' | 'soon' | 'done' | 'off'

export interface DutyStanding {
  readonly kind: DutyKind
  readonly everyDays: number
  /** UTC ISO. */
  readonly lastAt: string | null
  readonly dueAt: string | null
  readonly state: DutyState
}

const DAY = 86_400_000

/**
 * How a duty stands at a time. A clock set back makes the last time lie ahead: that counts as overdue, because nobody
 * knows how long ago it really was.
 */
export function dutyStanding(
  { kind, everyDays, active }: DutyPlan,
  lastAt: string | null,
  now: Date,
): DutyStanding {
  const base = { kind, everyDays, lastAt }
  if (!active) return { ...base, dueAt: null, state: 'off' }
  if (lastAt === null) return { ...base, dueAt: null, state: 'never' }
  const last = Date.parse(lastAt)
  const due = last + everyDays * DAY
  const dueAt = new Date(due).toISOString()
  if (last > now.getTime() + DAY || due < now.getTime()) return { ...base, dueAt, state: 'overdue' }
  const notice = Math.max(DAY, (everyDays * DAY) / 10)
  return { ...base, dueAt, state: due - now.getTime() <= notice && everyDays > 1 ? 'soon' : 'done' }
}
