import type { CheckDepth } from '../../../shared/contract/backup.ts'
import type { Medium } from '../../../shared/contract/media.ts'
import type { RunKind } from '../../../shared/domain/backup/due-backup.ts'
import type { MediumEvent, MediumSet } from '../../../shared/domain/backup/medium.ts'

/** What stands over the screen: one at a time. */
export type BackupDialog =
  | { readonly name: 'run'; readonly mediumId?: string; readonly kind?: RunKind }
  | { readonly name: 'verify'; readonly mediumId?: string; readonly depth?: CheckDepth }
  | { readonly name: 'prune'; readonly mediumId?: string }
  | { readonly name: 'restore'; readonly mediumId?: string; readonly snapshotId?: string }
  | {
      readonly name: 'drill'
      readonly mediumId?: string
      readonly snapshotId?: string
      readonly all?: boolean
    }
  | { readonly name: 'register-medium'; readonly set?: MediumSet }
  | { readonly name: 'note'; readonly medium: Medium; readonly event: MediumEvent }
  | { readonly name: 'medium'; readonly mediumId: string }
  | { readonly name: 'check'; readonly mediumId: string }

export type OpenDialog = (dialog: BackupDialog) => void
