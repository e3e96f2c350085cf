import type { AuditRecord } from '../audit-record.ts'
import type { Finding, Watch } from './rule.ts'

type Key = (record: AuditRecord) => string | null

export const byAccount: Key = ({ accountId }) => accountId

interface Seen {
  readonly time: number
  readonly sequence: number
  readonly value: number | string
}

interface WindowShape {
  readonly when: (record: AuditRecord) => boolean
  readonly key: Key
  readonly windowMs: number
  readonly what: string
  readonly value: (record: AuditRecord) => number | string | null
  /** When it happened, where that is not when it was recorded. */
  readonly time?: ((record: AuditRecord) => string) | undefined
  /** Whether what stands in the window is too much. */
  readonly tooMuch: (seen: readonly Seen[]) => boolean
}

/**
 * Keeps, for each key, what happened within the window. When it is too much it is told once and the window begins
 * anew, so that an alarm comes again only when as much has happened again.
 */
function windowed(shape: WindowShape): Watch {
  const windows = new Map<string, Seen[]>()
  return (record) => {
    if (!shape.when(record)) return []
    const key = shape.key(record)
    const value = shape.value(record)
    if (key === null || value === null) return []
    const time = Date.parse(shape.time?.(record) ?? record.at)
    const seen = windows.get(key) ?? []
    while (seen[0] !== undefined && seen[0].time <= time - shape.windowMs) seen.shift()
    seen.push({ time, sequence: record.sequence, value })
    windows.set(key, seen)
    if (!shape.tooMuch(seen)) return []
    windows.delete(key)
    const finding: Finding = {
      accountId: record.accountId,
      what: shape.what,
      sequences: seen.map(({ sequence }) => sequence),
    }
    return [finding]
  }
}

/** So many, or an amount of so much, within the window. */
export function counting(shape: {
  readonly when: WindowShape['when']
  readonly key?: Key
  readonly windowMs: number
  readonly what: string
  readonly weight?: (record: AuditRecord) => number
  readonly time?: (record: AuditRecord) => string
  readonly atLeast: number
}): Watch {
  const { weight = () => 1, atLeast, key = byAccount } = shape
  return windowed({
    ...shape,
    key,
    value: weight,
    tooMuch: (seen) => seen.reduce((sum, { value }) => sum + Number(value), 0) >= atLeast,
  })
}

/** So many different things within the window. */
export function distinct(shape: {
  readonly when: WindowShape['when']
  readonly key?: Key
  readonly windowMs: number
  readonly what: string
  readonly of: (record: AuditRecord) => string | null
  readonly atLeast: number
}): Watch {
  return windowed({
    ...shape,
    key: shape.key ?? byAccount,
    value: shape.of,
    tooMuch: (seen) => new Set(seen.map(({ value }) => value)).size >= shape.atLeast,
  })
}

/** Every so many of them, however long it takes. */
export function each(when: WindowShape['when'], what: string, atLeast = 1): Watch {
  return counting({ when, key: () => 'all', windowMs: Number.POSITIVE_INFINITY, what, atLeast })
}

/** Several conditions under one rule. */
export function together(...watches: readonly Watch[]): Watch {
  return (record) => watches.flatMap((watch) => watch(record))
}
