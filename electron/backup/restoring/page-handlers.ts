import { AppError } from '../../../shared/errors.ts'
import type { Call, Handlers } from '../../access/index.ts'
import { text } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { pictureThen } from './page-picture.ts'
import { compartmentOf, pageVersions, pageWithVersion } from './page-versions.ts'
import { mendPage, returnPage } from './return-page.ts'
import { requireSeen } from './snapshot-cases.ts'
import type { OpenedSnapshot } from './snapshot-catalogues.ts'

type PageMethod = `restores.${'pageVersions' | 'pagePicture' | 'pageImage' | 'page'}`

interface OfSnapshot {
  readonly mediumId: string
  readonly snapshotId: string
}

/** Answers what the contract's `restores.*` says of single pages. */
export function pageHandlers(parts: BackupHandlerParts): Handlers<PageMethod> {
  const { desk } = parts
  const opened = async <T>(
    { mediumId, snapshotId }: OfSnapshot,
    work: (snapshot: OpenedSnapshot) => T | Promise<T>,
  ): Promise<T> => {
    const folder = await desk().shelf.setFolderOf(mediumId, 'read')
    return await desk().opened.read(folder, snapshotId, work)
  }
  /** Of a volume that is gone the compartment's key alone decides. */
  const reads = (call: Call) => (volumeId: string, compartment: Compartment) =>
    parts.readsVolume(volumeId, call) ?? sessionOf(call).compartments.has(compartment)
  const note = ({ mediumId, snapshotId }: OfSnapshot, pageId: string, call: Call) => {
    const { number } = desk().media.get(mediumId)
    call.note({ page: pageId, details: { medium: number, snapshot: snapshotId } })
  }
  /** Who may not read a page may not bring it back either. */
  const requireReadable = ({ volumeId, pageId }: { volumeId: string; pageId: string }, call: Call) => {
    if (parts.readsVolume(volumeId, call) !== true)
      throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  }
  // A page or two are read: nobody would wait for a way to stop it.
  const never = new AbortController().signal
  return {
    'restores.pageVersions': async (input, call) =>
      await opened(input, async ({ sql }) => {
        requireSeen(parts, sql, input.caseId, call)
        const { caseId, limit } = input
        return await pageVersions(desk(), sql, { caseId, limit, reads: reads(call) })
      }),
    'restores.pagePicture': async (input, call) =>
      await opened(input, async (snapshot) => {
        const { caseId, pageId } = input
        call.note({ subject: `case:${caseId}` })
        note(input, pageId, call)
        requireSeen(parts, snapshot.sql, caseId, call)
        const then = pageWithVersion(snapshot.sql, pageId)
        const now = pageWithVersion(desk().catalogue.sql, pageId)
        const shown = now ?? then
        const denied = then === undefined || text(then, 'case_id') !== caseId || shown === undefined
        if (denied || !reads(call)(text(shown, 'volume_id'), compartmentOf(shown)))
          throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
        return await pictureThen(desk(), snapshot, pageId)
      }),
    'restores.pageImage': async (input, call) => {
      note(input, input.pageId, call)
      requireReadable(input, call)
      const mended = await opened(input, (snapshot) => mendPage(desk(), snapshot, input, never))
      if (mended > 0) {
        parts.caseChanged(desk().catalogue.volumes.require(input.volumeId).caseId)
        desk().changed()
      }
      return { mended }
    },
    'restores.page': async (input, call) => {
      note(input, input.pageId, call)
      requireReadable(input, call)
      return await opened(input, async (snapshot) => {
        const mended = await mendPage(desk(), snapshot, input, never)
        const { accountId: by } = sessionOf(call)
        const returned = returnPage(desk(), snapshot, { ...input, by })
        call.note({ beforeDigest: returned.before, afterDigest: returned.after })
        parts.caseChanged(returned.caseId)
        return { versionId: returned.versionId, mended }
      })
    },
  }
}
