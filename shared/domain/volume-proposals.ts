import {
  LEAST_CONFIDENCE,
  type PageProposal,
  type ProposalDraft,
  type ProposalVolume,
  proposalOf,
  reason,
} from './page-proposal.ts'
import { otherCaseProposals } from './page-proposal-case.ts'
import { itemProposals } from './page-proposal-item.ts'
import { numberProposals } from './page-proposal-number.ts'
import { CONFIDENT_PROPOSAL, titleMatcher } from './title-matcher.ts'
import { compartmentOf } from './volume-kind.ts'

/** From here on a page is held to have strayed. */
const SUSPECT = 0.5

/** Pages that stand turned, where the text says which way is up. */
function turnProposals({ pages }: ProposalVolume): readonly ProposalDraft[] {
  return pages.flatMap((page): ProposalDraft[] => {
    const { signals } = page
    if (signals === null || signals.turn === page.turn || signals.characters === 0) return []
    const { turn, turnConfidence: confidence, characters } = signals
    return [
      {
        kind: 'turn',
        page,
        itemId: page.itemId,
        confidence,
        reasons: [reason(characters >= 60 ? 'much-text' : 'little-text', String(characters))],
        present: String(page.turn),
        proposed: String(turn),
        places: [],
        change: { does: 'turn', turn },
      },
    ]
  })
}

/** Judgments and records of the open volume say so of themselves. */
const SAID_OPENLY = /^(?:合议庭?(?:评议|讨论|意见)|审判?委(?:员会|会)|评议意见)$/u

/** Words of internal material 副卷 in an open volume: in a title they weigh much, in the text little. */
function restrictedProposals(volume: ProposalVolume): readonly ProposalDraft[] {
  if (compartmentOf(volume.kind) === 'restricted') return []
  const match = volume.template === undefined ? undefined : titleMatcher(volume.template)
  /** The volume's own template names some of what is called so (结案报告 in an enforcement file). */
  const isKnown = (title: string) => (match?.(title)[0]?.confidence ?? 0) >= CONFIDENT_PROPOSAL
  return volume.pages.flatMap((page): ProposalDraft[] => {
    const found = (page.signals?.restricted ?? []).filter(
      ({ suspicion, position, text }) =>
        (position === 'title' || !SAID_OPENLY.test(text)) &&
        (suspicion === 'strong' || !isKnown(page.signals?.title?.text ?? '')),
    )
    if (found.length === 0 || page.kind === 'catalogue' || page.kind === 'note') return []
    const inTitle = found.filter(({ position }) => position === 'title')
    const [first] = inTitle.length > 0 ? inTitle : found
    if (first === undefined) return []
    const weight =
      inTitle.length === 0
        ? found.length > 1
          ? 0.45
          : 0.32
        : inTitle.some(({ suspicion }) => suspicion === 'strong')
          ? 0.93
          : 0.55
    const words = [...new Set(found.map(({ text }) => text))].join('、')
    return [
      {
        kind: 'restricted',
        page,
        itemId: page.itemId,
        confidence: weight * Math.max(...found.map(({ confidence }) => confidence)),
        reasons: [reason(inTitle.length > 0 ? 'restricted-title' : 'restricted-text', words)],
        present: '',
        proposed: words,
        places: found.flatMap(({ places }) => places),
        change: { does: 'note' },
      },
    ]
  })
}

/**
 * Everything that the text of a volume suggests, in image order, the surest of a page first. Pure: it compares what
 * was read with how the catalogue stands now, so what was put right is not suggested again.
 */
export function volumeProposals(volume: ProposalVolume): readonly PageProposal[] {
  const places = new Map(volume.pages.map(({ id }, at) => [id, at]))
  const doubts = [...otherCaseProposals(volume), ...restrictedProposals(volume)]
  const strayed = new Map(doubts.map(({ page, confidence }) => [page.id, confidence]))
  // A page that may not belong here is not to be catalogued here without a second thought.
  const held = itemProposals(volume).map((draft) => {
    const doubt = strayed.get(draft.page.id) ?? 0
    return { ...draft, confidence: draft.confidence * (doubt >= SUSPECT ? 0.6 : 1) }
  })
  const at = (pageId: string): number => places.get(pageId) ?? 0
  return [...numberProposals(volume.pages), ...turnProposals(volume), ...doubts, ...held]
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .map(proposalOf)
    .sort((a, b) => at(a.pageId) - at(b.pageId) || b.confidence - a.confidence)
}
