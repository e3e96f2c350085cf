import type { JobSummary } from './jobs.ts'
import type { SessionState } from './session.ts'

/** What the core tells without being asked. */
export type CoreEvent =
  | { readonly event: 'job'; readonly job: JobSummary }
  | {
      readonly event: 'changed'
      readonly what:
        | 'case-list'
        | 'settings'
        | 'templates'
        | 'alarms'
        | 'approvals'
        | 'recognition'
        | 'backup'
    }
  | { readonly event: 'changed'; readonly what: 'case'; readonly caseId: string }
  /** A checking, its register or its plans. */
  | { readonly event: 'changed'; readonly what: 'reconcile'; readonly volumeId: string }
  /** How far the work on a report has come; it ends with the answer of the call that does it. */
  | {
      readonly event: 'proof'
      readonly volumeId: string
      /** Images held against their hashes, or pictures drawn for the PDF. */
      readonly phase: 'images' | 'pictures'
      readonly done: number
      readonly total: number
    }
  | { readonly event: 'session'; readonly state: SessionState }
  /** The window is to be closed while a backup is due: from the shell, which closes it once it is told to. */
  | { readonly event: 'leave-asked' }
  | { readonly event: 'core'; readonly state: 'ready' | 'stopped' | 'restarted' }

export type EventName = CoreEvent['event']
export type EventOf<N extends EventName> = Extract<CoreEvent, { readonly event: N }>
