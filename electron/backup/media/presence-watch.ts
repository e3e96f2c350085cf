import type { MediumRecords } from './medium-records.ts'
import type { MediumShelf } from './medium-shelf.ts'

export interface PresenceWatchParts {
  readonly media: MediumRecords
  readonly shelf: MediumShelf
  /** A medium was plugged in or taken out. */
  readonly changed: () => void
  readonly onFault: (operation: string, error: unknown) => void
  readonly everyMs?: number
}

const EVERY_MS = 10_000

/** Looks at the places where media were last seen, as long as the room is open. Returns what ends it. */
export function watchPresence({ media, shelf, changed, onFault, everyMs = EVERY_MS }: PresenceWatchParts): {
  readonly look: () => Promise<void>
  readonly close: () => void
} {
  let known: string | undefined
  let closed = false
  let looking = false
  const look = async () => {
    // A drive that wakes up answers slowly: the next look waits for this one.
    if (looking || closed) return
    looking = true
    try {
      const there: string[] = []
      for (const medium of media.all()) {
        if (!(await shelf.present(medium))) continue
        there.push(medium.id)
        if (closed) return
        if (known !== undefined && !known.includes(medium.id)) await shelf.noteSeen(medium.id, medium.folder)
      }
      if (closed) return
      const now = there.join()
      if (known !== undefined && known !== now) changed()
      known = now
    } catch (error) {
      if (!closed) onFault('backup.presence', error)
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return {
    look,
    close: () => {
      closed = true
      clearInterval(timer)
    },
  }
}
