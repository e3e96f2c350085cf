import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
import type { PlanStep } from '../../../shared/contract/settlements.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import { PLANNED_HANDLINGS } from '../../../shared/domain/reconcile/handling.ts'
import type { UnplannedReason } from '../../../shared/domain/reconcile/plan-words.ts'
import type { VolumeState } from '../../../shared/domain/reconcile/volume-state.ts'
import { type DifferenceRecord, differenceNumber } from '../register/difference-records.ts'
import { type SealedWords, standingGround } from '../register/sealed-words.ts'
import { type Found, LAST } from './found-steps.ts'
import { numberedPaper, placeByNumber, placesFor } from './page-places.ts'
import { type KnownRows, rowSteps } from './row-steps.ts'

export interface ProposalFacts {
  readonly state: VolumeState
  readonly paper: readonly {
    readonly id: string
    readonly sequence: number
    readonly printedNumber: string
  }[]
  readonly matches: readonly PageMatchRow[]
  /** The case's restricted volume; null: it has none. */
  readonly restrictedVolumeId: string | null
  readonly wordsOf: (record: DifferenceRecord) => SealedWords
  /** The paper's own catalogue, where it was given. */
  readonly rows: KnownRows
}

export interface Proposal {
  readonly steps: readonly PlanStep[]
  readonly unplanned: readonly { readonly differenceId: string; readonly reason: UnplannedReason }[]
}

const LEAVING: ReadonlySet<string> = new Set(['remove', 'move-volume'])
/** Types of what has no electronic page: a page that they name is the one before. */
const ABSENT: ReadonlySet<string> = new Set(['D01', 'D06'])
const REPLACING: ReadonlySet<string> = new Set(['replace', 'rescan', 'insert'])

