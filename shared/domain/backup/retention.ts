/** How many of the newest snapshots to keep of each period; 0: none for that period's sake. */
export interface RetentionPolicy {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
  readonly yearly: number
}

export type KeepReason = 'daily' | 'weekly' | 'monthly' | 'yearly' | 'newest' | 'unverified'

export interface SnapshotAge {
  readonly id: string
  /** UTC ISO. */
  readonly createdAt: string
  readonly verifiedAt: string | null
}

export interface RetentionLine extends SnapshotAge {
  /** Why it stays; empty: it goes. */
  readonly reasons: readonly KeepReason[]
}

/** Periods are those of the calendar where the archive stands: minutes east of UTC, 480 for China. */
const OFFSET_MINUTES = 480

function localDay(createdAt: string): Date {
  return new Date(Date.parse(createdAt) + OFFSET_MINUTES * 60_000)
}

/** ISO 8601 week, as `2026-W47`: Monday first, and the week belongs to the year of its Thursday. */
function weekOf(day: Date): string {
  const thursday = new Date(day)
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7))
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const number = Math.ceil(((thursday.getTime() - first) / 86_400_000 + 1) / 7)
  return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`
}

const PERIODS: readonly {
  readonly reason: 'daily' | 'weekly' | 'monthly' | 'yearly'
  readonly keyOf: (day: Date) => string
}[] = [
  { reason: 'daily', keyOf: (day) => day.toISOString().slice(0, 10) },
  { reason: 'weekly', keyOf: weekOf },
  { reason: 'monthly', keyOf: (day) => day.toISOString().slice(0, 7) },
  { reason: 'yearly', keyOf: (day) => day.toISOString().slice(0, 4) },
]

/**
 * What a policy keeps, newest first. Of each period the newest verified snapshot stands for it. The newest verified
 * one stays whatever the policy says, and so does every one that nobody has verified: it may be needed to understand
 * what went wrong, and only a proven successor makes an older one dispensable.
 */
export function retentionPreview(
  snapshots: readonly SnapshotAge[],
  policy: RetentionPolicy,
): readonly RetentionLine[] {
  const newestFirst = snapshots.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  const reasons = new Map<string, KeepReason[]>(newestFirst.map(({ id }) => [id, []]))
  const verified = newestFirst.filter(({ verifiedAt }) => verifiedAt !== null)
  for (const { id, verifiedAt } of newestFirst) if (verifiedAt === null) reasons.get(id)?.push('unverified')
  const newest = verified[0]
  if (newest !== undefined) reasons.get(newest.id)?.push('newest')
  for (const { reason, keyOf } of PERIODS) {
    const seen = new Set<string>()
    for (const { id, createdAt } of verified) {
      const key = keyOf(localDay(createdAt))
      if (seen.has(key)) continue
      if (seen.size >= policy[reason]) break
      seen.add(key)
      reasons.get(id)?.push(reason)
    }
  }
  return newestFirst.map((snapshot) => ({ ...snapshot, reasons: reasons.get(snapshot.id) ?? [] }))
}
