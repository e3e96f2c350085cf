import type { PlanStep } from '../../../shared/contract/differences.ts'
import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
import { readPrintedNumber } from '../../../shared/domain/page-number.ts'
import { type CatalogueRange, readRange } from '../../../shared/domain/page-range.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../shared/domain/reconcile/difference-type.ts'
import { PLANNED_HANDLINGS } from '../../../shared/domain/reconcile/handling.ts'
import type { UnplannedReason } from '../../../shared/domain/reconcile/plan-words.ts'
import type { VolumeState } from '../../../shared/domain/reconcile/volume-state.ts'
import { type DifferenceRecord, differenceNumber } from '../register/difference-records.ts'
import type { SealedWords } from '../register/sealed-words.ts'
import { placesFor } from './page-places.ts'

export interface ProposalFacts {
  readonly state: VolumeState
  readonly paper: readonly { readonly id: string; readonly sequence: number }[]
  readonly matches: readonly PageMatchRow[]
  /** The case's restricted volume; null: it has none. */
  readonly restrictedVolumeId: string | null
  readonly wordsOf: (record: DifferenceRecord) => SealedWords
}

export interface Proposal {
  readonly steps: readonly PlanStep[]
  readonly unplanned: readonly { readonly differenceId: string; readonly reason: UnplannedReason }[]
}

type Found = { readonly step: PlanStep; readonly order: number } | UnplannedReason

const LEAVING: ReadonlySet<string> = new Set(['remove', 'move-volume'])
/** As much as a row of the catalogue takes. */
const LONGEST = { date: 40, documentNumber: 100, responsible: 200 } as const
const REPLACING: ReadonlySet<string> = new Set(['replace', 'rescan', 'insert'])

