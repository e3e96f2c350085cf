import type { Handlers } from '../access/index.ts'
import type { StartedBackup } from '../backup/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'

/**
 * Signing out once the due backups have run. The core keeps hold of it, and not the window: the desk may be covered
 * meanwhile, and the person is gone.
 */
export function leavingHandlers(
  { onFault }: Pick<FrontDeskParts, 'onFault'>,
  desk: OpenDesk,
): Handlers<'session.leaveAfterBackup' | 'session.stay'> {
  /** Who is leaving now; anybody else's word, or staying, ends it. */
  let leaving: object | undefined

  const leaveAfter = async (room: RecordsRoom, by: string, first: StartedBackup, token: object) => {
    const tried: string[] = []
    for (let run: StartedBackup | null = first; run !== null; ) {
      await room.jobs.ended(run.jobId)
      // Signed out without waiting, or the vault was taken over: the room is another or none.
      if (leaving !== token || desk.roomIfOpen() !== room) return
      tried.push(run.mediumId)
      run = await room.backup.automatic.start('sign-out', by, tried)
    }
    if (leaving !== token || desk.roomIfOpen() !== room) return
    leaving = undefined
    await desk.leave()
    desk.emit({ event: 'session', state: { state: 'signed-out' } })
  }

  return {
    'session.leaveAfterBackup': async (_, call) => {
      const room = desk.room()
      const { accountId } = requireSession(call)
      const run = await room.backup.automatic.start('sign-out', accountId)
      if (run === null) return { jobId: null }
      const { mediumId, mediumNumber: medium, kind } = run
      call.note({ subject: `medium:${mediumId}`, details: { medium, kind, reason: 'sign-out' } })
      const token = {}
      leaving = token
      leaveAfter(room, accountId, run, token).catch((error: unknown) => onFault('session.leaving', error))
      return { jobId: run.jobId }
    },
    'session.stay': () => {
      leaving = undefined
      return {}
    },
  }
}
