import type { ByteRange, PageRendition, PageResult } from '../../shared/contract/index.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import { AppError } from '../../shared/errors.ts'
import { type CallPath, callPath, passwordJudge } from '../access/index.ts'
import { caseHandlers } from '../catalogue/index.ts'
import { intakeHandlers } from '../intake/index.ts'
import { jobHandlers } from '../jobs/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { accountHandlers } from './account-handlers.ts'
import { draftHandlers } from './draft-handlers.ts'
import { type FrontDeskParts, openDesk } from './open-desk.ts'
import { weakPasswordRefuser } from './refuse-weak.ts'
import { sessionHandlers } from './session-handlers.ts'
import { vaultHandlers } from './vault-handlers.ts'

export type { FrontDeskParts } from './open-desk.ts'

/** The core's services behind one path: what the window reaches by message and the command line in process. */
export interface FrontDesk {
  readonly call: CallPath['call']
  readonly page: (
    client: number,
    versionId: string,
    rendition: PageRendition,
    range: ByteRange | null,
  ) => Promise<PageResult>
  /** The window is gone: its session ends. */
  readonly clientGone: (client: number) => Promise<void>
  readonly room: () => RecordsRoom
  readonly close: () => Promise<void>
}

export function frontDesk(parts: FrontDeskParts): FrontDesk {
  const { now, newId, emit } = parts
  const judge = passwordJudge()
  const refuseWeak = weakPasswordRefuser(judge)
  const desk = openDesk(parts)
  const { room, sessionOf } = desk

  const compartmentOf = (resource: ResourceRef) => {
    const { volumes } = room().catalogue
    switch (resource.kind) {
      case 'volume':
        return volumes.require(resource.id).compartment
      case 'item':
        return volumes.ofItem(resource.id).compartment
      case 'page':
        return volumes.ofPage(resource.id).compartment
      case 'job': {
        const volumeId = room().jobs.volumeOf(resource.id)
        return volumeId === undefined ? undefined : volumes.require(volumeId).compartment
      }
      case 'case':
        return undefined
    }
  }

  const calls = callPath({
    handlers: {
      ...sessionHandlers(parts, desk, refuseWeak),
      ...vaultHandlers(parts, desk, judge, refuseWeak),
      ...draftHandlers(parts, desk),
      ...accountHandlers(parts, desk, refuseWeak),
      ...caseHandlers({
        catalogue: () => room().catalogue,
        now,
        newId,
        templateFor: (question) => room().templates.forVolume(question),
        newestTemplate: (id) => room().templates.find(id, null),
        changed: desk.caseChanged,
      }),
      ...intakeHandlers({
        catalogue: () => room().catalogue,
        jobs: () => room().jobs,
        templates: () => room().templates,
        unitName: desk.unitName,
        now,
        newId,
        changed: desk.caseChanged,
        settingsChanged: () => emit({ event: 'changed', what: 'settings' }),
      }),
      ...jobHandlers(() => room().jobs),
    },
    sessionOf,
    compartmentOf,
    record: (entry) => {
      desk.roomIfOpen()?.audit.append(entry)
    },
    onFault: parts.onFault,
  })

  const recordDeniedPage = (client: number, versionId: string, code: AppError['code']) => {
    const who = sessionOf(client)
    try {
      desk.roomIfOpen()?.audit.append({
        action: 'access.denied',
        accountId: who?.accountId ?? null,
        sessionId: who?.id ?? null,
        subject: `page-version:${versionId}`,
        result: 'refused',
        code,
        details: {},
      })
    } catch (fault) {
      parts.onFault('audit', fault)
    }
  }

  return {
    call: async (client, method, input) => {
      const result = await calls.call(client, method, input)
      if (method === 'session.signOut' && result.ok) await desk.leave()
      return result
    },
    page: async (client, versionId, rendition, range) => {
      try {
        const who = sessionOf(client)
        if (who === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
        if (!who.permissions.has('page.read')) throw new AppError('ACCESS_DENIED', { needs: 'page.read' })
        return await room().images.read(versionId, rendition, range)
      } catch (error) {
        if (!(error instanceof AppError)) parts.onFault('page', error)
        const known = error instanceof AppError ? error : new AppError('CALL_INTERNAL', { method: 'page' })
        if (known.code === 'ACCESS_DENIED' || known.code === 'VAULT_COMPARTMENT_CLOSED') {
          recordDeniedPage(client, versionId, known.code)
        }
        return { ok: false, error: known.toEnvelope() }
      }
    },
    clientGone: async (client) => {
      if (sessionOf(client) !== null) await desk.leave()
    },
    room,
    close: desk.leave,
  }
}