/** 3-9 is a range; 12-1 counts down as one, so it is the single page put in after 12. */
function rangeOf(value: string): CatalogueRange | null {
  const range = readRange(value)
  if (range !== null && Number(range.first) <= Number(range.last)) return range
  return readPrintedNumber(value) === null ? null : { first: value, last: value }
}

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
  const leaving = new Set(
    ready.flatMap(({ pageId, handling }) => (pageId !== null && LEAVING.has(handling ?? '') ? [pageId] : [])),
  )
  /** The image on paper for a difference: its own, or the partner of its page. */
  const paperFor = ({ paperPageId, pageId }: DifferenceRecord): string | null => {
    const id = paperPageId ?? (pageId === null ? null : (ofPage.get(pageId)?.paperPageId ?? null))
    return id !== null && sequence.has(id) ? id : null
  }
  const replaced = new Map(
    ready.flatMap((difference) => {
      const paperPageId = paperFor(difference)
      const { pageId, handling } = difference
      const wanted = pageId !== null && paperPageId !== null && REPLACING.has(handling ?? '')
      return wanted && !leaving.has(pageId) ? [[pageId, paperPageId] as const] : []
    }),
  )
  const orderOf = (paperPageId: string | null) => sequence.get(paperPageId ?? '') ?? Number.MAX_SAFE_INTEGER
  const reasonOf = (difference: DifferenceRecord) => {
    const { basis } = facts.wordsOf(difference)
    const said = `${differenceNumber(difference)} ${DIFFERENCE_TYPE_INFO[difference.type].zh}`
    return (basis === '' ? said : `${said}：${basis}`).slice(0, 500)
  }

  const fromPaper = (difference: DifferenceRecord): Found => {
    const paperPageId = paperFor(difference)
    if (paperPageId === null) return 'no-paper-page'
    const pageId = difference.pageId ?? partnerOf.get(paperPageId) ?? null
    const order = orderOf(paperPageId)
    const common = { differenceId: difference.id, paperPageId }
    if (pageId !== null && pages.has(pageId)) {
      if (leaving.has(pageId)) return 'page-leaves'
      return { step: { kind: 'replace', ...common, pageId }, order }
    }
    const place = placeFor(paperPageId)
    return place === undefined ? 'place-unknown' : { step: { kind: 'insert', ...common, ...place }, order }
  }
  const ofElectronic = (difference: DifferenceRecord, pageId: string): Found => {
    const differenceId = difference.id
    const match = ofPage.get(pageId)
    const order = orderOf(match?.paperPageId ?? null)
    const { handling } = difference
    if (!LEAVING.has(handling ?? '') && leaving.has(pageId)) return 'page-leaves'
    switch (handling) {
      case 'remove':
        return { step: { kind: 'remove', differenceId, pageId, reason: reasonOf(difference) }, order }
      case 'move-volume': {
        const toVolumeId = facts.restrictedVolumeId
        if (toVolumeId === null) return 'no-target-volume'
        const reason = reasonOf(difference)
        return { step: { kind: 'move-volume', differenceId, pageId, toVolumeId, reason }, order }
      }
      case 'reorder': {
        const place = match?.paperPageId == null ? undefined : placeFor(match.paperPageId)
        if (place === undefined || place.beforePageId === pageId) return 'place-unknown'
        const { bookId, beforePageId } = place
        return { step: { kind: 'move', differenceId, pageId, bookId, beforePageId }, order }
      }
      default: {
        // An image that comes from the paper stands as the paper does.
        const paperPageId = replaced.get(pageId)
        if (paperPageId !== undefined)
          return { step: { kind: 'replace', differenceId, pageId, paperPageId }, order }
        if (match === undefined || match.turn === pages.get(pageId)?.turn) return 'turn-unknown'
        return { step: { kind: 'rotate', differenceId, pageId, turn: match.turn }, order }
      }
    }
  }
  const ofCatalogue = (difference: DifferenceRecord): Found => {
    const { id: differenceId, itemId, type, identity } = difference
    const words = facts.wordsOf(difference)
    const value = words.paperWords.trim()
    const order = Number.MAX_SAFE_INTEGER
    const [book] = state.books
    if (type === 'D14' || type === 'D15') {
      if (itemId !== null) return { step: { kind: 'remove-item', differenceId, itemId }, order }
      if (value === '' || book === undefined) return 'value-unknown'
      const bookId = state.books.find(({ sequence: n }) => n === difference.book)?.id ?? book.id
      const common = { differenceId, bookId, beforeItemId: null, title: value.slice(0, 300) }
      const blank = { date: '', documentNumber: '', responsible: '', firstPrinted: '', lastPrinted: '' }
      return { step: { kind: 'add-item', ...common, ...blank }, order }
    }
    if (itemId === null || !state.items.some(({ key }) => key === itemId)) return 'no-item'
    const edit = (values: Extract<PlanStep, { kind: 'edit-item' }>['values']): Found => ({
      step: { kind: 'edit-item', differenceId, itemId, values },
      order,
    })
    if (value === '') return 'value-unknown'
    if (type === 'D11') return edit({ title: value.slice(0, 300) })
    if (type === 'D13') {
      const range = rangeOf(value)
      if (range === null) return 'value-unknown'
      return edit({ firstPrinted: range.first, lastPrinted: range.last })
    }
    const field = identity.split('|').at(-1)
    if (field === 'date' || field === 'documentNumber' || field === 'responsible')
      return edit({ [field]: value.slice(0, LONGEST[field]) })
    return 'value-unknown'
  }
  const ofNote = (difference: DifferenceRecord): Found => {
    const { paperWords, electronicWords, basis } = facts.wordsOf(difference)
    const sides = [
      paperWords === '' ? '' : `纸质 ${paperWords}`,
      electronicWords === '' ? '' : `电子 ${electronicWords}`,
    ]
    const said = [...sides, basis].filter((part) => part !== '').join('，')
    const title = DIFFERENCE_TYPE_INFO[difference.type].zh
    const text = `${differenceNumber(difference)} ${title}${said === '' ? '' : `：${said}`}`.slice(0, 500)
    return { step: { kind: 'note', differenceId: difference.id, text }, order: Number.MAX_SAFE_INTEGER }
  }
  const stepFor = (difference: DifferenceRecord): Found => {
    switch (difference.handling) {
      case 'insert':
      case 'rescan':
      case 'replace':
        return fromPaper(difference)
      case 'reorder':
      case 'rotate':
      case 'remove':
      case 'move-volume': {
        const { pageId } = difference
        return pageId === null || !pages.has(pageId) ? 'no-page' : ofElectronic(difference, pageId)
      }
      case 'edit-catalogue':
        return ofCatalogue(difference)
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
      .map(({ step }) => step),
    unplanned: found.flatMap(({ differenceId, found: reason }) =>
      typeof reason === 'string' ? [{ differenceId, reason }] : [],
    ),
  }
}
