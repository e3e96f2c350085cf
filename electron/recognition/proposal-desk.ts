import type { PageRow } from '../../shared/contract/model.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { caseNumberUniquenessKey, parseCaseNumber } from '../../shared/domain/index.ts'
import type { PageProposal, ProposalPage, ProposalVolume } from '../../shared/domain/page-proposal.ts'
import { type PageSignals, pageSignals } from '../../shared/domain/page-signal.ts'
import { type PageText, plainText } from '../../shared/domain/page-text.ts'
import { volumeProposals } from '../../shared/domain/volume-proposals.ts'
import type { Catalogue, VolumeRecord } from '../catalogue/index.ts'
import type { TextShelf } from '../search/index.ts'
import type { Compartment } from '../vault/index.ts'
import { type DecisionState, proposalRecords } from './proposal-records.ts'

export interface ProposalDeskParts {
  readonly catalogue: Catalogue
  readonly texts: Pick<TextShelf, 'get' | 'sql'>
  readonly template: (id: string, version: number | null) => CatalogueTemplate | undefined
  readonly unitName: () => string
}

/** A proposal with where it stands. */
export interface StandingProposal {
  readonly state: 'open' | DecisionState
  readonly proposal: PageProposal
}

export interface VolumeProposals {
  /** In image order: those that the text gives now, and suspicions that were confirmed. */
  readonly standing: readonly StandingProposal[]
  readonly unread: number
  readonly pages: ReadonlyMap<string, PageRow>
}

/**
 * What the texts of a room's pages suggest for its catalogue. Proposals are made afresh from what was read and how the
 * catalogue stands; only what a person decided is kept. Synchronous; throws VAULT_COMPARTMENT_CLOSED.
 */
export interface ProposalDesk {
  /** Takes from a text that was just filed what proposals rest on. */
  readonly readPage: (compartment: Compartment, text: PageText) => void
  readonly ofVolume: (volumeId: string) => VolumeProposals
  readonly decide: (
    volumeId: string,
    proposal: PageProposal,
    state: DecisionState,
    by: string,
    at: string,
  ) => void
  readonly reopen: (volumeId: string, id: string) => void
}

/** The key of a case's own number; a number that no scheme reads is its own key. */
function numberKeyOf(canonical: string): string {
  const fields = parseCaseNumber(canonical)
  return fields === null ? canonical : caseNumberUniquenessKey(fields)
}

export function proposalDesk({ catalogue, texts, template, unitName }: ProposalDeskParts): ProposalDesk {
  const records = proposalRecords(texts)

  const signalsOf = (compartment: Compartment, versionId: string): PageSignals | null => {
    const known = records.signals(compartment, versionId)
    if (known !== undefined) return known
    // Read before these rules were made.
    const text = texts.get(compartment, versionId)
    if (text === undefined) return null
    const signals = pageSignals(text)
    records.putSignals(compartment, versionId, signals)
    return signals
  }

  const seen = (volume: VolumeRecord, rows: readonly PageRow[]): ProposalVolume => {
    const { caseId, compartment, kind, templateId, templateVersion } = volume
    const row = catalogue.cases.require(caseId)
    return {
      kind,
      template: templateId === null ? undefined : template(templateId, templateVersion),
      numberKey: numberKeyOf(catalogue.cases.numberFacts(caseId).canonical),
      courtName: unitName(),
      parties: catalogue.cases.parties(caseId).map(({ name }) => name),
      handler: row.handler,
      pages: rows.map(
        ({ id, versionId, bookId, itemId, position, printedNumber, kind: pageKind, side, turn }) => ({
          ...{ id, versionId, bookId, itemId, position, printedNumber, side },
          kind: pageKind,
          turn: turn ?? 0,
          signals: signalsOf(compartment, versionId),
        }),
      ),
      items: catalogue.volumes.books(volume.id).flatMap(({ items }) => items),
      textOf: ({ versionId }: ProposalPage) => plainText(texts.get(compartment, versionId)?.lines ?? []),
    }
  }

  return {
    readPage: (compartment, text) => records.putSignals(compartment, text.versionId, pageSignals(text)),
    ofVolume: (volumeId) => {
      const volume = catalogue.volumes.require(volumeId)
      const rows = catalogue.pages.list(volumeId)
      const pages = new Map(rows.map((row) => [row.id, row]))
      const known = seen(volume, rows)
      const decisions = records.decisions(volume.compartment, volumeId)
      const now = volumeProposals(known).map((proposal): StandingProposal => {
        const decided = decisions.get(proposal.id)
        // What was accepted and is proposed again was changed back since: it is open once more, unless it noted only.
        const kept = decided?.state !== 'accepted' || proposal.change.does === 'note'
        return { proposal, state: decided !== undefined && kept ? decided.state : 'open' }
      })
      const given = new Set(now.map(({ proposal }) => proposal.id))
      const confirmed = [...decisions.values()].filter(
        ({ state, proposal }) =>
          state === 'accepted' &&
          proposal.change.does === 'note' &&
          !given.has(proposal.id) &&
          pages.get(proposal.pageId)?.versionId === proposal.versionId,
      )
      const places = new Map(rows.map(({ id }, at) => [id, at]))
      const at = ({ proposal }: StandingProposal) => places.get(proposal.pageId) ?? 0
      return {
        standing: [...now, ...confirmed].sort((a, b) => at(a) - at(b)),
        unread: known.pages.filter(({ signals }) => signals === null).length,
        pages,
      }
    },
    decide: (volumeId, proposal, state, by, at) => {
      const { compartment } = catalogue.volumes.require(volumeId)
      records.decide(compartment, { proposal, state, volumeId, by, at })
    },
    reopen: (volumeId, id) => records.reopen(catalogue.volumes.require(volumeId).compartment, id),
  }
}
