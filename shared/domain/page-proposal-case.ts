import {
  type ProposalDraft,
  type ProposalPage,
  type ProposalReason,
  type ProposalVolume,
  reason,
} from './page-proposal.ts'
import type { CaseSignal, PartySignal, Signal } from './signal.ts'
import { plainLine } from './upright-line.ts'

/** Shorter names are met with everywhere. */
const LEAST_NAME = 2
const ONE_WRONG_FROM = 4

const plainName = (name: string): string => plainLine(name).replaceAll(' ', '')

/** Whether two readings are one name: of a longer one, one character may be misread. */
export function sameName(a: string, b: string): boolean {
  const first = [...plainName(a)]
  const second = [...plainName(b)]
  if (first.join('') === second.join('')) return true
  if (first.length < ONE_WRONG_FROM || first.length !== second.length) return false
  return first.filter((character, at) => character !== second[at]).length === 1
}

/** Who belongs to the case: its parties, and whoever handles it. */
function ownNames({ parties, handler }: ProposalVolume): readonly string[] {
  return [...parties, handler].map(plainName).filter((name) => [...name].length >= LEAST_NAME)
}

/** Whether a text speaks of the case: by its number or by one of its people. */
function speaksOf(page: ProposalPage, volume: ProposalVolume, names: readonly string[]): boolean {
  const { signals } = page
  if (signals?.cases.some(({ uniquenessKey }) => uniquenessKey === volume.numberKey) === true) return true
  if (signals?.parties.some(({ text }) => names.some((name) => sameName(name, text))) === true) return true
  const text = plainName(volume.textOf(page).replace(/\s/gu, ''))
  return names.some((name) => text.includes(name))
}

interface Suspect {
  readonly page: ProposalPage
  readonly confidence: number
  readonly reasons: readonly ProposalReason[]
  readonly proposed: string
  readonly evidence: readonly Signal[]
}

/**
 * Pages that look as if they belonged to another case 串卷: by a number that is not this case's, or by people in the
 * place of parties who are none. Judgments name other cases (原审, 关联), so a number counts by where it stands, and
 * little on a page that speaks of this case; a number that such pages name is taken for a linked one.
 */
export function otherCaseProposals(volume: ProposalVolume): readonly ProposalDraft[] {
  const names = ownNames(volume)
  const strange = (page: ProposalPage) => ({
    numbers: page.signals?.cases.filter(({ uniquenessKey }) => uniquenessKey !== volume.numberKey) ?? [],
    people:
      names.length === 0
        ? []
        : (page.signals?.parties.filter(({ text }) => !names.some((name) => sameName(name, text))) ?? []),
  })
  const own = new Map<string, boolean>()
  const isOwn = (page: ProposalPage): boolean => {
    const known = own.get(page.id)
    if (known !== undefined) return known
    const speaks = speaksOf(page, volume, names)
    own.set(page.id, speaks)
    return speaks
  }
  const linked = new Set<string>()
  for (const page of volume.pages) {
    // A page whose own number is another's does not vouch for it.
    const spoken = strange(page).numbers.filter(({ position }) => position !== 'heading')
    if (spoken.length > 0 && isOwn(page)) for (const { uniquenessKey } of spoken) linked.add(uniquenessKey)
  }
  const suspects = new Map<string, Suspect>()
  let before: Suspect | undefined
  for (const page of volume.pages) {
    const { numbers, people } = strange(page)
    const unlinked = numbers.filter(({ uniquenessKey }) => !linked.has(uniquenessKey))
    const suspect =
      unlinked.length > 0 || people.length > 0
        ? judge(page, unlinked, people, isOwn(page))
        : goesOn(page, before, isOwn)
    if (suspect !== undefined) suspects.set(page.id, suspect)
    before = suspect
  }
  return [...suspects.values()].map(({ page, confidence, reasons, proposed, evidence }) => ({
    kind: 'other-case',
    page,
    itemId: page.itemId,
    confidence,
    reasons,
    present: '',
    proposed,
    places: evidence.flatMap(({ places }) => places),
    change: { does: 'note' },
  }))
}

const NUMBER_WEIGHT: Readonly<Record<CaseSignal['position'], number>> = {
  heading: 0.72,
  body: 0.34,
  cited: 0.12,
}
const NUMBER_REASON = {
  heading: 'number-in-heading',
  body: 'number-in-text',
  cited: 'number-cited',
} as const satisfies Record<CaseSignal['position'], string>

function judge(
  page: ProposalPage,
  numbers: readonly CaseSignal[],
  people: readonly PartySignal[],
  speaksOfCase: boolean,
): Suspect {
  const [number] = [...numbers].sort((a, b) => NUMBER_WEIGHT[b.position] - NUMBER_WEIGHT[a.position])
  const reasons: ProposalReason[] = []
  // Each piece of evidence leaves less room for chance.
  let doubt = 1
  if (number !== undefined) {
    doubt *= 1 - NUMBER_WEIGHT[number.position] * number.confidence
    reasons.push(reason(NUMBER_REASON[number.position], number.canonical))
    if (number.repaired) reasons.push(reason('number-repaired', number.text))
  }
  if (people.length > 0) {
    const best = Math.max(...people.map(({ confidence }) => confidence))
    doubt *= 1 - (people.length > 1 ? 0.66 : 0.5) * best
    reasons.push(reason('other-parties', people.map(({ text }) => text).join('、')))
  }
  let confidence = 1 - doubt
  if (speaksOfCase) {
    confidence *= number?.position === 'heading' ? 0.5 : 0.25
    reasons.push(reason('own-name'))
  } else {
    confidence += (1 - confidence) * 0.3
    reasons.push(reason('no-own-name'))
  }
  return {
    page,
    confidence,
    reasons,
    proposed: number?.canonical ?? people.map(({ text }) => text).join('、'),
    evidence: [...(number === undefined ? [] : [number]), ...people],
  }
}

/** The pages after a suspect that begin nothing of their own and speak of nobody of this case. */
function goesOn(
  page: ProposalPage,
  before: Suspect | undefined,
  isOwn: (page: ProposalPage) => boolean,
): Suspect | undefined {
  if (before === undefined || before.confidence < 0.6 || page.bookId !== before.page.bookId) return undefined
  const { signals } = page
  if (signals === null || signals.characters < 20 || signals.title !== null || isOwn(page)) return undefined
  return {
    page,
    confidence: before.confidence * 0.75,
    reasons: [reason('goes-on', before.proposed), reason('no-own-name')],
    proposed: before.proposed,
    evidence: [],
  }
}