/** The steps that judged differences ask for, those that place pages in the order of the paper. */
export function proposeSteps(differences: readonly DifferenceRecord[], facts: ProposalFacts): Proposal {
  const { state, paper, matches } = facts
  const placeFor = placesFor(state, paper, matches)
  const sequence = new Map(paper.map((page) => [page.id, page.sequence]))
  const pages = new Map(state.pages.map((page) => [page.key, page]))
  const ofPage = new Map(
    matches.flatMap((match) =>
      match.pageId === null || match.paperPageId === null ? [] : [[match.pageId, match] as const],
    ),
  )
  const partnerOf = new Map([...ofPage].map(([pageId, match]) => [match.paperPageId, pageId]))
  const unready = ({ state: stands, planId, handling }: DifferenceRecord): UnplannedReason | null => {
    if (planId !== null) return 'in-plan'
    if (handling !== null && !PLANNED_HANDLINGS.has(handling)) return 'words-only'
    return stands === 'judged' ? null : 'not-judged'
  }
  const ready = differences.filter((difference) => unready(difference) === null)
  /** One a page, for a difference that is about several. */
  const each = (difference: DifferenceRecord): readonly DifferenceRecord[] => {
    const { pageIds } = facts.wordsOf(difference)
    return pageIds.length < 2
      ? [difference]
      : pageIds.map((pageId) => ({ ...difference, pageId, paperPageId: null }))
  }
  const leaving = new Set(
    ready.flatMap(({ pageId, handling }) => (pageId !== null && LEAVING.has(handling ?? '') ? [pageId] : [])),
  )
  /** The image on paper for a difference: its own, the partner of its page, or the one with its printed number. */
  const paperFor = (difference: DifferenceRecord): string | null => {
    const { paperPageId, pageId, type } = difference
    const known = (id: string | null | undefined) => (id != null && sequence.has(id) ? id : null)
    if (paperPageId !== null) return known(paperPageId)
    if (pageId === null) return known(numberedPaper(difference, paper, partnerOf))
    const partner = ofPage.get(pageId)?.paperPageId
    if (!ABSENT.has(type)) return known(partner)
    // What is missing stands behind the page that the person was at.
    const next = paper[paper.findIndex(({ id }) => id === partner) + 1]
    return partner == null || next === undefined || partnerOf.has(next.id) ? null : next.id
  }
  const replaced = new Map(
    ready.flatMap(each).flatMap((difference) => {
      const paperPageId = paperFor(difference)
      const { pageId, handling } = difference
      const wanted = pageId !== null && paperPageId !== null && REPLACING.has(handling ?? '')
      return wanted && !leaving.has(pageId) ? [[pageId, paperPageId] as const] : []
    }),
  )
  const orderOf = (paperPageId: string | null) => sequence.get(paperPageId ?? '') ?? LAST
  /** By number and code, which every language reads; in words only what a person wrote. */
  const reasonOf = (difference: DifferenceRecord) => {
    const words = facts.wordsOf(difference)
    const said = `${differenceNumber(difference)} ${difference.type}`
    return (standingGround(words) !== null || words.basis === '' ? said : `${said} ${words.basis}`).slice(
      0,
      500,
    )
  }

  const fromPaper = (difference: DifferenceRecord): Found => {
    const paperPageId = paperFor(difference)
    if (paperPageId === null) return 'no-paper-page'
    const absent = ABSENT.has(difference.type)
    const pageId = (absent ? null : difference.pageId) ?? partnerOf.get(paperPageId) ?? null
    const order = orderOf(paperPageId)
    const common = { differenceId: difference.id, paperPageId }
    if (pageId !== null && pages.has(pageId)) {
      if (leaving.has(pageId)) return 'page-leaves'
      return { steps: [{ kind: 'replace', ...common, pageId }], order }
    }
    const place = placeFor(paperPageId)
    return place === undefined ? 'place-unknown' : { steps: [{ kind: 'insert', ...common, ...place }], order }
  }
  /** Of several pages, those that can be done; the first reason where none can. */
  const together = (all: readonly Found[]): Found => {
    const done = all.flatMap((one) => (typeof one === 'string' ? [] : [one]))
    const [first] = done
    if (first === undefined) return all[0] ?? 'no-paper-page'
    return { steps: done.flatMap(({ steps }) => steps), order: first.order }
  }
  const ofElectronic = (difference: DifferenceRecord, pageId: string): Found => {
    const differenceId = difference.id
    const match = ofPage.get(pageId)
    const order = orderOf(match?.paperPageId ?? null)
    const { handling } = difference
    if (!LEAVING.has(handling ?? '') && leaving.has(pageId)) return 'page-leaves'
    switch (handling) {
      case 'remove':
        return { steps: [{ kind: 'remove', differenceId, pageId, reason: reasonOf(difference) }], order }
      case 'move-volume': {
        const toVolumeId = facts.restrictedVolumeId
        if (toVolumeId === null) return 'no-target-volume'
        const reason = reasonOf(difference)
        return { steps: [{ kind: 'move-volume', differenceId, pageId, toVolumeId, reason }], order }
      }
      case 'reorder': {
        const place = match?.paperPageId == null ? placeByNumber(state, pageId) : placeFor(match.paperPageId)
        if (place === undefined || place.beforePageId === pageId) return 'place-unknown'
        const { bookId, beforePageId } = place
        return { steps: [{ kind: 'move', differenceId, pageId, bookId, beforePageId }], order }
      }
      default: {
        // An image that comes from the paper stands as the paper does.
        const paperPageId = replaced.get(pageId)
        if (paperPageId !== undefined)
          return { steps: [{ kind: 'replace', differenceId, pageId, paperPageId }], order }
        const stands = pages.get(pageId)?.turn ?? 0
        // Told by a person with the paper in hand: 倒置 is upside down.
        const told = difference.type === 'D05' ? (((stands + 180) % 360) as Turn) : stands
        const turn = match === undefined ? told : match.turn
        if (turn === stands) return 'turn-unknown'
        return { steps: [{ kind: 'rotate', differenceId, pageId, turn }], order }
      }
    }
  }
  const ofNote = (difference: DifferenceRecord): Found => {
    const words = facts.wordsOf(difference)
    const { paperWords, electronicWords, basis } = words
    const sides = [
      paperWords === '' ? '' : `纸质 ${paperWords}`,
      electronicWords === '' ? '' : `电子 ${electronicWords}`,
    ]
    const told = [...sides, basis].filter((part) => part !== '').join('，')
    const title = DIFFERENCE_TYPE_INFO[difference.type].zh
    const text = `${differenceNumber(difference)} ${title}${told === '' ? '' : `：${told}`}`.slice(0, 500)
    const said = { paper: paperWords, electronic: electronicWords, basis, ground: standingGround(words) }
    return { steps: [{ kind: 'note', differenceId: difference.id, text, said }], order: LAST }
  }
  const stepFor = (difference: DifferenceRecord): Found => {
    switch (difference.handling) {
      case 'insert':
      case 'rescan':
      case 'replace':
        return together(each(difference).map(fromPaper))
      case 'reorder':
      case 'rotate':
      case 'remove':
      case 'move-volume': {
        const { pageId } = difference
        return pageId === null || !pages.has(pageId) ? 'no-page' : ofElectronic(difference, pageId)
      }
      case 'edit-catalogue':
        return rowSteps(difference, facts.wordsOf(difference), state, facts.rows)
      default:
        return ofNote(difference)
    }
  }

  const found = differences.map((difference) => ({
    differenceId: difference.id,
    found: unready(difference) ?? stepFor(difference),
  }))
  return {
    steps: found
      .flatMap((one) => (typeof one.found === 'string' ? [] : [one.found]))
      .toSorted((a, b) => a.order - b.order)
      .flatMap(({ steps }) => steps),
    unplanned: found.flatMap(({ differenceId, found: reason }) =>
      typeof reason === 'string' ? [{ differenceId, reason }] : [],
    ),
  }
}
