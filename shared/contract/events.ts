import type { JobSummary } from './jobs.ts'
import type { SessionState } from './session.ts'

/** What the core tells without being asked. */
export type CoreEvent =
  | { readonly event: 'job'; readonly job: JobSummary }
  | {
      readonly event: 'changed'
      readonly what: 'case-list' | 'settings' | 'templates' | 'alarms' | 'approvals' | 'recognition'
    }
  | { readonly event: 'changed'; readonly what: 'case'; readonly caseId: string }
  /** A checking, its register or its plans. */
  | { readonly event: 'changed'; readonly what: 'reconcile'; readonly volumeId: string }
  | { readonly event: 'session'; readonly state: SessionState }
  | { readonly event: 'core'; readonly state: 'ready' | 'stopped' | 'restarted' }

export type EventName = CoreEvent['event']
export type EventOf<N extends EventName> = Extract<CoreEvent, { readonly event: N }>
