import type { Thresholds } from '../../../shared/domain/alarm-rule.ts'
import type { AuditRecord } from '../audit-record.ts'

/** What a rule says it has found: which records, and of whom. */
export interface Finding {
  readonly accountId: string | null
  /** Which of the rule's conditions held, for the words on the screen. */
  readonly what: string
  readonly sequences: readonly number[]
}

/** A rule at work. It is shown every record once, in order, and keeps only what its window needs. */
export type Watch = (record: AuditRecord) => readonly Finding[]

export interface Rule {
  readonly start: (thresholds: Thresholds) => Watch
  /** How far back it must be shown records to know what it would know had it run all along. */
  readonly memoryMs: (thresholds: Thresholds) => number
  /** Actions it listens to; `null` for all. Only these are read again at the start. */
  readonly actions: readonly string[] | null
  /** It must be shown the last record of every account from before its memory. */
  readonly lastOfEach?: true
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export const numberOf = (thresholds: Thresholds, name: string): number => Number(thresholds[name])

export const detail = (record: AuditRecord, name: string) => record.details[name]

/** A count in the details; one when the record says none. */
export function amount(record: AuditRecord, name: string): number {
  const value = record.details[name]
  return typeof value === 'number' && value >= 0 ? value : 1
}
