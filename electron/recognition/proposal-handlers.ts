import type { CallResult } from '../../shared/contract/index.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import type { Item } from '../../shared/contract/model.ts'
import type { Proposal } from '../../shared/contract/proposals.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { type PageProposal, permissionOfChange } from '../../shared/domain/page-proposal.ts'
import { AppError, type ErrorDetails } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { type Catalogue, lentView } from '../catalogue/index.ts'
import type { ProposalDesk, StandingProposal, VolumeProposals } from './proposal-desk.ts'

export interface ProposalHandlerParts {
  readonly catalogue: () => Catalogue
  readonly proposals: () => ProposalDesk
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
  /** The one call path, for the person at the desk, with what the record is to say besides. */
  readonly callFor: (
    client: number,
    method: string,
    input: unknown,
    details: ErrorDetails,
  ) => Promise<CallResult>
  readonly now: () => Date
  readonly changed: (caseId: string) => void
}

type ProposalMethod =
  `proposals.${'list' | 'counts' | 'accept' | 'acceptMany' | 'request' | 'dismiss' | 'reopen'}`

interface Step {
  readonly method: string
  readonly input: Readonly<Record<string, unknown>>
}

function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

const draftOf = ({ title, documentNumber, responsible, date, remark, templateRow }: Item) => ({
  ...{ title, documentNumber, responsible, date, remark, templateRow },
})

/** The first call that carries a proposal out; null where accepting notes only. */
function stepOf(catalogue: Catalogue, volumeId: string, proposal: PageProposal): Step | null {
  const { change, pageId } = proposal
  switch (change.does) {
    case 'number':
      return { method: 'pages.confirmNumber', input: { volumeId, pageId, printedNumber: change.number } }
    case 'turn':
      return { method: 'pages.setTurn', input: { volumeId, pageIds: [pageId], turn: change.turn } }
    case 'kind':
      return { method: 'pages.mark', input: { volumeId, pageIds: [pageId], kind: change.kind } }
    case 'new-item': {
      const { title, date, documentNumber, templateRow } = change
      const draft = { title, date, documentNumber, templateRow }
      const bookId = catalogue.pages.list(volumeId).find(({ id }) => id === pageId)?.bookId ?? ''
      return { method: 'items.create', input: { volumeId, bookId, draft } }
    }
    case 'item': {
      const item = catalogue.volumes.requireItem(change.itemId)
      const draft = { ...draftOf(item), ...change.fields }
      return { method: 'items.update', input: { itemId: change.itemId, draft } }
    }
    case 'note':
      return null
  }
}

