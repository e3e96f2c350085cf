import { z } from 'zod'
import { PROPOSAL_KINDS, PROPOSAL_REASONS } from '../domain/page-proposal.ts'
import { ERROR_CODES } from '../errors.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id } from './model.ts'

export const PROPOSAL_STATES = ['open', 'requested', 'accepted', 'dismissed'] as const

/** Version, kind and what is proposed: the same text gives the same id again. */
export const ProposalId = z.string().regex(/^[0-9A-Z]{26}\.[a-z-]{1,30}\.[0-9a-f]{8}$/)

export const Proposal = z.object({
  id: ProposalId,
  kind: z.enum(PROPOSAL_KINDS),
  /** `requested`: the case is filed and the change waits for approval. `accepted`: a suspicion that was confirmed. */
  state: z.enum(PROPOSAL_STATES),
  pageId: Id,
  versionId: Id,
  position: z.number().int(),
  printedNumber: z.string(),
  itemId: Id.nullable(),
  itemTitle: z.string().nullable(),
  confidence: z.number(),
  reasons: z.array(z.object({ code: z.enum(PROPOSAL_REASONS), value: z.string() })),
  /** How the catalogue has it and how it would have it; sensitive parts masked as everywhere. */
  present: z.string(),
  proposed: z.string(),
  /** Of an item that would be made. */
  newItem: z
    .object({ date: z.string(), templateRow: z.number().int().nullable(), pageCount: z.number().int() })
    .nullable(),
  /** Where it was read: quads as parts (0 to 1) of the stored image. */
  places: z.array(z.array(z.number()).length(8)),
  /** Accepting puts a suspicion down as confirmed and changes nothing in the catalogue. */
  notes: z.boolean(),
  /** Whether the caller may accept or dismiss it. */
  mayDecide: z.boolean(),
})
export type Proposal = z.infer<typeof Proposal>

const One = z.object({ volumeId: Id, id: ProposalId })
const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })

/** What the text of pages suggests for the catalogue. Nothing is ever applied without a person's word. */
export const proposals = area('proposals', {
  /** In image order; without what was dismissed, unless asked for. Nothing for who reads by loan. */
  list: query({
    input: z.object({ volumeId: Id, dismissed: z.boolean().default(false) }),
    output: z.object({
      proposals: z.array(Proposal),
      /** Pages whose text is not there yet. */
      unread: z.number().int(),
      dismissed: z.number().int(),
    }),
    needs: 'page.read',
    resource: ofVolume,
  }),
  /** Open proposals of each volume that the caller may read. */
  counts: query({
    input: z.object({ caseId: Id }),
    output: z.array(z.object({ volumeId: Id, open: z.number().int() })),
    needs: 'case.read',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
  }),
  /**
   * Carries one out by the command that a person would use, with its permission and its own record; that of a filed
   * case is refused with ACCESS_APPROVAL_NEEDED.
   */
  accept: command({
    input: One,
    output: Empty,
    needs: 'page.read',
    resource: ofVolume,
    audit: 'proposal.accepted',
  }),
  /** Several at once, as the person saw them in a list; each is tried, and what failed is told. */
  acceptMany: command({
    input: z.object({ volumeId: Id, ids: z.array(ProposalId).min(1).max(500) }),
    output: z.object({
      accepted: z.number().int(),
      failed: z.array(z.object({ id: ProposalId, code: z.enum(ERROR_CODES) })),
    }),
    needs: 'page.read',
    resource: ofVolume,
    audit: 'proposals.accepted',
  }),
  /** Asks for the change where the case is filed. */
  request: command({
    input: One.extend({ reason: z.string().trim().min(1).max(500) }),
    output: Empty,
    needs: 'change.request',
    resource: ofVolume,
    audit: 'proposal.requested',
  }),
  /** Not proposed again for the same text. */
  dismiss: command({
    input: One,
    output: Empty,
    needs: 'page.read',
    resource: ofVolume,
    audit: 'proposal.dismissed',
  }),
  /** Takes back a dismissal, or the confirmation of a suspicion. */
  reopen: command({
    input: One,
    output: Empty,
    needs: 'page.read',
    resource: ofVolume,
    audit: 'proposal.reopened',
  }),
})
