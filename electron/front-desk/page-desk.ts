import { hostname } from 'node:os'
import type { ByteRange, PageRendition, PageResult } from '../../shared/contract/index.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError } from '../../shared/errors.ts'
import type { CallRecord, Session } from '../access/index.ts'
import { type Catalogue, lentView } from '../catalogue/index.ts'
import { caseFacts } from './case-facts.ts'
import { markedPage } from './marked-page.ts'
import type { FrontDeskParts, OpenDesk } from './open-desk.ts'

/** Gives page images out, checked against the same session as calls are, and records each page that is read. */
export interface PageDesk {
  readonly read: (
    client: number,
    versionId: string,
    rendition: PageRendition,
    range: ByteRange | null,
  ) => Promise<PageResult>
}

/** Images that stand beside the pages of a volume: its paper scanned anew, and what is attached to its differences. */
type BesideKind = 'paper-page' | 'attachment-page'

const DENIALS: ReadonlySet<string> = new Set(['ACCESS_DENIED', 'VAULT_COMPARTMENT_CLOSED'])

/** What the watch over restricted volumes needs to know: whether the reader had a task with the case. */
function restrictedDetails(facts: CaseFacts | null) {
  if (facts?.compartment !== 'restricted') return {}
  return { compartment: facts.compartment, task: facts.own || facts.assigned || facts.granted }
}

function besideOf({ pages }: Catalogue, id: string) {
  const paper = pages.volumeOfPaperPage(id)
  if (paper !== undefined) return { volumeId: paper, kind: 'paper-page' as const }
  const attachment = pages.volumeOfAttachmentPage(id)
  return attachment === undefined ? undefined : { volumeId: attachment, kind: 'attachment-page' as const }
}

export function pageDesk(
  parts: FrontDeskParts,
  desk: OpenDesk,
  append: (entry: CallRecord) => void,
): PageDesk {
  const record = (
    who: Session | null,
    versionId: string,
    about: {
      readonly action: string
      readonly facts: CaseFacts | null
      readonly pageId: string
      readonly kind?: BesideKind
    },
    error: AppError | null,
  ) => {
    append({
      action: about.action,
      accountId: who?.accountId ?? null,
      sessionId: who?.id ?? null,
      role: who?.roles.join(',') ?? '',
      caseId: about.facts?.caseId ?? null,
      page: about.pageId,
      subject: `${about.kind ?? 'page-version'}:${versionId}`,
      result: error === null ? 'done' : 'refused',
      code: error?.code ?? null,
      details: restrictedDetails(about.facts),
    })
  }
  return {
    read: async (client, versionId, rendition, range) => {
      const who = desk.sessionOf(client)
      let facts: CaseFacts | null = null
      let pageId = ''
      let beside: { readonly volumeId: string; readonly kind: BesideKind } | undefined
      try {
        if (who === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
        const needs = 'page.read'
        if (!who.permissions.has(needs)) throw new AppError('ACCESS_DENIED', { needs })
        const room = desk.room()
        beside = besideOf(room.catalogue, versionId)
        if (beside !== undefined) {
          const { volumeId, kind } = beside
          facts = caseFacts(room, { kind: 'volume', id: volumeId }, who.accountId, parts.now().toISOString())
          const reason = refusalOf(who.grants, needs, facts)
          if (reason !== null) throw new AppError('ACCESS_DENIED', { needs, reason })
          // A loan lends pages of the volume, and these are none.
          const { caseId } = room.catalogue.volumes.require(volumeId)
          if (lentView(room.catalogue, who, caseId, needs, parts.now()) !== null)
            throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
          const served = await room.images.read(versionId, rendition, range)
          if (rendition !== 'thumbnail' && (range === null || range.start === 0))
            record(who, versionId, { action: 'page.read', facts, pageId, kind }, null)
          return served
        }
        pageId = room.catalogue.pages.pageOfVersion(versionId)
        facts = caseFacts(room, { kind: 'page', id: pageId }, who.accountId, parts.now().toISOString())
        const reason = refusalOf(who.grants, needs, facts)
        if (reason !== null) throw new AppError('ACCESS_DENIED', { needs, reason })
        const marking = { room, reader: who, machine: hostname(), now: parts.now() }
        const served =
          (await markedPage(
            { ...marking, font: parts.assets.fontRegular },
            { pageId, versionId, rendition },
          )) ?? (await room.images.read(versionId, rendition, range))
        // A thumbnail in a strip is not reading; a second range of the same image is not a second reading.
        if (rendition !== 'thumbnail' && (range === null || range.start === 0))
          record(who, versionId, { action: 'page.read', facts, pageId }, null)
        return served
      } catch (error) {
        if (!(error instanceof AppError)) parts.onFault('page', error)
        const known = error instanceof AppError ? error : new AppError('CALL_INTERNAL', { method: 'page' })
        try {
          if (DENIALS.has(known.code))
            record(
              who,
              versionId,
              {
                action: 'access.denied',
                facts,
                pageId,
                ...(beside === undefined ? {} : { kind: beside.kind }),
              },
              known,
            )
        } catch (fault) {
          parts.onFault('audit', fault)
        }
        return { ok: false, error: known.toEnvelope() }
      }
    },
  }
}