/** Answers `proposals.*`. What is accepted runs as the person's own call of the command that does it. */
export function proposalHandlers(parts: ProposalHandlerParts): Handlers<ProposalMethod> {
  const { proposals, changed } = parts
  const at = () => parts.now().toISOString()

  /** Who reads by loan is told of no proposal. */
  const isLent = (volumeId: string, session: Session): boolean => {
    const { caseId } = parts.catalogue().volumes.require(volumeId)
    return lentView(parts.catalogue(), session, caseId, 'page.read', parts.now()) !== null
  }
  const refusal = (volumeId: string, proposal: PageProposal, session: Session) => {
    const facts = parts.factsOf({ kind: 'volume', id: volumeId }, session)
    const needs = permissionOfChange(proposal.change)
    const asked =
      facts?.status === 'filed' && proposal.change.does !== 'note' ? ('change.request' as const) : needs
    const reason = refusalOf(session.grants, asked, facts)
    return reason === null ? null : { needs: asked, reason }
  }
  const find = (volumeId: string, id: string, call: Call): StandingProposal => {
    const found = isLent(volumeId, sessionOf(call))
      ? undefined
      : proposals()
          .ofVolume(volumeId)
          .standing.find(({ proposal }) => proposal.id === id)
    if (found === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'proposal', id })
    return found
  }
  const note = (call: Call, { proposal }: StandingProposal) => {
    const { id, kind, pageId, confidence } = proposal
    call.note({ page: pageId, details: { proposal: id, kind, confidence } })
  }
  /** Dismissing, confirming and taking back need what accepting would need in an open case. */
  const requireDecider = (volumeId: string, { proposal }: StandingProposal, session: Session) => {
    const facts = parts.factsOf({ kind: 'volume', id: volumeId }, session)
    const needs = permissionOfChange(proposal.change)
    const reason = refusalOf(session.grants, needs, facts)
    if (reason !== null) throw new AppError('ACCESS_DENIED', { needs, reason })
  }

  const carryOut = async (volumeId: string, standing: StandingProposal, call: Call): Promise<void> => {
    const { proposal } = standing
    const session = sessionOf(call)
    if (standing.state === 'dismissed')
      throw new AppError('CATALOGUE_CONFLICT', { kind: 'proposal', id: proposal.id })
    const ask = async (method: string, input: unknown) => {
      const result = await parts.callFor(call.client, method, input, { proposal: proposal.id })
      if (!result.ok) throw AppError.fromEnvelope(result.error)
      return result.value
    }
    const step = stepOf(parts.catalogue(), volumeId, proposal)
    if (step === null) requireDecider(volumeId, standing, session)
    else {
      if (proposal.change.does === 'new-item') requireArranger(volumeId, session)
      const value = await ask(step.method, step.input)
      if (proposal.change.does === 'new-item') {
        const { pageIds } = proposal.change
        await ask('pages.assign', { volumeId, pageIds, itemId: (value as Item).id })
      }
    }
    proposals().decide(volumeId, proposal, 'accepted', session.accountId, at())
  }
  /** An item is made only by who may also give it its pages. */
  const requireArranger = (volumeId: string, session: Session) => {
    const needs = 'page.arrange'
    const reason = refusalOf(session.grants, needs, parts.factsOf({ kind: 'volume', id: volumeId }, session))
    if (reason !== null) throw new AppError('ACCESS_DENIED', { needs, reason })
  }
  const told = (volumeId: string) => changed(parts.catalogue().volumes.require(volumeId).caseId)

  const shown = (volumeId: string, { standing, pages }: VolumeProposals, session: Session): Proposal[] => {
    const items = new Map(
      parts
        .catalogue()
        .volumes.books(volumeId)
        .flatMap((book) => book.items.map((item) => [item.id, item.title] as const)),
    )
    const mayBy = new Map<string, boolean>()
    const may = (proposal: PageProposal): boolean => {
      const key = proposal.change.does
      const known = mayBy.get(key) ?? refusal(volumeId, proposal, session) === null
      mayBy.set(key, known)
      return known
    }
    return standing.map(({ state, proposal }) => {
      const { id, kind, pageId, versionId, itemId, confidence, present, proposed, change } = proposal
      const page = pages.get(pageId)
      return {
        ...{ id, kind, state, pageId, versionId, itemId, confidence, present, proposed },
        position: page?.position ?? 0,
        printedNumber: page?.printedNumber ?? '',
        itemTitle: itemId === null ? null : (items.get(itemId) ?? null),
        reasons: [...proposal.reasons],
        newItem:
          change.does === 'new-item'
            ? { date: change.date, templateRow: change.templateRow, pageCount: change.pageIds.length }
            : null,
        places: proposal.places.map((place) => [...place]),
        notes: change.does === 'note',
        mayDecide: may(proposal),
      }
    })
  }

  return {
    'proposals.list': ({ volumeId, dismissed }, call) => {
      const session = sessionOf(call)
      if (isLent(volumeId, session)) return { proposals: [], unread: 0, dismissed: 0 }
      const all = proposals().ofVolume(volumeId)
      const kept = all.standing.filter(({ state }) => state !== 'dismissed')
      return {
        proposals: shown(volumeId, { ...all, standing: dismissed ? all.standing : kept }, session),
        unread: all.unread,
        dismissed: all.standing.length - kept.length,
      }
    },
    'proposals.counts': ({ caseId }, call) => {
      const session = sessionOf(call)
      return parts
        .catalogue()
        .volumes.ofCase(caseId)
        .filter(({ id, compartment }) => {
          const facts = parts.factsOf({ kind: 'volume', id }, session)
          return (
            session.compartments.has(compartment) &&
            refusalOf(session.grants, 'page.read', facts) === null &&
            !isLent(id, session)
          )
        })
        .map(({ id }) => ({
          volumeId: id,
          open: proposals()
            .ofVolume(id)
            .standing.filter(({ state }) => state === 'open').length,
        }))
    },
    'proposals.accept': async ({ volumeId, id }, call) => {
      const standing = find(volumeId, id, call)
      note(call, standing)
      await carryOut(volumeId, standing, call)
      told(volumeId)
      return {}
    },
    'proposals.acceptMany': async ({ volumeId, ids }, call) => {
      const failed: { id: string; code: AppError['code'] }[] = []
      const all = isLent(volumeId, sessionOf(call)) ? [] : proposals().ofVolume(volumeId).standing
      const known = new Map(all.map((standing) => [standing.proposal.id, standing]))
      for (const id of new Set(ids)) {
        const standing = known.get(id)
        try {
          if (standing === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'proposal', id })
          await carryOut(volumeId, standing, call)
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          failed.push({ id, code: error.code })
        }
      }
      const accepted = new Set(ids).size - failed.length
      call.note({ details: { accepted, failed: failed.length } })
      told(volumeId)
      return { accepted, failed }
    },
    'proposals.request': async ({ volumeId, id, reason }, call) => {
      const standing = find(volumeId, id, call)
      note(call, standing)
      const step = stepOf(parts.catalogue(), volumeId, standing.proposal)
      if (step === null) throw new AppError('APPROVAL_NOT_NEEDED')
      const asked = { ...step, reason }
      const details = { proposal: id }
      const result = await parts.callFor(call.client, 'approvals.request', asked, details)
      if (!result.ok) throw AppError.fromEnvelope(result.error)
      const { accountId } = sessionOf(call)
      proposals().decide(volumeId, standing.proposal, 'requested', accountId, at())
      told(volumeId)
      return {}
    },
    'proposals.dismiss': ({ volumeId, id }, call) => {
      const standing = find(volumeId, id, call)
      note(call, standing)
      const session = sessionOf(call)
      requireDecider(volumeId, standing, session)
      proposals().decide(volumeId, standing.proposal, 'dismissed', session.accountId, at())
      told(volumeId)
      return {}
    },
    'proposals.reopen': ({ volumeId, id }, call) => {
      const standing = find(volumeId, id, call)
      note(call, standing)
      requireDecider(volumeId, standing, sessionOf(call))
      proposals().reopen(volumeId, id)
      told(volumeId)
      return {}
    },
  }
}
