/**
 * What a check, a drill or a run found, as a code with its details: it is kept so, and put into words where it is shown
 * or printed.
 */
export const FINDING_CODES = [
  // Tasks.
  'problems',
  'vault-damaged',
  'inspection-unreadable',
  'run-failed',
  'run-unproven',
  // Drills: what is missed.
  'point-failed',
  'rto-missed',
  'rpo-missed',
  // Drills: what stands beside a point.
  'error',
  'not-done',
  'root',
  'files',
  'way',
  'database',
  'count',
  'head',
  'chain',
  'all-objects',
  'sample',
  'closed',
  'absent',
  'wrong-objects',
  'page-seed',
  'compared',
  'wrong-pages',
  'rto',
  'rpo',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

export interface Finding {
  readonly code: FindingCode
  readonly details: Readonly<Record<string, string | number>>
}

/** How a task was settled by what the program itself did, and not by a person's words. */
export const REMEDY_CODES = ['verified-whole', 'restored', 'backed-up'] as const
export type RemedyCode = (typeof REMEDY_CODES)[number]
