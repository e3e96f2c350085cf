import type { BackupDialog, OpenDialog } from './backup-dialog.ts'
import { useBackupQuery } from './backup-jobs.ts'
import { DrillDialog } from './drills/drill-dialog.tsx'
import { CheckDrawer } from './media/check-drawer.tsx'
import { MediumDrawer } from './media/medium-drawer.tsx'
import { NoteDialog } from './media/note-dialog.tsx'
import { RegisterMediumDialog } from './media/register-medium-dialog.tsx'
import { PruneDialog } from './register/prune-dialog.tsx'
import { RestoreDialog } from './restore/restore-dialog.tsx'
import { RunDialog } from './run-dialog.tsx'
import { VerifyDialog } from './verify-dialog.tsx'

interface BackupDialogsProps {
  readonly dialog: BackupDialog | undefined
  readonly open: OpenDialog
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

/** The one dialog or drawer that is open. */
export function BackupDialogs({ dialog, open, onClose, onStarted }: BackupDialogsProps) {
  const media = useBackupQuery('media.list', dialog === undefined ? undefined : {})
  if (dialog === undefined || media.data === undefined) return null
  const started = (jobId: string, mediumId: string) => {
    onStarted(jobId, mediumId)
    onClose()
  }
  const shared = { media: media.data, onClose, onStarted: started }
  switch (dialog.name) {
    case 'run':
      return <RunDialog {...shared} {...dialog} />
    case 'verify':
      return <VerifyDialog {...shared} {...dialog} />
    case 'prune':
      return <PruneDialog {...shared} {...dialog} />
    case 'restore':
      return <RestoreDialog {...{ media: media.data, onClose }} {...dialog} />
    case 'drill':
      return <DrillDialog {...shared} {...dialog} />
    case 'register-medium':
      return <RegisterMediumDialog onClose={onClose} open={open} set={dialog.set ?? 'C'} />
    case 'note':
      return <NoteDialog medium={dialog.medium} event={dialog.event} onClose={onClose} />
    case 'medium':
      return <MediumDrawer mediumId={dialog.mediumId} media={media.data} open={open} onClose={onClose} />
    case 'check':
      return (
        <CheckDrawer mediumId={dialog.mediumId} media={media.data} onClose={onClose} onStarted={started} />
      )
  }
}
